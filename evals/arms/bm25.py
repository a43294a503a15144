"""BM25 alone (Robertson and Zaragoza 2009, Lucene's variant), by bm25s with English stems."""

from __future__ import annotations

from collections.abc import Sequence

import bm25s
import Stemmer

from evals.arms import Hit
from evals.arms.pieces import Piece, hit_of


class BM25:
    """Words only."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.name = "BM25"
        self._pieces = pieces
        self._stemmer = Stemmer.Stemmer("english")
        self._index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        self._index.index(self._tokens([piece[3] for piece in self._pieces]), show_progress=False)

    def search(self, question: str, limit: int) -> list[Hit]:
        """Pieces with a score above zero, best first."""
        ids, scores = self._index.retrieve(
            self._tokens([question]), k=min(limit, len(self._pieces)), show_progress=False
        )
        return [
            hit_of(self._pieces[int(position)], float(score))
            for position, score in zip(ids[0], scores[0], strict=True)
            if score > 0
        ]

    def _tokens(self, texts: list[str]) -> object:
        return bm25s.tokenize(texts, stopwords="en", stemmer=self._stemmer, show_progress=False)
