"""Moments of a process that writes an index, seen in its directory, and its death at one of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.index.generations import Layout
from assistant.index.withdrawn import FILE
from tests.indexing import PROCESSES

KILLED = -9
ATTEMPTS = 12
Moment = Callable[[Path, str], bool]


def _built(name: str) -> Moment:
    """A file of the generation that is being built is there."""
    return lambda root, live: any(root.glob(f"generations/.building-*/{name}"))


MOMENTS: dict[str, Moment] = {
    "a place to build": _built(""),
    "the catalogue begun": _built("catalogue.sqlite"),
    "words being indexed": _built("catalogue.sqlite-journal"),
    "a vector store": _built("chroma"),
    "its database": _built("chroma/chroma.sqlite3"),
    "its collection": _built("chroma/*-*"),
    "its vectors": _built("chroma/*-*/data_level0.bin"),
    "its links": _built("chroma/*-*/link_lists.bin"),
    "its ids": _built("chroma/*-*/index_metadata.pickle"),
    "the manifest": _built("manifest.json"),
    "two generations": lambda root, live: len(list(root.glob("generations/0*"))) > 1,
    "the pointer switched": lambda root, live: Layout(root).live_name() != live,
    "the old one being deleted": lambda root, live: (
        not (root / "generations" / live / "manifest.json").exists()
    ),
}

# Of those that take something out.
EARLIER: dict[str, Moment] = {
    "the list written": lambda root, live: (root / FILE).exists(),
    "work in progress": lambda root, live: (root / "staging").exists(),
    "a catalogue in progress": lambda root, live: (root / "staging" / "catalogue.sqlite-wal").exists(),
}


def copies(index: Path, folder: Path) -> Iterator[Path]:
    """A copy of an index for each attempt to kill a process at its moment, which may be over too soon."""
    for attempt in range(ATTEMPTS):
        yield Path(shutil.copytree(index, folder / str(attempt)))
    pytest.fail(f"in {ATTEMPTS} runs the process could not be killed in time")


def kill_at(
    root: Path,
    moment: Moment,
    target: Callable[..., object],
    *given: Any,
    wait: Callable[[], object] = lambda: None,
) -> bool:
    """Start `target(root, *given)` in a process, `wait`, and kill it once `moment` is seen; whether it was
    still at work."""
    live = Layout(root).live_name() or ""
    writer = PROCESSES.Process(target=target, args=(root, *given))
    writer.start()
    wait()
    while not moment(root, live) and writer.is_alive():
        pass
    writer.kill()
    writer.join()
    return writer.exitcode == KILLED
