"""Pipe tables: each row keeps its group and header, so that it can be understood cut off."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.records import Labels, Stance

SEPARATOR = re.compile(r"^(?=[\s|:+]*-)[\s|:+-]+$")
HELPS = re.compile(r"facilitat|enabl|help|driver|support", re.IGNORECASE)
HINDERS = re.compile(r"barrier|hinder|hindr|obstacle|challeng|imped|inhibit", re.IGNORECASE)


def is_table_line(line: str) -> bool:
    """Whether a line is a row or separator of a pipe table."""
    return "\n" not in line and (line.count("|") >= 2 or is_separator(line))


def is_separator(line: str) -> bool:
    """Whether a line parts a table's header from its rows."""
    return "|" in line and SEPARATOR.match(line) is not None


@dataclass(frozen=True, slots=True)
class Row:
    """What a row needs to stand alone, and what its columns say about stance."""

    prefix: str
    labels: Labels | None


class TableReader:
    """Reads the rows of one table in order."""

    def __init__(self) -> None:
        self.header: list[str] = []
        self.group = ""

    def row(self, line: str, next_line: str) -> Row | None:
        """The row, or None for a separator and for the header line above it."""
        if is_separator(line):
            return None
        cells = _cells(line)
        if is_separator(next_line):
            self.header = cells
            return None
        return self.describe(cells)

    def describe(self, cells: list[str]) -> Row:
        """What a row of these cells needs.

        One with fewer cells than the header, or with nothing in the first, belongs to the group above it.
        """
        if not self.header:
            return Row("", None)
        if len(cells) >= len(self.header) and (cells[0] or not self.group):
            self.group = cells[0]
            return Row(_joined(self.header), self._labels(cells))
        group = _joined([self.header[0], self.group], ": ")
        return Row(_joined([group, _joined(self.header[1:])], "; "), self._labels(cells))

    def _labels(self, cells: list[str]) -> Labels | None:
        """`both`, with helps and hinders as the condition, where the columns are headed so."""
        offset = len(self.header) - len(cells)
        named = dict(zip(self.header[max(offset, 0) :], cells, strict=False))
        helps = next((cell for name, cell in named.items() if HELPS.search(name)), None)
        hinders = next((cell for name, cell in named.items() if HINDERS.search(name)), None)
        if not (helps and hinders):
            return None
        return Labels(stance=Stance.BOTH, condition=f"helps: {helps}; hinders: {hinders}", origin="table")


def _joined(parts: list[str], mark: str = " / ") -> str:
    return mark.join(part for part in parts if part)


def _cells(line: str) -> list[str]:
    """A row's cells. Pipes at the edges are no cells; in a row without them, nor are empty ones at the end."""
    line = line.strip()
    if len(line) > 1 and line.startswith("|") and line.endswith("|"):
        return [cell.strip() for cell in line[1:-1].split("|")]
    cells = [cell.strip() for cell in line.removeprefix("|").split("|")]
    while cells and not cells[-1]:
        cells.pop()
    return cells
