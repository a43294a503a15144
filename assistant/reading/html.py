"""Web pages saved as HTML: the page's own words with their headings, and its bibliographic entry.

The entry comes from what publishers put into a page's head: `citation_*` and `DC.*`, else `og:*`, the
title and the canonical address. `<meta name="sensitivity">` states who may see the page.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import warnings
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from assistant.errors import DocumentRefused
from assistant.reading.building import TextBuilder, document_from
from assistant.reading.decode import BOMS, decode
from assistant.reading.header import DOI
from assistant.reading.markup import read_markup
from assistant.reading.reader import Reader, ReadOptions
from assistant.records import Document

MAX_CHARACTERS = 10_000_000
START = re.compile(r"^(?:\s|<!--.*?-->|<\?xml[^>]*\?>)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
ELEMENT = re.compile(r"<(?:html|head|body|div|p|h[1-6]|table|span|article|meta)\b", re.IGNORECASE)
SUFFIXES = (".html", ".htm", ".xhtml")
DECLARED = re.compile(
    rb"""(?:charset\s*=\s*|<\?xml[^>]*encoding\s*=\s*)["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
# What browsers read under these names, and the families of encodings that text is saved in.
MEANT = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
}
FAMILIES = re.compile(r"^(?:utf-?8|utf-?16|iso-?8859|windows-|cp12|cp8|koi8|mac|shift|euc|gb|big5|cp9)", re.I)
PICTURE = re.compile(r"data:[\w/+.;=-]{1,80};base64,[A-Za-z0-9+/=]+")
XML_START = re.compile(r"^\s*<\?xml[^>]*\?>")
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+?)\s*-->")
TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
AUTHORS = ("citation_author", "citation_authors", "dc.creator", "dcterms.creator", "author")
DATES = (
    "citation_publication_date", "citation_date", "citation_online_date", "citation_year", "dc.date",
    "dcterms.date", "dcterms.issued", "dc.date.issued", "article:published_time",
)  # fmt: skip
LICENCES = ("dc.rights", "dcterms.license", "dcterms.rights")


def _recognises(path: Path, data: bytes) -> bool:
    head = data[:4096].decode(_encoding(data), "ignore")
    named = path.suffix.lower() in SUFFIXES and bool(ELEMENT.search(head))
    return named or bool(START.match(head.lstrip("\ufeff")))


def _read(path: Path, data: bytes, options: ReadOptions) -> tuple[Document, ...]:
    text, found = decode_markup(path, data)
    soup = parse_markup(path, text)
    main = _main(soup)
    fields = _fields(soup, main, text)
    builder = TextBuilder(title=fields.get("title"))
    read_tree(path, main, builder)
    document = document_from(path, hashlib.sha256(data).hexdigest(), builder, fields, warnings=found)
    return (document,)


