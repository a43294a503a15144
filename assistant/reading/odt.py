"""OpenDocument texts (ODT): headings, paragraphs, lists, tables and footnotes.

Comments, deletions that are tracked, hidden text and sections, indexes, headers and footers are left
out; insertions that are tracked stand. The account that saved a file is not taken for its author.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.errors import DocumentRefused
from assistant.reading.archive import Archive, declares, directory_of
from assistant.reading.building import TextBuilder, document_from
from assistant.reading.grids import MAX_COLUMNS, Cell
from assistant.reading.reader import Reader, ReadOptions
from assistant.reading.xml import attribute, local_name, parse_xml
from assistant.records import BlockKind, Document

MIMETYPE = b"application/vnd.oasis.opendocument.text"
INDEXES = {
    "table-of-content", "illustration-index", "table-index", "object-index", "user-index",
    "alphabetical-index",
}  # fmt: skip
LEFT_OUT = {"tracked-changes", "annotation", "note-citation", "ruby-text", "title", "desc", "binary-data"}
SPACES = {"s": " ", "tab": " ", "line-break": "\n"}
DEEPEST = 20


def _recognises(path: Path, data: bytes) -> bool:
    directory = directory_of(data)
    by_parts = b"content.xml" in directory and b"META-INF/manifest.xml" in directory
    return declares(data, MIMETYPE) or (data[30:38] != b"mimetype" and by_parts)


def _read(path: Path, data: bytes, options: ReadOptions) -> tuple[Document, ...]:
    archive = Archive(path, data)
    manifest = _root(path, archive, "META-INF/manifest.xml")
    if manifest is not None and any(local_name(element) == "encryption-data" for element in manifest.iter()):
        raise DocumentRefused(path, "locked with a password", "save it without a password")
    content = parse_xml(path, archive.read("content.xml"), "content.xml")
    body = next((element for element in content.iter() if _is(element, "office", "text")), None)
    if body is None:
        raise DocumentRefused(path, "an OpenDocument file that is no text", "save it as .odt")
    builder = TextBuilder()
    reader = _BodyReader(builder, _Styles([_root(path, archive, "styles.xml"), content]))
    reader.read(body)
    reader.read_notes()
    title = _title(_root(path, archive, "meta.xml")) or builder.title
    fields = {"title": title} if title else {}
    identity = hashlib.sha256(data).hexdigest()
    return (document_from(path, identity, builder, fields, may_have_header=True),)


def _root(path: Path, archive: Archive, name: str) -> Any:
    return parse_xml(path, archive.read(name), name) if name in archive else None


def _title(meta: Any) -> str | None:
    found = [] if meta is None else [e.text or "" for e in meta.iter() if local_name(e) == "title"]
    return " ".join("".join(found).split()) or None


class _Styles:
    """What the file's styles say: title, heading level, hidden."""

    def __init__(self, roots: list[Any]) -> None:
        self._by_name: dict[tuple[str | None, str | None], Any] = {}
        for root in roots:
            for style in root.iter() if root is not None else ():
                if local_name(style) == "style":
                    self._by_name[attribute(style, "family"), attribute(style, "name")] = style

    def is_title(self, paragraph: Any) -> bool:
        names = (attribute(style, "name") for style in self._chain("paragraph", paragraph))
        return any(name == "Title" for name in names)

    def is_table_heading(self, paragraph: Any) -> bool:
        names = (attribute(style, "name") for style in self._chain("paragraph", paragraph))
        return any(name == "Table_20_Heading" for name in names)

    def hides(self, family: str, element: Any) -> bool:
        for style in self._chain(family, element):
            for properties in style:
                if local_name(properties) == "text-properties" and attribute(properties, "display"):
                    return attribute(properties, "display") == "none"
        return False

    def _chain(self, family: str, element: Any) -> list[Any]:
        chain: list[Any] = []
        name = attribute(element, "style-name")
        while (family, name) in self._by_name and len(chain) < DEEPEST:
            chain.append(self._by_name[family, name])
            name = attribute(chain[-1], "parent-style-name")
        return chain


