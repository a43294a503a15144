"""Parts of a document that fewer people may see than the whole: by speaker, section or page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assistant.records.documents import Source
from assistant.records.terms import Sensitivity

FORM = re.compile(r"(?P<kind>speaker|section|pages?)[ \t]+(?P<name>\S.*)", re.IGNORECASE)
RANGE = re.compile(r"(\d{1,6})\s*[-–—]\s*(\d{1,6})")
NUMBERING = re.compile(r"^\d+(?:\.\d+)*\.?\s+")
# Fields of a Source that name parts, and the tier of each.
PART_FIELDS = {"team_parts": Sensitivity.TEAM, "restricted_parts": Sensitivity.RESTRICTED}


@dataclass(frozen=True, slots=True)
class Part:
    """What is stricter than the whole: `kind` is `speaker`, `section` or `page`, `name` which one.

    A section is meant with those below it, by its title with or without its number. Pages are meant by
    their printed labels.
    """

    tier: Sensitivity
    kind: str
    name: str

    def holds(self, speakers: Iterable[str], section: Iterable[str], pages: Collection[str]) -> bool:
        """Whether a sentence of these speakers, below these headings, on these pages belongs to it."""
        if self.kind == "speaker":
            return any(_same(speaker, self.name) for speaker in speakers)
        if self.kind == "section":
            return any(_same(title, self.name) or _same(_bare(title), self.name) for title in section)
        between = RANGE.fullmatch(self.name)
        if between is None:
            return any(_same(page, self.name) for page in pages)
        first, last = int(between[1]), int(between[2])
        return any(page.isdecimal() and first <= int(page) <= last for page in pages)


def part_of(words: str, tier: Sensitivity) -> Part:
    """`speaker P4`, `section TITLE`, `page 12` or `pages 12-14` as a Part. Raises ValueError."""
    found = FORM.fullmatch(words.strip())
    between = RANGE.fullmatch(found["name"].strip()) if found else None
    if found is None or (between and int(between[1]) > int(between[2])):
        raise ValueError(f"{words!r} names no part; write: speaker P4, section TITLE, page 12 or pages 12-14")
    return Part(tier, found["kind"].lower().rstrip("s"), " ".join(found["name"].split()))


def parts_of(source: Source) -> tuple[Part, ...]:
    """The parts that a source names. Raises ValueError for one that cannot be read."""
    return tuple(
        part_of(words, tier) for field, tier in PART_FIELDS.items() for words in getattr(source, field)
    )


def _bare(title: str) -> str:
    return NUMBERING.sub("", title)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == other.casefold()
