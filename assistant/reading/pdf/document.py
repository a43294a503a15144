"""A PDF as a Document: both engines' pages, their layout, and what has to be said about them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2 as pdfium
from pypdf import PdfReader

from assistant.errors import DocumentRefused
from assistant.reading.patience import OutOfTime, alarm
from assistant.reading.pdf import ocr, pdfium_engine, pypdf_engine
from assistant.reading.pdf.garbled import leave_out_garbled
from assistant.reading.pdf.layout import Layout, lay_out
from assistant.reading.pdf.ligatures import lost_ligatures, with_ligatures
from assistant.reading.pdf.metadata import source_of
from assistant.reading.pdf.pages import PageReading, read_page
from assistant.reading.pdf.quality import assess
from assistant.reading.pdf.warnings import Notes, language_note
from assistant.reading.reader import ReadOptions
from assistant.reading.sensitivity import sensitivity_of
from assistant.reading.transcript import speakers_of, with_speakers
from assistant.records import Block, BlockKind, Document, Page

# Seconds of work (not of waiting for a busy machine) after which pypdf is no longer asked, pages are no
# longer drawn, the file is given up.
PYPDF_SECONDS, DRAWING_SECONDS, SECONDS = 9.0, 12.0, 22.0
PAGE_SECONDS = 6.0
MAX_CHARACTERS = 10_000_000
PLACEHOLDER = ("please wait", "adobe reader")


@dataclass
class _File:
    """A file that is open in one or both engines."""

    path: Path
    reader: PdfReader | None
    data: bytes
    password: str | None
    count: int = 0
    problem: str = ""
    started: float = field(default_factory=time.thread_time)


def read_pdf(path: Path, data: bytes, document_id: str, options: ReadOptions) -> Document:
    """A PDF as a Document.

    Raises DocumentRefused if it is encrypted, broken, too large, holds no text or only garbage; a page
    that cannot be read alone is named in the document's warnings.
    """
    file = _open(path, data, options.password)
    pages, notes = _read_pages(file, options)
    letters = sum(len(page.text) for page in pages)
    if letters > MAX_CHARACTERS:
        raise DocumentRefused(
            path, f"more than {MAX_CHARACTERS:,} characters of text", "split the file into parts"
        )
    _refuse_garbage(path, pages, notes, ocr_tried=options.ocr)
    _mend_ligatures(pages)
    notes.describe(pages)
    layout = lay_out(pages)
    if not any(block.kind is not BlockKind.FURNITURE for block in layout.blocks):
        raise DocumentRefused(path, "no readable text in it", "check that the file is the one you meant")
    return _document(file, document_id, pages, layout, notes)


def _open(path: Path, data: bytes, password: str | None) -> _File:
    file = _File(path, None, data, password)
    try:
        with alarm(PYPDF_SECONDS):
            file.reader, file.count = pypdf_engine.open_file(path, data, password)
    except DocumentRefused:
        raise
    except MemoryError:
        raise
    except (OutOfTime, Exception) as error:  # pypdf raises bare errors on broken files
        file.problem = type(error).__name__
    try:
        with pdfium_engine.opened(data, password) as document:
            drawn = len(document)
    except pdfium.PdfiumError as error:
        _without_pdfium(file, error)
    else:
        if drawn != file.count:
            # They do not agree what the pages are: one engine alone can be trusted with numbers.
            file.reader = file.reader if drawn == 0 else None
            file.count = max(drawn, file.count if drawn == 0 else 0)
    if file.count == 0:
        raise DocumentRefused(path, "a PDF without pages", "check that the file is whole")
    if file.count > pypdf_engine.MAX_PAGES:
        raise DocumentRefused(
            path,
            f"{file.count:,} pages are more than {pypdf_engine.MAX_PAGES:,}",
            "split the file into parts",
        )
    return file


def _without_pdfium(file: _File, error: Exception) -> None:
    """What pypdf alone can open, written anew for PDFium."""
    if file.reader is None:
        if "password" in str(error).lower():
            raise DocumentRefused(file.path, "encrypted with a password", "give it as `--password`")
        raise DocumentRefused(
            file.path,
            f"a PDF that cannot be opened ({file.problem or 'unknown fault'})",
            "it is broken: download it again, or open it elsewhere and save it anew",
        )
    try:
        with alarm(PYPDF_SECONDS):
            file.data, file.password = pypdf_engine.decrypted(file.reader), None
    except MemoryError:
        raise
    except (OutOfTime, Exception):  # as above; then pypdf alone reads it
        file.data = b""


def _read_pages(file: _File, options: ReadOptions) -> tuple[list[PageReading], Notes]:
    notes = Notes()
    try:
        with pdfium_engine.opened(file.data, file.password) as document:
            pages = [_read_one(file, document, index) for index in range(file.count)]
            _recognise_pictures(file, document, pages, options, notes)
    except pdfium.PdfiumError:
        pages = [_read_one(file, None, index) for index in range(file.count)]
    return pages, notes


def _read_one(file: _File, document: pdfium.PdfDocument | None, index: int) -> PageReading:
    spent = time.thread_time() - file.started
    if spent > SECONDS:
        raise DocumentRefused(
            file.path,
            f"reading it takes more than {SECONDS:.0f} seconds ({index} of {file.count} pages were read)",
            "split the file into parts",
        )
    if file.reader is not None and pypdf_engine.is_overfull(file.reader, index):
        return PageReading(is_unread=True)
    words = None
    if file.reader is not None and (spent < PYPDF_SECONDS or document is None):
        try:
            with alarm(PAGE_SECONDS):
                words = pypdf_engine.page_text(file.reader, index)
        except OutOfTime:
            words = None
    return read_page(document, index, words, file.started + DRAWING_SECONDS)


def _recognise_pictures(
    file: _File, document: pdfium.PdfDocument, pages: list[PageReading], options: ReadOptions, notes: Notes
) -> None:
    """Read pages that hold nothing but pictures through OCR, if that is asked for and can be done."""
    bare = [place for place, page in enumerate(pages) if page.has_picture and not _has_words(page)]
    if not options.ocr or not bare:
        return
    if not ocr.is_installed():
        if len(bare) == len(pages):
            raise DocumentRefused(
                file.path,
                "no text on its pages, only pictures, and tesseract is not installed",
                "install tesseract-ocr, or run OCR on the file and try again",
            )
        return
    for place in bare[: ocr.MAX_OCR_PAGES]:
        found = ocr.recognise(document, place)
        if found and found[0]:
            pages[place].lines, pages[place].height = found
            pages[place].engine = ocr.ENGINE
            notes.recognised.append(place)


def _has_words(page: PageReading) -> bool:
    return any(mark.isalpha() for line in page.lines for mark in line.text)


def _refuse_garbage(path: Path, pages: Sequence[PageReading], notes: Notes, *, ocr_tried: bool) -> None:
    """Leave out what cannot be decoded; refuse a file of which little else is there."""
    notes.garbled, notes.partly_garbled = leave_out_garbled(pages)
    whole = assess("\n".join(page.text for page in pages))
    if (notes.garbled and (whole.letters == 0 or len(notes.garbled) > 0.5 * len(pages))) or whole.is_garbage:
        raise DocumentRefused(
            path,
            "its text cannot be decoded (its fonts do not tell which letters they show)",
            "print it to a new PDF and run OCR on that",
        )
    if whole.letters == 0:
        _refuse_empty(path, pages, ocr_tried=ocr_tried)
    note = language_note(whole)
    if note:
        notes.others.append(note)
    first = whole.letters < 600 and "\n".join(page.text for page in pages).lower()
    if first and all(words in first for words in PLACEHOLDER):
        raise DocumentRefused(
            path, "a form whose pages only Adobe's programs can show (XFA)", "print it to a new PDF there"
        )


def _mend_ligatures(pages: Sequence[PageReading]) -> None:
    lost = lost_ligatures(line.text for page in pages for line in page.lines)
    if lost:
        for page in pages:
            page.lines = [replace(line, text=with_ligatures(line.text, lost)) for line in page.lines]


def _refuse_empty(path: Path, pages: Sequence[PageReading], *, ocr_tried: bool) -> None:
    count = f"its {len(pages)} pages" if len(pages) > 1 else "its page"
    hidden = any(page.hidden for page in pages)
    if hidden and not all(page.has_picture for page in pages):
        raise DocumentRefused(
            path, f"all text on {count} is hidden from its readers", "check where it comes from"
        )
    if any(page.has_picture for page in pages) and ocr_tried:
        raise DocumentRefused(path, f"no text on {count}, and OCR found no words in the pictures")
    if any(page.has_picture for page in pages):
        raise DocumentRefused(
            path, f"no text on {count}, only pictures (scanned?)", "run OCR on it, or read it with `--ocr`"
        )
    if all(page.is_unread for page in pages):
        raise DocumentRefused(path, f"{count} cannot be read", "open it elsewhere and save it anew")
    raise DocumentRefused(path, f"no text on {count}", "check that the file is the one you meant")


def _document(
    file: _File, document_id: str, pages: list[PageReading], layout: Layout, notes: Notes
) -> Document:
    stated = pypdf_engine.metadata(file.reader) if file.reader else {}
    opening = "\n".join(page.text for page in pages[:3])
    source = source_of(file.path, stated, layout.title, opening, notes.gaps(len(pages)))
    blocks, is_transcript = _with_speakers(layout)
    return Document(
        id=document_id,
        name=file.path.name,
        source=source,
        text=layout.text,
        blocks=blocks,
        pages=_pages(file, pages, layout),
        sensitivity=sensitivity_of(file.path, {}, from_participants=is_transcript, link=source.link),
        is_transcript=is_transcript,
        warnings=notes.warnings(),
    )


def _with_speakers(layout: Layout) -> tuple[tuple[Block, ...], bool]:
    """The blocks, with their speakers where the document is labelled talk, and whether it is."""
    prose = [block for block in layout.blocks if block.kind is BlockKind.PROSE]
    speakers = speakers_of([layout.text[block.start : block.end] for block in prose], told=False)
    blocks = with_speakers(layout.text, layout.blocks, speakers) if speakers else layout.blocks
    return blocks, bool(speakers)


def _pages(file: _File, pages: list[PageReading], layout: Layout) -> tuple[Page, ...]:
    """Where each page starts, with the label that the file gives it, or that is printed on it."""
    labels = pypdf_engine.page_labels(file.reader, file.count) if file.reader else [""] * file.count
    return tuple(
        Page(start, place + 1, labels[place] or layout.printed[place] or str(place + 1), pages[place].engine)
        for place, start in enumerate(layout.starts)
    )
