"""What is drawn on a page besides text: pictures, filled areas and rules, in the order of painting."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from assistant.reading.pdf.lines import Box

MAX_OBJECTS = 20_000
MAX_DEPTH = 6
RULE_THICKNESS, RULE_LENGTH = 2.0, 40.0

_Matrix = tuple[float, float, float, float, float, float]
_UNTURNED: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn object. `kind` is `text`, `image`, `path` or `other`; the box is in the page's points.

    `is_clipped` tells that a text object is drawn through a clipping path.
    """

    kind: str
    box: Box
    address: int
    is_clipped: bool = False


KINDS = {raw.FPDF_PAGEOBJ_TEXT: "text", raw.FPDF_PAGEOBJ_IMAGE: "image", raw.FPDF_PAGEOBJ_PATH: "path"}


def shapes_of(page: pdfium.PdfPage) -> list[Shape]:
    """Everything that is drawn on a page, in order, forms opened; at most MAX_OBJECTS."""
    found = []
    for shape in _walk(page.raw, None, _UNTURNED, 0):
        found.append(shape)
        if len(found) >= MAX_OBJECTS:
            break
    return found


def _walk(page: object, form: object, matrix: _Matrix, depth: int) -> Iterator[Shape]:
    count = raw.FPDFFormObj_CountObjects(form) if form else raw.FPDFPage_CountObjects(page)
    for place in range(min(count, MAX_OBJECTS)):
        drawn = raw.FPDFFormObj_GetObject(form, place) if form else raw.FPDFPage_GetObject(page, place)
        if not drawn:
            continue
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if depth < MAX_DEPTH:
                yield from _walk(page, drawn, _times(_matrix_of(drawn), matrix), depth + 1)
            continue
        address = ctypes.cast(drawn, ctypes.c_void_p).value or 0
        is_clipped = kind == raw.FPDF_PAGEOBJ_TEXT and _has_clip(drawn)
        yield Shape(KINDS.get(kind, "other"), _box_of(drawn, matrix), address, is_clipped)


def _matrix_of(drawn: object) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(drawn, matrix):
        return _UNTURNED
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _box_of(drawn: object, matrix: _Matrix) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(drawn, *edges):
        return (0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = (edge.value for edge in edges)
    a, b, c, d, e, f = matrix
    corners = np.array([(x * a + y * c + e, x * b + y * d + f) for x in (left, right) for y in (bottom, top)])
    low, high = corners.min(axis=0), corners.max(axis=0)
    return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def _has_clip(drawn: object) -> bool:
    clip = raw.FPDFPageObj_GetClipPath(drawn)
    return bool(clip) and raw.FPDFClipPath_CountPaths(clip) > 0


def rules(shapes: list[Shape], *, sideways: bool = False) -> list[Box]:
    """Boxes of the thin lines along the text, such as part the rows of a table; `sideways` for a page
    whose text runs up or down."""
    along, across = (1, 0) if sideways else (0, 1)
    return [
        shape.box
        for shape in shapes
        if shape.kind in {"path", "image"}
        and shape.box[across + 2] - shape.box[across] <= RULE_THICKNESS
        and shape.box[along + 2] - shape.box[along] >= RULE_LENGTH
    ]


def picture_share(shapes: list[Shape], page: Box) -> float:
    """The share of the page that pictures cover, 0..1; overlaps count once for strips of one scan."""
    grid = np.zeros((50, 50), dtype=bool)
    width, height = max(page[2] - page[0], 1.0), max(page[3] - page[1], 1.0)
    for shape in shapes:
        if shape.kind != "image":
            continue
        left, right = (round(50 * (shape.box[edge] - page[0]) / width) for edge in (0, 2))
        bottom, top = (round(50 * (shape.box[edge] - page[1]) / height) for edge in (1, 3))
        grid[max(bottom, 0) : max(top, 0), max(left, 0) : max(right, 0)] = True
    return float(grid.mean())
