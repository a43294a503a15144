"""The catalogue that is being written: SQLite in WAL mode, one transaction a document.

It survives a kill at any moment with whole documents, so that the next ingest goes on from there.
`publish` writes a compact copy in which nothing deleted is left.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import resources
from pathlib import Path

from assistant.bibliography import Bibliography, to_json
from assistant.index.catalogue import Catalogue
from assistant.index.encoded import Encoded
from assistant.index.rows import document_row, label_row, passage_row, sentence_rows, sentence_vectors_row
from assistant.index.serialise import to_json as source_json
from assistant.index.word_index import write_words
from assistant.passages import encoded_text
from assistant.records import Passage, Sensitivity, Source

TABLES = (
    "documents", "readings", "tiers", "files", "holdings", "refusals", "bibliographies", "passages",
    "sentence_vectors", "sentences",
)  # fmt: skip


class Staging(Catalogue):
    """A catalogue that can be written. For one thread of one process, which holds the index's lock."""

    @classmethod
    def at(cls, path: Path) -> Staging:
        """Open for writing; made empty if it does not exist."""
        db = sqlite3.connect(path, isolation_level=None)
        db.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        )
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            schema = resources.files("assistant.index").joinpath("schema.sql").read_text("utf-8")
            db.executescript(f"BEGIN; {schema} COMMIT;")
        return cls(db)

    @classmethod
    def resume(cls, path: Path) -> Staging | None:
        """Open work in progress; None if it is damaged."""
        try:
            staging = cls.at(path)
        except sqlite3.DatabaseError:
            return None
        try:
            is_sound = staging._db.execute("PRAGMA quick_check").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            is_sound = False
        if not is_sound:
            staging.close()
        return staging if is_sound else None

    def set_meta(self, **entries: str) -> None:
        """Write entries about the catalogue itself."""
        self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", entries.items())

    def mark_changed(self) -> None:
        """Note that it differs from its base, though it may hold the same documents by id."""
        self.set_meta(changed="yes")

    def is_changed(self) -> bool:
        """Whether that was noted, by this run or by one that was cut off."""
        return "changed" in self.meta()

    def copy_from(self, live: Path) -> None:
        """Take over all that a published catalogue holds but what it says of itself, in one transaction."""
        self._db.execute("ATTACH DATABASE ? AS live", (str(live),))
        try:
            with self._transaction():
                for table in TABLES:
                    self._db.execute(f"INSERT INTO main.{table} SELECT * FROM live.{table}")  # noqa: S608
        finally:
            self._db.execute("DETACH DATABASE live")

    def put(self, path: str, digest: str, contents: Sequence[Encoded]) -> None:
        """Record a file with its documents; what it held before goes. `digest` is of its bytes."""
        with self._transaction():
            self._forget(path)
            self._db.execute("INSERT INTO files VALUES (?, ?)", (path, digest))
            for content in contents:
                if not self.has_document(content.document.id):
                    self._insert(content)
                self._db.execute("INSERT OR IGNORE INTO holdings VALUES (?, ?)", (path, content.document.id))
            self._drop_orphans()
            self._db.execute("DELETE FROM refusals WHERE path = ?", (path,))

    def put_alias(self, path: str, digest: str, documents: Sequence[str]) -> None:
        """Record that a file holds documents that are known already."""
        with self._transaction():
            self._forget(path)
            self._db.execute("INSERT INTO files VALUES (?, ?)", (path, digest))
            for document in documents:
                self._db.execute("INSERT INTO holdings VALUES (?, ?)", (path, document))
            self._drop_orphans()
            self._db.execute("DELETE FROM refusals WHERE path = ?", (path,))

    def put_refusal(self, path: str, reason: str) -> None:
        """Record that a file was refused; what it held before goes, since it holds it no longer."""
        with self._transaction():
            self._forget(path)
            self._drop_orphans()
            self._db.execute("INSERT OR REPLACE INTO refusals VALUES (?, ?)", (path, reason))

    def forget(self, path: str) -> None:
        """Remove a file, and its document unless another file holds it too."""
        with self._transaction():
            self._forget(path)
            self._drop_orphans()
            self._db.execute("DELETE FROM refusals WHERE path = ?", (path,))
            self._db.execute("DELETE FROM tiers WHERE path = ?", (path,))

    def remove(self, document: str) -> None:
        """Remove a document, and files that then hold none."""
        with self._transaction():
            paths = self._db.execute("SELECT path FROM holdings WHERE document = ?", (document,)).fetchall()
            self._db.execute("DELETE FROM holdings WHERE document = ?", (document,))
            self._db.executemany(
                "DELETE FROM files WHERE path = ? AND path NOT IN (SELECT path FROM holdings)", paths
            )
            self._db.executemany(
                "DELETE FROM tiers WHERE path = ? AND path NOT IN (SELECT path FROM holdings)", paths
            )
            self._drop_orphans()

    def replace(self, content: Encoded) -> None:
        """Put a document in the place of one with its id."""
        with self._transaction():
            # Files that hold it refer to it; within the transaction it is gone for a moment.
            self._db.execute("PRAGMA defer_foreign_keys=ON")
            self._delete(content.document.id)
            self._insert(content)

    def relabel(self, passages: Sequence[Passage]) -> None:
        """Store other labels, voices, speakers and kinds of the sentences of passages that are held."""
        rows = [
            (*label_row(sentence), passage.id, sentence.start)
            for passage in passages
            for sentence in passage.sentences
        ]
        with self._transaction():
            self._db.executemany(
                "UPDATE sentences SET voice = ?, speaker = ?, stance = ?, condition = ?, cluster = ?, parameter = ?,"
                " basis = ?, origin = ?, kind = ? WHERE passage = (SELECT number FROM passages WHERE id = ?) AND start = ?",
                rows,
            )

    def documents_labelled(self, mark: str) -> set[str]:
        """Ids of documents with sentences whose labels' origin tells of something."""
        rows = self._db.execute(
            "SELECT DISTINCT p.document FROM sentences s JOIN passages p ON p.number = s.passage"
            " WHERE instr(s.origin, ?) > 0",
            (mark,),
        )
        return {row[0] for row in rows}

    def put_tier(self, path: str, tier: Sensitivity) -> None:
        """Keep what a person said of a file."""
        self._db.execute("INSERT OR REPLACE INTO tiers VALUES (?, ?)", (path, tier.value))

    def put_bibliography(self, bibliography: Bibliography) -> None:
        """Keep what a bibliography says."""
        contents = to_json(bibliography)
        self._db.execute("INSERT OR REPLACE INTO bibliographies VALUES (?, ?)", (bibliography.path, contents))

    def read_bibliographies_anew(self) -> None:
        """Take all bibliographies for changed, so that they are read again where their files are."""
        for known in self.bibliographies():
            self.put_bibliography(replace(known, digest="to be read"))

    def forget_bibliography(self, path: str) -> None:
        """Remove a bibliography."""
        self._db.execute("DELETE FROM bibliographies WHERE path = ?", (path,))

    def put_reading(self, document: str, source: Source, sensitivity: Sensitivity) -> None:
        """Keep what a document says of itself, before it is stored with what a bibliography says."""
        self._db.execute(
            "INSERT OR REPLACE INTO readings VALUES (?, ?, ?)",
            (document, source_json(source), sensitivity.value),
        )

    def forget_reading(self, document: str) -> None:
        """Forget that a document says otherwise than it is stored."""
        self._db.execute("DELETE FROM readings WHERE document = ?", (document,))

    def digest_of(self, path: str) -> str | None:
        """SHA-256 of a file as it was read; None if it is not held."""
        row = self._db.execute("SELECT hash FROM files WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def path_with(self, digest: str) -> str | None:
        """The first file with these bytes, by name."""
        row = self._db.execute("SELECT min(path) FROM files WHERE hash = ?", (digest,)).fetchone()
        return row[0] if row else None

    def has_document(self, identity: str) -> bool:
        """Whether a document with this id is held."""
        row = self._db.execute("SELECT 1 FROM documents WHERE id = ?", (identity,)).fetchone()
        return row is not None

    def publish(self, target: Path) -> None:
        """Write a compact copy with a word index to `target`; nothing deleted is left in it."""
        self._db.execute("VACUUM INTO ?", (str(target),))
        db = sqlite3.connect(target, isolation_level=None)
        try:
            db.executescript("PRAGMA synchronous=FULL; BEGIN")
            write_words(db, _words_of(db))
            db.execute("COMMIT")
        finally:
            db.close()

    def _forget(self, path: str) -> None:
        self._db.execute("DELETE FROM holdings WHERE path = ?", (path,))
        self._db.execute("DELETE FROM files WHERE path = ?", (path,))

    def _drop_orphans(self) -> None:
        """Remove documents that no file holds any longer."""
        orphans = [
            row[0]
            for row in self._db.execute(
                "SELECT id FROM documents WHERE id NOT IN (SELECT document FROM holdings)"
            )
        ]
        for orphan in orphans:
            self._delete(orphan)
            self.forget_reading(orphan)

    def _delete(self, document: str) -> None:
        for table in ("sentences", "sentence_vectors"):
            self._db.execute(
                f"DELETE FROM {table} WHERE passage IN (SELECT number FROM passages WHERE document = ?)",  # noqa: S608
                (document,),
            )
        self._db.execute("DELETE FROM passages WHERE document = ?", (document,))
        self._db.execute("DELETE FROM documents WHERE id = ?", (document,))

    def _insert(self, content: Encoded) -> None:
        row = document_row(content.document)
        self._db.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        for passage, vector in zip(content.passages, content.vectors, strict=True):
            number = self._db.execute(
                "INSERT INTO passages VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                passage_row(passage, vector),
            ).lastrowid
            assert number is not None
            self._db.execute(
                "INSERT INTO sentence_vectors VALUES (?, ?, ?, ?)",
                sentence_vectors_row(number, passage, vector),
            )
            self._db.executemany(
                "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                sentence_rows(number, passage),
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


def _words_of(db: sqlite3.Connection) -> Iterator[tuple[int, str, str]]:
    """Number, context and body of each passage, by document."""
    catalogue = Catalogue(db)
    for (document,) in db.execute("SELECT id FROM documents ORDER BY id").fetchall():
        numbers = dict(db.execute("SELECT id, number FROM passages WHERE document = ?", (document,)))
        for passage in catalogue.passages_of(document):
            yield numbers[passage.id], passage.context, body_of(passage)


def body_of(passage: Passage) -> str:
    """A passage's words without markup: what the encoder reads, less the context."""
    text, spans = encoded_text(passage)
    return text[spans[0][0] :] if spans else ""
