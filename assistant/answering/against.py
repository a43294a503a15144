"""What speaks against an answer: a second search, for the opposite of what its first claims say.

The search is for the question with the claims' conditions and words of the other direction. A sentence of another study counts that
says of the same condition that it points the other way, or for a statement without a side, one that denies much
the same words. It is the other side and need be no contradiction: two conditions may both hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.answering.extractive import stands_alone
from assistant.answering.intent import DIRECTIONS, intent_of
from assistant.answering.merging import says_the_same
from assistant.answering.selection import Candidate, asks_for_words, is_eligible, kind_asked
from assistant.encoding import Vectors
from assistant.framework import Framework
from assistant.records import Claim, Evidence, Sentence, Stance
from assistant.records.terms import OPPOSITES
from assistant.words import stems

# How many claims are held against other evidence, and how many passages the search for it brings.
CLAIMS = 3
PASSAGES = 24
SHOWN = 2
# Words that the opposite is told with.
CUES = {
    Stance.ENABLER: "does not help, no effect, not enough, hinders, barrier, fails",
    Stance.BARRIER: "does not hinder, no barrier, helps nevertheless, enabler, improves",
    Stance.BOTH: "no effect",
    Stance.NEITHER: "not, no evidence, however, disagrees",
}
# A word that both have must weigh so much at least (its inverse document frequency) to tell that they speak of one
# thing: it stands in about one of seven passages at most.
TELLING = 2.0
# How much of its words a statement without a side must share with what denies it.
SAME = 0.35
DENIES = re.compile(
    r"\b(?:not|never|nor|cannot|no|none|nobody|nothing|without|little (?:or no )?evidence|fail\w*|disput\w*|doubt\w*|disagree\w*)\b|n[’']t\b",
    re.IGNORECASE,
)


def may_be_opposed(question: str) -> bool:
    """Whether what answers a question may have another side: a definition, a method and somebody's words have none."""
    if intent_of(question) in DIRECTIONS:
        return True
    return kind_asked(question) is None and not asks_for_words(question)


def query_against(question: str, claims: Sequence[Claim]) -> str:
    """What is searched for to find what speaks against the first claims of an answer: the question, the
    conditions that they name, and words of the other direction. `claims` are not none."""
    conditions = dict.fromkeys(claim.parameter for claim in claims if claim.parameter)
    sides = Counter(claim.stance for claim in claims)
    most = max(sides, key=lambda stance: sides[stance])
    return f"{question} ({', '.join([*conditions, CUES[most]])})"


def opposites(
    question: str,
    claim: Claim,
    evidence: Sequence[Evidence],
    vectors: Mapping[str, Vectors],
    vector: Vectors,
    weights: Mapping[str, float],
    framework: Framework,
) -> list[Candidate]:
    """Sentences of other studies that point the other way on what a claim speaks of, nearest first.

    `vectors` are those of the passages' sentences, `vector` is the search's; `weights` are of the words of
    question and claim, by stem.
    """
    groups = {citation.study_group for citation in claim.citations}
    # What shares no telling word with the question is the other side of something else.
    asked = {word for word in stems(question) if weights.get(word, 0.0) >= TELLING}
    found = []
    for item in evidence:
        if item.document.study_group in groups:
            continue
        for position, sentence in enumerate(item.passage.sentences):
            if (
                is_eligible(sentence)
                and asked & set(stems(sentence.text))
                and _points_the_other_way(claim, sentence, weights, framework)
            ):
                row = vectors[item.passage.id][position]
                cosine = float(row @ vector)
                found.append(Candidate(item, sentence, position, row, cosine, 0.0, cosine))
    found.sort(key=lambda one: (-round(one.cosine, 6), one.place))
    kept: list[Candidate] = []
    for one in found:
        if stands_alone(one) and not any(says_the_same(one, other) for other in kept):
            kept.append(one)
    return kept


def _points_the_other_way(
    claim: Claim, sentence: Sentence, weights: Mapping[str, float], framework: Framework
) -> bool:
    mine = {word: weights.get(word, 0.0) for word in stems(claim.text)}
    shared = [mine[word] for word in set(stems(sentence.text)) & mine.keys()]
    if claim.stance in OPPOSITES:
        return (
            sentence.labels.stance is OPPOSITES[claim.stance]
            and claim.parameter is not None
            and framework.parameter_name(sentence.labels.parameter) == claim.parameter
            and max(shared, default=0.0) >= TELLING
        )
    is_denied = bool(DENIES.search(claim.text)) is not bool(DENIES.search(sentence.text))
    return is_denied and sum(shared) >= SAME * sum(mine.values()) > 0
