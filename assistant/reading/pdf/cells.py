"""Rows of cells as a table: which of them head the columns, and which name the group of those after them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.reading.pdf.hyphens import Hyphens
from assistant.reading.pdf.lines import Line, joined

MIN_COLUMNS = 2
DIGITS = re.compile(r"\d")
SENTENCE_END = re.compile(r"[.!?]$")
MAX_HEADER_WORDS, MAX_GROUP_LETTERS, MAX_GROUP_CELLS = 8, 90, 2


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table's row: its cells' words, the row's place, and the group it belongs to."""

    cells: tuple[str, ...]
    line: Line
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the words of its header (perhaps none) and its rows."""

    header: tuple[str, ...]
    header_line: Line | None
    rows: tuple[TableRow, ...]


@dataclass
class Cells:
    """A row that is being put together from the lines of its cells."""

    columns: dict[int, list[Line]] = field(default_factory=dict)

    def words(self, column: int, hyphens: Hyphens) -> str:
        """What stands in one column, words that a line's end cut whole."""
        text = ""
        for line in self.columns.get(column, []):
            lost, between = hyphens.joint(text, line.text)
            text = (text[: len(text) - lost] + between if text else "") + line.text
        return text

    @property
    def lines(self) -> list[Line]:
        """All lines of the row."""
        return [line for lines in self.columns.values() for line in lines]


def with_header(cells: list[Cells], width: int, bands: Sequence[float], hyphens: Hyphens) -> Table | None:
    """The table that rows of cells make, without the rows that head it or a group; None if little is left."""
    words = [tuple(cell.words(column, hyphens) for column in range(width)) for cell in cells]
    is_headed = _is_header(words, cells, bands)
    header = words[0] if is_headed else ()
    rows: list[TableRow] = []
    group = first = ""
    for row, cell in list(zip(words, cells, strict=True))[is_headed:]:
        if _is_group(row, cell):
            group, first = ": ".join(filter(None, row)), ""
            continue
        if row[0]:
            rows.append(TableRow(row, joined(cell.lines), group))
        else:
            rows.append(TableRow(row, joined(cell.lines), "; ".join(filter(None, (group, first)))))
        first = row[0] or first
    if len(rows) < 2 or max(map(len, (row.cells for row in rows))) < MIN_COLUMNS:
        return None
    return Table(header, joined(cells[0].lines) if is_headed else None, tuple(rows))


def _is_group(row: tuple[str, ...], cell: Cells) -> bool:
    """Whether a row names the group of those after it: it has one cell, or is bold and nearly empty."""
    filled = [text for text in row if text]
    if not filled or SENTENCE_END.search(filled[0]) or sum(map(len, filled)) >= MAX_GROUP_LETTERS:
        return False
    if len(filled) == 1 and row[0]:
        return True
    first = next(lines for _, lines in sorted(cell.columns.items()))
    return len(filled) <= MAX_GROUP_CELLS < len(row) and all(line.bold for line in first)


def _is_header(words: list[tuple[str, ...]], cells: list[Cells], bands: Sequence[float]) -> bool:
    """Whether the first row heads the columns: bold, ruled off, or words above figures."""
    first, rest = words[0], words[1:]
    filled = [text for text in first if text]
    if len(filled) < max(2, len(first) / 2) or any(len(text.split()) > MAX_HEADER_WORDS for text in filled):
        return False
    marks = [text for text in filled if len(text) == 1]
    if len(marks) != len(set(marks)):
        return False  # a row of ticks
    if all(line.bold for line in cells[0].lines) and not all(line.bold for line in cells[1].lines):
        return True
    floor = min(line.bottom for line in cells[0].lines)
    ceiling = max(line.top for line in cells[1].lines)
    if any(ceiling - 2 <= height <= floor + 2 for height in bands):
        return True
    figures = sum(bool(DIGITS.search(text)) for row in rest for text in row[1:] if text)
    total = sum(bool(text) for row in rest for text in row[1:])
    return figures > 0.5 * max(total, 1) and not any(DIGITS.search(text) for text in filled)
