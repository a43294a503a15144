"""Web pages saved as HTML: the page's own words with their headings, and its bibliographic entry.

The entry comes from what publishers put into a page's head: `citation_*` and `DC.*`, else `og:*`, the
title and the canonical address. `<meta name="sensitivity">` states who may see the page.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from assistant.reading.building import TextBuilder, document_from
from assistant.reading.decode import BOMS, decode
from assistant.reading.reader import Reader, ReadOptions
from assistant.records import Document

# Each part can be matched in one way only: a head full of comments must not be tried in all of them.
START = re.compile(
    r"^(?:\s|<!--(?:(?!-->).)*-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
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


def _recognises(path: Path, data: bytes) -> bool:
    head = data[:4096].decode(_encoding(data), "ignore")
    named = path.suffix.lower() in SUFFIXES and bool(ELEMENT.search(head))
    return named or bool(START.match(head.lstrip("\ufeff")))


def _read(path: Path, data: bytes, options: ReadOptions) -> tuple[Document, ...]:
    from assistant.reading.webpage import fields_of, main_part, parse_markup, read_tree

    text, found = decode_markup(path, data)
    soup = parse_markup(path, text)
    main = main_part(soup)
    fields = fields_of(soup, main, text)
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


READER = Reader("HTML", SUFFIXES, _recognises, _read, sets_sensitivity=True)
