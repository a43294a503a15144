"""Text PDFs through pypdf: pages → one text with page starts, paragraphs and dehyphenated words.

A PDF holds lines, not paragraphs. Lines are joined here, so that a sentence that crosses a line or a
page is one sentence; running heads and page numbers are left out.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import DocumentRefused
from assistant.reading.header import source_from
from assistant.reading.plain import title_of
from assistant.reading.reader import Reader, ReadOptions
from assistant.reading.structure import blocks_of, heading_of
from assistant.records import BlockKind, Document, Page

if TYPE_CHECKING:
    from pypdf import PdfReader

LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": ""})
PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d+)?\W*$", re.I)
HYPHENATED = re.compile(r"(?<=[a-z])-$")
ENDS_SENTENCE = re.compile(r"[.!?:][\d\]\)’”'\"]*$")
BULLET = re.compile(r"^\s*(?:[•▪●◦–-]|\d{1,2}[.)]|\([a-z0-9]\))\s+\S")


def _recognises(path: Path, data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _read(path: Path, data: bytes, options: ReadOptions) -> tuple[Document, ...]:
    return (read_pdf(path, data, hashlib.sha256(data).hexdigest()),)


def read_pdf(path: Path, data: bytes, document_id: str) -> Document:
    """A PDF as a Document. Raises DocumentRefused if it is encrypted, broken or holds no text."""
    reader = _open(path, data)
    pages = [_page_lines(path, reader, index) for index in range(len(reader.pages))]
    text, starts = join_pages(_without_running_heads(pages))
    if not any(character.isalpha() for character in text):
        raise DocumentRefused(
            path, f"no text on its {len(pages)} pages (scanned?)", "run OCR on it and try again"
        )
    labels = _labels(reader, len(pages))
    title = _metadata_title(reader) or title_of(text) or path.stem
    blocks = blocks_of(text)
    if not any(block.kind is not BlockKind.FURNITURE for block in blocks):
        raise DocumentRefused(path, "no readable text in it", "check that the file is the one you meant")
    return Document(
        id=document_id,
        name=path.name,
        source=replace(source_from(path, {}, title)),
        text=text,
        blocks=blocks,
        pages=tuple(
            Page(start=start, number=number, label=labels[number - 1])
            for number, start in enumerate(starts, 1)
        ),
    )


def _open(path: Path, data: bytes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentRefused(path, "encrypted with a password", "save it without a password")
        if not len(reader.pages):
            raise DocumentRefused(path, "a PDF without pages")
        return reader
    except DocumentRefused:
        raise
    except (PyPdfError, Exception) as error:  # pypdf raises bare errors on broken files
        raise DocumentRefused(
            path, f"a PDF that cannot be opened: {type(error).__name__}", "open and save it anew"
        ) from error


def _page_lines(path: Path, reader: PdfReader, index: int) -> list[str]:
    try:
        text = reader.pages[index].extract_text()
    except Exception as error:  # pypdf raises bare errors on broken pages
        raise DocumentRefused(
            path, f"page {index + 1} cannot be read: {type(error).__name__}", "open and save it anew"
        ) from error
    cleaned = text.translate(LIGATURES).replace("\0", "").encode("utf-8", "replace").decode()
    return [" ".join(line.split()) for line in cleaned.splitlines()]


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Pages without page numbers and without first or last lines that recur on other pages."""
    edges: Counter[str] = Counter()
    for lines in pages:
        filled = [line for line in lines if line]
        edges.update({_shape(line) for line in [*filled[:2], *filled[-2:]]})
    recurring = {shape for shape, count in edges.items() if count >= max(3, len(pages) // 3)}

    def is_body(position: int, line: str, filled: list[str]) -> bool:
        at_edge = position < 2 or position >= len(filled) - 2
        return not (at_edge and (PAGE_NUMBER.match(line) or _shape(line) in recurring))

    kept = []
    for lines in pages:
        filled = [line for line in lines if line]
        kept.append([line for place, line in enumerate(filled) if is_body(place, line, filled)])
    return kept


def _shape(line: str) -> str:
    """A line with its figures blanked: running heads differ in the page number alone."""
    return re.sub(r"\d+", "#", line)


def join_pages(pages: list[list[str]]) -> tuple[str, list[int]]:
    """The text of all pages and where each page starts in it.

    A page start is the offset of its first character; a page whose first line goes on with the
    paragraph of the page before starts inside that paragraph.
    """
    widths = [len(line) for lines in pages for line in lines]
    full = sorted(widths)[int(len(widths) * 0.8)] if widths else 0
    text = ""
    starts: list[int] = []
    previous = ""
    for lines in pages:
        starts.append(len(text))
        for position, line in enumerate(lines):
            text += _joint(previous, line, full)
            if HYPHENATED.search(text) and not text.endswith("\n") and line[:1].islower():
                text = text[:-1]
            if position == 0:
                starts[-1] = len(text)
            text += line
            previous = line
    return text, [min(start, max(len(text) - 1, 0)) for start in starts]


def _joint(previous: str, line: str, full: int) -> str:
    """What stands between two lines: nothing within a hyphenated word, a space within a paragraph."""
    if not previous:
        return ""
    if HYPHENATED.search(previous) and line[:1].islower():
        return ""
    if heading_of(previous, alone=False) or heading_of(line, alone=False) or BULLET.match(line):
        return "\n\n"
    ended = bool(ENDS_SENTENCE.search(previous)) and len(previous) < full * 0.9
    short = len(previous) < full * 0.6 and line[:1].isupper()
    return "\n\n" if ended or short else " "


def _labels(reader: PdfReader, count: int) -> list[str]:
    """Printed page labels; the page's number where the file gives none."""
    try:
        labels = list(reader.page_labels)
    except Exception:  # a broken label tree must not cost the document
        labels = []
    return [labels[i] if i < len(labels) and labels[i] else str(i + 1) for i in range(count)]


def _metadata_title(reader: PdfReader) -> str | None:
    try:
        title = reader.metadata.title if reader.metadata else None
    except Exception:  # broken metadata must not cost the document
        return None
    words = " ".join(str(title or "").split())
    looks_like_a_file = re.search(r"\.(docx?|indd|pdf|tex)\b|^(untitled|microsoft word)", words, re.I)
    return words if len(words.split()) >= 3 and not looks_like_a_file else None


READER = Reader("PDF", (".pdf",), _recognises, _read)
