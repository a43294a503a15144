"""Evidence → draft claims without a model: source sentences, selected and arranged.

A claim is one source sentence (with the one before it where it points back), or several that say the
same. Choosing keeps the answer short, spreads it over studies and keeps the two sides apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.answering.citing import basis_of, cite, gaps_of
from assistant.answering.intent import Intent
from assistant.answering.selection import Candidate, is_dangling, says_the_same
from assistant.framework import Framework
from assistant.records import Claim, DocumentHead, Stance, Support

PER_SIDE = 4
OTHER_SIDE = 2
PER_STUDY = 2
# A sentence must be at least this relevant to stand in an answer.
FLOOR = 0.3
# A sentence this much less relevant than the best of its side is left out.
WITHIN = 0.6


def draft(
    intent: Intent,
    candidates: Sequence[Candidate],
    heads: dict[str, DocumentHead],
    framework: Framework,
    floor: float = FLOOR,
) -> list[Claim]:
    """Claims for a question, the asked side first. Sentences below `floor` in relevance are not used."""
    usable = [candidate for candidate in candidates if candidate.relevance >= floor]
    chosen: list[list[Candidate]] = []
    taken: list[Candidate] = []
    for stances, limit in _plan(intent):
        side = [candidate for candidate in usable if candidate.sentence.labels.stance in stances]
        for group in _choose(side, limit, taken):
            chosen.append(group)
            taken.extend(group)
    return [_claim(group, heads, framework) for group in chosen]


def _plan(intent: Intent) -> list[tuple[tuple[Stance, ...], int]]:
    """Stances to choose from, and how many claims of each, in the order of the answer."""
    if intent is Intent.FACT:
        return [(tuple(Stance), PER_SIDE)]
    asked, other = (Stance.ENABLER, Stance.BARRIER)
    if intent is Intent.HINDERS:
        asked, other = other, asked
    other_limit = PER_SIDE if intent is Intent.BOTH else OTHER_SIDE
    return [((asked,), PER_SIDE), ((Stance.BOTH,), OTHER_SIDE), ((other,), other_limit)]


def _choose(side: Sequence[Candidate], limit: int, taken: Sequence[Candidate]) -> list[list[Candidate]]:
    """At most `limit` groups of sentences; those that say the same stand in one group."""
    if not side:
        return []
    threshold = side[0].relevance * WITHIN
    groups: list[list[Candidate]] = []
    per_study: Counter[str] = Counter(c.evidence.document.study_group for c in taken)
    for candidate in side:
        if candidate.relevance < threshold:
            break
        if any(_same_place(candidate, other) for other in taken):
            continue
        twin = next((group for group in groups if says_the_same(group[0], candidate)), None)
        if twin is not None:
            twin.append(candidate)
            continue
        study = candidate.evidence.document.study_group
        if len(groups) < limit and per_study[study] < PER_STUDY:
            groups.append([candidate])
            per_study[study] += 1
    return groups


def _same_place(one: Candidate, other: Candidate) -> bool:
    return one.evidence.passage.id == other.evidence.passage.id and one.position == other.position


def _claim(group: list[Candidate], heads: dict[str, DocumentHead], framework: Framework) -> Claim:
    best = group[0]
    labels = best.sentence.labels
    citations = tuple(cite(candidate.evidence, _first(candidate), candidate.position) for candidate in group)
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


def _first(candidate: Candidate) -> int:
    """Where the quotation starts: one sentence earlier if this one points back at it."""
    if candidate.position == 0 or not is_dangling(candidate.sentence):
        return candidate.position
    passage, sentence = candidate.evidence.passage, candidate.sentence
    before = passage.sentences[candidate.position - 1]
    between = passage.text[before.end - passage.start : sentence.start - passage.start]
    joined = not between.strip() and (before.speaker, before.voice) == (sentence.speaker, sentence.voice)
    return candidate.position - 1 if joined else candidate.position
