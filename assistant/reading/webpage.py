"""A web page's tree: its main part, what its head says of it, and its words into a text.

Beautiful Soup is imported here and in `markup`, when the first page is read.
"""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from assistant.errors import DocumentRefused
from assistant.notation import DOI_IN_TEXT
from assistant.reading.building import TextBuilder
from assistant.reading.markup import read_markup

MAX_CHARACTERS = 10_000_000
# Each costs a kilobyte and a tenth of a millisecond; a book of a thousand pages has fewer.
MAX_TAGS = 150_000
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


def parse_markup(path: Path, text: str) -> BeautifulSoup:
    """The tree of an HTML file. Raises DocumentRefused if it is too large."""
    text = XML_START.sub("", PICTURE.sub("data:", text))
    if len(text) > MAX_CHARACTERS:
        raise DocumentRefused(
            path, f"{len(text):,} characters of HTML are more than {MAX_CHARACTERS:,}", "split it into parts"
        )
    if (count := text.count("<") // 2) > MAX_TAGS:
        raise DocumentRefused(path, f"{count:,} elements are more than {MAX_TAGS:,}", "split it into parts")
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


def main_part(soup: BeautifulSoup) -> Tag:
    """The element that holds what the page tells: its main part, its one article, else its body."""
    mains = soup.find_all("main") or soup.find_all(attrs={"role": "main"})
    articles = soup.find_all("article")
    for found in (mains, articles):
        part = found[0] if len(found) == 1 else None
        if isinstance(part, Tag) and len(part.get_text(" ").split()) > 20:
            return part
    return soup.body or soup


def fields_of(soup: BeautifulSoup, main: Tag, text: str) -> dict[str, Any]:
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
            if found := DOI_IN_TEXT.search(entry):
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
