"""Indexes of a given size, of words in no order and perturbed vectors: how search grows needs no real text."""

from __future__ import annotations

import functools
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.encoding import Encoder, PassageVectors, QueryTokens, Spans, Vectors, unit
from assistant.encoding.late_interaction import rounded
from assistant.errors import IndexDamaged, IndexMismatch, IndexMissing
from assistant.framework import load_framework
from assistant.index import Index
from assistant.index.documents import index_documents
from assistant.index.encoded import Encoded
from assistant.passages import encoded_text
from assistant.records import Block, Document, Passage, Sentence, Source, Voice, passage_id
from assistant.resources import corpus_directory

SEED = 20261122
# Words of a passage: so many that a paragraph stands alone, and so few that it is not cut.
WORDS, SENTENCE = 168, 14
PASSAGES_A_DOCUMENT = 100
WORD = re.compile(r"[A-Za-z]{2,}")
NOISE = 0.6
# Tokens of the content words of a made-up sentence.
TOKENS = 8


class Perturbed:
    """An encoder for passages that no model reads: vectors near those of questions, by the seed alone."""

    def __init__(self, real: Encoder, bases: Vectors) -> None:
        self.fingerprint = real.fingerprint
        self.limit = real.limit
        self._real = real
        self._bases = bases
        self._width = real.encode_query_tokens("teams").vectors.shape[1]
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

    def encode_query_tokens(self, text: str) -> QueryTokens:
        """As the real encoder does."""
        return self._real.encode_query_tokens(text)

    def _near(self, sentences: int) -> PassageVectors:
        base = self._bases[self._generator.integers(len(self._bases))]
        scale = NOISE / np.sqrt(len(base))
        passage = unit(base + scale * self._generator.standard_normal(len(base)).astype(np.float32))
        noise = self._generator.standard_normal((sentences, len(base))).astype(np.float32)
        tokens = self._generator.standard_normal((sentences, TOKENS, self._width)).astype(np.float32)
        return PassageVectors(passage, unit(passage + scale * noise), tuple(rounded(unit(tokens))))


def questions(count: int) -> list[str]:
    """Questions of words in no order, always the same."""
    generator = random.Random(SEED + 1)
    words = vocabulary()
    return [f"Does {' '.join(_drawn(generator, words, 6))} help?" for _ in range(count)]


@functools.lru_cache(maxsize=1)
def vocabulary() -> tuple[str, ...]:
    """The words of the bundled notes, the most frequent first: models read them in as many tokens as they
    read documents'."""
    notes = sorted(corpus_directory().rglob("*.md"))
    counts = Counter(
        word.lower() for note in notes for word in WORD.findall(note.read_text(encoding="utf-8"))
    )
    return tuple(sorted(counts, key=lambda word: (-counts[word], word)))


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


def prepared(document: Document, encoder: Encoder) -> Encoded:
    """A made-up document cut at its paragraphs and full stops, as an ingest would cut it, without labels:
    to label a hundred thousand passages takes longer than all else."""
    passages = tuple(_passage(document, block) for block in document.blocks)
    return Encoded(document, passages, encoder.encode_passages([encoded_text(one) for one in passages]))


def _passage(document: Document, block: Block) -> Passage:
    text = document.text[block.start : block.end]
    sentences, at = [], block.start
    for words in text.split(". "):
        end = min(at + len(words) + 1, block.end)
        sentences.append(Sentence(at, end, document.text[at:end], Voice.AUTHORS))
        at = end + 1
    return Passage(
        id=passage_id(document.id, text, 1),
        document=document.id,
        start=block.start,
        end=block.end,
        text=text,
        section=(),
        sentences=tuple(sentences),
        context=document.source.title,
    )


def grown_index(passages: int, encoder: Encoder, asked: Sequence[str], cache: Path) -> Index:
    """An index of so many passages, made unless it lies in the cache."""
    index = Index(cache / "evals" / "grown" / f"{passages}-of-{WORDS}-words", encoder.fingerprint)
    try:
        index.live()
    except (IndexMissing, IndexMismatch, IndexDamaged):
        bases = np.stack([encoder.encode_query(question) for question in asked])
        perturbed = Perturbed(encoder, bases)
        index_documents(
            index.layout.root,
            perturbed,
            load_framework(),
            documents(passages),
            lambda done, _: _tell(done, passages),
            lambda document: prepared(document, perturbed),
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
