"""Word files (DOCX): headings, paragraphs, lists, tables and footnotes, as a reader of the final text
sees them.

Comments, deletions that are tracked, hidden text, contents lists, headers and footers are left out;
insertions that are tracked stand. The XML is read here rather than through python-docx, whose
paragraphs lose insertions, links' revisions and footnotes, and which parses with no limits and holds
every picture. The account that saved a file is not taken for its author.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.errors import DocumentRefused
from assistant.reading.archive import Archive, directory_of
from assistant.reading.building import TextBuilder, document_from
from assistant.reading.docx_package import CONTENT_TYPES, Package
from assistant.reading.docx_styles import Styles, has, is_numbered, value
from assistant.reading.grids import Cell
from assistant.reading.reader import Reader, ReadOptions
from assistant.reading.structure import TERMINAL
from assistant.reading.xml import attribute, local_name
from assistant.records import BlockKind, Document

# Old Word files, and new ones with a password, are in a container of Microsoft's own.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DELETED = {"del", "moveFrom"}
# What stands inside a run and is no text of the document; `Fallback` repeats a `Choice`.
LEFT_OUT = {"rPr", "pPr", "instrText", "delText", "delInstrText", "Fallback", "rt", "commentReference"}
BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-", "ptab": " "}
BOLD_HEADING_LEVEL = 8
FIRST_ROW = 0x20


def _recognises(path: Path, data: bytes) -> bool:
    directory = directory_of(data)
    return data.startswith(OLE) or (CONTENT_TYPES.encode() in directory and b"word/" in directory)


def _read(path: Path, data: bytes, options: ReadOptions) -> tuple[Document, ...]:
    if data.startswith(OLE):
        raise DocumentRefused(
            path,
            "an old Word file, or one that is locked with a password",
            "save it as .docx without a password",
        )
    package = Package(path, Archive(path, data))
    builder = TextBuilder()
    reader = _BodyReader(builder, Styles(package.root("styles+xml")))
    body = next((element for element in package.main() if local_name(element) == "body"), None)
    if body is None:
        raise DocumentRefused(path, "a Word file without a body", "open it in Word and save it anew")
    reader.read(body)
    for kind, ids in reader.notes.items():
        reader.read_notes(package.root(f"{kind}s+xml"), kind, ids)
    title = package.title() or builder.title
    fields = {"title": title} if title else {}
    identity = hashlib.sha256(data).hexdigest()
    return (document_from(path, identity, builder, fields, may_have_header=True),)


@dataclass
class _Paragraph:
    """One paragraph's words, and what decides about it."""

    words: str = ""
    hidden: str = ""
    is_bold: bool = True
    boxes: list[Any] = field(default_factory=list)


