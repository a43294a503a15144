"""Where one engine's words stand among another's glyphs: white space, hyphens and ligatures aside."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from assistant.reading.pdf.lines import Raw
from assistant.reading.pdf.pdfium_engine import Glyphs
from assistant.reading.pdf.spelling import is_word

Places = npt.NDArray[np.int64]
WORD = re.compile(r"\S+")
# Accents stand with their letter, before it or after it.
ACCENTS = frozenset("\u0300\u0301\u0302\u0303\u0308\u030a\u030c\u0327ˆ˜ˇ˚`")
NEAR = 600
# A gap between letters of less than this times their size holds no space.
NO_ROOM = 0.12
ENDING, WORD_HERE = re.compile(r"(?<![^\W\d_])[^\W\d_]+$"), re.compile(r"[^\W\d_]+")
# Marks that engines write differently, and hyphens, which vanish where lines are joined.
SAME = str.maketrans(
    {mark: plain for plain, marks in {"'": "‘’‚‛′", '"': "“”„‟″", "*": "•●▪∗·"}.items() for mark in marks}
    # The stroke that stretches Arabic words is no letter.
    | dict.fromkeys(
        "-\u0640\u00ad\u2010\u2011\u2012\u2013\u2014\u2212\u200b\u200c\u200d\ufeff\x02\ufffe", None
    )
)


def squeezed(text: str) -> tuple[str, list[int]]:
    """Text without white space and hyphens, its letters in their plain form, and the place of each."""
    marks: list[str] = []
    places: list[int] = []
    for place, mark in enumerate(text):
        if mark <= " ":
            continue
        plain = mark if mark < "\x7f" and mark not in "-`" else _plain(mark)
        marks.append(plain)
        places.extend([place] * len(plain))
    return "".join(marks), places


def _plain(mark: str) -> str:
    folded = unicodedata.normalize("NFKD", mark.translate(SAME)).translate(SAME)
    return "".join(part for part in folded if not part.isspace() and part not in ACCENTS)


class Haystack:
    """A page's glyphs, to find words in. Places are indices of glyphs."""

    def __init__(self, glyphs: Glyphs) -> None:
        self.text, places = squeezed(glyphs.text)
        self._places = np.array(places, dtype=np.int64)
        self._cursor = 0

    def find(self, words: str) -> Iterator[tuple[int, int]]:
        """(place in `words`, glyph) for each letter that was found, near the words found before."""
        needle, places = squeezed(words)
        at = self._seek(needle)
        if at is not None:
            yield from zip(places, self._places[at : at + len(needle)].tolist(), strict=True)
            return
        for word in WORD.finditer(words):
            needle, places = squeezed(word.group())
            at = self._seek(needle, near=True)
            if at is not None:
                own = [word.start() + place for place in places]
                yield from zip(own, self._places[at : at + len(needle)].tolist(), strict=True)

    def _seek(self, needle: str, *, near: bool = False) -> int | None:
        if not needle:
            return None
        end = self._cursor + NEAR if near else len(self.text)
        at = self.text.find(needle, self._cursor, end)
        if at < 0 and not near:
            at = self.text.find(needle)
        if at < 0:
            return None
        self._cursor = at + len(needle)
        return at


def align(text: str, glyphs: Glyphs) -> tuple[list[Raw], float]:
    """The lines of another engine's text with PDFium's geometry, and the share of letters that stand
    among its glyphs. Stamps that stand sideways are left out."""
    haystack = Haystack(glyphs)
    shown, sizes, bold, is_read = glyphs.shown, glyphs.sizes, glyphs.bold, glyphs.is_read
    raws = []
    found = total = 0
    for line in text.splitlines():
        boxes = np.full((len(line), 4), np.nan)
        line_sizes = np.zeros(len(line))
        line_bold = np.zeros(len(line), dtype=bool)
        unread = 0
        own = 0
        pairs = list(haystack.find(line))
        for place, glyph in pairs:
            own += 1
            unread += not is_read[glyph]
            boxes[place], line_sizes[place], line_bold[place] = shown[glyph], sizes[glyph], bold[glyph]
        letters = sum(mark > " " for mark in line)
        found += min(own, letters)
        total += letters
        if own == 0 or unread < 0.5 * own:
            raw = Raw(line, boxes, line_sizes, line_bold)
            raws.append(_without(raw, _false_spaces(raw, pairs)))
    return raws, found / total if total else 1.0


def _false_spaces(raw: Raw, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Places of spaces that stand within a word: the other engine sees none there, nor is there room for
    one, and what they part is not two words."""
    found = []
    for (place, glyph), (after, following) in itertools.pairwise(pairs):
        if after != place + 2 or following != glyph + 1 or raw.text[place + 1] != " ":
            continue
        gap = raw.boxes[after, 0] - raw.boxes[place, 2]
        if not abs(gap) < NO_ROOM * max(raw.sizes[place], raw.sizes[after]):
            continue
        before, behind = ENDING.search(raw.text[: place + 1]), WORD_HERE.match(raw.text[after:])
        if before and behind and not (is_word(before.group()) and is_word(behind.group())):
            found.append(place + 1)
    return found


def _without(raw: Raw, places: list[int]) -> Raw:
    if not places:
        return raw
    lost = set(places)
    text = "".join(mark for place, mark in enumerate(raw.text) if place not in lost)
    kept = np.setdiff1d(np.arange(len(raw.text)), places)
    return Raw(text, raw.boxes[kept], raw.sizes[kept], raw.bold[kept])
