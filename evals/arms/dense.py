"""Plain vector search over the packaged encoder: what LangChain's `similarity_search` returns.

Compared with every piece, so that no setting of a vector store stands between the design and its score.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.encoding.torch_model import load_sentence_transformer
from assistant.encoding.weights import model_directory
from evals.arms import Hit, Source
from evals.arms.pieces import hit_of, pieces


class Dense:
    """Meaning only: whole pieces, cut at the model's limit, nearest by cosine."""

    def __init__(self, sources: Sequence[Source], size: int | None = 1000, overlap: int = 200) -> None:
        self.name = "LangChain similarity_search"
        self._pieces = pieces(sources, size, overlap)
        self._model = load_sentence_transformer(model_directory())
        self._vectors = self._encode([piece[3] for piece in self._pieces])

    def search(self, question: str, limit: int) -> list[Hit]:
        """Nearest pieces, nearest first; ties by place."""
        scores = self._vectors @ self._encode([question])[0]
        order = np.argsort(-scores, kind="stable")[:limit]
        return [hit_of(self._pieces[position], float(scores[position])) for position in order]

    def _encode(self, texts: list[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        vectors = self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)