def decode_markup(path: Path, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of an HTML file in the encoding that it declares, and warnings about it.

    A byte order mark wins over what the file says. Raises DocumentRefused for binary content.
    """
    encoding = _encoding(data)
    is_marked = any(data.startswith(bom) for bom, _ in BOMS)
    if not is_marked and b"\0" not in data:
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n"), ()
        except UnicodeDecodeError:
            text, found = decode(path, data)
            return text, found or (f"not in the encoding that it declares ({encoding}); read as UTF-8",)
    return decode(path, data)


def parse_markup(path: Path, text: str) -> BeautifulSoup:
    """The tree of an HTML file. Raises DocumentRefused if it is too large."""
    text = XML_START.sub("", PICTURE.sub("data:", text))
    if len(text) > MAX_CHARACTERS:
        raise DocumentRefused(
            path, f"{len(text):,} characters of HTML are more than {MAX_CHARACTERS:,}", "split it into parts"
        )
    with warnings.catch_warnings():
        # Beautiful Soup warns of pages that look like XML or like a file's name: both are read all the same.
        warnings.simplefilter("ignore")
        return BeautifulSoup(text, "lxml")


def read_tree(path: Path, root: Tag, builder: TextBuilder) -> None:
    """Put what a person reads below `root` into the builder. Raises DocumentRefused."""
    try:
        read_markup(root, builder)
    except ValueError as error:
        raise DocumentRefused(path, f"HTML whose {error}", "save the page's text instead") from error


def _encoding(data: bytes) -> str:
    """The encoding that a byte order mark or the file's head names; UTF-8 if neither can be used."""
    marked = next((name for bom, name in BOMS if data.startswith(bom)), None)
    if marked:
        return marked
    declared = DECLARED.search(data[:4096])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    name = MEANT.get(name, name)
    try:
        codecs.lookup(name)
    except LookupError:
        return "utf-8"
    # A file that can be searched for its declaration byte by byte is not in UTF-16.
    return name if FAMILIES.match(name) and not name.startswith("utf-16") else "utf-8"


def _main(soup: BeautifulSoup) -> Tag:
    """The element that holds what the page tells: its main part, its one article, else its body."""
    mains = soup.find_all("main") or soup.find_all(attrs={"role": "main"})
    articles = soup.find_all("article")
    for found in (mains, articles):
        part = found[0] if len(found) == 1 else None
        if isinstance(part, Tag) and len(part.get_text(" ").split()) > 20:
            return part
    return soup.body or soup


def _fields(soup: BeautifulSoup, main: Tag, text: str) -> dict[str, Any]:
    """Header fields from the page's head, and the title from its main part where the head has none."""
    metas: dict[str, list[str]] = {}
    for meta in soup.find_all("meta"):
        name, content = meta.get("name") or meta.get("property"), meta.get("content")
        if name and content and str(content).strip():
            metas.setdefault(str(name).lower(), []).append(" ".join(str(content).split()))
    heading = main.find("h1") or soup.find("h1")
    titles = [metas[name][0] for name in TITLES if name in metas]
    titles += [" ".join(tag.get_text(" ").split()) for tag in (heading, soup.find("title")) if tag]
    fields: dict[str, Any] = {
        "title": next((title for title in titles if title), None),
        "authors": next((_people(metas[name]) for name in AUTHORS if name in metas), None),
        "year": next((metas[name][0] for name in DATES if name in metas), None),
        "doi": _doi(metas),
        "url": _address(soup, metas, text),
        "licence": next((metas[name][0] for name in LICENCES if name in metas), None) or _licence(soup),
        "sensitivity": next(iter(metas.get("sensitivity", [])), None),
    }
    return {name: found for name, found in fields.items() if found}


def _people(entries: list[str]) -> list[str]:
    """Names, one an entry; one entry with semicolons holds several."""
    return [name.strip() for entry in entries for name in entry.split(";") if name.strip()]


def _doi(metas: dict[str, list[str]]) -> str | None:
    for name in ("citation_doi", "dc.identifier", "dcterms.identifier", "prism.doi", "bepress_citation_doi"):
        for entry in metas.get(name, ()):
            if found := DOI.search(entry):
                return found.group()
    return None


def _address(soup: BeautifulSoup, metas: dict[str, list[str]], text: str) -> str | None:
    """Where the page stands on the web, if it says so."""
    link = soup.find("link", rel="canonical")
    given = [str(link.get("href") or "")] if isinstance(link, Tag) else []
    given += metas.get("og:url", []) + metas.get("citation_public_url", [])
    saved = SAVED_FROM.search(text[:4000])
    given += [saved[1]] if saved else []
    return next((address for address in given if re.match(r"https?://[^\s<>\"]+$", address)), None)


def _licence(soup: BeautifulSoup) -> str | None:
    link = soup.find(["a", "link"], rel="license")
    return str(link.get("href") or "") or None if isinstance(link, Tag) else None


READER = Reader("HTML", SUFFIXES, _recognises, _read, sets_sensitivity=True)
