"""Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009) of words and meaning, k = 60."""

from __future__ import annotations

from evals.arms import Arm, Hit

K = 60
DEPTH = 100


class RRF:
    """Two arms over the same pieces, fused by rank."""

    def __init__(self, first: Arm, second: Arm) -> None:
        self.name = "RRF of both"
        self._arms = (first, second)

    def search(self, question: str, limit: int) -> list[Hit]:
        """Pieces by the sum of their reciprocal ranks, best first; ties by place."""
        scores: dict[tuple[str, int, int], float] = {}
        for arm in self._arms:
            for rank, hit in enumerate(arm.search(question, DEPTH), 1):
                place = (hit.source, hit.start, hit.end)
                scores[place] = scores.get(place, 0.0) + 1 / (K + rank)
        ranked = sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))
        return [Hit(*place, score) for place, score in ranked[:limit]]
