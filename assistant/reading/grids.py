"""Tables of cells that may span rows and columns → rows that can be understood cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.reading.tables import Row, TableReader

# Files can claim that a cell spans any number of squares: no table is wider than this, and one whose
# spans make it many times as large as its cells is read without them.
MAX_COLUMNS = 100
MAX_GROWTH = 20
ALWAYS_FINE = 10_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the file gives it. `continues` says that it goes on with the cell above."""

    text: str
    across: int = 1
    down: int = 1
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """The words that hold in a square of the grid; `is_below` says that they stand in a row above."""

    text: str
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row's words, and what it needs to stand alone. `is_group` marks a line across the whole
    table that names the rows after it."""

    text: str
    row: Row
    is_group: bool = False


def rows_of(table: Sequence[Sequence[Cell]], headers: int) -> Iterator[GridRow]:
    """The body rows of a table whose first `headers` rows are its header.

    A row's prefix names the columns, the group that its first cell goes on with, and the line across
    the table above it.
    """
    grid = _laid_out(table)
    columns = max((len(row) for row in grid), default=0)
    reader = TableReader()
    reader.header = _header(grid[:headers], columns)
    group = ""
    for row in grid[headers:]:
        places = [place for column, place in enumerate(row) if column == 0 or place is not row[column - 1]]
        if columns > 1 and len(row) == columns and len(places) == 1:
            group = row[0].text
            yield GridRow(group, Row("", None), is_group=True)
            continue
        goes_on = row[:1] and row[0].is_below
        text = " | ".join(place.text for place in places[1 if goes_on else 0 :]).strip(" |")
        if not text:
            continue
        cells = [place.text for place in row] + [""] * (columns - len(row))
        described = reader.describe(cells[1:] if goes_on else cells)
        prefix = "; ".join(part for part in (group, described.prefix.strip(" /")) if part)
        yield GridRow(text, Row(prefix, described.labels))


def _laid_out(table: Sequence[Sequence[Cell]]) -> list[list[Place]]:
    """Every square of the table; a cell that spans columns stands in each of them."""
    has_sense = _squares(table) <= ALWAYS_FINE + MAX_GROWTH * sum(len(row) for row in table)
    grid: list[list[Place]] = []
    open_below: dict[int, tuple[int, str]] = {}
    for cells in table:
        row: list[Place] = []
        for cell in cells:
            _fill_below(row, open_below)
            above = grid[-1][len(row)].text if grid and len(row) < len(grid[-1]) else ""
            place = Place(above if cell.continues else cell.text, is_below=cell.continues)
            across = min(cell.across, MAX_COLUMNS - len(row)) if has_sense else 1
            if has_sense and cell.down > 1:
                columns = range(len(row), len(row) + across)
                open_below |= dict.fromkeys(columns, (cell.down - 1, cell.text))
            row += [place] * max(1, across)
        _fill_below(row, open_below)
        grid.append(row)
    return grid


def _squares(table: Sequence[Sequence[Cell]]) -> int:
    """How many squares the cells of a table claim together."""
    return sum(
        min(cell.across, MAX_COLUMNS) * min(cell.down, len(table) - number)
        for number, row in enumerate(table)
        for cell in row
    )


def _fill_below(row: list[Place], open_below: dict[int, tuple[int, str]]) -> None:
    """Put in the cells that reach down from rows above."""
    while len(row) in open_below:
        column = len(row)
        left, text = open_below.pop(column)
        if left > 1:
            open_below[column] = (left - 1, text)
        row.append(Place(text, is_below=True))


def _header(rows: Sequence[Sequence[Place]], columns: int) -> list[str]:
    """One name a column; header rows above each other are read as one line."""
    names = []
    for column in range(columns):
        parts = [row[column].text for row in rows if column < len(row)]
        names.append(" ".join(dict.fromkeys(part for part in parts if part)))
    return names if any(names) else []
