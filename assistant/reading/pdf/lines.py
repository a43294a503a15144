"""Lines of a page: words with the box in which they stand, cut where a column or a cell ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]

# A space this many times the letters' size is no space between words.
WIDE_GAP = 1.0
INITIAL = 1.8
# So close to each other stand only letters of one word.
NO_GAP = 0.2
NO_BREAK = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
LIGATURES = {ord(mark): unicodedata.normalize("NFKC", mark) for mark in "ﬀﬁﬂﬃﬄﬅﬆ"} | dict.fromkeys(
    (0xF0B7, 0xF0A7, 0xF076, 0xF0D8), "•"
)
# TeX sets an accent before its letter, each for itself; engines may put spaces around it.
ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "ˇ": "\u030c",
    "˚": "\u030a",
    "¸": "\u0327",
}
ACCENTED = re.compile(r"(?:(?<=\w) )?(?P<accent>[´`¨ˆ˜ˇ˚¸]) ?(?P<letter>[A-Za-zıȷ])")
SYNTHETIC_WIDTH, SYNTHETIC_LEADING = 5.0, 12.0


@dataclass(frozen=True, slots=True)
class Line:
    """The part of a line that lies in one column or cell.

    The box is in points with its origin at the lower left of the page as it is read. `size` is that
    of the letters. `is_drawn` tells whether the box was measured; without geometry it is counted in
    letters.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool = False
    is_drawn: bool = True

    @property
    def middle(self) -> float:
        """Height of the line's middle."""
        return (self.bottom + self.top) / 2

    def stands_beside(self, other: Line) -> bool:
        """Whether both stand on one height of the page."""
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        return shared > 0.5 * min(self.top - self.bottom, other.top - other.bottom)


@dataclass(frozen=True, slots=True)
class Raw:
    """A line as an engine gave it: one box and size a character, not-a-number where unknown."""

    text: str
    boxes: Boxes
    sizes: npt.NDArray[np.float64]
    bold: npt.NDArray[np.bool_]


def clean(text: str) -> str:
    """Text without ligatures, control characters and exotic spaces; it may be longer."""
    text = NO_BREAK.sub(" ", text.translate(LIGATURES))
    if not text.isascii():
        text = ACCENTED.sub(_accented, text)
    return "".join(
        mark for mark in text if mark >= " " and unicodedata.category(mark) not in {"Cs", "Co", "Cc"}
    )


def _accented(match: re.Match[str]) -> str:
    letter = {"ı": "i", "ȷ": "j"}.get(match["letter"], match["letter"])
    whole = unicodedata.normalize("NFC", letter + ACCENTS[match["accent"]])
    return whole if len(whole) == 1 else match.group()


def segments(raw: Raw) -> Iterator[Line]:
    """The parts of a line between wide gaps; a line without geometry gives nothing."""
    known = ~np.isnan(raw.boxes[:, 0])
    start = 0
    last: int | None = None
    for place in np.flatnonzero(known).tolist():
        if raw.text[place].isspace():
            continue
        # Letters of unknown place between two known ones explain the gap.
        if last is not None and raw.text[last + 1 : place].strip() == "" and _is_apart(raw, last, place):
            yield from _segment(raw, start, last + 1)
            start = place
        last = place
    if last is not None:
        yield from _segment(raw, start, len(raw.text))


def _is_apart(raw: Raw, before: int, place: int) -> bool:
    size = max(raw.sizes[before], raw.sizes[place], 1.0)
    gap = raw.boxes[place, 0] - raw.boxes[before, 2]
    fall = abs(raw.boxes[place, 1] - raw.boxes[before, 1])
    return bool(gap > WIDE_GAP * size or gap < -2 * size or fall > 1.2 * size)


def _segment(raw: Raw, start: int, end: int) -> Iterator[Line]:
    words = " ".join(clean(raw.text[start:end]).split())
    boxes = raw.boxes[start:end]
    inked = ~np.isnan(boxes[:, 0]) & np.array(
        [not mark.isspace() for mark in raw.text[start:end]], dtype=bool
    )
    if not words or not inked.any():
        return
    boxes, sizes = boxes[inked], raw.sizes[start:end][inked]
    yield Line(
        words,
        float(boxes[:, 0].min()),
        float(np.median(boxes[:, 1])),
        float(boxes[:, 2].max()),
        float(np.median(boxes[:, 3])),
        float(np.median(sizes)),
        bool(np.mean(raw.bold[start:end][inked]) > 0.6),
    )


def synthetic_lines(texts: Iterable[str]) -> list[Line]:
    """Lines without geometry, laid out as if all letters were equally wide."""
    lines = []
    height = 0.0
    for text in texts:
        height -= SYNTHETIC_LEADING
        words = " ".join(clean(text).split())
        if words:
            right = len(words) * SYNTHETIC_WIDTH
            lines.append(Line(words, 0.0, height, right, height + 9.0, 10.0, is_drawn=False))
    return lines


def with_initials(lines: Sequence[Line]) -> list[Line]:
    """Lines of which none is an initial that stands for itself: it belongs to the word after it."""
    whole: list[Line] = []
    for line in lines:
        before = whole[-1] if whole else None
        if before is not None and _is_initial(before, line):
            whole[-1] = replace(line, text=before.text + line.text)
        else:
            whole.append(line)
    return whole


def _is_initial(before: Line, line: Line) -> bool:
    if len(before.text) != 1 or not before.text.isupper() or not line.text[:1].isalpha():
        return False
    is_beside = line.is_drawn and line.stands_beside(before)
    near = abs(line.left - before.right) < NO_GAP * line.size
    return before.size > INITIAL * line.size or (is_beside and near and line.text[0].islower())


def joined(parts: Sequence[Line]) -> Line:
    """Parts of one line as one, left to right."""
    if len(parts) == 1:
        return parts[0]
    ordered = sorted(parts, key=lambda part: part.left)
    longest = max(ordered, key=lambda part: len(part.text))
    return replace(
        longest,
        text=" ".join(part.text for part in ordered),
        left=ordered[0].left,
        right=max(part.right for part in ordered),
        bottom=min(part.bottom for part in ordered),
        top=max(part.top for part in ordered),
        bold=all(part.bold for part in ordered),
    )


def median(values: Sequence[float] | Any, fallback: float = 0.0) -> float:
    """The median of some numbers."""
    return float(np.median(values)) if len(values) else fallback
