"""The vectors that a catalogue holds: of passages, of their sentences, and of the tokens in these."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.encoding import PassageVectors, Sizes, Tokens, Vectors

Item = TypeVar("Item", str, int)
PART = 5000
# How many sentences' vectors are widened to 32 bits at once.
WIDENED = 1000


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """Unit vectors of the sentences of several passages, shape (sentences, dim), as they are stored, and of their content
    words' tokens, shape (tokens, width), one after the other; how many sentences each passage has, and how many
    tokens each sentence."""

    sentences_each: Sizes
    sentences: NDArray[np.float16]
    tokens_each: Sizes
    tokens: Tokens

    def places(self, passage: int) -> slice:
        """Where the sentences of the n-th passage stand."""
        start = int(self.sentences_each[:passage].sum())
        return slice(start, start + int(self.sentences_each[passage]))

    def of(self, passage: int) -> Vectors:
        """The vectors of the n-th passage's sentences."""
        return self.sentences[self.places(passage)].astype(np.float32)

    def cosines(self, vector: Vectors) -> Vectors:
        """How near each sentence is to a unit vector."""
        # In parts that stay in the processor's memory: to widen all at once takes several times as long.
        starts = range(0, len(self.sentences), WIDENED)
        parts = [self.sentences[n : n + WIDENED].astype(np.float32) @ vector for n in starts]
        return np.concatenate([np.zeros(0, dtype=np.float32), *parts])

    def tokens_in_passages(self) -> Sizes:
        """How many tokens each passage has."""
        before = np.concatenate([[0], np.cumsum(self.tokens_each)])
        ends = np.cumsum(self.sentences_each)
        return np.asarray(before[ends] - before[ends - self.sentences_each], dtype=np.int64)


class StoredVectors:
    """Reads them from a catalogue's file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def vectors(self) -> tuple[list[str], Vectors]:
        """Ids and unit vectors of all passages, by id; shape (n, dim)."""
        rows = self._db.execute("SELECT id, vector FROM passages ORDER BY id").fetchall()
        if not rows:
            return [], np.zeros((0, 0), dtype=np.float32)
        matrix = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float32)
        return [row[0] for row in rows], matrix.reshape(len(rows), -1)

    def vectors_in(self, document: str) -> list[Vectors]:
        """Unit vectors of a document's passages."""
        rows = self._db.execute("SELECT vector FROM passages WHERE document = ?", (document,))
        return [np.frombuffer(blob, dtype=np.float32) for (blob,) in rows]

    def sentence_blobs(self, document: str) -> list[bytes]:
        """Vectors of a document's sentences as they are stored."""
        return [
            blob[start : start + len(blob) // sentences]
            for blob, sentences in self._blobs("sentences", document)
            for start in range(0, len(blob), len(blob) // sentences)
        ]

    def token_blobs(self, document: str) -> list[bytes]:
        """The tokens of a document's passages as they are stored."""
        return [blob for blob, _ in self._blobs("tokens", document)]

    def _blobs(self, column: str, document: str) -> list[tuple[bytes, int]]:
        """What a column holds of each of a document's passages, where it holds anything, and how many sentences that
        passage has."""
        return self._db.execute(
            f"SELECT v.{column}, length(v.counts) / 2 FROM sentence_vectors v JOIN passages p"  # noqa: S608
            f" ON p.number = v.passage WHERE p.document = ? AND length(v.{column}) > 0",
            (document,),
        ).fetchall()

    def vectors_of(self, identities: Sequence[str]) -> dict[str, Vectors]:
        """Unit vectors of some passages by id."""
        found: dict[str, Vectors] = {}
        for part in in_parts(identities):
            marks = ",".join("?" * len(part))
            for identity, blob in self._db.execute(
                f"SELECT id, vector FROM passages WHERE id IN ({marks})",  # noqa: S608
                part,
            ):
                found[identity] = np.frombuffer(blob, dtype=np.float32)
        return found

    def sentence_vectors(self, identities: Sequence[str]) -> SentenceVectors:
        """Those of the sentences of passages that are held, by the order of their ids whatever order these are given
        in."""
        rows = [
            row
            for part in in_parts(sorted(identities))
            for row in self._db.execute(
                "SELECT v.sentences, v.counts, v.tokens FROM passages p JOIN sentence_vectors v"  # noqa: S608
                f" ON v.passage = p.number WHERE p.id IN ({','.join('?' * len(part))}) ORDER BY p.id",
                part,
            )
        ]
        counts = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.uint16).astype(np.int64)
        sentences = np.frombuffer(b"".join(row[0] for row in rows), dtype=np.float16)
        tokens = np.frombuffer(b"".join(row[2] for row in rows), dtype=np.int8)
        return SentenceVectors(
            np.array([len(row[1]) // 2 for row in rows], dtype=np.int64),
            sentences.reshape(max(len(counts), 1), -1)[: len(counts)],
            counts,
            tokens.reshape(max(int(counts.sum()), 1), -1)[: int(counts.sum())],
        )

    def encoded(self, identities: Sequence[str]) -> dict[str, PassageVectors]:
        """All vectors of some passages, by passage id."""
        ordered = sorted(set(identities))
        whole, held = self.vectors_of(ordered), self.sentence_vectors(ordered)
        tokens = np.split(held.tokens, np.cumsum(held.tokens_each)[:-1])
        return {
            identity: PassageVectors(whole[identity], held.of(n), tuple(tokens[held.places(n)]))
            for n, identity in enumerate(ordered)
        }


def in_parts(identities: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The ids in parts that SQLite takes as parameters of one statement."""
    for start in range(0, len(identities), PART):
        yield identities[start : start + PART]
