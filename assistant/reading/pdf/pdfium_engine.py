"""PDFium: every glyph of a page with its box, size and the object that draws it.

PDFium is not thread-safe: whoever holds a file open holds `LOCK`.
"""

from __future__ import annotations

import contextlib
import ctypes
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from assistant.reading.pdf.lines import Box, Boxes, Raw

LOCK = threading.RLock()
NAME = "pdfium"
# PDFium's mark for a hyphen at the end of a line.
LINE_HYPHENS = {"\x02": "-", "\ufffe": "-"}
MAX_PAGE_GLYPHS = 200_000
BOLD_WEIGHT = 600
FORCED_BOLD = 1 << 18
# Text at an angle of its own (a watermark) has no quarter turn.
ASKEW, MAX_SLANT = 4, 12.0
SIDEWAYS_SHARE, SIDEWAYS_LINES = 0.15, 4
# How far letters reach below and above their line, in sizes.
DESCENT, ASCENT = 0.22, 0.74

_Pointer = ctypes.c_void_p
_Number = ctypes.c_int


def _function(name: str, result: Any, *arguments: Any) -> Any:
    """One of PDFium's functions that takes plain addresses: four times as quick a glyph."""
    address = ctypes.cast(getattr(raw, name), _Pointer).value
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


_char_box = _function("FPDFText_GetCharBox", _Number, _Pointer, _Number, *[_Pointer] * 4)
_char_origin = _function("FPDFText_GetCharOrigin", _Number, _Pointer, _Number, *[_Pointer] * 2)
_char_code = _function("FPDFText_GetUnicode", ctypes.c_uint, _Pointer, _Number)
_char_object = _function("FPDFText_GetTextObject", _Pointer, _Pointer, _Number)
_char_size = _function("FPDFText_GetFontSize", ctypes.c_double, _Pointer, _Number)
_char_weight = _function("FPDFText_GetFontWeight", _Number, _Pointer, _Number)
_char_matrix = _function("FPDFText_GetMatrix", _Number, _Pointer, _Number, _Pointer)
_font_name = _function(
    "FPDFText_GetFontInfo", ctypes.c_ulong, _Pointer, _Number, _Pointer, ctypes.c_ulong, _Pointer
)


@dataclass(frozen=True, slots=True)
class Run:
    """What the glyphs of one text object share. `turn` is its direction in quarter turns, or ASKEW."""

    address: int
    size: float
    turn: int
    bold: bool


@dataclass
class Glyphs:
    """The glyphs of one page in the order in which they are drawn.

    `text` has one character a glyph; white space that PDFium adds has no box (not-a-number). `boxes`
    hold the ink in the page's own points; `runs[run_of[i]]` is what glyph i shares with its
    neighbours, and run_of is -1 for added white space.
    """

    text: str
    boxes: Boxes
    baselines: npt.NDArray[np.float64]
    run_of: npt.NDArray[np.int64]
    runs: list[Run]
    visible_box: Box
    rotation: int
    hidden: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))

    def __post_init__(self) -> None:
        if not len(self.hidden):
            self.hidden = np.zeros(len(self.text), dtype=bool)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page in points, not turned."""
        left, bottom, right, top = self.visible_box
        return right - left, top - bottom

    @cached_property
    def sizes(self) -> npt.NDArray[np.float64]:
        """The letters' size of each glyph; 0 for added white space."""
        return np.array([*(run.size for run in self.runs), 0.0])[self.run_of]

    @cached_property
    def bold(self) -> npt.NDArray[np.bool_]:
        """Whether each glyph is set in bold."""
        return np.array([*(run.bold for run in self.runs), False], dtype=bool)[self.run_of]

    @cached_property
    def turns(self) -> npt.NDArray[np.int64]:
        """The direction of each glyph; -1 for added white space."""
        return np.array([*(run.turn for run in self.runs), -1], dtype=np.int64)[self.run_of]

    @cached_property
    def upright(self) -> int:
        """The direction in which most of the page's text runs, in quarter turns."""
        counts = np.bincount(self.turns[self.turns >= 0], minlength=4)[:4]
        return int(counts.argmax())

    @cached_property
    def directions(self) -> list[int]:
        """The directions in which text of some size runs, the usual one first."""
        letters = np.bincount(self.turns[self.turns >= 0], minlength=5)[:4]
        others = [turn for turn in range(4) if turn != self.upright and self._is_text(turn, letters)]
        return [self.upright, *others]

    def _is_text(self, turn: int, letters: npt.NDArray[np.int64]) -> bool:
        """Whether what runs in a direction is text rather than a stamp or the name of an axis."""
        if letters[turn] > SIDEWAYS_SHARE * letters.sum():
            return True
        runs = np.unique(self.run_of[self.turns == turn])
        axis = 0 if turn % 2 else 1
        heights = {round(float(self.baselines[self.run_of == run, axis][0])) for run in runs[:200]}
        return len(heights) >= SIDEWAYS_LINES and letters[turn] >= 10 * len(heights)

    @cached_property
    def shown(self) -> Boxes:
        """A box a glyph, turned so that it is upright; its height is that of the letters.

        What runs in another direction than the rest stands below it, as if on a further page.
        """
        shown = np.full_like(self.boxes, np.nan)
        below = 0.0
        for turn in self.directions:
            chosen = self.turns == turn
            boxes = self.boxes[chosen]
            # Letters without ink above or below still stand on a line of the font's height.
            axis, sign = {0: (1, 1), 1: (0, -1), 2: (1, -1), 3: (0, 1)}[turn]
            line, sizes = self.baselines[chosen, axis], sign * self.sizes[chosen]
            edges = np.stack([line - DESCENT * sizes, line + ASCENT * sizes])
            boxes[:, axis], boxes[:, axis + 2] = edges.min(axis=0), edges.max(axis=0)
            boxes = turned(boxes, self.visible_box, turn)
            boxes[:, [1, 3]] -= below
            shown[chosen] = boxes
            below += max(self.size)
        return shown

    @cached_property
    def is_read(self) -> npt.NDArray[np.bool_]:
        """Whether each glyph is to be read: neither hidden nor a stamp in a direction of its own."""
        return ~self.hidden & (np.isin(self.turns, self.directions) | (self.turns < 0))

    def drawn_lines(self) -> Iterator[Raw]:
        """The lines as PDFium breaks them, without what is not to be read."""
        start = 0
        for place, mark in enumerate([*self.text, "\n"]):
            if mark in "\r\n":
                if place > start:
                    yield self._raw(start, place)
                start = place + 1

    def _raw(self, start: int, end: int) -> Raw:
        places = np.flatnonzero(self.is_read[start:end]) + start
        text = "".join(self.text[place] for place in places)
        return Raw(text, self.shown[places], self.sizes[places], self.bold[places])