@dataclass
class _BodyReader:
    """Walks over a text and builds it anew."""

    builder: TextBuilder
    styles: _Styles
    notes: list[Any] = field(default_factory=list)

    def read(self, parent: Any, kind: BlockKind = BlockKind.PROSE) -> None:
        """All that stands in an element, in order. XML is nested 256 deep at most."""
        for element in parent:
            name = local_name(element)
            if name in INDEXES or name in LEFT_OUT:
                continue
            if _is_hidden(element):
                self.builder.hide(" ".join(element.itertext()))
            elif name == "h":
                self._read_heading(element)
            elif name == "p":
                self._read_paragraph(element, kind)
            elif _is(element, "table", "table"):
                self._read_table(element)
            elif name == "list":
                self.read(element, BlockKind.ITEM)
            elif name == "bibliography":
                self.read(element, BlockKind.FURNITURE)
            else:
                self.read(element, kind)

    def read_notes(self) -> None:
        """The notes that the text refers to, under a section of their own."""
        for note in self.notes:
            section = (f"{(attribute(note, 'note-class') or 'footnote').capitalize()}s",)
            for paragraph in (element for element in note.iter() if local_name(element) == "p"):
                words, _ = self._collect(paragraph)
                self.builder.paragraph(words, section=section)

    def _read_heading(self, element: Any) -> None:
        words, boxes = self._collect(element)
        level = attribute(element, "outline-level") or "1"
        self.builder.heading(int(level) if level.isdecimal() else 1, words)
        self._read_boxes(boxes)

    def _read_paragraph(self, element: Any, kind: BlockKind) -> None:
        words, boxes = self._collect(element)
        if self.styles.is_title(element):
            self.builder.title = self.builder.title or self.builder.tidy(words) or None
            self.builder.heading(1, words)
        else:
            self.builder.paragraph(words, kind)
        self._read_boxes(boxes)

    def _read_boxes(self, boxes: list[Any]) -> None:
        for box in boxes:
            self.read(box)

    def _read_table(self, table: Any) -> None:
        rows = list(_rows(table))
        cells = [[cell for cell in row if local_name(cell) == "table-cell"] for row in rows]
        if len(rows) < 2 or max(len(row) for row in cells) < 2:
            for cell in (cell for row in cells for cell in row):
                self.read(cell)
            return
        headers = sum(local_name(row.getparent()) == "table-header-rows" for row in rows)
        if not headers or headers == len(rows):
            first = [p for cell in cells[0] for p in cell.iter() if local_name(p) == "p"]
            headers = int(bool(first) and all(self.styles.is_table_heading(paragraph) for paragraph in first))
        self.builder.table([[c for cell in row for c in self._cells(cell)] for row in cells], headers)

    def _cells(self, cell: Any) -> list[Cell]:
        words = " ".join(self._collect(p)[0] for p in cell.iter() if local_name(p) in ("p", "h"))
        found = Cell(
            text=words,
            across=_number(cell, "number-columns-spanned"),
            down=_number(cell, "number-rows-spanned"),
        )
        return [found] * min(_number(cell, "number-columns-repeated"), MAX_COLUMNS)

    def _collect(self, paragraph: Any) -> tuple[str, list[Any]]:
        """A paragraph's words, and the text boxes that hang on it."""
        words: list[str] = []
        boxes: list[Any] = []
        if self.styles.hides("paragraph", paragraph):
            self.builder.hide("".join(paragraph.itertext()))
        else:
            self._gather(paragraph, words, boxes)
        return "".join(words), boxes

    def _gather(self, element: Any, words: list[str], boxes: list[Any]) -> None:
        words.append(_flat(element.text))
        for child in element:
            name = local_name(child)
            if name in SPACES:
                words.append(SPACES[name])
            elif name == "note":
                self.notes.append(child)
            elif name == "text-box":
                boxes.append(child)
            elif _is_hidden(child) or (name == "span" and self.styles.hides("text", child)):
                self.builder.hide("".join(child.itertext()))
            elif name not in LEFT_OUT:
                self._gather(child, words, boxes)
            words.append(_flat(child.tail))


def _rows(table: Any) -> Iterator[Any]:
    """Rows of a table, of its header first where it has one; not those of tables in its cells."""
    for element in table:
        if local_name(element) == "table-row":
            yield element
        elif local_name(element) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(element)


def _is_hidden(element: Any) -> bool:
    return attribute(element, "is-hidden") == "true" or (
        local_name(element) == "section" and attribute(element, "display") == "none"
    )


def _is(element: Any, namespace: str, name: str) -> bool:
    return str(element.tag).endswith(f":{namespace}:1.0}}{name}")


def _number(element: Any, name: str) -> int:
    found = attribute(element, name) or "1"
    return int(found) if found.isdecimal() and len(found) < 8 else 1


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")


READER = Reader("OpenDocument text", (".odt",), _recognises, _read, sets_sensitivity=True)
