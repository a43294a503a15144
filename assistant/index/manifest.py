"""What a generation says about itself: its facts, the paths it was made from, and digests of its files.

The files of a published generation never change, but for Chroma's own database: Chroma counts in it how
often it was opened. `assistant.index.vectors` knows what in that database must stay.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from assistant.errors import IndexDamaged
from assistant.index.generations import CATALOGUE, MANIFEST, STORE


def write_manifest(generation: Path, **facts: Any) -> None:
    """Record what a generation is, with the digests of its files and of the record itself."""
    files = {
        path.relative_to(generation).as_posix(): _digest(path)
        for path in sorted(generation.rglob("*"))
        if path.is_file() and path.name != STORE
    }
    record = {**facts, "files": files}
    (generation / MANIFEST).write_text(
        json.dumps({**record, "digest": _digest_of(record)}, indent=1, sort_keys=True), encoding="utf-8"
    )


def read_manifest(generation: Path) -> dict[str, Any]:
    """What a generation says about itself; empty if the manifest is gone, unreadable or altered."""
    try:
        record = json.loads((generation / MANIFEST).read_text(encoding="utf-8"))
        digest = record.pop("digest")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return record if digest == _digest_of(record) else {}


def altered_files(generation: Path, under: str) -> list[str]:
    """Files below `under` that are missing or no longer what the manifest says."""
    files = read_manifest(generation).get("files", {})
    return [
        name
        for name, digest in files.items()
        if name.startswith(under)
        and (not (generation / name).is_file() or _digest(generation / name) != digest)
    ]


def check_catalogue(generation: Path) -> None:
    """Raise IndexDamaged unless the catalogue is there and what was published."""
    path = generation / CATALOGUE
    if not path.is_file() or altered_files(generation, CATALOGUE):
        raise IndexDamaged(
            f"The catalogue {path} is missing or altered. Its files are read again by: assistant ingest"
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]


def _digest_of(record: dict[str, Any]) -> str:
    return hashlib.blake2b(json.dumps(record, sort_keys=True).encode()).hexdigest()[:32]
