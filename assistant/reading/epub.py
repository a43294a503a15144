"""E-books (EPUB): the chapters in the order of the book, each under its title."""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from assistant.errors import DocumentRefused
from assistant.notation import DOI_IN_TEXT
from assistant.reading.archive import Archive, declares, directory_of
from assistant.reading.building import TextBuilder, document_from
from assistant.reading.html import decode_markup
from assistant.reading.reader import Reader, ReadOptions
from assistant.reading.xml import attribute, local_name, parse_xml
from assistant.records import Document

MIMETYPE = b"application/epub+zip"
CONTAINER, LOCKS = "META-INF/container.xml", "META-INF/encryption.xml"
CHAPTER_TYPES = {"application/xhtml+xml", "text/html"}
CONTENTS_TYPE = "application/x-dtbncx+xml"
FONT_LOCKS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def _recognises(path: Path, data: bytes) -> bool:
    return declares(data, MIMETYPE) or CONTAINER.encode() in directory_of(data)


def _read(path: Path, data: bytes, options: ReadOptions) -> tuple[Document, ...]:
    from assistant.reading.webpage import parse_markup, read_tree

    book = _Book.opened(path, Archive(path, data))
    fields = book.fields()
    builder = TextBuilder(title=fields.get("title"))
    warnings: tuple[str, ...] = ()
    titles = book.titles()
    for name in book.chapters():
        text, found = decode_markup(path, book.archive.read(name))
        soup = parse_markup(path, text)
        heading = soup.find(["h1", "h2"])
        builder.begin_part(titles.get(name) or (heading.get_text(" ") if heading else None))
        read_tree(path, soup.body or soup, builder)
        warnings += tuple(f"{name}: {warning}" for warning in found)
    document = document_from(path, hashlib.sha256(data).hexdigest(), builder, fields, warnings=warnings)
    return (document,)


@dataclass(frozen=True, slots=True)
class _Item:
    """A file of the book: its name in the archive, its type and what it is for."""

    name: str
    kind: str
    properties: str


@dataclass(frozen=True, slots=True)
class _Book:
    """An opened book: its package file and the files that this lists by their ids."""

    path: Path
    archive: Archive
    package: Any
    items: dict[str, _Item]

    @classmethod
    def opened(cls, path: Path, archive: Archive) -> _Book:
        """Raises DocumentRefused if the book is locked, or is none."""
        _refuse_locked(path, archive)
        container = parse_xml(path, archive.read(CONTAINER), CONTAINER)
        root = next((e for e in container.iter() if local_name(e) == "rootfile"), None)
        name = unquote(attribute(root, "full-path") or "") if root is not None else ""
        package = parse_xml(path, archive.read(name), name)
        items = {}
        for entry in package.iter():
            identity, href = attribute(entry, "id"), attribute(entry, "href")
            if local_name(entry) == "item" and identity and href:
                items[identity] = _Item(
                    name=_beside(name, href),
                    kind=attribute(entry, "media-type") or "",
                    properties=attribute(entry, "properties") or "",
                )
        return cls(path, archive, package, items)

    def chapters(self) -> list[str]:
        """Names of the chapters in reading order; not the list of contents, nor what stands aside."""
        names = []
        for entry in self.package.iter():
            item = self.items.get(attribute(entry, "idref") or "")
            if local_name(entry) != "itemref" or item is None or attribute(entry, "linear") == "no":
                continue
            if item.kind in CHAPTER_TYPES and "nav" not in item.properties.split():
                names.append(item.name)
        return [name for name in dict.fromkeys(names) if name in self.archive]

    def titles(self) -> dict[str, str]:
        """Chapter file → its title in the list of contents; the first where it has several."""
        from assistant.reading.webpage import parse_markup

        titles: dict[str, str] = {}
        for item in self.items.values():
            if item.name not in self.archive:
                continue
            if "nav" in item.properties.split():
                text, _ = decode_markup(self.path, self.archive.read(item.name))
                for link in parse_markup(self.path, text).find_all("a", href=True):
                    self._add(titles, item.name, str(link["href"]), link.get_text(" "))
            elif item.kind == CONTENTS_TYPE:
                root = parse_xml(self.path, self.archive.read(item.name), item.name)
                for point in (e for e in root.iter() if local_name(e) == "navPoint"):
                    target = next((e for e in point if local_name(e) == "content"), None)
                    label = next((e for e in point if local_name(e) == "navLabel"), None)
                    if target is not None and label is not None:
                        words = "".join(label.itertext())
                        self._add(titles, item.name, attribute(target, "src") or "", words)
        return titles

    def fields(self) -> dict[str, Any]:
        """Header fields from the book's metadata."""
        found: dict[str, list[str]] = {}
        for entry in self.package.iter():
            words = " ".join((entry.text or "").split())
            if words and str(entry.tag).startswith("{http://purl.org/dc/elements/1.1/}"):
                found.setdefault(local_name(entry), []).append(words)
        dois = [
            match.group() for words in found.get("identifier", ()) if (match := DOI_IN_TEXT.search(words))
        ]
        fields: dict[str, Any] = {
            "title": next(iter(found.get("title", ())), None),
            "authors": found.get("creator"),
            "year": next(iter(found.get("date", ())), None),
            "licence": next(iter(found.get("rights", ())), None),
            "doi": next(iter(dois), None),
        }
        return {name: value for name, value in fields.items() if value}

    @staticmethod
    def _add(titles: dict[str, str], listing: str, href: str, words: str) -> None:
        title = " ".join(words.split())
        if title:
            titles.setdefault(_beside(listing, href), title)


def _beside(name: str, href: str) -> str:
    """The archive's name for a reference in one of its files, without a fragment."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(href.partition("#")[0])))


def _refuse_locked(path: Path, archive: Archive) -> None:
    """A book may lock its fonts; one whose text is locked cannot be read."""
    if LOCKS not in archive:
        return
    for entry in parse_xml(path, archive.read(LOCKS), LOCKS).iter():
        method = attribute(entry, "Algorithm") or ""
        if local_name(entry) == "EncryptionMethod" and method not in FONT_LOCKS:
            raise DocumentRefused(path, "a book with a copy lock", "use a copy without a lock")


READER = Reader("EPUB", (".epub",), _recognises, _read, sets_sensitivity=True)
