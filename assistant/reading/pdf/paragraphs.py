"""Lines → paragraphs: by indents, gaps, style and where lines end, across columns and pages."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.reading.pdf import headings
from assistant.reading.pdf.grid import Table
from assistant.reading.pdf.headings import CAPTION, Styles, TitlePlace
from assistant.reading.pdf.lines import Line
from assistant.reading.transcript import COLON_LABEL

BULLET = re.compile(r"^\s*(?:[•▪●◦‣∙○■□➢✓*\uf0b7\uf0a7–—-]\s+\S|(?:\d{1,2}[.)]|\(?[a-z0-9]{1,2}\))\s+\S)")
LONE_BULLET = re.compile(r"^[•▪●◦‣∙○■□➢✓\uf0b7\uf0a7–-]$")
ENDS_SENTENCE = re.compile(r"[.!?:]['’”\")\]\d,*†]*$")
DOT_LEADERS = re.compile(r"(?:\.\s?){4,}\s*[\divxl]+$|(?:\. ){3,}")
NOTE_MARK = re.compile(r"^(?:(?:\d{1,3}|[*†‡§¶]+)[.)]?\s*(?=[A-Z“‘\"'(]|https?:|[a-z]{3})|[a-z]\s+(?=[A-Z]))")
SMALLER = 0.93
# More than the usual space between two lines, in leadings.
WIDER = 1.35
NOTE_ZONE = 0.6


class Role(enum.Enum):
    """What a paragraph is for."""

    BODY = enum.auto()
    ITEM = enum.auto()
    HEADING = enum.auto()
    TITLE = enum.auto()
    FRONT = enum.auto()
    CAPTION = enum.auto()
    TABLE = enum.auto()
    NOTE = enum.auto()
    CONTENTS = enum.auto()


@dataclass
class Paragraph:
    """Lines that belong together, each with the place of its page (from 0)."""

    role: Role
    lines: list[tuple[int, Line]]
    table: Table | None = None
    level: int = 0

    @property
    def first_page(self) -> int:
        """Where it begins."""
        return self.lines[0][0]

    @property
    def last_page(self) -> int:
        """Where it ends."""
        return self.lines[-1][0]

    @property
    def is_unfinished(self) -> bool:
        """Whether its last line breaks off within a sentence."""
        return not ENDS_SENTENCE.search(self.lines[-1][1].text)


@dataclass
class _Flow:
    """Lines of one page that run down one column."""

    lines: list[Line] = field(default_factory=list)

    @property
    def left(self) -> float:
        lefts = sorted(line.left for line in self.lines)
        return lefts[len(lefts) // 10]

    @property
    def right(self) -> float:
        rights = sorted(line.right for line in self.lines)
        return rights[int(len(rights) * 0.9)]

    @property
    def leading(self) -> float:
        falls = [a.middle - b.middle for a, b in zip(self.lines, self.lines[1:], strict=False)]
        usual = [fall for fall in falls if fall > 0.5]
        return sorted(usual)[len(usual) // 3] if usual else 12.0


@dataclass(frozen=True, slots=True)
class _Shape:
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


def paragraphs_of_page(
    page: int, parts: Sequence[Line | Table], styles: Styles, height: float
) -> list[Paragraph]:
    """The paragraphs of one page; the first may go on from the page before."""
    found: list[Paragraph] = []
    for part in _flows(parts):
        if isinstance(part, Table):
            found += _of_table(page, part)
        else:
            found += _of_flow(page, part, styles, height)
    return found


def _of_table(page: int, table: Table) -> list[Paragraph]:
    lines = [(page, row.line) for row in table.rows]
    if table.header_line is not None:
        lines.insert(0, (page, table.header_line))
    return [Paragraph(Role.TABLE, lines, table)]


def _flows(parts: Sequence[Line | Table]) -> Iterator[_Flow | Table]:
    """Runs of lines that go down one column."""
    flow = _Flow()
    for part in parts:
        if isinstance(part, Table) or (flow.lines and not _goes_down(flow, part)):
            if flow.lines:
                yield flow
            flow = _Flow()
        if isinstance(part, Table):
            yield part
        else:
            flow.lines.append(part)
    if flow.lines:
        yield flow


def _goes_down(flow: _Flow, line: Line) -> bool:
    last = flow.lines[-1]
    if line.middle > last.middle + 0.3 * last.size:
        return False
    left = min(other.left for other in flow.lines[-8:])
    right = max(other.right for other in flow.lines[-8:])
    overlap = min(line.right, right) - max(line.left, left)
    return overlap > 0.2 * min(line.right - line.left, right - left)


def _of_flow(page: int, flow: _Flow, styles: Styles, height: float) -> list[Paragraph]:
    found: list[Paragraph] = []
    shape = _Shape(flow.left, flow.right, flow.leading)
    lines = _with_marks_joined(flow.lines)
    notes_from = _notes_from(lines, styles, height)
    places = _title_places(lines, shape)
    for place, line in enumerate(lines):
        above = lines[place - 1] if place else None
        gap_above = above is None or _gap(above, line) > WIDER * shape.leading
        if place >= notes_from:
            _add_note(found, page, line)
        elif DOT_LEADERS.search(line.text):
            found.append(Paragraph(Role.CONTENTS, [(page, line)]))
        elif headings.is_heading(line, styles, places[place]) or (
            above is not None
            and places[place] is not None
            and _continues_title(found, above, line, styles, shape)
        ):
            _add_heading(found, page, line, shape.leading)
        elif CAPTION.match(line.text) and (gap_above or above is None or not shape.runs_on(above)):
            found.append(Paragraph(Role.CAPTION, [(page, line)]))
        elif BULLET.match(line.text) and (above is None or not _is_within(found, line)):
            found.append(Paragraph(Role.ITEM, [(page, line)]))
        elif not found or _begins(found[-1], line, shape, gap_above=gap_above):
            found.append(Paragraph(Role.BODY, [(page, line)]))
        else:
            found[-1].lines.append((page, line))
    return found


def _continues_title(found: list[Paragraph], above: Line, line: Line, styles: Styles, shape: _Shape) -> bool:
    """Whether a line goes on with the heading above it."""
    is_open = bool(found) and found[-1].role is Role.HEADING
    return is_open and styles.stands_out(line) and _is_one_run(above, line, shape)


def _title_places(lines: list[Line], shape: _Shape) -> list[TitlePlace | None]:
    """How each line stands, for telling headings; None for lines of running text.

    What counts is the run of lines of one style that it belongs to: its gaps, and its last line's end.
    """
    places: list[TitlePlace | None] = []
    start = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and _is_one_run(lines[end - 1], lines[end], shape):
            continue
        run = lines[start:end]
        gap_above = start == 0 or _gap(lines[start - 1], run[0]) > WIDER * shape.leading
        gap_below = end == len(lines) or _gap(run[-1], lines[end]) > WIDER * shape.leading
        place = TitlePlace(gap_above, gap_below, shape.is_short(run[-1]) or len(lines) == 1)
        words = sum(len(line.text.split()) for line in run)
        is_text = (
            len(run) > 4 or words > 24 or (len(run) > 1 and words > 14 and run[-1].text.endswith((".", ";")))
        )
        places += [None if is_text and not headings.is_known(line.text) else place for line in run]
        start = end
    return places


def _is_one_run(line: Line, other: Line, shape: _Shape) -> bool:
    return _same_style(line, other) and _gap(line, other) <= 1.6 * shape.leading


def _same_style(line: Line, other: Line) -> bool:
    return (
        line.bold == other.bold
        and line.text.isupper() == other.text.isupper()
        and abs(line.size - other.size) < 0.08 * max(line.size, other.size)
    )


def _gap(above: Line, line: Line) -> float:
    return above.middle - line.middle


def _with_marks_joined(lines: list[Line]) -> list[Line]:
    """A bullet that stands on a line of its own belongs to the words after it."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before is not None and LONE_BULLET.match(before.text):
            joined[-1] = replace(line, text=f"{before.text} {line.text}", left=before.left)
        else:
            joined.append(line)
    return joined


