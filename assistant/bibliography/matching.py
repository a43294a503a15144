"""Which entry of a bibliography is which document's: by attachment, DOI, title or Zotero's file name.

A match is taken only where the signs agree. Where two entries of different works would fit, or year,
authors or DOI speak against one, none is taken: a missing field is better than another work's.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from assistant.bibliography.entries import Bibliography, Entry
from assistant.records import Origin, Source

MIN_TITLE_WORDS, MIN_TITLE_LETTERS = 4, 20
# Share of letters in order that two titles must have in common; below it are other titles of a series.
ALIKE = 0.95
# The same for a DOI that stands on the document's first page, where it may be another work's.
ALIKE_WITH_DOI = 0.8
ENDS = 3
MIN_STEM = 8
YEARS_APART = 1
ZOTERO_NAME = re.compile(r"^(?P<authors>.+?) - (?P<year>\d{4}) - (?P<title>.+)$")
GENERAL_NAME = re.compile(
    r"^(?:full[ _-]?text|document|download|article|main|paper|report|snapshot)\W*\d*$", re.I
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it was read: what entries are compared with.

    `paths` are its files, `opening` the first few thousand characters of its text.
    """

    name: str
    paths: tuple[str, ...]
    source: Source
    opening: str


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and the bibliography that it stands in."""

    entry: Entry
    bibliography: str

    @property
    def title(self) -> str:
        """Its title as letters; empty if it gives none."""
        return letters(self.entry.fields.get("title", ""))

    @property
    def doi(self) -> str:
        """Its DOI in lower case; empty if it gives none."""
        return str(self.entry.fields.get("doi", "")).lower()


class Matcher:
    """Finds the entries of bibliographies for documents."""

    def __init__(self, bibliographies: Iterable[Bibliography]) -> None:
        self._by_doi: dict[str, list[Placed]] = {}
        self._by_path: dict[str, list[Placed]] = {}
        self._by_name: dict[str, list[Placed]] = {}
        self._by_words: dict[tuple[str, ...], list[Placed]] = {}
        for bibliography in bibliographies:
            for entry in bibliography.entries:
                self._place(Placed(entry, bibliography.path))

    def _place(self, placed: Placed) -> None:
        if placed.doi:
            self._by_doi.setdefault(placed.doi, []).append(placed)
        for attachment in placed.entry.attachments:
            path = _path_of(attachment)
            whole = str((Path(placed.bibliography).parent / path).resolve())
            self._by_path.setdefault(whole, []).append(placed)
            self._by_name.setdefault(_composed(path.name), []).append(placed)
        for key in _ends(placed.entry.fields.get("title", "")):
            self._by_words.setdefault(key, []).append(placed)

    def entries_for(self, reading: Reading) -> list[Placed]:
        """The entries of this document's work, in the order of the bibliographies; empty if in doubt."""
        for found in self._tiers(reading):
            # One entry may be found in several ways; its fields cannot be hashed.
            unique = list({id(placed): placed for placed in found}.values())
            if unique:
                return unique if _is_one_work(unique) else []
        return []

    def _tiers(self, reading: Reading) -> Iterator[list[Placed]]:
        """Entries by one sign after the other, the surest first."""
        paths = [Path(path) for path in reading.paths]
        yield [placed for path in paths for placed in self._by_path.get(str(path), [])]
        doi = (reading.source.doi or "").lower()
        yield [placed for placed in self._by_doi.get(doi, []) if _doi_is_its_own(reading, placed)]
        named = [
            placed
            for path in paths
            if _is_telling(path)
            for placed in self._by_name.get(_composed(path.name), [])
        ]
        yield [placed for placed in named if not _speaks_against(reading.source, placed)]
        near = {
            id(placed): placed
            for key in _ends(reading.source.title)
            for placed in self._by_words.get(key, [])
        }
        yield [
            placed
            for placed in near.values()
            if _alike(letters(reading.source.title), placed.title)
            and not _speaks_against(reading.source, placed)
        ]
        yield [placed for path in paths for placed in self._by_zotero_name(path, reading.source)]

    def _by_zotero_name(self, path: Path, source: Source) -> list[Placed]:
        """Entries whose author, year and (cut) title stand in a file's name, as Zotero writes it."""
        parts = ZOTERO_NAME.match(path.stem)
        if parts is None or len(parts["title"].split()) < MIN_TITLE_WORDS:
            return []
        opening = tuple(_words(parts["title"])[:ENDS])
        start = letters(parts["title"])
        return [
            placed
            for placed in self._by_words.get(("first", *opening), [])
            if placed.title.startswith(start)
            and str(placed.entry.fields.get("year")) == parts["year"]
            and _surnames(placed.entry.fields.get("authors", ())) & set(_words(parts["authors"]))
            and not _speaks_against(source, placed)
        ]


