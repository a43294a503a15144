"""Plain vector search over the packaged encoder: what LangChain's `similarity_search` returns.

Compared with every piece, so that no setting of a vector store stands between the design and its score.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.encoding import Vectors
from assistant.encoding.torch_model import load_sentence_transformer
from assistant.encoding.weights import WEIGHTS_SHA256, model_directory
from evals.arms import Hit
from evals.arms.pieces import Piece, hit_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# Texts whose vectors are kept in one file: a run that is cut off goes on from the last of them.
PART = 512


class Dense:
    """Meaning only: whole pieces, cut at the model's limit, nearest by cosine."""

    def __init__(self, pieces: Sequence[Piece], cache: Path | None = None) -> None:
        """Vectors of pieces are kept by content in `cache`, if one is given."""
        self.name = "LangChain similarity_search"
        self._pieces = pieces
        self._cache = cache
        self._model: SentenceTransformer | None = None
        self._vectors = self._vectors_of([piece[3] for piece in pieces])

    def search(self, question: str, limit: int) -> list[Hit]:
        """Nearest pieces, nearest first; ties by place."""
        scores = self._vectors @ self.encode([question])[0]
        order = np.argsort(-scores, kind="stable")[:limit]
        return [hit_of(self._pieces[position], float(scores[position])) for position in order]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, as the pieces have them."""
        if self._model is None:
            self._model = load_sentence_transformer(model_directory())
        vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def _vectors_of(self, texts: Sequence[str]) -> Vectors:
        parts = [self._part(texts[start : start + PART]) for start in range(0, len(texts), PART)]
        return np.concatenate(parts)

    def _part(self, texts: Sequence[str]) -> Vectors:
        if self._cache is None:
            return self.encode(texts)
        made_of = hashlib.sha256("\0".join([WEIGHTS_SHA256, *texts]).encode()).hexdigest()[:16]
        path = self._cache / "evals" / "vectors" / f"{made_of}.npy"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part.npy")
            np.save(part, self.encode(texts))
            part.replace(path)
        vectors: Vectors = np.load(path)
        return vectors
