"""File → Documents. `read(path)` picks the reader by what the file holds, not by its name alone.

Each format is a module with a `READER`. Installed packages can add readers through the entry-point
group `assistant.readers`; theirs are asked first.
"""

from __future__ import annotations

import functools
import hashlib
from importlib.metadata import entry_points
from pathlib import Path

from assistant.errors import DocumentRefused
from assistant.reading import csv_extracts, docx, epub, html, markdown, odt, pdf, plain, qdpx, rtf, vtt
from assistant.reading.archive import directory_of, is_zip
from assistant.reading.gaps import with_gaps
from assistant.reading.marking import with_marked_parts
from assistant.reading.reader import Reader, ReadOptions
from assistant.reading.sensitivity import at_least_as_its_folder
from assistant.records import Document

GROUP = "assistant.readers"
# In the order in which they are asked; plain text takes what no other reader knows.
BUILT_IN = (
    pdf.READER,
    qdpx.READER,
    docx.READER,
    odt.READER,
    epub.READER,
    rtf.READER,
    vtt.READER,
    html.READER,
    csv_extracts.READER,
    markdown.READER,
    plain.READER,
)
MAX_BYTES = 200_000_000


def document_id(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def read(path: Path, options: ReadOptions | None = None) -> tuple[Document, ...]:
    """The documents in one file, at least one. Raises DocumentRefused with the reason and what to do."""
    data = read_bytes(path)
    if is_zip(data) and not directory_of(data):
        raise DocumentRefused(path, "a damaged archive", "copy or download the file again")
    if path.suffix.lower() == ".toml":
        raise DocumentRefused(path, "no document: settings, sources or a map of names stand in such files")
    reader = next((reader for reader in readers() if reader.recognises(path, data)), None)
    if reader is None:
        raise DocumentRefused(path, "not a format that is read", f"known: {', '.join(suffixes())}")
    documents = reader.read(path, data, options or ReadOptions())
    if not reader.sets_sensitivity:
        documents = tuple(at_least_as_its_folder(path, document) for document in documents)
    return tuple(with_gaps(with_marked_parts(path, document)) for document in documents)


def suffixes() -> tuple[str, ...]:
    """The names under which a folder's files are tried, those of added readers too."""
    return tuple(dict.fromkeys(suffix for reader in readers() for suffix in reader.suffixes))


@functools.lru_cache(maxsize=1)
def readers() -> tuple[Reader, ...]:
    """All readers in the order in which they are asked."""
    added = tuple(entry.load() for entry in entry_points(group=GROUP))
    return added + BUILT_IN


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises DocumentRefused if it cannot be read, is empty or too large."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DocumentRefused(
                path, f"{size:,} bytes is more than {MAX_BYTES:,}", "split the file into parts"
            )
        data = path.read_bytes()
    except OSError as error:
        raise DocumentRefused(path, f"cannot be opened: {error.strerror or error}") from error
    if not data.strip():
        raise DocumentRefused(path, "the file is empty")
    return data