@dataclass
class _BodyReader:
    """Walks over a body and builds the text."""

    builder: TextBuilder
    styles: Styles
    notes: dict[str, list[str]] = field(default_factory=lambda: {"footnote": [], "endnote": []})
    carried: str = ""

    def read(self, body: Any) -> None:
        """Every paragraph and table in order."""
        for element in _content(body):
            if local_name(element) == "tbl":
                self._read_table(element)
            else:
                self._read_paragraph(element)
        self.builder.paragraph(self.carried)
        self.carried = ""

    def read_notes(self, root: Any, kind: str, ids: list[str]) -> None:
        """The notes that the text refers to, in its order, under a section of their own."""
        if root is None or not ids:
            return
        by_id = {attribute(note, "id"): note for note in root if local_name(note) == kind}
        for number in dict.fromkeys(ids):
            note = by_id.get(number)
            for element in _content(note) if note is not None else ():
                found = self._collect(element)
                self.builder.hide(found.hidden)
                self.builder.paragraph(found.words, section=(f"{kind.capitalize()}s",))

    def _read_paragraph(self, element: Any) -> None:
        properties = _child(element, "pPr")
        style = value(properties, "pStyle")
        found = self._collect(element)
        self.builder.hide(found.hidden)
        words, self.carried = self.carried + found.words, ""
        mark = _child(properties, "rPr")
        if has(mark, "del") or has(mark, "moveFrom"):
            # The end of this paragraph is deleted: it goes on in the next one.
            self.carried = words
        elif not self.styles.is_contents(style):
            self._place(words, properties, style, is_bold=found.is_bold)
        for box in found.boxes:
            self.read(box)

    def _place(self, words: str, properties: Any, style: str | None, *, is_bold: bool) -> None:
        if self.styles.is_title(style):
            self.builder.title = self.builder.title or self.builder.tidy(words) or None
        level = self.styles.heading_level(style, properties)
        is_item = is_numbered(properties) or self.styles.is_list(style)
        if level is None and is_bold and not is_item and _reads_as_heading(words):
            level = BOLD_HEADING_LEVEL
        if level is not None:
            self.builder.heading(level, words)
        else:
            self.builder.paragraph(words, BlockKind.ITEM if is_item else BlockKind.PROSE)

    def _read_table(self, table: Any) -> None:
        rows = [row for row in _children(table, "tr") if not _is_deleted_row(row)]
        cells = [list(_children(row, "tc")) for row in rows]
        if len(rows) < 2 or max(len(row) for row in cells) < 2:
            for cell in (cell for row in cells for cell in row):
                self.read(cell)
            return
        headers = self._headers(table, rows, cells)
        self.builder.table([[self._cell(cell) for cell in row] for row in cells], headers)

    def _headers(self, table: Any, rows: list[Any], cells: list[list[Any]]) -> int:
        """How many rows are the header: those marked so, or the first if it is set off from the others."""
        marked = [has(_child(row, "trPr"), "tblHeader") for row in rows]
        count = marked.index(False) if False in marked else 0
        if count:
            return count
        look = _child(_child(table, "tblPr"), "tblLook")
        bits = attribute(look, "val") if look is not None else None
        is_set_off = bool(bits and re.fullmatch("[0-9A-Fa-f]{4}", bits) and int(bits, 16) & FIRST_ROW)
        if look is not None and attribute(look, "firstRow") in ("1", "true"):
            is_set_off = True
        first = [self._collect(paragraph) for cell in cells[0] for paragraph in _paragraphs(cell)]
        return int(is_set_off or all(paragraph.is_bold for paragraph in first if paragraph.words.strip()))

    def _cell(self, cell: Any) -> Cell:
        properties = _child(cell, "tcPr")
        merge = _child(properties, "vMerge")
        span = value(properties, "gridSpan") or "1"
        found = [self._collect(paragraph) for paragraph in _paragraphs(cell)]
        for paragraph in found:
            self.builder.hide(paragraph.hidden)
        return Cell(
            text=" ".join(paragraph.words for paragraph in found),
            across=int(span) if span.isdecimal() else 1,
            continues=merge is not None and attribute(merge, "val") != "restart",
        )

    def _collect(self, paragraph: Any) -> _Paragraph:
        """A paragraph's words without what is deleted, with what is hidden apart."""
        found = _Paragraph()
        style = value(_child(paragraph, "pPr"), "pStyle")
        words: list[str] = []
        hidden: list[str] = []
        waiting = list(reversed(paragraph))
        while waiting:
            element = waiting.pop()
            name = local_name(element)
            if name in DELETED or name in LEFT_OUT:
                continue
            if name == "txbxContent":
                found.boxes.append(element)
            elif name == "r":
                target = hidden if self.styles.hides(element, style) else words
                text = self._run(element, found)
                target.append(text)
                if text.strip() and target is words:
                    found.is_bold = found.is_bold and self.styles.is_bold(element, style)
            elif name == "t":  # of a formula
                words.append(element.text or "")
            else:
                waiting += reversed(element)
        found.words, found.hidden = "".join(words), "".join(hidden)
        return found

    def _run(self, run: Any, found: _Paragraph) -> str:
        parts = []
        waiting = list(reversed(run))
        while waiting:
            element = waiting.pop()
            name = local_name(element)
            if name in LEFT_OUT:
                continue
            if name == "t":
                parts.append((element.text or "").replace("\n", " "))
            elif name in BREAKS:
                parts.append(BREAKS[name])
            elif name == "txbxContent":
                found.boxes.append(element)
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes[name.removesuffix("Reference")].append(attribute(element, "id") or "")
            else:
                waiting += reversed(element)
        return "".join(parts)


def _content(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables, also those in content controls and tracked insertions of blocks."""
    waiting = list(reversed(parent))
    while waiting:
        element = waiting.pop()
        name = local_name(element)
        if name in ("p", "tbl"):
            yield element
        elif name == "sdt" and _is_contents_control(element):
            continue
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            waiting += reversed(element)


def _paragraphs(parent: Any) -> Iterator[Any]:
    """Paragraphs of a cell, those of tables in it too."""
    for element in _content(parent):
        if local_name(element) == "p":
            yield element
        else:
            for row in _children(element, "tr"):
                for cell in _children(row, "tc"):
                    yield from _paragraphs(cell)


def _is_contents_control(control: Any) -> bool:
    gallery = value(_child(_child(control, "sdtPr"), "docPartObj"), "docPartGallery")
    return gallery is not None and "contents" in gallery.lower()


def _is_deleted_row(row: Any) -> bool:
    return has(_child(row, "trPr"), "del")


def _reads_as_heading(words: str) -> bool:
    bare = words.strip()
    is_short = 0 < len(bare.split()) <= 12 and "\n" not in bare
    # A colon is a speaker's or a lead's.
    return is_short and bare[0].isupper() and ":" not in bare and not TERMINAL.search(bare)


def _children(parent: Any, name: str) -> Iterator[Any]:
    """Children of a name, also those in content controls and tracked insertions."""
    for element in parent:
        if local_name(element) == name:
            yield element
        elif local_name(element) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(element, name)


def _child(parent: Any, name: str) -> Any:
    if parent is None:
        return None
    return next((element for element in parent if local_name(element) == name), None)


READER = Reader("Word", (".docx", ".doc"), _recognises, _read, sets_sensitivity=True)
