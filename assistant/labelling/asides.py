"""Which paragraphs are no part of what their document tells: its *asides*.

Somebody can plant a paragraph in a document that asks or orders, for a model to read; others are copied in by
accident. An aside stays what it is, found and quotable with its source. But it becomes a passage of its own, so that
it moves no borders of the passages around it and colours no vector of theirs: without it they say what they say
with it. That costs next to nothing where a paragraph was none, so the model is asked to miss few rather than to be
right often: evals/decisions/asides.md.
"""

from __future__ import annotations

import functools
import itertools
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.encoding import Vectors, unit
from assistant.encoding.passage_model import read_words
from assistant.encoding.shipped import open_arrays
from assistant.encoding.weights import load_tokeniser, model_directory
from assistant.records import Block, BlockKind, Document

MODEL = Path(__file__).with_name("model") / "asides.npz"
# From which log odds on a paragraph is an aside: evals/decisions/asides.md.
ASIDE_AT = -2.0
# Of so many characters at least, shorter ones are headings and rubble; of so many words at most, longer ones are
# passages of their own anyway.
FEWEST_CHARACTERS, MOST_WORDS = 24, 200
# At most one paragraph in so many is set apart, and one of fewer, the most probable first: what fills a document is
# what it is about. Documents of other fields seem to hold many: evals/decisions/asides.md.
ONE_IN = 12
# A paragraph is likened to the others; of fewer than these nothing can be said.
FEWEST_PARAGRAPHS = 4
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]")
GRAMS = 1 << 15
OPENING = 3
# Beyond Latin letters, with and without marks.
LATIN = 0x24F


@dataclass(frozen=True, slots=True)
class AsideModel:
    """Logistic regression: `dense` weighs what `dense_features` gives, `grams` words and pairs of words by their
    hashes. `centre` is the mean vector of words in this field's texts."""

    dense: Vectors
    grams: Vectors
    bias: float
    centre: Vectors

    def log_odds(self, text: str, words: Vectors, others: Vectors) -> float:
        """Of a paragraph's being an aside; `words` are its words' vectors, `others` the mean of those of the
        document's other paragraphs."""
        places = gram_places(text)
        told = self.grams[places].sum() / np.sqrt(max(len(places), 1))
        return float(
            dense_features(text, words, others - self.centre, self.centre) @ self.dense + told + self.bias
        )


def asides_of(document: Document) -> frozenset[Block]:
    """The paragraphs that are set apart. What a speaker asks another is a passage of its own already."""
    paragraphs = [
        (block, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind in (BlockKind.PROSE, BlockKind.ITEM)
    ]
    if len(paragraphs) < FEWEST_PARAGRAPHS:
        return frozenset()
    model = _load()
    vectors = [word_vectors(text) for _, text in paragraphs]
    means = np.stack([mean_of(words) for words in vectors])
    others = (means.sum(axis=0) - means) / (len(means) - 1)
    odds = {
        block: model.log_odds(text, words, rest)
        for (block, text), words, rest in zip(paragraphs, vectors, others, strict=True)
        # What a document itself labels belongs to it, and an item to its list.
        if block.labels is None
        and block.kind is BlockKind.PROSE
        and len(text) >= FEWEST_CHARACTERS
        and len(text.split()) <= MOST_WORDS
    }
    likely = sorted((block for block in odds if odds[block] >= ASIDE_AT), key=lambda block: -odds[block])
    return frozenset(likely[: max(1, len(paragraphs) // ONE_IN)])


def word_vectors(text: str) -> Vectors:
    """The packaged model's vectors of a text's tokens before it reads them, of unit length; shape (tokens, 384)."""
    tokeniser, words = _words()
    return unit(words[tokeniser.encode(text, add_special_tokens=False).ids])


def mean_of(words: Vectors) -> Vectors:
    """The mean vector of words; zeros of none."""
    return words.mean(axis=0) if len(words) else np.zeros(words.shape[1], dtype=np.float32)


def dense_features(text: str, words: Vectors, others: Vectors, centre: Vectors) -> Vectors:
    """What its words mean, all and the first, how it is written, and how like the document's other paragraphs it
    is; `others` is measured from `centre`."""
    written = text.split()
    letters = [character for character in text if character.isalpha()]
    own = mean_of(words) - centre
    marks = [
        (len(letters) + sum(map(str.isspace, text))) / max(len(text), 1),
        len(set(written)) / max(len(written), 1),
        sum(map(str.isupper, text)) / max(len(text), 1),
        len(words) / max(len(written), 1) / 3,
        sum(ord(letter) > LATIN for letter in letters) / max(len(letters), 1),
        np.log(len(written) + 1) / 5,
        3 * float(own @ others) / max(float(np.linalg.norm(own) * np.linalg.norm(others)), 1e-9),
    ]
    return np.concatenate([4 * own, mean_of(words[:OPENING]), np.asarray(marks, dtype=np.float32)])


def gram_places(text: str) -> Sequence[int]:
    """Where a text's words, its pairs of words, its first and its last word stand among the weights, each once."""
    words = [word.lower() for word in WORD.findall(text)]
    framed = ["^", *words, "$"]
    grams = {*words, *map(" ".join, itertools.pairwise(framed))}
    return sorted({zlib.crc32(gram.encode()) % GRAMS for gram in grams})


@functools.lru_cache
def _words() -> tuple[Any, Vectors]:
    directory = model_directory()
    return load_tokeniser(directory), read_words(directory)


@functools.lru_cache
def _load() -> AsideModel:
    parts = open_arrays(MODEL)
    return AsideModel(
        parts["dense"], parts["grams"].astype(np.float32), float(parts["bias"]), parts["centre"]
    )
