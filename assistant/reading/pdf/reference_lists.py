"""Lists of references: they name other works and are no evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.notation import YEAR

HEADINGS = {
    "references", "bibliography", "works cited", "reference list", "literature cited", "literature",
    "cited literature", "notes and references", "references and notes", "further reading", "sources",
}  # fmt: skip
NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+|^[A-Z]\.\s+|^[IVX]+\.\s+")
DATED = re.compile(rf"\b{YEAR}[a-z]?\b")
OPENING = re.compile(
    r"^(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}\.?)?\s*"
    r"(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?,? (?:[A-Z]\.?[ ,-]?){1,4}|[A-Z][\w’'-]+,\s+[A-Z][a-z]+)"
)
SIGNS = re.compile(
    r"\bdoi\b|https?://|\bvol\.|\bpp?\.\s?\d|\d+\s?\(\d+\)|:\s?\d+[–-]\d+|,\s\d+[–-]\d+|\bjournal\b|\bpress\b"
    r"|\(eds?\.?\)|\bet al\b|\bproceedings\b|\bavailable at\b|\bretrieved\b|\barxiv\b",
    re.IGNORECASE,
)
MIN_RUN = 5


def is_heading(title: str) -> bool:
    """Whether a heading opens a list of references."""
    return NUMBER.sub("", title.strip()).lower().rstrip(":. ") in HEADINGS


def looks_like_entry(words: str) -> bool:
    """Whether a paragraph reads like one entry of such a list."""
    return len(words) < 700 and bool(OPENING.match(words) and DATED.search(words) and SIGNS.search(words))


def entries(paragraphs: Sequence[str]) -> set[int]:
    """Places of the paragraphs that stand in runs of entries, though no heading says so."""
    found: set[int] = set()
    run: list[int] = []
    for place, words in enumerate([*paragraphs, ""]):
        if words and looks_like_entry(words):
            run.append(place)
            continue
        if len(run) >= MIN_RUN:
            found.update(run)
        run = []
    return found
