"""What a PDF says about itself: title, authors, DOI, year; nothing is guessed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from assistant.notation import DOI_IN_TEXT, YEAR
from assistant.reading.header import source_from
from assistant.records import Extent, Origin, Source

NOT_TITLE = re.compile(
    r"\.(?:docx?|indd|pdf|tex|qxd|xlsx?|pptx?|odt)\b|^(?:untitled|microsoft word|slide \d|powerpoint|layout \d)",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    rf"(?:©|\(c\)|copyright)[^\n\d]{{0,40}}(?P<a>{YEAR})"
    rf"|published(?: online)?:?(?: on)?[^\n\d]{{0,20}}(?:\d{{1,2}}[^\n\d]{{1,12}})?(?P<b>{YEAR})",
    re.IGNORECASE,
)
XMP_DOI = re.compile(r"<(?:prism:doi|pdfx:doi|crossmark:DOI)>\s*(10\.[^<\s]+)\s*<", re.IGNORECASE)
XMP_YEAR = re.compile(rf"<prism:(?:publicationDate|coverDate|coverDisplayDate)>[^<]*?({YEAR})", re.IGNORECASE)
OPENING_LETTERS = 6000
MIN_TITLE_WORDS = 3


def source_of(
    path: Path, stated: dict[str, Any], printed_title: str | None, opening: str, gaps: list[str]
) -> Source:
    """The bibliographic entry from the file's metadata, its printed title and its first pages.

    `stated` is what `pypdf_engine.metadata` found, `opening` the first pages' text with furniture. An author
    counts only if the name is printed there: many files name their typist.
    """
    opening = opening[:OPENING_LETTERS]
    stated_title = _title(str(stated.get("title") or ""), opening)
    title = stated_title or printed_title or path.stem
    fields: dict[str, Any] = {
        "authors": _authors(stated, opening) or None,
        "doi": _doi(str(stated.get("xmp") or ""), opening),
        "year": _year(str(stated.get("xmp") or ""), opening),
        "gaps": gaps,
    }
    if gaps:
        fields["read"] = Extent.PART
    xmp = str(stated.get("xmp") or "")
    origins = {
        "title": Origin.METADATA if stated_title else Origin.TEXT,
        "authors": Origin.METADATA,
        "doi": Origin.METADATA if XMP_DOI.search(xmp) else Origin.TEXT,
        "year": Origin.METADATA if XMP_YEAR.search(xmp) else Origin.TEXT,
        "gaps": Origin.READING,
        "read": Origin.READING,
    }
    return source_from(path, fields, title, origins)


def _title(stated: str, opening: str) -> str | None:
    words = " ".join(stated.split())
    if len(words.split()) < MIN_TITLE_WORDS or NOT_TITLE.search(words):
        return None
    return words


def _authors(stated: dict[str, Any], opening: str) -> list[str]:
    names = [name.strip() for name in stated.get("creators") or [] if name.strip()]
    if not names:
        author = str(stated.get("author") or "")
        names = [
            name.strip() for name in re.split(r";|\band\b|&|,(?!\s*(?:Jr|PhD|MD))", author) if name.strip()
        ]
    lower = opening.lower()
    printed = [name for name in names if len(name) > 4 and " " in name and _surname(name) in lower]
    return printed if len(printed) == len(names) else []


def _surname(name: str) -> str:
    return name.split(",", maxsplit=1)[0].rsplit(maxsplit=1)[-1].lower()


def _doi(xmp: str, opening: str) -> str | None:
    if stated := XMP_DOI.search(xmp):
        return stated[1]
    printed = {match.rstrip(".").lower(): match.rstrip(".") for match in DOI_IN_TEXT.findall(opening)}
    # Several are those of cited works.
    return next(iter(printed.values())) if len(printed) == 1 else None


def _year(xmp: str, opening: str) -> str | None:
    if stated := XMP_YEAR.search(xmp):
        return stated[1]
    years = {match["a"] or match["b"] for match in PUBLISHED.finditer(opening)}
    return years.pop() if len(years) == 1 else None
