"""What a reader is: a format that recognises its files and turns them into documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.records import Document, Sensitivity


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person can say about how files are taken in. `keep_names` lets transcripts in whose speakers
    stand under their names; `sensitivity` is a tier that holds for the files beside what they say."""

    password: str | None = None
    ocr: bool = False
    keep_names: bool = False
    sensitivity: Sensitivity | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """A format. `suffixes` are the names under which a folder's files are tried.

    `recognises(path, data)` looks at the content; `read(path, data, options)` gives at least one
    document or raises DocumentRefused. `sets_sensitivity` says that it decides by
    `sensitivity_of` who may see a document; for other readers the file's folder decides.
    """

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[Path, bytes], bool]
    read: Callable[[Path, bytes, ReadOptions], tuple[Document, ...]]
    sets_sensitivity: bool = False
