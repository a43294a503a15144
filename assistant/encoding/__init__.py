"""Text → unit vectors, of texts, of their sentences and of their tokens.

The packaged encoder runs through onnxruntime: a graph that comes with the program over the package's weights for
passages, a file of its own for questions. Another encoder runs through sentence-transformers, which is slow to import
(seconds, half a gigabyte). Nothing is fetched from a network. sentence_transformers, torch and onnxruntime are imported
in this package alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
# Unit vectors of tokens in eight bits, shape (tokens, width): `late_interaction.rounded`.
Tokens = NDArray[np.int8]
# One number for each of several texts.
Signal = NDArray[np.float64]
# How many of something each of several texts has.
Sizes = NDArray[np.int64]
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """Unit vectors of one passage, shape (dim,), and of its sentences, shape (sentences, dim); and for each
    sentence those of its content words' tokens (`late_interaction`)."""

    passage: Vectors
    sentences: Vectors
    tokens: tuple[Tokens, ...]


@dataclass(frozen=True, slots=True)
class QueryTokens:
    """The tokens of a question's content words, and what each weighs: shape (tokens,), together 1."""

    vectors: Tokens
    weights: NDArray[np.float64]


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

    def encode_query_tokens(self, text: str) -> QueryTokens:
        """The tokens of a question, to be matched with those of passages."""


def unit(vectors: Vectors) -> Vectors:
    """Vectors of length one along the last axis."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)
