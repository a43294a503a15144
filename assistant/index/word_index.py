"""Words → passages that have them, by SQLite's full-text index, scored by BM25.

SQLite scores passages one by one, which takes a microsecond each: an eighth of a second for common words among a
hundred thousand passages. So which passages have a word, and how often, is kept with each word as
well, and the same formula is worked out over whole columns (evals/decisions/speed.md). Words are cut and stemmed by
SQLite alone, and phrases ("co-production") are looked for there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from assistant.index.stored_vectors import in_parts

TOKENIZE = 'tokenize="porter unicode61 remove_diacritics 2"'
WORDS = f"CREATE VIRTUAL TABLE words USING fts5(context, body, content='', {TOKENIZE})"
# `postings`: a word's passages by number (int32) and how often it stands in each one's context and body
# (uint16, two for each passage); words as bytes, since SQLite cuts very long ones inside a character.
# `lengths`: how many words each passage has (int32).
POSTINGS = (
    "CREATE TABLE postings (term BLOB PRIMARY KEY, passages BLOB NOT NULL, counts BLOB NOT NULL) STRICT",
    "CREATE TABLE lengths (passages BLOB NOT NULL, counts BLOB NOT NULL) STRICT",
)
# The most that is counted of a word in one passage.
COUNTED_TO = 65535
# BM25 (Robertson and Walker 1994) as SQLite has it: https://www.sqlite.org/fts5.html#the_bm25_function
K1, B = 1.2, 0.75
LEAST_RARITY = 1e-6
# What a word in the context, which many passages share, counts beside one in the body.
CONTEXT = 0.6

Numbers = NDArray[np.int32]
Counts = NDArray[np.uint16]
Floats = NDArray[np.float64]
# A word with how many passages have it and how often it stands there.
Count = tuple[bytes, int, int]


class WordIndex:
    """The words of a published catalogue. Not to be shared by threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._tokenizer: sqlite3.Connection | None = None
        self._known: tuple[int, Floats] | None = None

    def search(self, terms: Sequence[str], limit: int) -> list[tuple[str, float]]:
        """(passage id, BM25 score, higher is better) of passages with any of the terms, best first, ties by id.
        A term of several words is a phrase."""
        count, lengths = self._lengths()
        scores = np.zeros(len(lengths))
        for term, tokens in zip(terms, self._tokens(terms), strict=True):
            if len(tokens) == 1:
                passages, frequencies = self._postings(tokens[0])
                rarity = _rarity(count, len(passages))
                spread = K1 * (1 - B + B * lengths[passages])
                scores[passages] += rarity * (frequencies * (K1 + 1) / (frequencies + spread))
            elif tokens:
                for passage, score in self._scored(term):
                    scores[passage] += score
        held = np.flatnonzero(scores)
        if len(held) > limit:
            held = held[scores[held] >= np.partition(scores[held], -limit)[-limit]]
        ranked = [(identity, float(scores[passage])) for passage, identity in self._ids(held.tolist())]
        return sorted(ranked, key=lambda entry: (-entry[1], entry[0]))[:limit]

    def frequency(self, term: str) -> int:
        """How many passages hold a word (stemmed as the index stems) or phrase."""
        [tokens] = self._tokens([term])
        return self._holding(term, tokens)

    def close(self) -> None:
        """Let go of what was opened beside the catalogue."""
        if self._tokenizer is not None:
            self._tokenizer.close()
            self._tokenizer = None

    def _holding(self, term: str, tokens: Sequence[bytes]) -> int:
        if len(tokens) != 1:
            query = "SELECT count(*) FROM words WHERE words MATCH ?"
            return int(self._db.execute(query, (quoted(term),)).fetchone()[0])
        query = "SELECT length(passages) / 4 FROM postings WHERE term = ?"
        row = self._db.execute(query, tokens).fetchone()
        return int(row[0]) if row else 0

    def most(self, terms: Sequence[str]) -> float:
        """The score that no passage can exceed: each of the terms standing in it over and over."""
        count, _ = self._lengths()
        held = (self._holding(term, own) for term, own in zip(terms, self._tokens(terms), strict=True))
        return (K1 + 1) * sum(_rarity(count, passages) for passages in held)

    def holding(self, terms: Sequence[Sequence[str]]) -> set[str]:
        """Ids of passages that hold each of the terms, in one of the words or phrases that are given for it."""
        every = " AND ".join(f"({' OR '.join(map(quoted, forms))})" for forms in terms)
        rows = self._db.execute(
            "SELECT p.id FROM words JOIN passages p ON p.number = words.rowid WHERE words MATCH ?", (every,)
        )
        return {row[0] for row in rows}

    def counted(self) -> set[Count]:
        """Each word, with how many passages have it and how often it stands there."""
        self._db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, words, row)")
        return set(self._db.execute("SELECT CAST(term AS BLOB), doc, cnt FROM temp.terms"))

    def postings_counted(self) -> set[Count]:
        """The same by what is kept with each word."""
        return {
            (term, len(passages) // 4, int(np.frombuffer(counts, dtype=np.uint16).sum()))
            for term, passages, counts in self._db.execute("SELECT term, passages, counts FROM postings")
        }

    def _lengths(self) -> tuple[int, Floats]:
        """How many passages there are; and by number each one's length as a share of the mean."""
        if self._known is None:
            blobs = self._db.execute("SELECT passages, counts FROM lengths").fetchone()
            passages, counts = (np.frombuffer(blob, dtype=np.int32) for blob in blobs)
            lengths = np.zeros(int(passages.max(initial=0)) + 1)
            lengths[passages] = counts / max(float(counts.mean()), 1e-9) if len(counts) else 0.0
            self._known = len(passages), lengths
        return self._known

    def strangers(self) -> set[int]:
        """Numbers of passages that it tells of and the catalogue does not hold."""
        blobs = self._db.execute("SELECT passages FROM postings UNION ALL SELECT passages FROM lengths")
        told = np.unique(np.concatenate([np.frombuffer(blob, dtype=np.int32) for (blob,) in blobs]))
        return set(told.tolist()) - {row[0] for row in self._db.execute("SELECT number FROM passages")}

    def _postings(self, token: bytes) -> tuple[Numbers, Floats]:
        """Numbers of the passages with a token, and how often each has it, by what places count."""
        row = self._db.execute("SELECT passages, counts FROM postings WHERE term = ?", (token,)).fetchone()
        if row is None:
            return np.zeros(0, dtype=np.int32), np.zeros(0)
        counts = np.frombuffer(row[1], dtype=np.uint16).reshape(-1, 2)
        return np.frombuffer(row[0], dtype=np.int32), np.asarray(counts @ np.array([CONTEXT, 1.0]))

    def _scored(self, phrase: str) -> list[tuple[int, float]]:
        return self._db.execute(
            "SELECT rowid, -bm25(words, ?, 1.0) FROM words WHERE words MATCH ?", (CONTEXT, quoted(phrase))
        ).fetchall()

    def _ids(self, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
        for part in in_parts(numbers):
            marks = ",".join("?" * len(part))
            yield from self._db.execute(f"SELECT number, id FROM passages WHERE number IN ({marks})", part)  # noqa: S608

    def _tokens(self, terms: Sequence[str]) -> list[list[bytes]]:
        """The tokens of each term, in order, as SQLite cuts and stems them."""
        if self._tokenizer is None:
            self._tokenizer = sqlite3.connect(":memory:", isolation_level=None)
            self._tokenizer.execute(f"CREATE VIRTUAL TABLE t USING fts5(body, content='', {TOKENIZE})")
            self._tokenizer.execute("CREATE VIRTUAL TABLE seen USING fts5vocab(t, instance)")
        tokenizer = self._tokenizer
        tokenizer.execute("INSERT INTO t (t) VALUES ('delete-all')")
        tokenizer.executemany("INSERT INTO t (rowid, body) VALUES (?, ?)", enumerate(terms))
        tokens: list[list[bytes]] = [[] for _ in terms]
        for place, token in tokenizer.execute(
            "SELECT doc, CAST(term AS BLOB) FROM seen ORDER BY doc, offset"
        ):
            tokens[place].append(token)
        return tokens


def write_words(db: sqlite3.Connection, passages: Iterable[tuple[int, str, str]]) -> None:
    """Make the index of passages given as number, context and body, in a catalogue that has none."""
    for statement in (WORDS, *POSTINGS):
        db.execute(statement)
    numbers: list[int] = []
    db.executemany("INSERT INTO words (rowid, context, body) VALUES (?, ?, ?)", _noted(passages, numbers))
    lengths = np.zeros(max(numbers, default=0) + 1, dtype=np.int32)
    for term, held, counts in _counted(db):
        lengths[held] += counts.sum(axis=1, dtype=np.int32)
        db.execute("INSERT INTO postings VALUES (?, ?, ?)", (term, held.tobytes(), counts.tobytes()))
    every = np.array(numbers, dtype=np.int32)
    db.execute("INSERT INTO lengths VALUES (?, ?)", (every.tobytes(), lengths[every].tobytes()))


def _noted(passages: Iterable[tuple[int, str, str]], numbers: list[int]) -> Iterator[tuple[int, str, str]]:
    for passage in passages:
        numbers.append(passage[0])
        yield passage


def _counted(db: sqlite3.Connection) -> Iterator[tuple[bytes, Numbers, Counts]]:
    """Each word with the passages that have it and how often their contexts and bodies do."""
    db.execute("CREATE VIRTUAL TABLE temp.instances USING fts5vocab(main, words, instance)")
    # In the order of words, as the full-text index keeps them.
    rows = db.execute("SELECT CAST(term AS BLOB), 2 * doc + (col = 'body') FROM temp.instances")
    for term, own in groupby(rows, key=itemgetter(0)):
        places, times = np.unique([place for _, place in own], return_counts=True)
        held, where = np.unique(places // 2, return_inverse=True)
        counts = np.zeros((len(held), 2), dtype=np.uint16)
        counts[where, places % 2] = np.minimum(times, COUNTED_TO)
        yield term, held.astype(np.int32), counts


def quoted(term: str) -> str:
    """A term for an FTS5 query; quotation marks keep its syntax out."""
    return '"' + term.replace('"', '""').replace("\0", " ") + '"'


def _rarity(passages: int, holding: int) -> float:
    return max(float(np.log((passages - holding + 0.5) / (holding + 0.5))), LEAST_RARITY)
