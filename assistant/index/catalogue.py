"""The published catalogue: documents, passages, sentences, labels, vectors and words, read-only.

A published catalogue never changes, so it is opened immutable: no locks, no side files, and it can lie
in a directory that the reader may not write to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from assistant.bibliography import Bibliography, from_json
from assistant.errors import IndexDamaged
from assistant.index.rows import document_from, head_from, passage_from
from assistant.index.serialise import source_from
from assistant.index.stored_vectors import StoredVectors, in_parts
from assistant.index.tiers import closed_texts, tiers_in
from assistant.index.word_index import WordIndex
from assistant.records import Document, DocumentHead, Passage, Sensitivity, Source, each_speaker

PASSAGE_COLUMNS = 'p.number, p.id, p.document, p.start, p."end", p.section, p.context, p.page, p.page_number, p.speaker, p.time, p.sensitivity'


class Catalogue(StoredVectors):
    """One SQLite file. Not to be shared by threads: open one for each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.words = WordIndex(connection)

    @classmethod
    def open(cls, path: Path) -> Catalogue:
        """Open a published catalogue. Raises IndexDamaged if it cannot be opened."""
        try:
            db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            db.execute("SELECT value FROM meta LIMIT 1").fetchone()
        except sqlite3.Error as error:
            raise IndexDamaged(
                f"The catalogue {path} cannot be read ({error}). Its files are read again by: assistant ingest"
            ) from error
        return cls(db)

    def close(self) -> None:
        """Close the file."""
        self.words.close()
        self._db.close()

    # What it is

    def meta(self) -> dict[str, str]:
        """All entries about the catalogue itself."""
        return dict(self._db.execute("SELECT key, value FROM meta"))

    def counts(self) -> dict[str, int]:
        """How many documents, files, refusals, passages and sentences it holds."""
        tables = ("documents", "files", "refusals", "passages", "sentences")
        return {
            table: self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in tables
        }

    # Files and documents

    def files(self) -> dict[str, str]:
        """Path → SHA-256 of every file."""
        return dict(self._db.execute("SELECT path, hash FROM files"))

    def holdings(self) -> dict[str, list[str]]:
        """Path → ids of the documents that the file holds."""
        held: dict[str, list[str]] = {}
        for path, document in self._db.execute("SELECT path, document FROM holdings ORDER BY path, document"):
            held.setdefault(path, []).append(document)
        return held

    def refusals(self) -> dict[str, str]:
        """Path → reason of every file that was refused."""
        return dict(self._db.execute("SELECT path, reason FROM refusals ORDER BY path"))

    def heads(self) -> list[DocumentHead]:
        """All documents without their texts, by title."""
        rows = self._db.execute(
            "SELECT d.id, d.name, (SELECT min(path) FROM holdings h WHERE h.document = d.id), d.source,"
            " d.sensitivity, d.is_transcript, d.warnings,"
            " (SELECT count(*) FROM passages p WHERE p.document = d.id), length(d.text)"
            " FROM documents d ORDER BY d.title, d.id"
        )
        tiers = tiers_in(self._db)
        return [head_from((*row, tiers.get(row[0], ()))) for row in rows]

    def text(self, document: str) -> str:
        """The text of a document."""
        row = self._db.execute("SELECT text FROM documents WHERE id = ?", (document,)).fetchone()
        return str(row[0]) if row else ""

    def document(self, identity: str) -> Document:
        """A document whole. Raises KeyError if it is not held."""
        row = self._db.execute(
            "SELECT id, name, source, structure, sensitivity, is_transcript, warnings, text"
            " FROM documents WHERE id = ?",
            (identity,),
        ).fetchone()
        if row is None:
            raise KeyError(identity)
        return document_from(row)

    def speakers(self, tiers: Sequence[str] = ()) -> dict[str, set[str]]:
        """Document id → everybody who speaks in it, or in its parts of these tiers."""
        found: dict[str, set[str]] = {}
        asked = f" AND p.sensitivity IN ({','.join('?' * len(tiers))})" if tiers else ""
        for document, speakers in self._db.execute(
            "SELECT DISTINCT p.document, s.speaker FROM sentences s JOIN passages p ON p.number = s.passage"  # noqa: S608
            f" WHERE s.speaker IS NOT NULL{asked}",
            tiers,
        ):
            found.setdefault(document, set()).update(each_speaker(speakers))
        return found

    def closed_texts(self) -> Iterator[str]:
        """The stretches of documents that are not public."""
        return closed_texts(self._db)

    def tiers(self) -> dict[str, Sensitivity]:
        """Path → the tier that a person gave a file when it was ingested."""
        rows = self._rows_of("tiers", "SELECT path, sensitivity FROM tiers")
        return {path: Sensitivity(tier) for path, tier in rows}

    # Where documents come from

    def bibliographies(self) -> list[Bibliography]:
        """The bibliographies that describe the documents, by path."""
        rows = self._rows_of("bibliographies", "SELECT contents FROM bibliographies ORDER BY path")
        return [from_json(row[0]) for row in rows]

    def readings(self) -> dict[str, tuple[Source, Sensitivity]]:
        """Document id → what it says of itself, where a bibliography says otherwise."""
        rows = self._rows_of("readings", "SELECT document, source, sensitivity FROM readings")
        return {row[0]: (source_from(row[1]), Sensitivity(row[2])) for row in rows}

    def as_read(self, identity: str) -> Document:
        """A document whole, as it was before a bibliography described it. Raises KeyError if it is not held."""
        document = self.document(identity)
        query = "SELECT source, sensitivity FROM readings WHERE document = ?"
        for source, sensitivity in self._rows_of("readings", query, identity):
            return replace(document, source=source_from(source), sensitivity=Sensitivity(sensitivity))
        return document

    def opening(self, identity: str, length: int) -> str:
        """The first characters of a document's text."""
        query = "SELECT substr(text, 1, ?) FROM documents WHERE id = ?"
        row = self._db.execute(query, (length, identity)).fetchone()
        return str(row[0]) if row else ""

    def _rows_of(self, table: str, query: str, *values: str) -> list[tuple[Any, ...]]:
        """What a query finds; nothing in a catalogue of an older make that does not have the table."""
        has = self._db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        return self._db.execute(query, values).fetchall() if has else []

    # Reading passages

    def passages(self, identities: Sequence[str]) -> dict[str, Passage]:
        """The passages with the given ids; ids that are not known are left out."""
        found: dict[str, Passage] = {}
        for part in in_parts(identities):
            marks = ",".join("?" * len(part))
            found.update((passage.id, passage) for passage in self._load(f"p.id IN ({marks})", part))
        return found

    def passages_of(self, document: str) -> list[Passage]:
        """All passages of a document in order."""
        return self._load("p.document = ?", (document,))

    def ids_like(self, prefix: str) -> list[str]:
        """Ids of passages that begin with `prefix`, at most ten."""
        rows = self._db.execute(
            "SELECT id FROM passages WHERE substr(id, 1, length(?)) = ? ORDER BY id LIMIT 10",
            (prefix, prefix),
        )
        return [row[0] for row in rows]

    def labelled(self, **wanted: Sequence[str]) -> list[tuple[str, str]]:
        """(passage id, document id) of the passages that have a sentence with one of the values wanted of
        each column (`stance`, `voice`, `cluster`, `parameter`, `sensitivity`); of all if nothing is wanted."""
        asked = {column: values for column, values in wanted.items() if values}
        if not asked:
            return self._db.execute("SELECT id, document FROM passages").fetchall()
        conditions = " AND ".join(
            f"{'p' if column == 'sensitivity' else 's'}.{column} IN ({','.join('?' * len(values))})"
            for column, values in asked.items()
        )
        return self._db.execute(
            "SELECT DISTINCT p.id, p.document FROM sentences s JOIN passages p ON p.number = s.passage"  # noqa: S608
            f" WHERE {conditions}",
            [value for values in asked.values() for value in values],
        ).fetchall()

    def _load(self, condition: str, values: Sequence[object]) -> list[Passage]:
        rows = self._db.execute(
            f"SELECT {PASSAGE_COLUMNS} FROM passages p WHERE {condition} ORDER BY p.document, p.start",  # noqa: S608
            values,
        ).fetchall()
        sentences = self._sentences([row[0] for row in rows])
        passages = []
        # A document's text is read once, however many of its passages are wanted.
        for document, own in groupby(rows, key=lambda row: row[2]):
            text = self.text(document)
            passages += [passage_from(row, text, sentences.get(row[0], ())) for row in own]
        return passages

    def _sentences(self, numbers: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
        """The sentences of passages by their numbers, in order."""
        found: dict[int, list[tuple[Any, ...]]] = {}
        for part in in_parts(numbers):
            rows = self._db.execute(
                'SELECT passage, start, "end", voice, speaker, section, stance, condition, cluster, parameter,'  # noqa: S608
                f" basis, origin, kind FROM sentences WHERE passage IN ({','.join('?' * len(part))})"
                " ORDER BY passage, start",
                part,
            )
            found.update((number, list(own)) for number, own in groupby(rows, key=lambda row: row[0]))
        return found
