"""Key facts: how much of what a good answer tells stands in the answer.

A lexical proxy, as unigram recall is in ROUGE-1 (Lin 2004): a fact counts as told if at least 60 % of its
content words stand, by their stems, in the claims and quotations taken together. A fact in quite other
words is missed, and one whose words stand there by chance is counted; a reader would judge better.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Answer
from assistant.words import stems

TOLD_AT = 0.6
OPTIONAL = "may add:"


def facts_told(answer: Answer, key_facts: Sequence[str]) -> float | None:
    """Share of key facts told; None if there are none. Facts that begin with "may add:" are optional."""
    wanted = [stems(fact) for fact in key_facts if not fact.lower().startswith(OPTIONAL)]
    wanted = [fact for fact in wanted if fact]
    if not wanted:
        return None
    told = set(stems(" ".join(_words(answer))))
    return sum(sum(word in told for word in fact) / len(fact) >= TOLD_AT for fact in wanted) / len(wanted)


def _words(answer: Answer) -> list[str]:
    return [words for claim in answer.claims for words in (claim.text, *(c.quote for c in claim.citations))]
