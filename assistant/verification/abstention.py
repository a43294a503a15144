"""Whether there is an answer at all: one probability from several signals of the search."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signals:
    """What the decision to answer rests on; all within 0..1.

    `cosine`: the best sentence's likeness to the question. `coverage`: the largest share of the
    question's words, weighted by rarity, in one candidate sentence with its section. `known`: the
    share of them that stand anywhere in the index. `read`: how likely the reader finds it that the
    sentence that it likes best answers the question, and on average the best three; None without a reader.
    `beside_others`: how likely it finds that of sentences on something else, which tells how the question is put:
    one for a precise fact is answered more rarely.
    """

    cosine: float
    coverage: float
    known: float
    read: tuple[float, float] | None = None
    beside_others: float = 0.0


# Logistic weights of the decision, without a reader and with one; evals/decisions/abstention.md tells how
# they were found.
INTERCEPT, COSINE, COVERAGE, KNOWN = -6.7, 13.0, -1.4, 2.7
READ_INTERCEPT, READ_BEST, READ_THREE, READ_BESIDE_OTHERS = 1.38, 0.33, 0.40, 0.74
# A question to which no sentence comes nearer than this is on something else, which the reader cannot tell:
# evals/decisions/abstention.md.
OFF_TOPIC = 0.26
# Below this it is told for sure that the evidence holds no answer: evals/decisions/abstention.md.
SURE_BELOW = 0.1
# Log odds of chances nearer to nothing or everything are not told apart.
LEAST = 1e-4


def answerability(signals: Signals) -> float:
    """How likely the evidence holds an answer; 0..1, and 0 where nothing is on what is asked."""
    if signals.cosine < OFF_TOPIC:
        return 0.0
    if signals.read is None:
        score = INTERCEPT + COSINE * signals.cosine + COVERAGE * signals.coverage + KNOWN * signals.known
    else:
        best, three = (_log_odds(chance) for chance in signals.read)
        score = READ_INTERCEPT + READ_BEST * best + READ_THREE * three
        score += READ_BESIDE_OTHERS * _log_odds(signals.beside_others)
    return 1 / (1 + math.exp(-score))


def is_surely_silent(signals: Signals) -> bool:
    """Whether it can be said that the evidence holds no answer, and not only that none is found."""
    return answerability(signals) < SURE_BELOW


def rounded(signals: Signals) -> dict[str, float | None]:
    """The signals as an answer's provenance keeps them; of what was read, the best."""
    return {
        "cosine": round(signals.cosine, 4),
        "coverage": round(signals.coverage, 4),
        "known": round(signals.known, 4),
        "read": round(signals.read[0], 4) if signals.read else None,
        "beside_others": round(signals.beside_others, 4) if signals.read else None,
    }


def _log_odds(chance: float) -> float:
    bounded = min(max(chance, LEAST), 1 - LEAST)
    return math.log(bounded / (1 - bounded))
