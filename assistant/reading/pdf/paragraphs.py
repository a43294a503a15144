"""Lines → paragraphs: by indents, gaps, style and where lines end, across columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.reading.pdf import headings
from assistant.reading.pdf.cells import Table
from assistant.reading.pdf.column import WIDER, Column, Shape, columns_of, gap, is_one_run, title_places
from assistant.reading.pdf.headings import CAPTION, Styles
from assistant.reading.pdf.lines import Line
from assistant.reading.pdf.roles import ENDS_SENTENCE, Paragraph, Role
from assistant.reading.transcript import COLON_LABEL

BULLET = re.compile(r"^\s*(?:[•▪●◦‣∙○■□➢✓*\uf0b7\uf0a7–—-]\s+\S|(?:\d{1,2}[.)]|\(?[a-z0-9]{1,2}\))\s+\S)")
LONE_BULLET = re.compile(r"^[•▪●◦‣∙○■□➢✓\uf0b7\uf0a7–-]$")
DOT_LEADERS = re.compile(r"(?:\.\s?){4,}\s*[\divxl]+$|(?:\. ){3,}")
NOTE_MARK = re.compile(r"^(?:(?:\d{1,3}|[*†‡§¶]+)[.)]?\s*(?=[A-Z“‘\"'(]|https?:|[a-z]{3})|[a-z]\s+(?=[A-Z]))")
LETTER_BULLET = re.compile(r"^(?P<mark>[b-z]) (?=[A-Z])")
ITEM_NUMBER = re.compile(r"^\(?(?P<number>\d{1,2})[.)]\s")
MIN_BULLETS = 3
SMALLER = 0.93
NOTE_ZONE = 0.6


def paragraphs_of_page(
    page: int, parts: Sequence[Line | Table], styles: Styles, height: float
) -> list[Paragraph]:
    """The paragraphs of one page; the first may go on from the page before."""
    found: list[Paragraph] = []
    for part in columns_of(parts):
        if isinstance(part, Table):
            found += _of_table(page, part)
        else:
            found += _of_column(page, part, styles, height)
    return found


def _of_table(page: int, table: Table) -> list[Paragraph]:
    lines = [(page, row.line) for row in table.rows]
    if table.header_line is not None:
        lines.insert(0, (page, table.header_line))
    return [Paragraph(Role.TABLE, lines, table)]


def _of_column(page: int, column: Column, styles: Styles, height: float) -> list[Paragraph]:
    found: list[Paragraph] = []
    shape = column.shape
    lines = _with_marks_joined(_with_bullets(column.lines))
    notes_from = _notes_from(lines, styles, height)
    places = title_places(lines, shape)
    for place, line in enumerate(lines):
        above = lines[place - 1] if place else None
        gap_above = above is None or gap(above, line) > WIDER * shape.leading
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


def _continues_title(found: list[Paragraph], above: Line, line: Line, styles: Styles, shape: Shape) -> bool:
    """Whether a line goes on with the heading above it."""
    is_open = bool(found) and found[-1].role is Role.HEADING
    return is_open and styles.stands_out(line) and is_one_run(above, line, shape)


def _with_bullets(lines: list[Line]) -> list[Line]:
    """Lines that begin with one and the same lone letter begin with a list's mark in a font of symbols."""
    marks = Counter(match["mark"] for line in lines if (match := LETTER_BULLET.match(line.text)))
    bullets = {mark for mark, count in marks.items() if count >= MIN_BULLETS}
    if not bullets:
        return lines
    return [
        replace(line, text="•" + line.text[1:])
        if (match := LETTER_BULLET.match(line.text)) and match["mark"] in bullets
        else line
        for line in lines
    ]


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
        near = gap(above, line) < max(1.5 * line.size, 1.15 * leading)
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
        and not _is_next_item(found[-1], line)
        and not ENDS_SENTENCE.search(above.text)
        and not above.text.endswith((";", ","))
        and (abs(line.left - above.left) < 2 or not line.is_drawn)
    )


def _is_next_item(last: Paragraph, line: Line) -> bool:
    """Whether a line goes on with the list of which the last paragraph is an item."""
    first = last.lines[0][1]
    if last.role is not Role.ITEM or abs(first.left - line.left) > 2:
        return False
    before, number = ITEM_NUMBER.match(first.text), ITEM_NUMBER.match(line.text)
    if before and number:
        return int(number["number"]) == int(before["number"]) + 1
    return first.text[:1] == line.text[:1] and first.text[:1] in "–—-"


def _begins(last: Paragraph, line: Line, shape: Shape, *, gap_above: bool) -> bool:
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
        return not goes_on or gap(above, line) > 3 * shape.leading
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
