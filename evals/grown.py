"""Indexes of a given size, of made-up words and perturbed vectors: how search grows needs no real text."""

from __future__ import annotations

import functools
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.encoding import Encoder, PassageVectors, Spans, Vectors, unit
from assistant.errors import IndexDamaged, IndexMismatch, IndexMissing
from assistant.framework import load_framework
from assistant.index import Index
from assistant.index.documents import index_documents
from assistant.records import Block, Document, Source

SEED = 20261122
VOCABULARY = 20_000
# Words of a passage: so many that a paragraph stands alone, and so few that it is not cut.
WORDS, SENTENCE = 84, 14
PASSAGES_A_DOCUMENT = 100
SYLLABLES = ("ba", "do", "fe", "ki", "lu", "mo", "na", "pe", "ri", "so", "tu", "va", "wi", "zo")
NOISE = 0.6


class Perturbed:
    """An encoder for passages that no model reads: vectors near those of questions, by the seed alone."""

    def __init__(self, real: Encoder, bases: Vectors) -> None:
        self.fingerprint = real.fingerprint
        self.limit = real.limit
        self._real = real
        self._bases = bases
        self._generator = np.random.default_rng(SEED)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """A token a word: made-up words have no better."""
        spans, at = [], 0
        for word in text.split():
            at = text.index(word, at)
            spans.append((at, at + len(word)))
            at += len(word)
        return spans

    def encode_passages(self, texts: Sequence[tuple[str, Spans]]) -> list[PassageVectors]:
        """Vectors around one of the bases for each passage, and around that for its sentences."""
        return [self._near(len(spans)) for _, spans in texts]

    def encode_query(self, text: str) -> Vectors:
        """As the real encoder does."""
        return self._real.encode_query(text)

    def _near(self, sentences: int) -> PassageVectors:
        base = self._bases[self._generator.integers(len(self._bases))]
        scale = NOISE / np.sqrt(len(base))
        passage = unit(base + scale * self._generator.standard_normal(len(base)).astype(np.float32))
        noise = self._generator.standard_normal((sentences, len(base))).astype(np.float32)
        return PassageVectors(passage, unit(passage + scale * noise))


def questions(count: int) -> list[str]:
    """Questions of made-up words, always the same."""
    generator = random.Random(SEED + 1)
    words = vocabulary()
    return [f"Does {' '.join(_drawn(generator, words, 6))} help?" for _ in range(count)]


@functools.lru_cache(maxsize=1)
def vocabulary() -> tuple[str, ...]:
    """Made-up words, the most frequent first."""
    generator = random.Random(SEED)
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        words["".join(generator.choices(SYLLABLES, k=generator.randint(2, 5)))] = None
    return tuple(words)


def documents(passages: int) -> Iterator[Document]:
    """Documents that are cut into so many passages, one a paragraph."""
    generator = random.Random(SEED)
    words = vocabulary()
    for number in range(0, passages, PASSAGES_A_DOCUMENT):
        blocks: list[Block] = []
        text = ""
        for _ in range(min(PASSAGES_A_DOCUMENT, passages - number)):
            paragraph = " ".join(_sentence(generator, words) for _ in range(WORDS // SENTENCE))
            blocks.append(Block(len(text), len(text) + len(paragraph)))
            text += paragraph + "\n\n"
        yield Document(f"grown-{number}", f"grown-{number}", Source(f"Made-up {number}"), text, tuple(blocks))


def grown_index(passages: int, encoder: Encoder, asked: Sequence[str], cache: Path) -> Index:
    """An index of so many passages, made unless it lies in the cache."""
    index = Index(cache / "evals" / "grown" / f"{passages}", encoder.fingerprint)
    try:
        index.live()
    except (IndexMissing, IndexMismatch, IndexDamaged):
        bases = np.stack([encoder.encode_query(question) for question in asked])
        index_documents(
            index.layout.root,
            Perturbed(encoder, bases),
            load_framework(),
            documents(passages),
            lambda done, _: _tell(done, passages),
        )
    return index


def _sentence(generator: random.Random, words: Sequence[str]) -> str:
    return " ".join(_drawn(generator, words, SENTENCE)).capitalize() + "."


def _drawn(generator: random.Random, words: Sequence[str], count: int) -> list[str]:
    """Words by Zipf's law, roughly: how often one is drawn falls as one over its rank."""
    return [words[int(len(words) ** generator.random()) - 1] for _ in range(count)]


def _tell(done: int, of: int) -> None:
    if done and done % 100 == 0:
        print(f"  made {done * PASSAGES_A_DOCUMENT:,} of {of:,} passages", file=sys.stderr)
