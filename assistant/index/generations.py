"""The index directory: generations beside each other, a pointer to the live one, one writer.

    current                  name of the live generation
    writer.lock              held by the process that writes
    staging/                 work in progress; picked up by the next ingest if it was cut off
    generations/<name>/      catalogue.sqlite, chroma/, manifest.json; never changed once live

The pointer is replaced atomically; readers look at it before each question. A generation that is no
longer live is deleted, so that what was withdrawn is gone from the disk.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistant.errors import IndexLocked, IndexMissing

POINTER = "current"
LOCK = "writer.lock"
MANIFEST = "manifest.json"
CATALOGUE = "catalogue.sqlite"
CHROMA = "chroma"
BUILDING = ".building-"


class Layout:
    """Names of the files in an index directory, and how the live generation is switched."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.generations = root / "generations"
        self.staging = root / "staging" / CATALOGUE

    def live_name(self) -> str | None:
        """Name of the live generation; None if there is no index yet."""
        try:
            name = (self.root / POINTER).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        return name or None

    def live(self) -> Path:
        """Directory of the live generation. Raises IndexMissing if there is none."""
        name = self.live_name()
        if name is None:
            raise IndexMissing(f"There is no index in {self.root} yet. Make it: assistant ingest")
        return self.generations / name

    def next_name(self) -> str:
        """A name that no generation has had yet: Chroma remembers paths that it has opened."""
        name = self.live_name()
        return f"{int(name) + 1 if name and name.isdigit() else 1:06d}"

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock. Raises IndexLocked at once if another process holds it."""
        self.root.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):
            self.root.chmod(0o700)
        lock = FileLock(str(self.root / LOCK))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise IndexLocked(
                f"Another process is writing to the index {self.root}. Wait until it is done and try again."
            ) from None
        try:
            yield
        finally:
            lock.release()

    def is_locked(self) -> bool:
        """Whether another process is writing now."""
        if not (self.root / LOCK).exists() or not os.access(self.root / LOCK, os.W_OK):
            return False
        lock = FileLock(str(self.root / LOCK))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        lock.release()
        return False

    def building(self, name: str) -> Path:
        """An empty directory for a generation that is being built."""
        path = self.generations / f"{BUILDING}{name}"
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        return path

    def switch(self, built: Path, name: str) -> None:
        """Make a finished generation the live one, durably, then delete all others and the staging."""
        for path in sorted(built.rglob("*")):
            if path.is_file():
                _sync(path)
        target = self.generations / name
        built.rename(target)
        _sync(self.generations)
        part = self.root / f"{POINTER}.part"
        part.write_text(name + "\n", encoding="utf-8")
        _sync(part)
        part.replace(self.root / POINTER)
        _sync(self.root)
        self.discard_staging()
        self.sweep()

    def discard_staging(self) -> None:
        """Delete work in progress."""
        shutil.rmtree(self.staging.parent, ignore_errors=True)

    def sweep(self) -> None:
        """Delete generations that are not live, finished or not. Files that another process still
        holds open where the system forbids it are left for the next time."""
        live = self.live_name()
        for path in self.generations.glob("*"):
            if path.name != live:
                shutil.rmtree(path, ignore_errors=True)

    def size(self) -> int:
        """Bytes that the index takes on disk."""
        return sum(path.stat().st_size for path in self.root.rglob("*") if path.is_file())


def write_manifest(generation: Path, **facts: Any) -> None:
    """Record what a generation is, with the digests of the vector files, which never change."""
    files = {
        str(path.relative_to(generation)): _digest(path)
        for path in sorted(generation.rglob("*"))
        if path.is_file() and path.suffix != ".sqlite3"
    }
    (generation / MANIFEST).write_text(
        json.dumps({**facts, "files": files}, indent=1, sort_keys=True), encoding="utf-8"
    )


def read_manifest(generation: Path) -> dict[str, Any]:
    """What a generation says about itself; empty if the manifest is gone or unreadable."""
    try:
        manifest = json.loads((generation / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def altered_files(generation: Path, under: str) -> list[str]:
    """Files below `under` that are missing or no longer what the manifest says."""
    files = read_manifest(generation).get("files", {})
    return [
        name
        for name, digest in files.items()
        if name.startswith(under)
        and (not (generation / name).is_file() or _digest(generation / name) != digest)
    ]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]


def _sync(path: Path) -> None:
    """Force a file or directory to the disk; a system that cannot sync directories is left alone."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
