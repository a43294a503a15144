"""File → Document. `read(path)` picks the reader by what the file holds, not by its name alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

from assistant.errors import DocumentRefused
from assistant.reading import markdown, pdf, plain
from assistant.reading.decode import decode
from assistant.records import Document

SUFFIXES = (".md", ".txt", ".pdf")
MAX_BYTES = 200_000_000


def document_id(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def read(path: Path) -> Document:
    """Read one file. Raises DocumentRefused with the reason and what to do."""
    data = read_bytes(path)
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return pdf.read_pdf(path, data, document_id(data))
    text, warnings = decode(path, data)
    if text.startswith("---\n") or path.suffix.lower() == ".md":
        return markdown.read_markdown(path, text, document_id(data), warnings)
    return plain.read_plain(path, text, document_id(data), warnings)


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
