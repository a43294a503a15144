"""Tiers of passages: how many a document has of each, and what of its text is stricter than a tier."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

from assistant.records import Passage, Sensitivity, stricter

Span = tuple[int, int]
LEFT_OUT = " [a stricter part is left out] "


def tiers_in(db: sqlite3.Connection) -> dict[str, list[tuple[str, int]]]:
    """Document id → (tier, how many of its passages); empty for a catalogue of an older make."""
    column = "SELECT 1 FROM pragma_table_info('passages') WHERE name = 'sensitivity'"
    if db.execute(column).fetchone() is None:
        return {}
    found: dict[str, list[tuple[str, int]]] = {}
    for document, tier, count in db.execute(
        "SELECT document, sensitivity, count(*) FROM passages GROUP BY document, sensitivity ORDER BY 1, 2"
    ):
        found.setdefault(document, []).append((tier, count))
    return found


def closed_texts(db: sqlite3.Connection) -> Iterator[str]:
    """What is not public, whole documents or parts of them: what stands in passages that follow each other is one
    text."""
    rows = db.execute(
        "SELECT p.document, p.sensitivity <> 'public' OR d.sensitivity <> 'public', p.start, p.\"end\""
        " FROM passages p JOIN documents d ON d.id = p.document ORDER BY p.document, p.start"
    )
    for (document, is_closed), own in groupby(rows, key=lambda row: row[:2]):
        if is_closed:
            _, _, starts, ends = zip(*own, strict=True)
            text = "SELECT substr(text, ?, ?) FROM documents WHERE id = ?"
            yield db.execute(text, (min(starts) + 1, max(ends) - min(starts), document)).fetchone()[0]


def closed_spans(text: str, passages: Iterable[Passage], tier: Sensitivity) -> Iterator[Span]:
    """Where a document's text is stricter than a tier, given all its passages in order.

    With the words of a passage goes what stands between them and the passage before: its headings and
    labels. Of what stands above the first passage, which may be the document's title, go the lines that
    hold its own headings, and its label.
    """
    after: int | None = None
    for passage in passages:
        if stricter(passage.sensitivity, tier) is not tier:
            if after is None:
                yield from _headings(text, passage)
            yield text.rfind("\n", 0, passage.start) + 1 if after is None else after, passage.end
        after = passage.end


def without_spans(text: str, start: int, end: int, closed: Iterable[Span]) -> str:
    """The text from `start` to `end`, with a word of ours in the place of what is closed."""
    parts, at = [], start
    for first, last in sorted(closed):
        if last > at:
            parts += [text[at : max(first, at)], LEFT_OUT if text[first:last].strip() else ""]
            at = last
    return "".join((*parts, text[at:end]))


def _headings(text: str, passage: Passage) -> Iterator[Span]:
    at = 0
    for line in text[: passage.start].splitlines(keepends=True):
        if any(title in line for title in passage.section):
            yield at, at + len(line.rstrip())
        at += len(line)
