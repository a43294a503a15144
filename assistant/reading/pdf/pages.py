"""One page: both engines' readings of it, and which one is kept."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass, field, replace

import pypdfium2 as pdfium

from assistant.reading.pdf import pdfium_engine, pypdf_engine
from assistant.reading.pdf.alignment import align
from assistant.reading.pdf.hidden import Kind, mark_hidden
from assistant.reading.pdf.lines import Box, Line, Raw, segments, synthetic_lines
from assistant.reading.pdf.pdfium_engine import Glyphs, read_glyphs, turned
from assistant.reading.pdf.quality import assess, is_better, without_glyph_names
from assistant.reading.pdf.shapes import Shape, picture_share, rules, shapes_of
from assistant.reading.pdf.unseen import count_unseen, without_unseen

# Below this share of letters that both engines have, they have not read the same page.
SAME_PAGE, GEOMETRY = 0.9, 0.6
MANY_MORE = 1.2
PICTURE = 0.2
# Lines without letters or figures are drawn lines and dots, but for the marks of lists.
BULLETS = re.compile(r"^[•▪●◦‣∙○■□➢✓–-]$")


@dataclass
class PageReading:
    """What was read of one page.

    `hidden` counts hidden characters by kind, `layer` those of a scan's invisible text layer;
    `has_picture` tells that pictures cover a good part of the page.
    """

    lines: list[Line] = field(default_factory=list)
    engine: str = ""
    height: float = 0.0
    rules: list[Box] = field(default_factory=list)
    hidden: Counter[Kind] = field(default_factory=Counter)
    layer: int = 0
    has_picture: bool = False
    is_unread: bool = False
    was_compared: bool = True

    @property
    def text(self) -> str:
        """The page's words, a line each."""
        return "\n".join(line.text for line in self.lines)


@dataclass
class _Drawn:
    """What PDFium sees of a page."""

    glyphs: Glyphs
    shapes: list[Shape]
    hidden: Counter[Kind]
    layer: int

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.glyphs.drawn_lines())


def read_page(file: pdfium.PdfDocument | None, index: int, words: str | None, deadline: float) -> PageReading:
    """The better of two readings of a page: pypdf's `words` (None if it has none) and PDFium's.

    After `deadline` (of `time.thread_time`) the page is not drawn to look for hidden text.
    """
    drawn = _see(file, index, deadline) if file is not None else None
    if drawn is None:
        return _from_words_alone(words)
    reading = PageReading(
        engine=pdfium_engine.NAME,
        height=_height(drawn.glyphs),
        rules=_rules(drawn),
        hidden=drawn.hidden,
        layer=drawn.layer,
        has_picture=picture_share(drawn.shapes, drawn.glyphs.visible_box) >= PICTURE,
        was_compared=time.thread_time() < deadline,
    )
    raws = _choose(words, drawn)
    if raws is None:
        raws = list(drawn.glyphs.drawn_lines())
    else:
        reading.engine = pypdf_engine.NAME
    reading.hidden.update(count_unseen("\n".join(raw.text for raw in raws)))
    reading.lines = _lines(raws)
    return reading


def _see(file: pdfium.PdfDocument, index: int, deadline: float) -> _Drawn | None:
    """A page as PDFium sees it; None if it cannot."""
    try:
        page = file[index]
    except (pdfium.PdfiumError, IndexError):
        return None
    try:
        textpage = page.get_textpage()
        glyphs = read_glyphs(page, textpage)
        shapes = shapes_of(page)
        findings = mark_hidden(page, glyphs, shapes, deadline)
        return _Drawn(glyphs, shapes, findings.counts, findings.layer)
    except pdfium.PdfiumError:
        return None
    finally:
        page.close()


def _from_words_alone(words: str | None) -> PageReading:
    if words is None:
        return PageReading(is_unread=True)
    hidden = count_unseen(words)
    readable = words if assess(words).is_garbage else without_glyph_names(words)
    lines = synthetic_lines(map(without_unseen, readable.splitlines()))
    return PageReading(lines, pypdf_engine.NAME, hidden=hidden, was_compared=False)


def _choose(words: str | None, drawn: _Drawn) -> list[Raw] | None:
    """pypdf's lines with their geometry, or None where PDFium's reading is to be kept."""
    if words is None or drawn.hidden:
        # pypdf also gives what is hidden, and does not tell it from the rest.
        return None
    first = assess(words)
    words = without_glyph_names(words)
    raws, shared = align(words, drawn.glyphs)
    if not first.looks_wrong and shared >= SAME_PAGE and not _has_many_more(drawn, first.letters):
        return raws
    other = assess(drawn.text)
    if is_better(other, first):
        return None
    if shared < SAME_PAGE and other.letters and not is_better(first, other):
        return None
    if shared < GEOMETRY:
        return [_bare(line) for line in words.splitlines()]
    return raws


def _has_many_more(drawn: _Drawn, letters: int) -> bool:
    return sum(mark.isalpha() for mark in drawn.glyphs.text) > MANY_MORE * letters + 20


def _bare(line: str) -> Raw:
    import numpy as np

    count = len(line)
    return Raw(line, np.full((count, 4), np.nan), np.zeros(count), np.zeros(count, dtype=bool))


def _lines(raws: list[Raw]) -> list[Line]:
    """Lines cut at wide gaps; one of which no letter was found stands below the one before it."""
    lines: list[Line] = []
    if not any((raw.sizes > 0).any() for raw in raws):
        return synthetic_lines(without_unseen(raw.text) for raw in raws)
    for raw in raws:
        if not any(map(str.isalnum, raw.text)) and not BULLETS.match(raw.text.strip()):
            continue
        parts = [replace(part, text=without_unseen(part.text)) for part in segments(raw)]
        if not parts and raw.text.strip():
            parts = _guessed(without_unseen(raw.text), lines)
        lines += [part for part in parts if part.text]
    return lines


def _guessed(words: str, lines: list[Line]) -> list[Line]:
    guess = synthetic_lines([words])
    if not guess or not lines:
        return guess
    last = lines[-1]
    fall = 1.2 * last.size
    return [
        replace(
            last,
            text=guess[0].text,
            bottom=last.bottom - fall,
            top=last.top - fall,
            right=last.left + 0.5 * last.size * len(guess[0].text),
        )
    ]


def _height(glyphs: Glyphs) -> float:
    width, height = glyphs.size
    return width if glyphs.upright % 2 else height


def _rules(drawn: _Drawn) -> list[Box]:
    import numpy as np

    found = rules(drawn.shapes, sideways=bool(drawn.glyphs.upright % 2))
    if not found:
        return []
    boxes = turned(np.array(found), drawn.glyphs.visible_box, drawn.glyphs.upright)
    return [(float(box[0]), float(box[1]), float(box[2]), float(box[3])) for box in boxes]
