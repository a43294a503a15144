"""Saved conversations on disk: one SQLite file, readable by its owner alone, for threads and processes.

Each operation opens the file for itself. There is no write-ahead log: as long as another process has the
file open, what was deleted would stay in it. Deleted content is overwritten (`secure_delete`), and the file
written anew (`VACUUM`) after each purge.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import ConversationsUnusable, NotFound
from assistant.permissions import PRIVATE, PRIVATE_FOLDER

FILE = "conversations.sqlite"
VERSION = 1
# Seconds that one process waits for another to finish writing.
PATIENCE = 10.0
# Turns that are kept of each user; the oldest go first.
KEPT = 2000
MAX_NAME = 100
SCHEMA = """
CREATE TABLE conversations (id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL);
CREATE INDEX by_user ON conversations (user);
CREATE TABLE turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    time TEXT NOT NULL, question TEXT NOT NULL, standalone TEXT NOT NULL, status TEXT NOT NULL,
    form TEXT NOT NULL, state TEXT
);
CREATE INDEX by_conversation ON turns (conversation);
CREATE TABLE states (digest TEXT PRIMARY KEY, documents TEXT NOT NULL);
"""
SELECTED = """
SELECT turns.id, conversation, time, question, standalone, status, form, documents
FROM turns JOIN conversations ON conversations.id = conversation LEFT JOIN states ON states.digest = turns.state
"""


@dataclass(frozen=True, slots=True)
class Saved:
    """A turn as it is kept; `id` and `conversation` are 0 until it is. `form` is what `saved_form` made of the answer; `documents` what the index held
    then, as `holdings_of` tells it; None for an answer that was not looked for."""

    id: int
    conversation: int
    time: str
    question: str
    standalone: str
    status: str
    form: dict[str, Any]
    documents: dict[str, list[str]] | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in a list: its first question, how many turns, when the first and the last were."""

    id: int
    title: str
    turns: int
    first: str
    last: str


