"""Indexes of which parts have tiers of their own."""

from __future__ import annotations

from pathlib import Path

from assistant.framework import load_framework
from assistant.index.files import find_bibliographies, find_files
from assistant.index.sync import Report, Sync
from assistant.reading.reader import ReadOptions
from assistant.records import Sensitivity
from tests.fakes import FakeEncoder
from tests.indexing import open_index


def ingest(root: Path, folder: Path, tier: Sensitivity | None = None) -> Report:
    """Index a folder with the bibliographies in it; `tier` is given to the ingest."""
    sync = Sync(root, FakeEncoder(), load_framework(), ReadOptions(sensitivity=tier))
    return sync.run(find_files([folder])[0], sorted(find_bibliographies([folder])))


def tiers(root: Path) -> dict[str, Sensitivity]:
    """First word of each passage → tier."""
    live = open_index(root).live()
    (head,) = live.heads.values()
    return {p.text.split()[0]: p.sensitivity for p in live.catalogue.passages_of(head.id)}
