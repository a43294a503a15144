"""Text that a reader of the page cannot see: found by drawing the page with and without its text.

What changes nothing on the drawn page when it is taken away is hidden, however that was done: in the
colour of its ground, transparent, covered, clipped. Text off the page, in the mode that paints
nothing or under two points is hidden by definition. The one lawful use, the text layer of a scanned
page, is told by the picture that covers the page and has ink where the words are.
"""

from __future__ import annotations

import ctypes
import enum
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from assistant.reading.pdf.drawing import Drawing, Picture, difference
from assistant.reading.pdf.pdfium_engine import Glyphs
from assistant.reading.pdf.shapes import Shape, picture_share

SMALLEST = 2.0
FAINTEST_ALPHA = 13
LIGHT = 200
# Least difference of a colour channel (0..255) that an eye may notice.
VISIBLE = 16
INK = 24
PLANTED_WORDS, PLANTED_LETTERS = 4, 20
SCANNED_SHARE, LAYER_SHARE = 0.6, 0.8
PAINTS_NOTHING, ONLY_CLIPS = 3, 7
LAST_BUILT_IN_LETTER = 0x24F
MAX_HOLE = 6


class Kind(enum.StrEnum):
    """How text is hidden."""

    INVISIBLE = "text that paints nothing"
    GROUND = "in the colour of its ground"
    TINY = "smaller than 2 points"
    OFF_PAGE = "off the page"
    TRANSPARENT = "transparent"
    COVERED = "covered by something painted over it"
    CLIPPED = "cut off by a clipping path"
    ZERO_WIDTH = "characters without width"
    DIRECTION = "controls of writing direction"
    TAGS = "Unicode tag characters"


@dataclass
class Findings:
    """What was found on one page: hidden characters by kind, and the size of a scan's text layer."""

    counts: Counter[Kind] = field(default_factory=Counter)
    layer: int = 0


@dataclass(frozen=True, slots=True)
class _Paint:
    mode: int
    colour: tuple[int, int, int]
    alpha: int
    is_embedded: bool

    @property
    def is_plain(self) -> bool:
        return self.mode in {0, 1, 2} and min(self.colour) < LIGHT and self.alpha > FAINTEST_ALPHA


def mark_hidden(page: pdfium.PdfPage, glyphs: Glyphs, shapes: list[Shape], deadline: float) -> Findings:
    """Set `glyphs.hidden` and tell what was found.

    After `deadline` (of `time.thread_time`) pages are not drawn any more; then light, covered or
    clipped text counts as visible.
    """
    findings = Findings()
    inked = (glyphs.run_of >= 0) & np.array(
        [mark > " " and not mark.isspace() for mark in glyphs.text], dtype=bool
    )
    if not inked.any():
        return findings
    paints = [_paint(run.address) for run in glyphs.runs]
    kinds: dict[int, Kind] = {}
    _by_definition(glyphs, inked, paints, kinds)
    if not _is_plain_page(paints, shapes) and time.thread_time() < deadline:
        drawing = Drawing(page, glyphs)
        _by_drawing(drawing, glyphs, inked, paints, kinds, shapes)
        if picture_share(shapes, glyphs.visible_box) >= SCANNED_SHARE:
            findings.layer = _spare_scan(drawing, glyphs, inked, kinds)
    for place, kind in kinds.items():
        glyphs.hidden[place] = True
        findings.counts[kind] += 1
    return findings


def _is_plain_page(paints: list[_Paint], shapes: list[Shape]) -> bool:
    """Whether nothing on the page could hide text: dark text alone, without clipping."""
    others = any(shape.kind != "text" or shape.is_clipped for shape in shapes)
    return not others and all(paint.is_plain for paint in paints)


def _paint(address: int) -> _Paint:
    drawn = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    mode = raw.FPDFTextObj_GetTextRenderMode(drawn)
    channels = [ctypes.c_uint() for _ in range(4)]
    read = raw.FPDFPageObj_GetStrokeColor if mode in {1, 5} else raw.FPDFPageObj_GetFillColor
    if not read(drawn, *channels):
        channels = [ctypes.c_uint(value) for value in (0, 0, 0, 255)]
    red, green, blue, alpha = (channel.value for channel in channels)
    is_embedded = raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(drawn)) == 1
    return _Paint(mode, (red, green, blue), alpha, is_embedded)


def _by_definition(
    glyphs: Glyphs, inked: npt.NDArray[np.bool_], paints: list[_Paint], kinds: dict[int, Kind]
) -> None:
    left, bottom, right, top = glyphs.visible_box
    boxes = glyphs.boxes
    heights = np.minimum(boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0])
    outside = (boxes[:, 2] <= left) | (boxes[:, 0] >= right) | (boxes[:, 3] <= bottom) | (boxes[:, 1] >= top)
    tiny = (glyphs.sizes < SMALLEST) & (heights < SMALLEST)
    for place in np.flatnonzero(inked):
        paint = paints[glyphs.run_of[place]]
        if paint.mode == PAINTS_NOTHING:
            kinds[int(place)] = Kind.INVISIBLE
        elif outside[place]:
            kinds[int(place)] = Kind.OFF_PAGE
        elif paint.alpha <= FAINTEST_ALPHA:
            kinds[int(place)] = Kind.TRANSPARENT
        elif tiny[place]:
            kinds[int(place)] = Kind.TINY


