"""Whether the sources of an answer differ: on a direction, or on a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from assistant.records import Claim, Stance
from assistant.words import stems

ASKS_A_FIGURE = re.compile(
    r"\bhow (?:many|much|often|large|long)\b|\bwhat (?:share|percentage|number|proportion)\b", re.I
)
ASKS_A_DIRECTION = re.compile(
    r"^\W*(?:is|are|does|do|did|can|could|will|would|has|have|should)\b|\b(?:good or bad|help or h\w+|agree|disagree|differ"
    r"|contradict|for and against|both sides|evidence on)\b",
    re.IGNORECASE,
)
FIGURE = re.compile(r"\b(\d[\d,]*(?:\.\d+)?)\s*(?:%|percent\w*|per cent)?\s+([a-z]{4,})")
MIN_SHARED = 3
# Words of a question that both claims must have, to speak of the same thing: evals/decisions/disagreement.md.
MIN_ASKED = 2
SIDES = frozenset({Stance.ENABLER, Stance.BARRIER})


def sources_differ(question: str, claims: Sequence[Claim]) -> bool:
    """Whether two claims from different studies answer the question in different ways.

    They must speak of the same thing: words of the question that both have. Different things set
    side by side are no disagreement.
    """
    asks_figure = bool(ASKS_A_FIGURE.search(question))
    asks_direction = bool(ASKS_A_DIRECTION.search(question))
    for one, other in combinations(claims, 2):
        if asks_figure and _figures_differ(question, one, other):
            return True
        if asks_direction and _directions_differ(question, one, other):
            return True
    return False


def _directions_differ(question: str, one: Claim, other: Claim) -> bool:
    """Claims of different studies on what was asked, of which one names a side that the other does not.

    One that says neither counts: among such sentences are those that found no effect.
    """
    if one.stance is other.stance or not {one.stance, other.stance} & SIDES:
        return False
    if _groups(one) & _groups(other):
        return False
    shared = set(stems(one.text)) & set(stems(other.text)) & set(stems(question))
    return len(shared) >= MIN_ASKED


def _figures_differ(question: str, one: Claim, other: Claim) -> bool:
    """The same thing counted with different figures, in different documents."""
    if {c.document for c in one.citations} & {c.document for c in other.citations}:
        return False
    if len(set(stems(one.text)) & set(stems(other.text))) < MIN_SHARED:
        return False
    asked = set(stems(question))
    mine, theirs = _figures(one.text, asked), _figures(other.text, asked)
    return any(unit in theirs and values.isdisjoint(theirs[unit]) for unit, values in mine.items())


def _figures(text: str, asked: set[str]) -> dict[str, set[str]]:
    """Unit → figures, for units that the question asks about."""
    found: dict[str, set[str]] = {}
    for number, unit in FIGURE.findall(text):
        for word in stems(unit):
            if word in asked:
                found.setdefault(word, set()).add(number.replace(",", ""))
    return found


def _groups(claim: Claim) -> set[str]:
    return {citation.study_group for citation in claim.citations}
