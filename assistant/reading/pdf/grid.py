"""Tables: rows of cells that stand in columns."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.reading.pdf.cells import MAX_GROUP_CELLS, MIN_COLUMNS, Cells, Table, with_header
from assistant.reading.pdf.hyphens import Hyphens
from assistant.reading.pdf.lines import Box, Line, joined, median

MIN_ROWS = 3
MAX_SKIP, MAX_RISE = 3.2, 3.0
RULE_SHARE = 0.5
MAX_CELL_LETTERS = 400
# Lines of one cell stand no further apart than this, in sizes of their letters.
CELL_LEADING = 1.6


@dataclass(frozen=True, slots=True)
class Row:
    """What stands on one height, from left to right."""

    cells: tuple[Line, ...]

    @property
    def line(self) -> Line:
        """The row as one line."""
        return joined(self.cells)


def _levelled(rows: Sequence[Row]) -> list[Row]:
    """The cells of some rows as rows by height, from above: a table may be drawn cell by cell."""
    cells = sorted((cell for row in rows for cell in row.cells), key=lambda cell: -cell.middle)
    levels: list[list[Line]] = []
    for cell in cells:
        if levels and cell.stands_beside(levels[-1][0]):
            levels[-1].append(cell)
        else:
            levels.append([cell])
    return [Row(tuple(sorted(level, key=lambda cell: cell.left))) for level in levels]


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Neighbours in reading order that stand on one height, as rows."""
    rows: list[list[Line]] = []
    for line in lines:
        last = rows[-1][-1] if rows else None
        if last is not None and line.is_drawn and line.left >= last.right - 1 and line.stands_beside(last):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [Row(tuple(row)) for row in rows]


def with_tables(lines: Sequence[Line], rules: Sequence[Box], hyphens: Hyphens) -> list[Line | Table]:
    """The lines of a page in order, with the tables among them."""
    rows = rows_of(lines)
    parts: list[Line | Table] = []
    place = 0
    while place < len(rows):
        end = _end_of_table(rows, place)
        levels = _levelled(rows[place:end])
        table = _table(levels, rules, hyphens) if len(levels) >= MIN_ROWS else None
        if table is not None:
            parts.append(_with_lid(parts, table, levels))
            place = end
        else:
            parts.append(rows[place].line)
            place += 1
    return parts


def _with_lid(parts: list[Line | Table], table: Table, rows: Sequence[Row]) -> Table:
    """A table with the line above it that spans some of its columns, which is taken out of `parts`."""
    above = parts[-1] if parts else None
    top = rows[0].line
    first_column = max(row.cells[0].right for row in rows if len(row.cells) > 1)
    if (
        not isinstance(above, Line)
        or not 0 < above.middle - top.middle < MAX_SKIP * top.size
        or above.left < first_column
        or above.right > max(row.line.right for row in rows) + 2
    ):
        return table
    parts.pop()
    return replace(table, header=(above.text, *table.header), header_line=table.header_line or above)


def _end_of_table(rows: Sequence[Row], start: int) -> int:
    """Where the rows end that might be a table which begins here; `start` if none does."""
    if len(rows[start].cells) < MIN_COLUMNS:
        return start
    left = rows[start].cells[0].left
    right = rows[start].cells[-1].right
    end = start + 1
    sparse = 0
    for place in range(start + 1, len(rows)):
        above, row = rows[place - 1].line, rows[place].line
        fall = above.middle - row.middle
        size = max(row.size, above.size, 6.0)
        is_beside = row.left > above.right and fall > -MAX_RISE * size
        if not (fall > 0 or is_beside) or fall > MAX_SKIP * size:
            break
        if len(rows[place].cells) >= MIN_COLUMNS:
            sparse = 0
            end = place + 1
            left, right = min(left, row.left), max(right, row.right)
        else:
            sparse += 1
            # Words of a cell that goes on stay within the table; a paragraph is as wide as the page.
            is_wide = row.right - row.left > 0.75 * (right - left)
            if sparse > 6 or (is_wide and len(row.text) > 40):
                break
    return end


