"""Who may see a document: what its file states; else what its kind and its folder say.

The rule, in this order:

1. The file states a tier (`sensitivity:` in its header): that tier.
2. By kind: transcripts, interview extracts and sources of a coding project are restricted, since
   their speakers were promised that they cannot be recognised. One that names where it is published
   (a link or DOI) is public, and so is every other document.
3. By folder: a folder named `restricted`, `team` or `public` anywhere in the path. The stricter of
   kind and folder holds, so a folder `public` does not open an interview.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.errors import DocumentRefused
from assistant.records import Document, Sensitivity

# From the most open to the strictest.
STRICTNESS = tuple(Sensitivity)


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
        return _stated(path, str(stated).strip().lower())
    by_kind = Sensitivity.RESTRICTED if from_participants and not link else Sensitivity.PUBLIC
    tiers = (by_kind, *folder_tiers(path))
    return max(tiers, key=STRICTNESS.index)


def folder_tiers(path: Path) -> tuple[Sensitivity, ...]:
    """The tiers that the folders above a file are named for."""
    names = {part.lower() for part in path.absolute().parts[:-1]}
    return tuple(tier for tier in Sensitivity if tier.value in names)


def at_least_as_its_folder(path: Path, document: Document) -> Document:
    """A document of a reader that knows no tiers, with that of its folder if it is stricter."""
    tiers = (document.sensitivity, *folder_tiers(path))
    return replace(document, sensitivity=max(tiers, key=STRICTNESS.index))


def strictest(path: Path, words: Sequence[str]) -> Sensitivity | None:
    """The strictest of the tiers that are stated; None if none is. Raises DocumentRefused."""
    tiers = [_stated(path, word.strip().lower()) for word in words]
    return max(tiers, key=STRICTNESS.index, default=None)


def _stated(path: Path, word: str) -> Sensitivity:
    try:
        return Sensitivity(word)
    except ValueError:
        tiers = ", ".join(Sensitivity)
        raise DocumentRefused(
            path, f"its sensitivity is given as {word!r}", f"write one of: {tiers}"
        ) from None
