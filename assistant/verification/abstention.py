"""Whether there is an answer at all: one probability from three signals of the search."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signals:
    """What the decision to answer rests on; all within 0..1.

    `cosine`: the best sentence's likeness to the question. `coverage`: the largest share of the
    question's words, weighted by rarity, in one candidate sentence with its section. `known`: the
    share of them that stand anywhere in the index.
    """

    cosine: float
    coverage: float
    known: float


# Logistic weights of the decision; evals/decisions/abstention.md tells how they were found.
INTERCEPT, COSINE, COVERAGE, KNOWN = -6.7, 13.0, -1.4, 2.7


def answerability(signals: Signals) -> float:
    """How likely the evidence holds an answer; 0..1."""
    score = INTERCEPT + COSINE * signals.cosine + COVERAGE * signals.coverage + KNOWN * signals.known
    return 1 / (1 + math.exp(-score))
