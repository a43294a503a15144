"""A page as it looks, and as it looks without some of its text."""

from __future__ import annotations

import ctypes
import math

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from assistant.reading.pdf.pdfium_engine import Glyphs

SCALE, MAX_PIXELS = 1.0, 4_000_000

Picture = npt.NDArray[np.uint8]


class Drawing:
    """A page drawn with and without some of its text: `whole`, and `bare` of all text."""

    def __init__(self, page: pdfium.PdfPage, glyphs: Glyphs) -> None:
        self._page = page
        self._glyphs = glyphs
        width, height = page.get_size()
        self._scale = min(SCALE, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        self.whole = self._draw()
        self.bare = self.without(set(range(len(glyphs.runs))))

    def without(self, runs: set[int]) -> Picture:
        """The page without these runs of text."""
        objects = [ctypes.cast(self._glyphs.runs[run].address, raw.FPDF_PAGEOBJECT) for run in runs]
        for drawn in objects:
            raw.FPDFPageObj_SetIsActive(drawn, False)
        try:
            return self._draw()
        finally:
            for drawn in objects:
                raw.FPDFPageObj_SetIsActive(drawn, True)

    def _draw(self) -> Picture:
        bitmap = self._page.render(scale=self._scale, rotation=(-90 * self._glyphs.rotation) % 360)
        try:
            return np.array(bitmap.to_numpy()[:, :, :3])
        finally:
            bitmap.close()

    def area(self, picture: Picture, places: list[int]) -> Picture:
        """The pixels of neighbouring glyphs' ink; perhaps none."""
        left, _, _, top = self._glyphs.visible_box
        boxes = self._glyphs.boxes[places[0] : places[-1] + 1]
        rows = [(top - float(edge)) * self._scale for edge in (boxes[:, 3].max(), boxes[:, 1].min())]
        columns = [(float(edge) - left) * self._scale for edge in (boxes[:, 0].min(), boxes[:, 2].max())]
        # Only pixels that lie wholly within: those at the edges may be a neighbour's.
        first, last = _within(rows[0], rows[1])
        start, end = _within(columns[0], columns[1])
        return picture[first : max(last, first), start : max(end, start)]


def _within(low: float, high: float) -> tuple[int, int]:
    first, last = math.ceil(low), math.floor(high)
    if last - first < 2:
        first, last = math.floor(low), math.ceil(high)
    return max(first, 0), max(last, 0)


def difference(picture: Picture, other: Picture) -> Picture:
    """The greatest difference of a channel, for each pixel."""
    apart = np.maximum(picture, other) - np.minimum(picture, other)
    greatest: Picture = np.maximum(np.maximum(apart[:, :, 0], apart[:, :, 1]), apart[:, :, 2])
    return greatest