class Store:
    """The saved conversations of one user. Every method raises ConversationsUnusable if the file is damaged,
    of a newer version, or cannot be read or written."""

    def __init__(self, directory: Path, user: str, kept: int = KEPT) -> None:
        self.path = directory / FILE
        self.user = user.strip()[:MAX_NAME]
        self._kept = kept

    def save(self, turn: Saved, conversation: int | None = None) -> int:
        """Keep a turn; the id of its conversation, a new one if none is given or it was deleted meanwhile."""
        state = turn.form["provenance"].get("index") if turn.documents is not None else None
        values = (turn.time, turn.question, turn.standalone, turn.status, _json(turn.form), state)
        with self._writing() as connection:
            if conversation is None or not _is_of(connection, conversation, self.user):
                conversation = _inserted(
                    connection.execute("INSERT INTO conversations (user) VALUES (?)", (self.user,))
                )
            if state is not None and turn.documents is not None:
                connection.execute(
                    "INSERT OR IGNORE INTO states VALUES (?, ?)", (state, _json(turn.documents))
                )
            connection.execute(
                "INSERT INTO turns (conversation, time, question, standalone, status, form, state)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (conversation, *values),
            )
            self._trim(connection)
        return conversation

    def conversations(self) -> list[Conversation]:
        """The conversations of this user, the last used first."""
        if not self.path.exists():
            return []
        with self._opened() as connection:
            rows = connection.execute(
                "SELECT conversation, question, count(*), min(time), max(time), min(turns.id), max(turns.id) AS newest"
                " FROM turns JOIN conversations ON conversations.id = conversation WHERE user = ?"
                " GROUP BY conversation ORDER BY newest DESC",
                (self.user,),
            ).fetchall()
            firsts = dict(
                connection.execute(
                    "SELECT conversation, question FROM turns GROUP BY conversation HAVING id = min(id)"
                )
            )
        return [Conversation(row[0], firsts.get(row[0], row[1]), row[2], row[3], row[4]) for row in rows]

    def turns(self, conversation: int) -> list[Saved]:
        """The turns of a conversation in order. Raises NotFound."""
        found = self._selected(
            "WHERE conversation = ? AND user = ? ORDER BY turns.id", conversation, self.user
        )
        if not found:
            raise NotFound(
                f"There is no saved conversation {conversation} of {self.user}. List them: assistant conversations list"
            )
        return found

    def delete(self, conversations: Sequence[int]) -> int:
        """Delete conversations; how many there were."""
        marks = ", ".join("?" for _ in conversations)
        return self._purge(f"id IN ({marks})", *conversations)

    def delete_before(self, day: datetime.date) -> int:
        """Delete conversations whose last turn was before a day (UTC); how many there were."""
        return self._purge(
            "id IN (SELECT conversation FROM turns GROUP BY conversation HAVING max(time) < ?)",
            day.isoformat(),
        )

    def delete_all(self) -> int:
        """Delete all conversations of this user; how many there were."""
        return self._purge("TRUE")

    def change_every(self, change: Callable[[Saved], Saved | None]) -> int:
        """Put something else in place of turns, of all users, where `change` gives it; how many it changed.
        What stood there is overwritten on the disk."""
        if not self.path.exists():
            return 0
        changed = 0
        with self._writing() as connection:
            for saved in _read(connection.execute(SELECTED).fetchall()):
                made = change(saved)
                if made is not None:
                    changed += 1
                    connection.execute(
                        "UPDATE turns SET question = ?, standalone = ?, form = ? WHERE id = ?",
                        (made.question, made.standalone, _json(made.form), made.id),
                    )
        if changed:
            self._rewrite()
        return changed

    def _selected(self, condition: str, *values: object) -> list[Saved]:
        if not self.path.exists():
            return []
        with self._opened() as connection:
            return _read(connection.execute(SELECTED + condition, values).fetchall())

    def _purge(self, condition: str, *values: object) -> int:
        if not self.path.exists():
            return 0
        with self._writing() as connection:
            sql = f"DELETE FROM conversations WHERE user = ? AND {condition}"  # noqa: S608 - conditions of this class
            count = connection.execute(sql, (self.user, *values)).rowcount
            _forget_states(connection)
        self._rewrite()
        return count

    def _trim(self, connection: sqlite3.Connection) -> None:
        """Delete the oldest turns beyond those that are kept, and what has no turn any more."""
        surplus = connection.execute(
            "DELETE FROM turns WHERE id IN (SELECT turns.id FROM turns JOIN conversations ON conversations.id ="
            " conversation WHERE user = ? ORDER BY turns.id DESC LIMIT -1 OFFSET ?)",
            (self.user, self._kept),
        ).rowcount
        if surplus:
            connection.execute("DELETE FROM conversations WHERE id NOT IN (SELECT conversation FROM turns)")
            _forget_states(connection)

    def _rewrite(self) -> None:
        with self._opened() as connection:
            connection.execute("VACUUM")

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self._make_private()
            connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            try:
                for pragma in ("secure_delete = ON", "foreign_keys = ON", "temp_store = MEMORY"):
                    connection.execute(f"PRAGMA {pragma}")
                self._prepare(connection)
                yield connection
            finally:
                connection.close()
        except (sqlite3.OperationalError, OSError) as error:
            raise ConversationsUnusable(
                f"The saved conversations {self.path} cannot be used now ({error}). Answers do not depend on them."
            ) from error
        except (sqlite3.DatabaseError, ValueError) as error:
            raise ConversationsUnusable(
                f"The saved conversations {self.path} are damaged ({error}). Answers do not depend on them: move "
                "the file away, or delete it, and new ones are kept."
            ) from error

    def _make_private(self) -> None:
        """The file is its owner's alone from the first moment, and again after it was copied."""
        self.path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
        if self.path.stat().st_mode & 0o077:
            self.path.chmod(PRIVATE)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        version = _version(connection)
        if version == 0:
            connection.execute("BEGIN IMMEDIATE")
            # Another process may have made the tables while this one waited.
            if _version(connection) == 0:
                for statement in filter(str.strip, SCHEMA.split(";")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("COMMIT")
        elif version != VERSION:
            raise ConversationsUnusable(
                f"The saved conversations {self.path} are of version {version}; this program reads version {VERSION}. "
                "Use the newer program for them, or move the file away."
            )


def _read(rows: Sequence[tuple[Any, ...]]) -> list[Saved]:
    """Turns out of rows. Raises ValueError for a form that is not what was written."""
    found = []
    for identity, conversation, time, question, standalone, status, form, documents in rows:
        content = json.loads(form)
        if not isinstance(content, dict):
            raise ValueError("a turn is not in its form")
        state = json.loads(documents) if documents else None
        found.append(Saved(identity, conversation, time, question, standalone, status, content, state))
    return found


def _forget_states(connection: sqlite3.Connection) -> None:
    """Delete states of the index that no turn speaks of any more."""
    connection.execute(
        "DELETE FROM states WHERE digest NOT IN (SELECT state FROM turns WHERE state IS NOT NULL)"
    )


def _is_of(connection: sqlite3.Connection, conversation: int, user: str) -> bool:
    sql = "SELECT 1 FROM conversations WHERE id = ? AND user = ?"
    return connection.execute(sql, (conversation, user)).fetchone() is not None


def _inserted(cursor: sqlite3.Cursor) -> int:
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _json(form: Mapping[str, Any]) -> str:
    return json.dumps(form, ensure_ascii=False)