def _notes_from(lines: list[Line], styles: Styles, height: float) -> int:
    """The place from which a column holds footnotes: smaller lines at its foot, the first with a mark."""
    start = len(lines)
    while start and lines[start - 1].is_drawn and lines[start - 1].size < SMALLER * styles.body:
        start -= 1
    while start < len(lines) and not (
        NOTE_MARK.match(lines[start].text) and lines[start].middle < NOTE_ZONE * height
    ):
        start += 1
    return start if start else len(lines)


def _add_note(found: list[Paragraph], page: int, line: Line) -> None:
    if found and found[-1].role is Role.NOTE and not NOTE_MARK.match(line.text):
        found[-1].lines.append((page, line))
    else:
        found.append(Paragraph(Role.NOTE, [(page, line)]))


def _add_heading(found: list[Paragraph], page: int, line: Line, leading: float) -> None:
    """A heading, or the next line of one."""
    last = found[-1] if found and found[-1].role is Role.HEADING else None
    if last is not None:
        above = last.lines[-1][1]
        same = above.bold == line.bold and abs(above.size - line.size) < 0.1 * line.size
        near = _gap(above, line) < max(1.5 * line.size, 1.15 * leading)
        starts_anew = headings.NUMBERED.match(line.text) or headings.is_known(above.text)
        if same and near and not starts_anew and line.is_drawn:
            last.lines.append((page, line))
            return
    found.append(Paragraph(Role.HEADING, [(page, line)]))


def _is_within(found: list[Paragraph], line: Line) -> bool:
    """Whether what looks like a bullet is a number or dash within running words."""
    if not found or found[-1].role not in {Role.BODY, Role.ITEM}:
        return False
    above = found[-1].lines[-1][1]
    is_figure = line.text[:1].isdigit() or line.text[:1] in "(–—-"
    return (
        is_figure
        and not ENDS_SENTENCE.search(above.text)
        and not above.text.endswith((";", ","))
        and (abs(line.left - above.left) < 2 or not line.is_drawn)
    )


def _begins(last: Paragraph, line: Line, shape: _Shape, *, gap_above: bool) -> bool:
    """Whether a line begins a paragraph rather than going on with the last one."""
    above = last.lines[-1][1]
    if last.role in {Role.HEADING, Role.CONTENTS, Role.TABLE}:
        return True
    ended = bool(ENDS_SENTENCE.search(above.text))
    if ended and COLON_LABEL.match(line.text):
        return True
    goes_on = line.text[:1].islower() and not ended
    if abs(above.size - line.size) > 0.12 * max(above.size, line.size) and line.is_drawn:
        return not goes_on
    if gap_above:
        return not goes_on or _gap(above, line) > 3 * shape.leading
    if last.role is Role.ITEM:
        return line.left < last.lines[0][1].left - 2 and ended
    is_short = above.right < shape.right - 0.15 * (shape.right - shape.left)
    indent = 0.8 * line.size
    is_indented = line.left > above.left + indent and line.left > shape.left + indent
    if is_indented and (ended or is_short or above.left <= shape.left + 1):
        return ended or line.text[:1].isupper() or line.text[:1] in "“‘\"'"
    hangs = len(last.lines) > 1 and line.left < above.left - indent
    if ended and (hangs or is_short):
        return True
    return above.right < shape.left + 0.6 * (shape.right - shape.left) and not line.text[:1].islower()
