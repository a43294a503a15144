"""Pipe tables: each row keeps its group and header, so that it can be understood cut off."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.records import Labels, Stance

SEPARATOR = re.compile(r"^[\s|:+-]*-{3,}[\s|:+-]*$")
HELPS = re.compile(r"facilitat|enabl|help|driver|support", re.IGNORECASE)
HINDERS = re.compile(r"barrier|hinder|hindr|obstacle|challeng|imped|inhibit", re.IGNORECASE)


def is_table_line(line: str) -> bool:
    """Whether a line is a row or separator of a pipe table."""
    return "\n" not in line and (line.count("|") >= 2 or bool(SEPARATOR.match(line) and "|" in line))


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
        if SEPARATOR.match(line):
            return None
        cells = _cells(line)
        if SEPARATOR.match(next_line) and "|" in next_line:
            self.header = cells
            return None
        return self.describe(cells)

    def describe(self, cells: list[str]) -> Row:
        """What a row of these cells needs; one with fewer cells than the header lacks the first, its group."""
        if not self.header:
            return Row("", None)
        if len(cells) >= len(self.header):
            self.group = cells[0]
            prefix = " / ".join(self.header)
        else:
            prefix = f"{self.header[0]}: {self.group}; " + " / ".join(self.header[1:])
        return Row(prefix, self._labels(cells))

    def _labels(self, cells: list[str]) -> Labels | None:
        """`both`, with helps and hinders as the condition, where the columns are headed so."""
        offset = len(self.header) - len(cells)
        named = dict(zip(self.header[max(offset, 0) :], cells, strict=False))
        helps = next((cell for name, cell in named.items() if HELPS.search(name)), None)
        hinders = next((cell for name, cell in named.items() if HINDERS.search(name)), None)
        if not (helps and hinders):
            return None
        return Labels(stance=Stance.BOTH, condition=f"helps: {helps}; hinders: {hinders}", origin="table")


def _cells(line: str) -> list[str]:
    """A row's cells; pipes at the edges and empty cells at the end are no cells."""
    cells = [cell.strip() for cell in line.strip().removeprefix("|").split("|")]
    while cells and not cells[-1]:
        cells.pop()
    return cells
