"""Bibliography files: which are, and what they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from assistant.bibliography import bibtex, csl, ris, tables
from assistant.bibliography.entries import Bibliography, Entry
from assistant.errors import DocumentRefused

TABLES = "sources.toml"
SUFFIXES = (".ris", ".bib", ".json", ".toml")
MAX_BYTES = 50_000_000
ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def is_bibliography(path: Path) -> bool:
    """Whether a file among documents is a bibliography: by its name, for `.json` by what it holds."""
    suffix = path.suffix.lower()
    if suffix == ".json":
        try:
            return csl.items_of(_text(path, _bytes(path))) is not None
        except (DocumentRefused, ValueError):
            return False
    return suffix in (".ris", ".bib") or path.name == TABLES


def read_bibliography(path: Path, known: Bibliography | None = None) -> Bibliography:
    """What a bibliography file holds: what is `known` of it if its bytes are the same.

    Raises DocumentRefused with what is wrong with it.
    """
    data = _bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    if known is not None and known.digest == digest:
        return known
    text = _text(path, data)
    try:
        if path.suffix.lower() == ".toml":
            return Bibliography(str(path), digest, tables=tuple(tables.tables_of(text)))
        entries, notes = _entries(path, text)
    except DocumentRefused:
        raise
    except ValueError as error:
        raise DocumentRefused(path, f"not read as a bibliography: {error}", "mend the file") from error
    except Exception as error:  # whatever a parser may raise on a broken file
        raise DocumentRefused(
            path, f"not read as a bibliography ({type(error).__name__})", "export it anew"
        ) from error
    if not entries:
        raise DocumentRefused(path, "no entry in it can be read", "export it anew as RIS, BibTeX or CSL-JSON")
    return Bibliography(str(path), digest, tuple(entries), notes=tuple(notes))


def closed_tables(path: Path) -> Bibliography | None:
    """What stands for tables that cannot be read: if they speak of sensitivity, every file is restricted."""
    try:
        data = _bytes(path)
    except DocumentRefused:
        data = b""
    is_closing = path.suffix.lower() == ".toml" and (
        not data or any(field.encode() in data.replace(b"\0", b"") for field in tables.CLOSES)
    )
    return Bibliography(str(path), "", tables=(tables.restricting(),)) if is_closing else None


def _entries(path: Path, text: str) -> tuple[list[Entry], list[str]]:
    """The entries by what the file holds, whatever its name."""
    if text.lstrip()[:1] in ("[", "{"):
        items = csl.items_of(text)
        if items is None:
            raise DocumentRefused(path, "JSON, but not CSL-JSON", "export it anew as CSL-JSON")
        return csl.entries_of(items), []
    readers: tuple[tuple[Callable[[str], bool], Callable[[str], tuple[list[Entry], list[str]]]], ...] = (
        (ris.looks_like_ris, ris.entries_of),
        (bibtex.looks_like_bibtex, bibtex.entries_of),
    )
    return next((read(text) for knows, read in readers if knows(text)), ([], []))


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DocumentRefused(path, f"{size:,} bytes is more than {MAX_BYTES:,}", "export fewer entries")
        return path.read_bytes()
    except OSError as error:
        raise DocumentRefused(path, f"cannot be opened: {error.strerror or error}") from error


def _text(path: Path, data: bytes) -> str:
    encoding = next((name for mark, name in ENCODINGS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise DocumentRefused(path, "its text is not UTF-8", "export it anew as UTF-8") from error
