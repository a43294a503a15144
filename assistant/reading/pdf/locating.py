"""Where a passage stands on its pages: rectangles to draw over a picture of the page."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium

from assistant.errors import DocumentRefused
from assistant.reading.pdf import ocr, pdfium_engine, pypdf_engine
from assistant.reading.pdf.alignment import WORD, squeezed
from assistant.reading.pdf.lines import Box, Boxes
from assistant.reading.pdf.pdfium_engine import Glyphs, read_glyphs
from assistant.records import Document

# A passage counts as found if this share of its letters was.
MIN_FOUND = 0.6
# Words that are sought together when a passage does not stand on the page in one piece.
PIECE, WELL_FOUND = 6, 0.85
# A piece of fewer letters may stand anywhere by chance.
LONG, CLOSE = 8, 600
MARGIN = 1.0
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's letters without white space, and the glyph of each."""

    glyphs: Glyphs
    text: str
    places: list[int]


def locate(
    file: Path | bytes, document: Document, start: int, end: int, password: str | None = None
) -> list[tuple[int, list[Box]]]:
    """Where `document.text[start:end]` stands: for each page, its number from 1 and rectangles.

    A rectangle is (left, bottom, right, top) in PDF points, in the page's own axes (before it is
    turned for display), one for each line. Empty if the words were not found, as on pages that were
    read by OCR. Raises DocumentRefused if the file cannot be opened.
    """
    (found,) = locate_each(file, document, [(start, end)], password)
    return found


def locate_each(
    file: Path | bytes, document: Document, stretches: Iterable[tuple[int, int]], password: str | None = None
) -> list[list[tuple[int, list[Box]]]]:
    """As `locate`, for several (start, end) of a document whose file is opened once."""
    with _opened(file, document.name, password) as opened:
        pages = _Pages(opened)
        return [
            [
                (number, rectangles)
                for number, words in _by_page(document, start, end)
                if (rectangles := pages.find(number, words))
            ]
            for start, end in stretches
        ]


@contextlib.contextmanager
def _opened(file: Path | bytes, name: str, password: str | None) -> Iterator[pdfium.PdfDocument]:
    try:
        data = file.read_bytes() if isinstance(file, Path) else file
        with contextlib.ExitStack() as stack:
            try:
                opened = stack.enter_context(pdfium_engine.opened(data, password))
            except pdfium.PdfiumError:
                # What pypdf alone can open is found in what pypdf writes of it.
                reader, _ = pypdf_engine.open_file(Path(name), data, password)
                opened = stack.enter_context(pdfium_engine.opened(pypdf_engine.decrypted(reader), None))
            yield opened
    except DocumentRefused:
        raise
    except Exception as error:  # pypdf raises bare errors on broken files
        raise DocumentRefused(name, f"cannot be opened: {type(error).__name__}") from error


