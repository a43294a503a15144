"""Text → unit vectors.

Passages are encoded through sentence-transformers, which is slow to import (seconds, half a gigabyte).
Questions are encoded by an ONNX export of the same weights, which is not. Nothing is fetched from a
network. sentence_transformers, torch and onnxruntime are imported in this package alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """Unit vectors of one passage, shape (dim,), and of its sentences, shape (sentences, dim)."""

    passage: Vectors
    sentences: Vectors


class Encoder(Protocol):
    """Text → unit vectors. Same text, same vector."""

    @property
    def fingerprint(self) -> str:
        """Name and weights of the model; vectors of another fingerprint cannot be compared."""

    @property
    def limit(self) -> int:
        """Most tokens that are read, special tokens included."""

    def spans(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of each token of `text`, without special tokens."""

    def encode_passages(self, texts: Sequence[tuple[str, Spans]]) -> list[PassageVectors]:
        """Vectors of texts given with the spans of their sentences."""

    def encode_query(self, text: str) -> Vectors:
        """Unit vector of a question, shape (dim,)."""


def unit(vectors: Vectors) -> Vectors:
    """Vectors of length one along the last axis."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)
