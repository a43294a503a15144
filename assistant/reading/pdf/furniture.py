"""What stands on pages but is no part of the text: running heads and feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.reading.pdf.lines import Line, median

ROMAN = r"[ivxlc]{1,7}"
PAGE_NUMBER = re.compile(
    rf"^\W*(?:p(?:age|\.)?\s*)?(?P<number>\d{{1,4}}|{ROMAN})(?:\s*(?:of|/|\|)\s*\d+)?\W*$", re.IGNORECASE
)
# Numbers at the edge of a running head or foot: `12 Example et al.`, `Report 2020 | 12`.
EDGE_NUMBER = re.compile(r"^(?P<first>\d{1,4})\b(?!\.\d)|(?P<last>\b\d{1,4})$")
MARGINAL = re.compile(
    r"https?://|www\.|\bdoi\b|©|\(c\) \d{4}|copyright|all rights reserved|downloaded (?:from|by|on)"
    r"|download date|available online|open access|accepted manuscript|this article|creative commons"
    r"|\bvol(?:ume|\.)? ?\d|\bissue \d|\bno\. ?\d|\b(?:19|20)\d\d\b.*\b\d{1,4}\b|\bpage \d|et al\.:"
    r"|published (?:by|online)|revision|\bISSN\b|\bISBN\b|^\s*\d+\s*\|\s|\|\s*\d+\s*$",
    re.IGNORECASE,
)
EDGE_ROWS = 3
# A page with less on it may well say the same as another.
FEW_LINES = 6
# The outer parts of a page where furniture stands, and the space that sets it off from the text.
MARGIN_SHARE, FAR_MARGIN_SHARE = 0.12, 0.075
SET_OFF, SPREAD = 1.2, 0.7
MAX_MARGINAL_LETTERS = 160
# A sentence of so many words behind a number is a footnote.
NOTE_WORDS = 6
NEAR = 8.0


@dataclass
class Margins:
    """The lines of each page without furniture, and the page numbers that stood in it ('' if none)."""

    pages: list[list[Line]]
    printed: list[str] = field(default_factory=list)


def without_furniture(pages: Sequence[list[Line]], heights: Sequence[float]) -> Margins:
    """Pages without running heads and feet and without page numbers; `heights` are the pages' own."""
    edges = [_edge_rows(lines) for lines in pages]
    places: Counter[tuple[str, bool]] = Counter()
    for lines, (top, bottom) in zip(pages, edges, strict=True):
        if len(lines) >= FEW_LINES:
            places.update({(_shape(row), True) for row in top} | {(_shape(row), False) for row in bottom})
    margins = Margins([])
    filled = sum(bool(lines) for lines in pages)
    for lines, height, (top, bottom) in zip(pages, heights, edges, strict=True):
        removed: list[Line] = []
        for rows, is_top in ((top, True), (bottom, False)):
            body = [line for line in lines if line not in removed]
            removed += _marginal(rows, body, height, places, filled, is_top=is_top)
        margins.pages.append([line for line in lines if not any(line is other for other in removed)])
        margins.printed.append(_number_in(removed))
    margins.printed = _consistent(margins.printed)
    return margins