def _by_page(document: Document, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The page number and the words of each page that a passage stands on."""
    pages = [page for page in document.pages if page.engine != ocr.ENGINE]
    borders = {page.number: page.start for page in document.pages}
    for page in pages:
        following = borders.get(page.number + 1, len(document.text))
        first, last = max(start, page.start), min(end, following)
        # The last page has the last character, where an empty page may start as well.
        words = document.text[first:last]
        if first < last and words.strip():
            yield page.number, words


class _Pages:
    """The pages of an open file, each read once."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document
        self._known: dict[int, _Page | None] = {}

    def find(self, number: int, words: str) -> list[Box]:
        """Rectangles of words on a page; empty if too few of them stand there."""
        page = self._page(number)
        if page is None:
            return []
        places, share = _places(page, words)
        return _rectangles(page.glyphs, places) if share >= MIN_FOUND else []

    def _page(self, number: int) -> _Page | None:
        if number not in self._known:
            self._known[number] = self._read(number)
        return self._known[number]

    def _read(self, number: int) -> _Page | None:
        if not 0 < number <= len(self._document):
            return None
        try:
            page = self._document[number - 1]
            glyphs = read_glyphs(page, page.get_textpage())
            page.close()
        except pdfium.PdfiumError:
            return None
        text, places = squeezed(glyphs.text)
        return _Page(glyphs, text, places)


def _places(page: _Page, words: str) -> tuple[list[int], float]:
    """The glyphs of words on a page, and the share of the words' letters that was found."""
    found: list[int] = []
    sought = 0
    cells = words.split(" | ")
    cursor = _anchor(page, cells)
    for cell in cells:
        for pieces in _ever_smaller(cell):
            places, letters, cursor = _in_order(page, pieces, cursor)
            if len(places) >= WELL_FOUND * letters:
                break
        found += places
        sought += letters
    return found, len(found) / max(sought, 1)


def _anchor(page: _Page, cells: list[str]) -> int | None:
    """Where a table row's longest cell stands, near which its short ones are sought; None for prose."""
    if len(cells) == 1:
        return None
    at = page.text.find(max((squeezed(cell)[0] for cell in cells), key=len))
    return at if at >= 0 else None


def _ever_smaller(words: str) -> Iterator[list[str]]:
    """Words in one piece, in pieces of a few words, and one by one."""
    whole = [match.group() for match in WORD.finditer(words)]
    for size in (max(len(whole), 1), PIECE, 1):
        pieces = [squeezed("".join(whole[at : at + size]))[0] for at in range(0, len(whole), size)]
        yield [piece for piece in pieces if piece]


def _in_order(page: _Page, pieces: list[str], cursor: int | None) -> tuple[list[int], int, int | None]:
    """The glyphs of pieces that follow each other, how many letters were sought, and where it ends."""
    found: list[int] = []
    for piece in pieces:
        at = _nearest(page.text, piece, cursor)
        if at >= 0:
            found += page.places[at : at + len(piece)]
            cursor = at + len(piece)
    return found, sum(map(len, pieces)), cursor


def _nearest(text: str, piece: str, cursor: int | None) -> int:
    """Where a piece stands nearest to the one before it; short ones only close by. -1 if nowhere."""
    near = cursor or 0
    # Engines differ in the direction in which they write Hebrew and Arabic.
    for form in (piece, piece[::-1]) if RIGHT_TO_LEFT.search(piece) else (piece,):
        places = [at for at in (text.find(form, near), text.rfind(form, 0, near + len(form))) if at >= 0]
        at = min(places, key=lambda place: abs(place - near), default=-1)
        if at >= 0 and (cursor is None or len(piece) >= LONG or abs(at - near) < CLOSE):
            return at
    return -1


def _rectangles(glyphs: Glyphs, places: list[int]) -> list[Box]:
    """One rectangle a line: glyphs whose boxes follow each other on one height."""
    rectangles: list[Boxes] = []
    for place in sorted(set(places)):
        box = glyphs.boxes[place]
        if np.isnan(box[0]):
            continue
        if rectangles and _continues(rectangles[-1], box, float(glyphs.sizes[place])):
            last = rectangles[-1]
            last[:2] = np.minimum(last[:2], box[:2])
            last[2:] = np.maximum(last[2:], box[2:])
        else:
            rectangles.append(box.copy())
    return [
        (float(left) - MARGIN, float(bottom) - MARGIN, float(right) + MARGIN, float(top) + MARGIN)
        for left, bottom, right, top in rectangles
    ]


def _continues(last: Boxes, box: Boxes, size: float) -> bool:
    """Whether a glyph goes on with a line, whichever way that runs."""
    across = max(box[0] - last[2], last[0] - box[2])
    up = max(box[1] - last[3], last[1] - box[3])
    shares_line = up < 0.2 * size and across < 2 * size
    shares_column = across < 0.2 * size and up < 2 * size
    width, height = last[2] - last[0], last[3] - last[1]
    return bool(shares_line if width >= height or width < 2 * size else shares_column)
