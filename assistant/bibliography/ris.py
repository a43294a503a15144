"""RIS, as Zotero, EndNote and Mendeley write it."""

from __future__ import annotations

import re
from typing import Any

from assistant.bibliography.entries import Entry, entry_of

TYPE = re.compile(r"^TY {1,2}- ?\S", re.MULTILINE)
KINDS = {
    "JOUR": "journal article", "EJOUR": "journal article", "JFULL": "journal article", "MGZN": "magazine article",
    "RPRT": "report", "GOVDOC": "government document", "CHAP": "book chapter", "ECHAP": "book chapter",
    "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "THES": "thesis", "CONF": "conference paper",
    "CPAPER": "conference paper", "NEWS": "news", "BLOG": "blog post", "ELEC": "web page",
    "UNPB": "unpublished work", "PAMP": "pamphlet", "SLIDE": "slides",
}  # fmt: skip
ATTACHMENTS = ("file_attachments1", "file_attachments2", "figure")


def looks_like_ris(text: str) -> bool:
    """Whether a text begins an entry of RIS."""
    return TYPE.search(text) is not None


def entries_of(text: str) -> tuple[list[Entry], list[str]]:
    """The entries of an RIS file, and what could not be read."""
    import rispy

    entries = [_entry(entry) for entry in rispy.loads(text)]
    lost = len(TYPE.findall(text)) - len(entries)
    return entries, [f"{lost} without an end (`ER  -`) left out"] if lost > 0 else []


def _entry(given: dict[str, Any]) -> Entry:
    attachments: list[str] = []
    for name in ATTACHMENTS:
        value = given.get(name) or []
        attachments += value if isinstance(value, list) else str(value).split(";")
    return entry_of(
        attachments,
        title=_first(given, "title", "primary_title"),
        authors=_first(given, "authors", "first_authors"),
        year=_first(given, "year", "publication_year", "date"),
        doi=given.get("doi"),
        url=next(iter(_listed(given.get("urls") or given.get("url"))), None),
        kind=KINDS.get(str(given.get("type_of_reference"))),
    )


def _first(given: dict[str, Any], *names: str) -> Any:
    return next((given[name] for name in names if given.get(name)), None)


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [str(value)] if value else []