def _edge_rows(lines: list[Line]) -> tuple[list[list[Line]], list[list[Line]]]:
    """The first and the last rows of a page, outermost first; a row is what stands on one height."""
    rows: list[list[Line]] = []
    # What runs up or down the page stands below it, and at none of its edges.
    on_page = [line for line in lines if not line.is_drawn or line.middle >= 0]
    for line in sorted(on_page, key=lambda line: -line.middle):
        if rows and line.is_drawn and line.stands_beside(rows[-1][0]):
            rows[-1].append(line)
        else:
            rows.append([line])
    # A page of few rows has no row that is head and foot at once.
    count = min(EDGE_ROWS, len(rows) // 2)
    return rows[:count], rows[::-1][:count]


def _words(row: list[Line]) -> str:
    return " ".join(line.text for line in sorted(row, key=lambda line: line.left))


def _shape(row: list[Line]) -> str:
    """A row with its figures blanked: running heads differ in the page number alone."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", _words(row).lower())


def _marginal(
    rows: list[list[Line]],
    body: list[Line],
    height: float,
    places: Counter[tuple[str, bool]],
    filled: int,
    *,
    is_top: bool,
) -> list[Line]:
    """The rows, from the edge inwards, that are furniture."""
    needed = 2 if filled <= 5 else max(3, filled // 5)
    removed: list[Line] = []
    for position, row in enumerate(rows):
        words = _words(row)
        recurs = places[_shape(row), is_top] >= needed and _depth(row, height, is_top) <= 2 * MARGIN_SHARE
        inner = [line for line in body if line not in row and line not in removed]
        is_edge = position == 0 and not is_top
        number = PAGE_NUMBER.match(words) and (is_edge or _depth(row, height, is_top) <= 2 * MARGIN_SHARE)
        if recurs or number or _stands_apart(words, row, inner, height, is_top=is_top):
            for earlier in rows[:position]:
                # What is further out than furniture is furniture too, if it is no more than a line.
                removed += [line for line in earlier if line not in removed and recurs]
            removed += row
    return removed


def _depth(row: list[Line], height: float, is_top: bool) -> float:
    """How far from its edge of the page a row stands, as a share of the page; 0 without geometry."""
    if height <= 0 or not row[0].is_drawn:
        return 0.0
    return 1 - row[0].middle / height if is_top else row[0].middle / height


def _stands_apart(words: str, row: list[Line], body: list[Line], height: float, *, is_top: bool) -> bool:
    """Whether a row in the margin is set off from the text and reads or looks like furniture."""
    if not row[0].is_drawn or not body or len(words) > MAX_MARGINAL_LETTERS:
        return False
    depth = _depth(row, height, is_top)
    size = median([line.size for line in body], 10.0)
    gap = (
        row[0].bottom - max(line.top for line in body)
        if is_top
        else min(line.bottom for line in body) - row[0].top
    )
    if depth > MARGIN_SHARE or gap < 0.3 * size:
        return False
    # Words at both edges with nothing between are set so in heads and feet.
    is_spread = len(row) > 1 and max(line.right for line in row) - min(line.left for line in row) > SPREAD * (
        max(line.right for line in body) - min(line.left for line in body)
    )
    is_set_off = gap >= (SET_OFF if not is_spread else 0.7 * SET_OFF) * size
    is_small = median([line.size for line in row]) < 0.95 * size
    if is_top and is_spread and len(row) == 2 and gap >= SET_OFF * size:
        return True
    is_note = words.endswith(".") and len(words.split()) >= NOTE_WORDS
    reads_so = bool(MARGINAL.search(words)) or (bool(EDGE_NUMBER.search(words)) and not is_note)
    return (reads_so and (is_set_off or is_small)) or (
        depth <= FAR_MARGIN_SHARE and is_set_off and is_small and len(words.split()) <= 12
    )


def _number_in(removed: list[Line]) -> str:
    for line in removed:
        if match := PAGE_NUMBER.match(line.text):
            return match["number"]
    for line in removed:
        if match := EDGE_NUMBER.search(line.text):
            return match["first"] or match["last"]
    return ""


def _consistent(printed: list[str]) -> list[str]:
    """Printed numbers that count on from page to page; '' for those which do not."""
    offsets = Counter(int(label) - place for place, label in enumerate(printed) if label.isdigit())
    if not offsets:
        return printed
    offset, count = offsets.most_common(1)[0]
    if count < 2 and len(printed) > 1:
        return [label if not label.isdigit() else "" for label in printed]
    return [
        label if not label.isdigit() or int(label) - place == offset else ""
        for place, label in enumerate(printed)
    ]
