"""Lines that run down one column of a page: where it begins, its edges and its usual leading."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.reading.pdf import headings
from assistant.reading.pdf.cells import Table
from assistant.reading.pdf.headings import TitlePlace
from assistant.reading.pdf.lines import Line
from assistant.reading.pdf.roles import ENDS_SENTENCE

# More than the usual space between two lines, in leadings.
WIDER = 1.35


@dataclass(frozen=True, slots=True)
class Shape:
    """The edges and the usual leading of a column."""

    left: float
    right: float
    leading: float

    def is_short(self, line: Line) -> bool:
        """Whether a line ends well before its column does."""
        return line.right < self.right - 0.12 * (self.right - self.left)

    def runs_on(self, line: Line) -> bool:
        """Whether a line is full and breaks off within a sentence."""
        is_full = line.right > self.right - 0.1 * (self.right - self.left)
        return is_full and not ENDS_SENTENCE.search(line.text)


@dataclass
class Column:
    """Lines of one page that run down one column; at least one."""

    lines: list[Line] = field(default_factory=list)

    @property
    def shape(self) -> Shape:
        """Its edges, but for the lines that stick out, and its leading."""
        lefts = sorted(line.left for line in self.lines)
        rights = sorted(line.right for line in self.lines)
        falls = sorted(fall for fall in itertools.starmap(gap, itertools.pairwise(self.lines)) if fall > 0.5)
        leading = falls[len(falls) // 3] if falls else 12.0
        return Shape(lefts[len(lefts) // 10], rights[int(len(rights) * 0.9)], leading)


def columns_of(parts: Sequence[Line | Table]) -> Iterator[Column | Table]:
    """Runs of lines that go down one column."""
    column = Column()
    for part in parts:
        if isinstance(part, Table) or (column.lines and not _goes_down(column, part)):
            if column.lines:
                yield column
            column = Column()
        if isinstance(part, Table):
            yield part
        else:
            column.lines.append(part)
    if column.lines:
        yield column


def _goes_down(column: Column, line: Line) -> bool:
    last = column.lines[-1]
    if line.middle > last.middle + 0.3 * last.size:
        return False
    left = min(other.left for other in column.lines[-8:])
    right = max(other.right for other in column.lines[-8:])
    overlap = min(line.right, right) - max(line.left, left)
    return overlap > 0.2 * min(line.right - line.left, right - left)


def title_places(lines: list[Line], shape: Shape) -> list[TitlePlace | None]:
    """How each line stands, for telling headings; None for lines of running text.

    What counts is the run of lines of one style that it belongs to: its gaps, and its last line's end.
    """
    places: list[TitlePlace | None] = []
    start = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and is_one_run(lines[end - 1], lines[end], shape):
            continue
        run = lines[start:end]
        gap_above = start == 0 or gap(lines[start - 1], run[0]) > WIDER * shape.leading
        gap_below = end == len(lines) or gap(run[-1], lines[end]) > WIDER * shape.leading
        place = TitlePlace(gap_above, gap_below, shape.is_short(run[-1]) or len(lines) == 1)
        words = sum(len(line.text.split()) for line in run)
        is_text = (
            len(run) > 4 or words > 24 or (len(run) > 1 and words > 14 and run[-1].text.endswith((".", ";")))
        )
        places += [None if is_text and not headings.is_known(line.text) else place for line in run]
        start = end
    return places


def is_one_run(line: Line, other: Line, shape: Shape) -> bool:
    """Whether a line goes on in the style of the line above it, without a gap."""
    return _same_style(line, other) and gap(line, other) <= max(1.6 * shape.leading, 1.35 * other.size)


def _same_style(line: Line, other: Line) -> bool:
    return (
        line.bold == other.bold
        and line.text.isupper() == other.text.isupper()
        and abs(line.size - other.size) < 0.08 * max(line.size, other.size)
    )


def gap(above: Line, line: Line) -> float:
    """How far a line stands below another."""
    return above.middle - line.middle