def _table(rows: Sequence[Row], rules: Sequence[Box], hyphens: Hyphens) -> Table | None:
    columns = _columns(rows)
    if columns is None:
        return None
    left, right = columns[0][0], columns[-1][1]
    bands = _bands(rows, rules, left, right)
    cells = _assembled(rows, columns, bands)
    if len(cells) < 2 or any(
        len(cell.words(column, hyphens)) > MAX_CELL_LETTERS for cell in cells for column in cell.columns
    ):
        return None
    return with_header(cells, len(columns), bands, hyphens)


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]] | None:
    """(left, right) of each column, from the rows with the usual number of cells."""
    counts = Counter(len(row.cells) for row in rows if len(row.cells) >= MIN_COLUMNS)
    if sum(counts.values()) < MIN_ROWS:
        return None
    usual = max(counts, key=lambda count: (counts[count] * count, count))
    full = [row for row in rows if len(row.cells) == usual]
    if len(full) < 2:
        return None
    columns = [
        (min(row.cells[at].left for row in full), max(row.cells[at].right for row in full))
        for at in range(usual)
    ]
    # Columns that run into each other are the chance gaps of spaced-out prose.
    if any(column[1] > after[0] for column, after in itertools.pairwise(columns)):
        return None
    return columns


def _bands(rows: Sequence[Row], rules: Sequence[Box], left: float, right: float) -> list[float]:
    """Heights of the rules between the rows, from above."""
    top, bottom = rows[0].line.top, rows[-1].line.bottom
    heights: list[float] = []
    for rule in sorted(rules, key=lambda rule: -rule[1]):
        covered = min(rule[2], right) - max(rule[0], left)
        is_between = bottom < rule[1] < top and covered > RULE_SHARE * (right - left)
        if is_between and (not heights or heights[-1] - rule[1] > 3):
            heights.append(rule[1])
    return heights


def _assembled(
    rows: Sequence[Row], columns: Sequence[tuple[float, float]], bands: Sequence[float]
) -> list[Cells]:
    """Rows of cells: between rules where there are enough, else from each line that begins a row."""
    full = sum(len(row.cells) >= 0.6 * len(columns) for row in rows)
    # Rules may part single rows or groups of them: where most lines fill the columns, lines are rows.
    ruled = len(bands) >= max(2, len(rows) // 6) and full < 0.7 * len(rows)
    leading = median([a.line.middle - b.line.middle for a, b in itertools.pairwise(rows)], 12.0)
    cells: list[Cells] = []
    last_band = -1
    for row in rows:
        band = sum(height > row.line.middle for height in bands)
        placed = [(_column_of(cell, columns), cell) for cell in row.cells]
        begins = band != last_band if ruled else not cells or _begins_row(placed, cells[-1], columns, leading)
        if begins or not cells:
            cells.append(Cells())
        for column, cell in placed:
            cells[-1].columns.setdefault(column, []).append(cell)
        last_band = band
    return cells


def _begins_row(
    placed: list[tuple[int, Line]], above: Cells, columns: Sequence[tuple[float, float]], leading: float
) -> bool:
    """Whether cells on one height begin a row, rather than go on with the words of the row above."""
    fall = min(line.middle for line in above.lines) - placed[0][1].middle
    if fall > min(1.4 * leading, CELL_LEADING * placed[0][1].size):
        return True
    if len(placed) == len(columns) or _heads_group(placed, above, len(columns)):
        return True
    if any(column == 0 for column, _ in placed) and len(placed) > 1:
        return True
    return any(
        _would_have_fitted(cell, above.columns.get(column), columns[column]) for column, cell in placed
    )


def _heads_group(placed: list[tuple[int, Line]], above: Cells, width: int) -> bool:
    """Whether a cell in bold, with hardly another beside it, stands under one that is not."""
    column, cell = placed[0]
    over = above.columns.get(column, [])
    return cell.bold and len(placed) <= MAX_GROUP_CELLS < width and not any(line.bold for line in over)


def _would_have_fitted(cell: Line, above: list[Line] | None, column: tuple[float, float]) -> bool:
    """Whether a cell's first word had room on the line above: then no line was broken there."""
    if above is None or cell.text[:1].islower():
        return above is None and not cell.text[:1].islower()
    letter = (cell.right - cell.left) / max(len(cell.text), 1)
    return above[-1].right + letter * (len(cell.text.split()[0]) + 2) < column[1]


def _column_of(cell: Line, columns: Sequence[tuple[float, float]]) -> int:
    def distance(column: tuple[float, float]) -> float:
        overlap = min(cell.right, column[1]) - max(cell.left, column[0])
        return -overlap if overlap > 0 else max(cell.left - column[1], column[0] - cell.right)

    if cell.left < columns[0][1] and cell.right > columns[-1][0]:
        return 0  # across the whole table
    return min(range(len(columns)), key=lambda at: distance(columns[at]))
