"""Paths → the files that an ingest reads, each with the name by which the index knows it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.bibliography import SUFFIXES, TABLES, is_bibliography
from assistant.reading import suffixes
from assistant.resources import corpus_directory

BUNDLED = "corpus:"
# Files that describe a folder and are no evidence.
NOT_EVIDENCE = {"readme.md", "license.md", "licence.md", "notes.md", "changelog.md", "license.txt"}


@dataclass(frozen=True, slots=True)
class Item:
    """A file to read, and the name by which the index knows it."""

    path: Path
    key: str


def find_files(paths: Sequence[Path]) -> tuple[list[Item], dict[str, str]]:
    """Files under the given paths by name, and reasons for paths that hold none.

    A file that is named itself is tried whatever its name; in a folder only known suffixes are. Bibliographies
    are no documents.
    """
    items: dict[str, Item] = {}
    problems: dict[str, str] = {}
    for path in paths:
        whole = path.expanduser().resolve()
        if whole.is_dir():
            found = [file for file in sorted(whole.rglob("*")) if _is_evidence(file, whole)]
        elif whole.exists():
            found = [] if is_bibliography(whole) else [whole]
        else:
            problems[_shown(path)] = "no such file or folder"
            continue
        for file in found:
            key = str(file)
            if _is_text(key):
                items[key] = Item(file, key)
            else:
                problems[_shown(file)] = "its name is not valid text; rename the file"
    return [items[key] for key in sorted(items)], problems


def find_bibliographies(paths: Sequence[Path]) -> list[Path]:
    """Bibliographies among the given files, in and below the given folders, and `sources.toml` beside a file
    that is given, by name."""
    found: set[Path] = set()
    for path in paths:
        whole = path.expanduser().resolve()
        if whole.is_dir():
            found.update(
                file
                for file in whole.rglob("*")
                if file.suffix.lower() in SUFFIXES and _is_visible(file, whole) and is_bibliography(file)
            )
        elif whole.is_file():
            found.update(
                file for file in (whole, whole.parent / TABLES) if file.is_file() and is_bibliography(file)
            )
    return sorted(file for file in found if _is_text(str(file)))


def bundled_files(corpus: Path) -> list[Item]:
    """The evidence notes that ship with the program, known by name wherever they are installed."""
    return [Item(path, BUNDLED + path.name) for path in sorted((corpus / "notes").glob("*.md"))]


def item_of(key: str) -> Item:
    """The file that the index knows by this name."""
    if key.startswith(BUNDLED):
        return Item(corpus_directory() / "notes" / key.removeprefix(BUNDLED), key)
    return Item(Path(key), key)


def lies_under(key: str, prefix: str) -> bool:
    """Whether a file is the one that `prefix` names or lies in that folder; `BUNDLED` is a folder too."""
    if prefix == BUNDLED:
        return key.startswith(BUNDLED)
    return key == prefix or key.startswith(prefix.rstrip("/") + "/")


def is_gone(key: str) -> bool:
    """Whether a file that was read from the disk is no longer there."""
    return not key.startswith(BUNDLED) and not os.access(key, os.F_OK)


def _is_evidence(file: Path, folder: Path) -> bool:
    return (
        file.suffix.lower() in suffixes()
        and file.name.lower() not in NOT_EVIDENCE
        and _is_visible(file, folder)
    )


def _is_visible(file: Path, folder: Path) -> bool:
    """Whether a file below a folder is one that a person sees there, and no link to elsewhere."""
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return not hidden and file.is_file() and not file.is_symlink()


def _shown(path: Path) -> str:
    """A path as text, whatever bytes it is made of."""
    return os.fsencode(path).decode(errors="replace")


def _is_text(name: str) -> bool:
    """Whether a file's name can be written down: bytes that are no UTF-8 stand in it as surrogates."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
