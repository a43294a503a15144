"""PDFs: text through pypdf with PDFium's second opinion, its layout, and where it stands on the page.

The engines are imported when the first PDF is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from assistant.reading.reader import Reader, ReadOptions
from assistant.records import Document

__all__ = ["READER", "locate", "locate_each"]

Rectangle = tuple[float, float, float, float]


# What PDFs are made of: a file of these parts that has lost its first bytes is no plain text.
PARTS = (b" 0 obj", b"endobj", b"endstream", b"startxref", b"/Type")
SUFFIX = ".pdf"


def _recognises(path: Path, data: bytes) -> bool:
    if b"%PDF-" in data[:1024]:
        return True
    if sum(part in data for part in PARTS) < len(PARTS) - 2:
        return False
    return path.suffix.lower() == SUFFIX or not _is_text(data)


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _read(path: Path, data: bytes, options: ReadOptions) -> tuple[Document, ...]:
    from assistant.reading.pdf.document import read_pdf

    return (read_pdf(path, data, hashlib.sha256(data).hexdigest(), options),)


def locate(
    file: Path | bytes, document: Document, start: int, end: int, password: str | None = None
) -> list[tuple[int, list[Rectangle]]]:
    """Where `document.text[start:end]` stands: each page's number from 1, and rectangles in its points.

    See `assistant.reading.pdf.locating.locate`.
    """
    from assistant.reading.pdf import locating

    return locating.locate(file, document, start, end, password)


def locate_each(
    file: Path | bytes, document: Document, stretches: Iterable[tuple[int, int]], password: str | None = None
) -> list[list[tuple[int, list[Rectangle]]]]:
    """As `locate`, for several (start, end) of a document whose file is opened once."""
    from assistant.reading.pdf import locating

    return locating.locate_each(file, document, stretches, password)


READER = Reader("PDF", (SUFFIX,), _recognises, _read, sets_sensitivity=True)
