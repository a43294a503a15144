"""Sentences that say the same → one statement, with every place where it stands."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from itertools import chain

from assistant.answering.selection import Candidate
from assistant.labelling.voice import AUTHOR_YEAR, REFERENCE_NUMBERS
from assistant.numerals import numbers_in
from assistant.polarity import polarity
from assistant.records import Labels, Stance, Voice
from assistant.words import stems

# How much of their content words two sentences must have in common (twice the shared ones by all of both):
# evals/decisions/choosing.md.
ALIKE = 0.8
# The same for a note and a file of the study that it retells: evals/decisions/choosing.md.
RETOLD = 0.6
# How relevant the best sentence of a study's own words must be, beside a note on it, for the note to give way:
# evals/decisions/choosing.md.
GIVES_WAY = 0.9
# In fewer content words too little is told.
MIN_STEMS = 5
# Origins of labels that nobody gave.
WORKED_OUT = frozenset({"rules", "classifier"})
SIDES = frozenset({Stance.ENABLER, Stance.BARRIER})

Statement = list[Candidate]


def merged(candidates: Iterable[Candidate]) -> list[Statement]:
    """Candidates, best first, as statements: each with all that say the same, in their order."""
    statements: list[Statement] = []
    for one in candidates:
        for statement in statements:
            if all(says_the_same(one, other) for other in statement):
                statement.append(one)
                break
        else:
            statements.append([one])
    return statements


def without_retold(statements: Sequence[Statement]) -> list[Statement]:
    """The statements without those that stand in notes alone where the study that they retell says something about as
    relevant in its own words."""
    own: dict[str, float] = {}
    for one in chain.from_iterable(statements):
        document = one.evidence.document
        if not document.source.is_note:
            own[document.study_group] = max(one.relevance, own.get(document.study_group, 0.0))
    return [
        statement
        for statement in statements
        if not all(
            one.evidence.document.source.is_note
            and own.get(one.evidence.document.study_group, 0.0) >= GIVES_WAY * one.relevance
            for one in statement
        )
    ]


def labels_of(statement: Iterable[Candidate]) -> Labels:
    """The labels of a statement: those that somebody gave one of its sentences, before those that were worked
    out."""
    labels = [one.sentence.labels for one in statement]
    return next((one for one in labels if one.origin not in WORKED_OUT), labels[0])


def says_the_same(one: Candidate, other: Candidate) -> bool:
    """Whether sentences of two documents say the same, word for word or nearly.

    Vectors are no use here: a sentence's vector carries its passage, and two sentences of opposite
    direction are close.
    """
    if one.evidence.document.id == other.evidence.document.id:
        return False
    mine, theirs = _words(one.sentence.text), _words(other.sentence.text)
    size = len(mine) + len(theirs)
    if min(len(mine), len(theirs)) < MIN_STEMS or 2 * len(mine & theirs) < _least(one, other) * size:
        return False
    is_spoken = {candidate.sentence.voice is Voice.PARTICIPANT for candidate in (one, other)}
    stances = {candidate.sentence.labels.stance for candidate in (one, other)}
    return (
        len(is_spoken) == 1
        and stances != SIDES
        and polarity(one.sentence.text) == polarity(other.sentence.text)
        and _figures(one) == _figures(other)
    )


def _least(one: Candidate, other: Candidate) -> float:
    mine, theirs = one.evidence.document, other.evidence.document
    is_retold = mine.study_group == theirs.study_group and mine.source.is_note is not theirs.source.is_note
    return RETOLD if is_retold else ALIKE


@functools.lru_cache(maxsize=10_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(stems(text))


def _figures(candidate: Candidate) -> set[str]:
    """The numbers that a sentence states: marks of references and the year of its source are none."""
    text = AUTHOR_YEAR.sub(" ", REFERENCE_NUMBERS.sub(" ", candidate.sentence.text))
    return {*numbers_in(text)} - {str(candidate.evidence.document.source.year)}
