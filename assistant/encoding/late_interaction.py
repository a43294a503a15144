"""Late interaction: each word of a question is matched with the word of a text that comes nearest to it in meaning.

A passage's own vector is a mean, in which one telling word is lost; words as such match only themselves. The vectors
of tokens, as they come out of the encoder with their context in them, are in between (ColBERT: Khattab and Zaharia
2020, https://arxiv.org/abs/2004.12832). Nothing is trained for it here. Only tokens of words that carry content are
kept, in eight bits and few dimensions: evals/decisions/late_interaction.md tells what that costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.encoding import QueryTokens, Signal, Sizes, Spans, Tokens, Vectors, unit
from assistant.encoding.shipped import open_arrays
from assistant.words import content_spans

Number = TypeVar("Number", np.float32, np.float64)
MODEL = Path(__file__).with_name("model") / "tokens.npz"
# What 1.0 becomes in eight bits; no number of a unit vector that was seen is beyond 127 / SCALE.
SCALE = 160
# How many tokens are widened to 32 bits at once.
WIDENED = 4000


class TokenModel:
    """The packaged encoder's tokens in few dimensions, and how rare each is. Safe to share by threads."""

    def __init__(self, path: Path = MODEL) -> None:
        """`path` is an .npz file with its record beside it. Raises ModelDamaged."""
        parts = open_arrays(path)
        self._middle, self._axes = parts["middle"], parts["axes"]
        self._rarity: NDArray[np.float64] = parts["rarity"].astype(np.float64)

    def narrowed(self, tokens: Vectors) -> Tokens:
        """Vectors of tokens, shape (tokens, 384), in eight bits along the axes on which tokens differ most."""
        return rounded(unit((unit(tokens) - self._middle) @ self._axes))

    def query(self, ids: Sequence[int], tokens: Vectors) -> QueryTokens:
        """Tokens of a question with their weights: the rarer, the more."""
        rarity = self._rarity[list(ids)]
        return QueryTokens(self.narrowed(tokens), rarity / rarity.sum() if len(ids) else rarity)


def rounded(vectors: Vectors) -> Tokens:
    """Unit vectors in eight bits."""
    return np.asarray(np.clip(np.rint(vectors * SCALE), -127, 127), dtype=np.int8)


def content_tokens(text: str, offsets: Spans) -> NDArray[np.intp]:
    """Which tokens, given where they stand in `text`, belong to words that carry content; all if none does."""
    spans = np.asarray(content_spans(text)).reshape(-1, 2)
    starts, ends = np.asarray(offsets).reshape(-1, 2).T
    # The first word that ends behind a token's start is the only one that it can stand in.
    first = np.searchsorted(spans[:, 1], starts, side="right")
    begins = np.append(spans[:, 0], np.inf)[first]
    inside = np.flatnonzero((begins < ends) & (ends > starts))
    return inside if len(inside) else np.arange(len(starts))


def products(question: QueryTokens, tokens: Tokens) -> Vectors:
    """SCALE² times the cosine of each token with each of the question's, shape (tokens, those of the question).

    These are sums of whole numbers that a float32 holds exactly, so that equal texts get the same beside whatever
    others.
    """
    if not len(tokens) or not len(question.vectors):
        return np.zeros((len(tokens), len(question.vectors)), dtype=np.float32)
    asked = question.vectors.T.astype(np.float32)
    # In parts that stay in the processor's memory: to widen all at once takes several times as long.
    starts = range(0, len(tokens), WIDENED)
    return np.concatenate([tokens[n : n + WIDENED].astype(np.float32) @ asked for n in starts])


def match(question: QueryTokens, near: Vectors, sizes: Sizes) -> Signal:
    """For each of several texts, whose tokens stand one after the other in `near` (`products`), `sizes` of them each,
    the mean, by weight, over the question's tokens of the highest cosine with a token of the text, within -1..1; 0
    for a text, or of a question, without tokens."""
    best = highest(near, sizes).astype(np.float64) / SCALE**2
    # Rounding to eight bits may make a vector a little longer than one.
    return np.asarray(np.clip(np.round((best * question.weights).sum(axis=1), 6), -1, 1))


def highest(values: NDArray[Number], sizes: Sizes) -> NDArray[Number]:
    """The highest of each group along the first axis, which `sizes` cuts in groups; 0 for an empty group."""
    found = np.zeros((len(sizes), *values.shape[1:]), dtype=values.dtype)
    filled = sizes > 0
    if filled.any():
        starts = (np.cumsum(sizes) - sizes)[filled]
        found[filled] = np.maximum.reduceat(values, starts, axis=0)
    return found
