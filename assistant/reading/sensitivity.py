"""Who may see a document: what its file states; else what its kind and its folder say.

The stricter of these holds:

1. What the file states (`sensitivity:` in its header). If it states nothing, its kind decides:
   transcripts, interview extracts and sources of a coding project are restricted, since their speakers
   were promised that they cannot be recognised. One that names where it is published (a link or DOI)
   is public, and so is every other document.
2. The folder: one named `restricted`, `team` or `public` anywhere in the path. A folder `public` does
   not open an interview.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.errors import DocumentRefused
from assistant.records import Document, Sensitivity, stricter


def sensitivity_of(
    path: Path,
    fields: Mapping[str, Any],
    *,
    from_participants: bool = False,
    link: str | None = None,
) -> Sensitivity:
    """The tier of a document at `path` with these header fields.

    `from_participants` tells that it holds what people said to researchers, `link` where it is
    published. Raises DocumentRefused for a tier that is not known.
    """
    stated = fields.get("sensitivity")
    if stated:
        own = stated_tier(path, str(stated))
    else:
        own = Sensitivity.RESTRICTED if from_participants and not link else Sensitivity.PUBLIC
    return stricter(own, *folder_tiers(path))


def folder_tiers(path: Path) -> tuple[Sensitivity, ...]:
    """The tiers that the folders above a file are named for."""
    names = {part.lower() for part in path.absolute().parts[:-1]}
    return tuple(tier for tier in Sensitivity if tier.value in names)


def at_least_as_its_folder(path: Path, document: Document) -> Document:
    """A document of a reader that knows no tiers, with that of its folder if it is stricter."""
    return replace(document, sensitivity=stricter(document.sensitivity, *folder_tiers(path)))


def stated_tier(path: Path, word: str) -> Sensitivity:
    """The tier that a word names, in capitals or not. Raises DocumentRefused."""
    try:
        return Sensitivity(word.strip().lower())
    except ValueError:
        tiers = ", ".join(Sensitivity)
        raise DocumentRefused(
            path, f"its sensitivity is given as {word.strip().lower()!r}", f"write one of: {tiers}"
        ) from None
