"""The index directory: generations beside each other, a pointer to the live one, one writer.

    current                  name of the live generation
    writer.lock              held by the process that writes
    withdrawn.json           hashes of what was withdrawn, if anything was
    corrections.json         labels that researchers corrected, if any
    staging/                 work in progress; picked up by the next ingest if it was cut off
    generations/<name>/      catalogue.sqlite, chroma/, manifest.json; never changed once live

The pointer is replaced atomically; readers look at it before each question. A generation that is no
longer live is deleted, so that what was withdrawn is gone from the disk.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import IndexDamaged, IndexError_, IndexLocked, IndexMissing
from assistant.permissions import PRIVATE_FOLDER

POINTER = "current"
LOCK = "writer.lock"
MANIFEST = "manifest.json"
CATALOGUE = "catalogue.sqlite"
CHROMA = "chroma"
STORE = "chroma.sqlite3"
BUILDING = ".building-"
NAME = re.compile(r"(\d{6,})-[0-9a-f]{8}")
# A `status` holds the lock for an instant to see whether it is free.
PATIENCE = 1.0


class Layout:
    """Names of the files in an index directory, and how the live generation is switched."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.generations = root / "generations"
        self.staging = root / "staging" / CATALOGUE

    def live_name(self) -> str | None:
        """Name of the live generation; None if there is no index yet. Raises IndexError_."""
        try:
            name = (self.root / POINTER).read_text(encoding="utf-8", errors="replace").strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise IndexError_(f"The index {self.root} cannot be read: {error.strerror}.") from error
        return name or None

    def live(self) -> Path:
        """Directory of the live generation. Raises IndexMissing if there is none, IndexDamaged if the
        pointer names none."""
        name = self.live_name()
        if name is None:
            raise IndexMissing(f"There is no index in {self.root} yet. Make it: assistant ingest")
        if not NAME.fullmatch(name):
            raise IndexDamaged(f"The pointer {self.root / POINTER} is damaged. Mend it: assistant ingest")
        return self.generations / name

    def next_name(self) -> str:
        """A name that no generation has had yet, also of an index that was deleted: readers know by it
        that there is something new, and Chroma remembers paths that it has opened."""
        names = [self.live_name() or "", *(path.name for path in self.generations.glob("*"))]
        numbers = [int(match[1]) for name in names if (match := NAME.fullmatch(name))]
        return f"{max(numbers, default=0) + 1:06d}-{secrets.token_hex(4)}"

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock. Raises IndexLocked if another process holds it for longer than a
        glance, OSError if nothing can be written."""
        # What holds interviews is private from the start; a directory that was opened to others stays so.
        self.root.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        lock = FileLock(str(self.root / LOCK))
        try:
            lock.acquire(timeout=PATIENCE)
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
        if not os.access(self.root / LOCK, os.W_OK):
            return False
        lock = FileLock(str(self.root / LOCK))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        lock.release()
        return False

    def is_cut_off(self) -> bool:
        """Whether work in progress is left of an ingest that does not run any more."""
        return os.access(self.staging, os.F_OK) and not self.is_locked()

    def is_unfinished(self) -> bool:
        """Whether there is anything beside the live generation: work in progress, or older ones."""
        live = self.live_name()
        return self.staging.parent.exists() or any(p.name != live for p in self.generations.glob("*"))

    def building(self, name: str) -> Path:
        """An empty directory for a generation that is being built."""
        path = self.generations / f"{BUILDING}{name}"
        shutil.rmtree(path, ignore_errors=True)
        self.generations.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        path.mkdir()
        return path

    def switch(self, built: Path, name: str) -> None:
        """Make a finished generation the live one, durably, then delete all others and the staging."""
        for path in [*sorted(built.rglob("*")), built]:
            _sync(path)
        target = self.generations / name
        built.rename(target)
        _sync(self.generations)
        self._point_to(name)
        self.discard_staging()
        self.sweep()

    def find_lost_pointer(self) -> None:
        """Point to the newest finished generation if the pointer is gone or names none, so that an
        ingest does not take the index for empty."""
        name = self.live_name() or ""
        if NAME.fullmatch(name) and (self.generations / name).is_dir():
            return
        finished = [path.parent.name for path in self.generations.glob(f"[0-9]*/{MANIFEST}")]
        if finished:
            self._point_to(max(finished))

    def make_staging(self) -> Path:
        """The path for work in progress, in a directory of its own."""
        self.staging.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        return self.staging

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
        """Bytes that the index takes on disk, as far as they can be seen."""
        total = 0
        for folder, _, names in os.walk(self.root):
            for name in names:
                # A writer may delete it meanwhile.
                with contextlib.suppress(OSError):
                    total += Path(folder, name).stat().st_size
        return total

    def replace_file(self, path: Path, content: str, mode: int | None = None) -> None:
        """Write a file of the index directory anew, durably and at once."""
        part = path.with_name(f"{path.name}.part")
        part.write_text(content, encoding="utf-8")
        if mode is not None:
            part.chmod(mode)
        _sync(part)
        part.replace(path)
        _sync(self.root)

    def _point_to(self, name: str) -> None:
        self.replace_file(self.root / POINTER, name + "\n")


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