def letters(words: str) -> str:
    """Letters and digits alone, in lower case and without accents: what is left of a title to compare."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    return "".join(mark for mark in plain if mark.isalnum())


def _words(title: str) -> list[str]:
    return [word for word in (letters(part) for part in re.split(r"[\s/–—-]+", title)) if word]


def _ends(title: str) -> list[tuple[str, ...]]:
    """The first and last words of a title that is long enough to tell a work."""
    words = _words(title)
    if len(words) < MIN_TITLE_WORDS or len(letters(title)) < MIN_TITLE_LETTERS:
        return []
    return [("first", *words[:ENDS]), ("last", *words[-ENDS:])]


def _alike(one: str, other: str) -> bool:
    """Whether two titles are one but for a slip of the pen; other figures are another title."""
    if one == other:
        return True
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    letter_by_letter = difflib.SequenceMatcher(None, one, other, autojunk=False)
    # What they could have in common at most tells most titles apart, and is quick.
    bounds = (letter_by_letter.real_quick_ratio, letter_by_letter.quick_ratio, letter_by_letter.ratio)
    return all(share() >= ALIKE for share in bounds)


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _doi_is_its_own(reading: Reading, placed: Placed) -> bool:
    """Whether a document's DOI is its own: one that is only printed in it may be a cited work's."""
    if dict(reading.source.origins).get("doi") != Origin.TEXT:
        return True
    title = placed.title
    if len(title) < MIN_TITLE_LETTERS:
        return False
    return (
        title in letters(reading.opening) or _likeness(title, letters(reading.source.title)) >= ALIKE_WITH_DOI
    )


def _speaks_against(source: Source, placed: Placed) -> bool:
    """Whether DOI, year or authors say that an entry is another work."""
    given: Any = placed.entry.fields
    if source.doi and placed.doi and source.doi.lower() != placed.doi:
        return True
    if source.year and given.get("year") and abs(source.year - given["year"]) > YEARS_APART:
        return True
    mine, theirs = _surnames(source.authors), _surnames(given.get("authors", ()))
    return bool(mine and theirs) and not mine & theirs


def _surnames(names: Iterable[str]) -> set[str]:
    """Words of the part of each name that is the family's: before the comma, else the last."""
    found: set[str] = set()
    for name in names:
        before, comma, _ = name.partition(",")
        words = _words(before)
        found.update(words if comma else words[-1:])
    return found


def _is_one_work(placed: Sequence[Placed]) -> bool:
    """Whether entries name one work: one DOI, or one title and year."""
    dois = {entry.doi for entry in placed if entry.doi}
    if dois and all(entry.doi for entry in placed):
        return len(dois) == 1
    works = {(entry.title, entry.entry.fields.get("year")) for entry in placed}
    return len(dois) <= 1 and len(works) == 1


def _is_telling(path: Path) -> bool:
    """Whether a file's name is more than `fulltext.pdf`, which many works' files have."""
    return len(path.stem) >= MIN_STEM and not GENERAL_NAME.match(path.stem)


def _path_of(attachment: str) -> PurePosixPath:
    """An attachment's path, which may be an address (`file:///…`, `internal-pdf://…`) or a Windows path."""
    scheme, mark, rest = attachment.partition("://")
    path = unquote(rest) if mark and (scheme.isalpha() or scheme == "internal-pdf") else attachment
    return PurePosixPath(path.replace("\\", "/"))


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)
