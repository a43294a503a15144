"""Sources → RIS, BibTeX and CSL-JSON. A field that is not known is left out; nothing is made up."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from assistant.records import Source

# (part of a kind, RIS, BibTeX, CSL), the first that fits.
TYPES = (
    ("journal article", "JOUR", "article", "article-journal"),
    ("magazine article", "MGZN", "article", "article-magazine"),
    ("book chapter", "CHAP", "incollection", "chapter"),
    ("conference paper", "CPAPER", "inproceedings", "paper-conference"),
    ("thesis", "THES", "thesis", "thesis"),
    ("book", "BOOK", "book", "book"),
    ("report", "RPRT", "report", "report"),
    ("news", "NEWS", "misc", "article-newspaper"),
    ("blog", "BLOG", "online", "post-weblog"),
    ("web page", "ELEC", "online", "webpage"),
)
UNKNOWN = ("", "GEN", "misc", "document")
# What TeX takes for a command.
TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
TEX |= {mark: "\\" + mark for mark in "&%$#_{}"}
# A name with one of these is of a body, not of a person with a family name.
BODY = re.compile(r"\b(?:of|and|for|the|&)\b", re.IGNORECASE)


def once(sources: Iterable[Source]) -> list[Source]:
    """Each work once, though several documents are of it."""
    found: dict[str, Source] = {}
    for source in sources:
        found.setdefault((source.doi or source.title).casefold(), source)
    return list(found.values())


def as_ris(sources: Iterable[Source]) -> str:
    """The sources as RIS."""
    import rispy

    entries = []
    for source in sources:
        given: dict[str, Any] = {
            "type_of_reference": _types(source)[1],
            "title": _line(source.title),
            "authors": [_line(name) for name in source.authors],
            "year": str(source.year) if source.year else "",
            "doi": source.doi,
            "urls": [source.url] if source.url else [],
            "type_of_work": _line(source.kind or ""),
        }
        entries.append({name: value for name, value in given.items() if value})
    return str(rispy.dumps(entries))


def as_bibtex(sources: Iterable[Source]) -> str:
    """The sources as BibTeX, in UTF-8, with a key of name, year and word each."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry, Field

    keys: set[str] = set()
    entries: list[Block] = []
    for source in sources:
        given = {
            "title": _tex(_line(source.title)),
            "author": " and ".join(_tex_name(_line(name)) for name in source.authors),
            "year": str(source.year) if source.year else "",
            "doi": source.doi,
            "url": source.url,
            "copyright": _tex(_line(source.licence or "")),
        }
        fields = [Field(name, value) for name, value in given.items() if value]
        entries.append(Entry(_types(source)[2], _key(source, keys), fields))
    library = Library()
    library.add(entries)
    return str(write_string(library))


def as_csl_json(sources: Iterable[Source]) -> str:
    """The sources as CSL-JSON."""
    keys: set[str] = set()
    items = []
    for source in sources:
        item: dict[str, Any] = {
            "id": _key(source, keys),
            "type": _types(source)[3],
            "title": source.title,
            "author": [_csl_name(name) for name in source.authors],
            "issued": {"date-parts": [[source.year]]} if source.year else None,
            "DOI": source.doi,
            "URL": source.url,
            "license": source.licence,
            "genre": source.kind,
        }
        items.append({name: value for name, value in item.items() if value})
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


FORMATS = {"ris": as_ris, "bibtex": as_bibtex, "csl-json": as_csl_json}


def _types(source: Source) -> tuple[str, str, str, str]:
    kind = (source.kind or "").casefold()
    return next((types for types in TYPES if types[0] in kind), UNKNOWN)


def _csl_name(name: str) -> dict[str, str]:
    """A name in two parts only where it is written so."""
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma and given else {"literal": name}


def _tex(words: str) -> str:
    return "".join(TEX.get(mark, mark) for mark in words)


def _tex_name(name: str) -> str:
    is_body = ", " not in name and BODY.search(name)
    return f"{{{_tex(name)}}}" if is_body else _tex(name)


def _key(source: Source, taken: set[str]) -> str:
    """A key that no source before has: family name, year, first long word of the title."""
    name = source.authors[0] if source.authors else ""
    family = name.split(",")[0] if "," in name else name.split(" ")[-1]
    word = next((word for word in _plain(source.title).split() if len(word) > 3), "")
    start = (_plain(family).replace(" ", "") + str(source.year or "") + word) or "source"
    key, count = start, 1
    while key in taken:
        count += 1
        key = f"{start}-{count}"
    taken.add(key)
    return key


def _plain(words: str) -> str:
    """Words in small ASCII letters and digits."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", letters.casefold()).strip()


def _line(words: str) -> str:
    return " ".join(words.split())