def turned(boxes: Boxes, page: Box, turn: int) -> Boxes:
    """Boxes on a page that is turned back by `turn` quarters, with its lower left at the origin."""
    left, bottom, right, top = (boxes[:, column] for column in range(4))
    if turn == 0:
        corners = (left - page[0], bottom - page[1], right - page[0], top - page[1])
    elif turn == 1:  # runs upwards
        corners = (bottom - page[1], page[2] - right, top - page[1], page[2] - left)
    elif turn == 2:  # upside down
        corners = (page[2] - right, page[3] - top, page[2] - left, page[3] - bottom)
    else:  # runs downwards
        corners = (page[3] - top, left - page[0], page[3] - bottom, right - page[0])
    return np.stack(corners, axis=1)


@contextlib.contextmanager
def opened(data: bytes, password: str | None) -> Iterator[pdfium.PdfDocument]:
    """A file in PDFium, held by this thread alone. Raises PdfiumError if it cannot be opened."""
    with LOCK:
        document = pdfium.PdfDocument(data, password=password)
        try:
            yield document
        finally:
            document.close()


def read_glyphs(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> Glyphs:
    """All glyphs of a page. Raises PdfiumError on a broken one."""
    count = min(textpage.count_chars(), MAX_PAGE_GLYPHS)
    handle = ctypes.cast(textpage.raw, _Pointer).value
    boxes = np.full((count, 4), np.nan)
    baselines = np.full((count, 2), np.nan)
    address, base = boxes.ctypes.data, baselines.ctypes.data
    marks = []
    run_of = np.full(count, -1, dtype=np.int64)
    runs: list[Run] = []
    known: dict[int, int] = {}
    for place in range(count):
        mark = _mark(_char_code(handle, place))
        marks.append(mark)
        drawn_by = _char_object(handle, place)
        if not drawn_by or mark in "\r\n":
            continue
        if drawn_by not in known:
            known[drawn_by] = len(runs)
            runs.append(_run(handle, place, drawn_by))
        run_of[place] = known[drawn_by]
        at = address + 32 * place
        _char_box(handle, place, at, at + 16, at + 8, at + 24)
        _char_origin(handle, place, base + 16 * place, base + 16 * place + 8)
    boxes[run_of < 0] = np.nan
    return Glyphs(
        text="".join(marks),
        boxes=boxes,
        baselines=baselines,
        run_of=run_of,
        runs=_mended(runs, run_of, boxes),
        visible_box=visible_box(page),
        rotation=page.get_rotation() // 90,
    )


def _mark(code: int) -> str:
    mark = chr(code) if 0 < code <= 0x10FFFF else "\ufffd"
    return LINE_HYPHENS.get(mark, mark)


def _run(handle: int | None, place: int, address: int) -> Run:
    matrix = (ctypes.c_float * 6)()
    _char_matrix(handle, place, ctypes.addressof(matrix))
    a, b, c, d = matrix[:4]
    size = abs(_char_size(handle, place)) * float(np.hypot(c, d))
    angle = float(np.degrees(np.arctan2(b, a)))
    turn = ASKEW if abs((angle + 45) % 90 - 45) > MAX_SLANT else round(angle / 90) % 4
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    _font_name(handle, place, ctypes.addressof(name), 128, ctypes.addressof(flags))
    face = name.value.lower()
    weight = _char_weight(handle, place)
    bold = weight >= BOLD_WEIGHT or bool(flags.value & FORCED_BOLD) or b"bold" in face or b"black" in face
    return Run(address, size, turn, bold)


def _mended(runs: list[Run], run_of: npt.NDArray[np.int64], boxes: Boxes) -> list[Run]:
    """Runs whose stated size does not fit their ink (Type 3 fonts) get the size of their ink."""
    mended = []
    order = np.argsort(run_of, kind="stable")
    borders = np.searchsorted(run_of[order], np.arange(len(runs) + 1))
    for number, run in enumerate(runs):
        own = boxes[order[borders[number] : borders[number + 1]]]
        side = 1 if run.turn in {0, 2} else 0
        tallest = float(np.nanmax(own[:, side + 2] - own[:, side], initial=0.0))
        if tallest > 0.5 and not 0.3 * tallest < run.size < 30 * tallest:
            mended.append(Run(run.address, 1.4 * tallest, run.turn, run.bold))
        else:
            mended.append(run)
    return mended


def visible_box(page: pdfium.PdfPage) -> Box:
    """What of the page is shown, in its own points: the crop box within the media box."""
    rectangle = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page.raw, rectangle):
        return tuple(page.get_mediabox())
    return (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