def _words(glyphs: Glyphs, inked: npt.NDArray[np.bool_]) -> Iterator[list[int]]:
    """Neighbouring glyphs of one run without white space between."""
    word: list[int] = []
    for place in range(len(glyphs.text)):
        if word and (not inked[place] or glyphs.run_of[place] != glyphs.run_of[word[-1]]):
            yield word
            word = []
        if inked[place]:
            word.append(place)
    if word:
        yield word


def _by_drawing(
    drawing: Drawing,
    glyphs: Glyphs,
    inked: npt.NDArray[np.bool_],
    paints: list[_Paint],
    kinds: dict[int, Kind],
    shapes: list[Shape],
) -> None:
    """Words without which the page looks the same."""
    order = {shape.address: place for place, shape in enumerate(shapes)}
    clipped = {shape.address for shape in shapes if shape.is_clipped}
    light = {run for run, paint in enumerate(paints) if min(paint.colour) >= LIGHT}
    changes = difference(drawing.whole, drawing.bare)
    # Light words over dark ones: the change may be that of the dark ones alone.
    own = difference(drawing.whole, drawing.without(light)) if light else changes
    unseen: list[tuple[list[int], Kind]] = []
    for word in _words(glyphs, inked):
        run = int(glyphs.run_of[word[0]])
        words = "".join(glyphs.text[place] for place in word)
        # Points and dashes may be too thin to be drawn.
        if word[0] in kinds or not any(map(str.isalnum, words)) or not _can_be_drawn(words, paints[run]):
            continue
        seen = own if run in light else changes
        if drawing.area(seen, word).max(initial=0) >= VISIBLE:
            continue
        address = glyphs.runs[run].address
        kind = _kind_of(glyphs.boxes[word[0]], paints[run], shapes[order.get(address, 0) + 1 :])
        if kind is Kind.GROUND and run not in light and address in clipped:
            kind = Kind.CLIPPED
        unseen.append((word, kind))
    shown = inked.copy()
    shown[[*kinds, *(place for word, _ in unseen for place in word)]] = False
    for word, kind in unseen:
        # A font that fails leaves holes in words; who hides, hides whole ones.
        if not _is_hole(glyphs, word, shown):
            kinds.update(dict.fromkeys(word, kind))


def _is_hole(glyphs: Glyphs, word: list[int], shown: npt.NDArray[np.bool_]) -> bool:
    """Whether letters that are seen stand right before or after some that are not, in one word with them."""
    if len(word) > MAX_HOLE:
        return False
    for place, other in ((word[0], word[0] - 1), (word[-1], word[-1] + 1)):
        if 0 <= other < len(shown) and shown[other] and (glyphs.text[place] + glyphs.text[other]).isalpha():
            return True
    return False


def _can_be_drawn(words: str, paint: _Paint) -> bool:
    """PDFium has no letters of its own beyond Latin: without the font they stay blank."""
    return paint.is_embedded or ord(max(words)) <= LAST_BUILT_IN_LETTER


def _kind_of(box: npt.NDArray[np.float64], paint: _Paint, later: list[Shape]) -> Kind:
    if paint.mode == ONLY_CLIPS:
        return Kind.INVISIBLE
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for shape in later:
        left, bottom, right, top = shape.box
        if shape.kind != "text" and left <= across <= right and bottom <= up <= top:
            return Kind.COVERED
    return Kind.GROUND


def _has_ink(area: Picture) -> bool:
    return area.size > 0 and int(area.max()) - int(area.min()) >= INK


def _spare_scan(
    drawing: Drawing, glyphs: Glyphs, inked: npt.NDArray[np.bool_], kinds: dict[int, Kind]
) -> int:
    """Take the text layer of a scanned page out of what is hidden; gives its number of characters.

    It is nearly all text of the page, and the picture has ink where its words are.
    """
    layers = {Kind.INVISIBLE, Kind.COVERED, Kind.TRANSPARENT}
    layer = {place for place, kind in kinds.items() if kind in layers}
    if len(layer) < LAYER_SHARE * int(inked.sum()):
        return 0
    unfounded: list[list[int]] = []
    spared = 0
    for word in [*_words(glyphs, inked), []]:
        if word and word[0] not in layer:
            continue
        if word and not _has_ink(drawing.area(drawing.bare, word)):
            unfounded.append(word)
            continue
        # A word or two beside the ink are the recogniser's; a sentence where the scan is blank is not.
        is_planted = len(unfounded) >= PLANTED_WORDS and sum(map(len, unfounded)) >= PLANTED_LETTERS
        spare = [word] if is_planted else [*unfounded, word]
        unfounded = []
        for place in [place for words in spare for place in words]:
            kinds.pop(place, None)
            spared += 1
    return spared
