"""Evidence → draft claims without a model: source sentences, selected and arranged.

A claim is one source sentence (with the one before it where it points back), or several that say the
same: the words of one are shown, those of an original rather than a note's, and all are cited. Choosing
keeps the answer short, spreads it over studies and keeps the two sides apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import chain
from operator import or_

from assistant.answering.arranging import arranged
from assistant.answering.citing import basis_of, cite, gaps_of
from assistant.answering.intent import DIRECTIONS, Intent
from assistant.answering.merging import Statement, labels_of, merged, without_retold
from assistant.answering.selection import Candidate
from assistant.answering.shapes import PLAIN, Shape, goes_over
from assistant.framework import Framework
from assistant.records import Claim, DocumentHead, Passage, Place, Stance, Support
from assistant.sentences import needs_what_is_before

# How many of the most relevant sentences stand in an answer whatever their side, since a label can be wrong:
# evals/decisions/choosing.md.
BEST = 4
# How many of the side that is asked for: evals/decisions/choosing.md.
PER_SIDE = 5
# How many of the other.
OTHER_SIDE = 2
# How many of one study: evals/decisions/choosing.md.
PER_STUDY = 4
# A sentence must be at least this relevant to stand in an answer: evals/decisions/choosing.md.
FLOOR = 0.3
# A sentence this much less relevant than the best of its side is left out: evals/decisions/choosing.md.
WITHIN = 0.7
# One this much less relevant than the best of all is left out as well, unless yes or no is asked for: evals/decisions/choosing.md.
OF_BEST = 0.65
# A neighbour this relevant beside a chosen sentence belongs to what it says, and is quoted with it:
# evals/decisions/choosing.md.
BELONGS = 0.6
# How many sentences before a chosen one are quoted with it at most, to bring what it points back to.
BEFORE = 2
# What opens a sentence that is an entry of its own: "Coherence: how far …".
LABELLED = re.compile(r"^\W*[A-Z][\w’'/ -]{2,40}:\s")

Stretch = tuple[Candidate, int, int]


def draft(
    intent: Intent,
    candidates: Sequence[Candidate],
    heads: dict[str, DocumentHead],
    framework: Framework,
    floor: float = FLOOR,
    shape: Shape = PLAIN,
) -> list[Claim]:
    """Claims for a question, the asked side first and of each what most studies say, in the shape that was asked
    for. Sentences below `floor` in relevance are not used."""
    usable = [one for one in candidates if one.relevance >= floor and stands_alone(one)]
    places = {one.place: one for one in usable}
    statements = merged(usable)
    if intent not in DIRECTIONS:
        # On which side a note's statement is was read; an original's is worked out.
        statements = without_retold(statements)
    # Beside a yes or no both sides stand for each other, however well one answers: sources may differ.
    is_weighed = bool(usable) and intent is not Intent.YES_OR_NO
    least = OF_BEST * usable[0].relevance if is_weighed else 0.0
    chosen: list[list[Stretch]] = []
    taken: list[Candidate] = []
    per_study: Counter[str] = Counter()
    for stances, limit in _plan(intent):
        side = [statement for statement in statements if labels_of(statement).stance in stances]
        groups = _choose(side, limit - _among_the_best(intent, stances, chosen), least, taken, per_study)
        if not taken:
            groups = arranged(shape, groups, side)
        for group in groups:
            if _is_told(group, taken):
                # It was quoted with a neighbour in the meantime.
                continue
            # Beside one sentence of several that say the same its neighbours would be told by it alone.
            beside = places if len(group) == 1 else {}
            stretches = [_stretch(candidate, beside, taken, shape) for candidate in group]
            _put(stretches, chosen)
            quoted = [_inside(stretch, places) for stretch in stretches]
            taken.extend(chain.from_iterable(quoted))
            # A study that says the same in several files has said it once.
            per_study += reduce(or_, (Counter(map(_study, sentences)) for sentences in quoted))
    claims = [_claim(group, heads, framework) for group in chosen]
    if intent not in DIRECTIONS:
        return claims
    # What was chosen first answers best, whatever its side.
    claims = [replace(claim, leads=place == 0) for place, claim in enumerate(claims)]
    asked, other = _asked_and_other(intent)
    order = [asked, Stance.BOTH, other, Stance.NEITHER]
    return sorted(claims, key=lambda claim: (order.index(claim.stance), -_studies(claim)))


def _studies(claim: Claim) -> int:
    return len({citation.study_group for citation in claim.citations})


def _put(stretches: list[Stretch], chosen: list[list[Stretch]]) -> None:
    """Add what is quoted for a claim, in the place of what was quoted before and stands in it as a whole: a
    sentence that points back brings one with it that may have been chosen for itself."""
    held = [place for place, group in enumerate(chosen) if len(group) == 1 and _holds(stretches[0], group[0])]
    chosen.insert(held[0] if held else len(chosen), stretches)
    for place in reversed(held):
        del chosen[place + 1]


def _holds(one: Stretch, other: Stretch) -> bool:
    (mine, first, last), (theirs, start, end) = one, other
    return mine.evidence.passage.id == theirs.evidence.passage.id and first <= start and end <= last


def _asked_and_other(intent: Intent) -> tuple[Stance, Stance]:
    if intent is Intent.HINDERS:
        return Stance.BARRIER, Stance.ENABLER
    return Stance.ENABLER, Stance.BARRIER


def _among_the_best(intent: Intent, stances: Sequence[Stance], chosen: Sequence[Sequence[Stretch]]) -> int:
    """How many of a side's claims stand in the answer already; none where the best answer yes or no, and the
    sides come after."""
    if intent is Intent.YES_OR_NO:
        return 0
    return sum(labels_of(one for one, _, _ in group).stance in stances for group in chosen)


def _plan(intent: Intent) -> list[tuple[tuple[Stance, ...], int]]:
    """Stances to choose from, and how many claims of each, in the order of the answer."""
    if intent is Intent.FACT:
        return [(tuple(Stance), PER_SIDE)]
    if intent is Intent.YES_OR_NO:
        # What says it best, whatever its side, and then each side.
        sides = [((side,), OTHER_SIDE) for side in (Stance.ENABLER, Stance.BARRIER)]
        return [(tuple(Stance), PER_SIDE), *sides]
    asked, other = _asked_and_other(intent)
    other_limit = PER_SIDE if intent is Intent.BOTH else OTHER_SIDE
    sides = [((asked,), PER_SIDE), ((Stance.BOTH,), OTHER_SIDE), ((other,), other_limit)]
    return [(tuple(Stance), BEST), *sides]


def _choose(
    side: Sequence[Statement],
    limit: int,
    least: float,
    taken: Sequence[Candidate],
    per_study: Counter[str],
) -> list[Statement]:
    """At most `limit` statements, the best first, none below `least` in relevance. `per_study` tells how many sentences
    are told of each study."""
    if not side:
        return []
    threshold = max(side[0][0].relevance * WITHIN, least)
    chosen: list[Statement] = []
    per_study = Counter(per_study)
    for statement in side:
        if statement[0].relevance < threshold:
            break
        study = _study(statement[0])
        if len(chosen) < limit and per_study[study] < PER_STUDY and not _is_told(statement, taken):
            chosen.append(statement)
            per_study[study] += 1
    return chosen


def _study(candidate: Candidate) -> str:
    return candidate.evidence.document.study_group


def _inside(stretch: Stretch, places: dict[Place, Candidate]) -> list[Candidate]:
    candidate, first, last = stretch
    inside = (places.get((candidate.evidence.passage.id, n)) for n in range(first, last + 1))
    return [one for one in inside if one is not None]


def _is_told(statement: Statement, taken: Sequence[Candidate]) -> bool:
    return any(_is_quoted(one, taken) for one in statement)


def _is_quoted(one: Candidate, taken: Sequence[Candidate]) -> bool:
    return any(one.place == other.place for other in taken)


def _claim(group: list[Stretch], heads: dict[str, DocumentHead], framework: Framework) -> Claim:
    labels = labels_of(candidate for candidate, _, _ in group)
    originals_first = sorted(group, key=lambda stretch: stretch[0].evidence.document.source.is_note)
    citations = tuple(
        cite(candidate.evidence, first, last, candidate.position)
        for candidate, first, last in originals_first
    )
    return Claim(
        text=citations[0].quote,
        stance=labels.stance,
        citations=citations,
        support=Support.SUPPORTED,
        reason="the source's own words",
        condition=labels.condition,
        cluster=framework.cluster_name(labels.cluster),
        parameter=framework.parameter_name(labels.parameter),
        basis=basis_of(citations, heads, labels.basis),
        gaps=gaps_of(citations, heads),
    )


def _stretch(
    candidate: Candidate,
    places: dict[Place, Candidate],
    taken: Sequence[Candidate],
    shape: Shape,
) -> Stretch:
    """A sentence with the first and last position of what is quoted for it: the sentence that it points
    back to, and neighbours that answer the question more than half as well, say the same side of it and were not
    quoted before; where one names but one of two things that are compared, the next that names the other."""
    last = candidate.position
    first = opening(candidate)
    before, after = (places.get((candidate.evidence.passage.id, n)) for n in (first - 1, last + 1))
    before, after = (None if one and _is_quoted(one, taken) else one for one in (before, after))
    if (
        first == candidate.position
        and before
        and _belongs(before, candidate)
        and not needs_what_is_before(before.sentence.text)
    ):
        first -= 1
    if after and _belongs(after, candidate):
        last += 1
    end, beyond = (places.get((candidate.evidence.passage.id, n)) for n in (last, last + 1))
    if (
        end
        and beyond
        and goes_over(shape.sides, end.sentence.text, beyond.sentence.text)
        and _belongs(beyond, end)
    ):
        last += 1
    return candidate, first, last


def stands_alone(candidate: Candidate) -> bool:
    """Whether what is quoted for a sentence can be understood: what it points back to is quoted with it."""
    sentences = candidate.evidence.passage.sentences
    return not needs_what_is_before(sentences[opening(candidate)].text)


def opening(candidate: Candidate) -> int:
    """Position of the first sentence that is quoted for one: the nearest that says something by itself, at most
    `BEFORE` before it and of the same voice."""
    passage = candidate.evidence.passage
    sentences = passage.sentences
    first = candidate.position
    while (
        needs_what_is_before(sentences[first].text)
        and first > candidate.position - BEFORE
        and _goes_on(passage, first, first - 1)
    ):
        first -= 1
    return first


def _belongs(neighbour: Candidate, chosen: Candidate) -> bool:
    return (
        neighbour.relevance >= BELONGS * chosen.relevance
        and neighbour.sentence.labels.stance is chosen.sentence.labels.stance
        and _goes_on(chosen.evidence.passage, chosen.position, neighbour.position)
        and not all(LABELLED.match(one.sentence.text) for one in (neighbour, chosen))
    )


def _goes_on(passage: Passage, position: int, neighbour: int) -> bool:
    """Whether the sentence beside one is of the same voice, with nothing but space between."""
    if not 0 <= neighbour < len(passage.sentences):
        return False
    one, other = sorted((position, neighbour))
    earlier, later = passage.sentences[one], passage.sentences[other]
    between = passage.text[earlier.end - passage.start : later.start - passage.start]
    same = (earlier.speaker, earlier.voice) == (later.speaker, later.voice)
    return same and not between.strip()
