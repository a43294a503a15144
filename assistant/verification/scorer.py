"""How likely quoted sentences bear a claim out, or speak against it: the seam, and rules behind it.

A trained model can stand in for the rules; it implements `SupportScorer` and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.labelling.stance import stance_of
from assistant.numerals import numbers_in
from assistant.records.terms import OPPOSITES
from assistant.verification.amounts import numbers_fault
from assistant.verification.faults import negation_fault, word_share

# How many of the quotations that are nearest to the claim are compared with it in direction.
CLOSEST = 3
# What a fault leaves of support, and gives to contradiction; each weighs by the words in common.
MISSING_NUMBER = 0.7
OPPOSED = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """Two probabilities, 0..1, that together do not exceed 1; the rest is that it says neither."""

    support: float
    contradict: float


class SupportScorer(Protocol):
    """Judges a claim by quoted sentences alone."""

    def score(self, claim: str, quotes: Sequence[str]) -> Verdict:
        """How likely the quotations, taken together, say what the claim says, or the opposite."""


class RuleScorer:
    """Without a model: words in common, less for figures that are missing and directions that differ."""

    def score(self, claim: str, quotes: Sequence[str]) -> Verdict:
        """As the protocol says; (0, 0) without quotations or words in common."""
        together = " ".join(quotes)
        share = word_share(claim, together)
        if share == 0.0:
            return Verdict(0.0, 0.0)
        support, contradict = share, 0.0
        if numbers_fault(claim, together):
            support *= MISSING_NUMBER
            # Where other figures stand, they speak against it; where none do, nothing does.
            contradict = share * (1 - MISSING_NUMBER) if numbers_in(together) else 0.0
        closest = sorted(quotes, key=lambda quote: -word_share(claim, quote))[:CLOSEST]
        if _is_opposed(claim, closest):
            contradict = max(contradict, share * OPPOSED)
            support *= 1 - OPPOSED
        return Verdict(support, min(contradict, 1.0 - support))


def _is_opposed(claim: str, closest: Sequence[str]) -> bool:
    said = stance_of(" ".join(closest)).stance
    return OPPOSITES.get(stance_of(claim).stance) is said or negation_fault(claim, closest) is not None
