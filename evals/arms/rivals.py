"""The rival designs of search in one place: plain LangChain with k 4 and 10, BM25 alone, both
fused by rank and by score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.arms import Arm, Hit
from evals.arms.bm25 import BM25
from evals.arms.dense import Dense
from evals.arms.minmax import MinMax
from evals.arms.pieces import Piece
from evals.arms.rrf import RRF

# How many pieces `similarity_search` gives by default, and how many are often asked for.
TOP = (4, 10)


@dataclass(frozen=True, slots=True)
class First:
    """An arm of which a reader gets the first k stretches and no more."""

    name: str
    arm: Arm
    k: int

    def search(self, question: str, limit: int) -> list[Hit]:
        """The best stretches, best first, at most k."""
        return self.arm.search(question, min(limit, self.k))


def rivals(pieces: Sequence[Piece], cache: Path | None = None) -> list[Arm]:
    """All rivals over the same pieces of texts."""
    words = BM25(pieces)
    meaning = Dense(pieces, cache)
    plain = [First(f"{meaning.name} k={k}", meaning, k) for k in TOP]
    return [*plain, meaning, words, RRF(words, meaning), MinMax(words, meaning)]
