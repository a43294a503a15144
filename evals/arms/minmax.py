"""Min-max fusion of words and meaning (Bruch, Gai and Ingber 2023): scores spread over 0..1, then weighed."""

from __future__ import annotations

from collections.abc import Sequence

from evals.arms import Arm, Hit
from evals.arms.rrf import DEPTH

# What meaning weighs; words have the rest.
WEIGHT = 0.4
Place = tuple[str, int, int]


class MinMax:
    """Two arms over the same pieces, words first, fused by score. What an arm does not bring has 0 there."""

    def __init__(self, words: Arm, meaning: Arm) -> None:
        self.name = f"min-max of both, {WEIGHT} meaning"
        self._arms = ((1 - WEIGHT, words), (WEIGHT, meaning))

    def search(self, question: str, limit: int) -> list[Hit]:
        """Pieces by weighted score, best first; ties by place."""
        scores: dict[Place, float] = {}
        for weight, arm in self._arms:
            for place, spread in _spread(arm.search(question, DEPTH)).items():
                scores[place] = scores.get(place, 0.0) + weight * spread
        ranked = sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))
        return [Hit(*place, score) for place, score in ranked[:limit]]


def _spread(hits: Sequence[Hit]) -> dict[Place, float]:
    """Scores over 0..1: the best hit has 1, the worst 0; all have 1 where they are equal."""
    if not hits:
        return {}
    low, high = min(hit.score for hit in hits), max(hit.score for hit in hits)
    return {
        (hit.source, hit.start, hit.end): (hit.score - low) / (high - low) if high > low else 1.0
        for hit in hits
    }
