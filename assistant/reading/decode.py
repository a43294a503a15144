"""Bytes → text, with line ends as Python's text files have them (`\\n`)."""

from __future__ import annotations

import codecs
from pathlib import Path

from assistant.errors import DocumentRefused

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(path: Path, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file with `\\n` at line ends, and warnings about how it was decoded.

    Raises DocumentRefused for binary content.
    """
    text, warnings = decode_exactly(path, data)
    return text.replace("\r\n", "\n").replace("\r", "\n"), warnings


def decode_exactly(path: Path, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file with its own line ends, and warnings about how it was decoded.

    A byte order mark decides; else UTF-8; else Windows-1252, with a warning. Raises
    DocumentRefused for binary content.
    """
    encoding = next((name for bom, name in BOMS if data.startswith(bom)), None)
    if encoding is None and b"\0" in data:
        raise _binary(path)
    warnings: tuple[str, ...] = ()
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding is not None:
            raise DocumentRefused(
                path, f"not valid {encoding} at byte {error.start}", "save the file as UTF-8"
            ) from error
        # Bytes that Windows-1252 leaves undefined become U+FFFD rather than lose the file.
        text = data.decode("cp1252", errors="replace")
        warnings = ("not valid UTF-8; read as Windows-1252",)
    if "\0" in text:
        raise _binary(path)
    return text, warnings


def _binary(path: Path) -> DocumentRefused:
    return DocumentRefused(path, "not a text file (it holds NUL bytes)", "give a text, Markdown or PDF file")
