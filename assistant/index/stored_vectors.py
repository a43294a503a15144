"""The vectors that a catalogue holds: of passages, of their sentences, and of the tokens in these."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np

from assistant.encoding import PassageVectors, Tokens, Vectors
from assistant.index.rows import sentence_vectors_from, tokens_from

Item = TypeVar("Item", str, int)
PART = 5000


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
        rows = self._db.execute(
            "SELECT s.vector FROM sentences s JOIN passages p ON p.number = s.passage WHERE p.document = ?",
            (document,),
        )
        return [blob for (blob,) in rows]

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

    def sentence_vectors(self, identities: Sequence[str]) -> dict[str, Vectors]:
        """Unit vectors of the sentences of some passages, shape (sentences, dim), by passage id."""
        rows = [
            row
            for part in in_parts(identities)
            for row in self._db.execute(
                "SELECT p.id, s.vector FROM passages p JOIN sentences s ON s.passage = p.number"  # noqa: S608
                f" WHERE p.id IN ({','.join('?' * len(part))}) ORDER BY p.id, s.start",
                part,
            )
        ]
        return sentence_vectors_from(rows)

    def tokens(self, identities: Sequence[str]) -> dict[str, tuple[Tokens, ...]]:
        """The tokens of the sentences' content words of some passages, by passage id."""
        return {
            identity: tokens_from(counts, vectors)
            for part in in_parts(identities)
            for identity, counts, vectors in self._db.execute(
                "SELECT p.id, t.counts, t.vectors FROM passages p JOIN tokens t ON t.passage = p.number"  # noqa: S608
                f" WHERE p.id IN ({','.join('?' * len(part))})",
                part,
            )
        }

    def token_blobs(self, document: str) -> list[bytes]:
        """The tokens of a document's passages as they are stored."""
        rows = self._db.execute(
            "SELECT t.vectors FROM tokens t JOIN passages p ON p.number = t.passage WHERE p.document = ?",
            (document,),
        )
        return [blob for (blob,) in rows if blob]

    def encoded(self, identities: Sequence[str]) -> dict[str, PassageVectors]:
        """All vectors of some passages, by passage id."""
        whole, sentences, tokens = (
            self.vectors_of(identities),
            self.sentence_vectors(identities),
            self.tokens(identities),
        )
        return {
            identity: PassageVectors(whole[identity], sentences[identity], tokens[identity])
            for identity in identities
        }


def in_parts(identities: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The ids in parts that SQLite takes as parameters of one statement."""
    for start in range(0, len(identities), PART):
        yield identities[start : start + PART]
