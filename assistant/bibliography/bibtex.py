"""BibTeX and BibLaTeX, as Zotero, JabRef and Mendeley write them."""

from __future__ import annotations

import logging
import re
from typing import Any

from assistant.bibliography.entries import Entry, entry_of

KINDS = {
    "article": "article", "report": "report", "techreport": "report", "inbook": "book chapter",
    "incollection": "book chapter", "book": "book", "collection": "book", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "inproceedings": "conference paper",
    "conference": "conference paper", "online": "web page", "electronic": "web page",
    "unpublished": "unpublished work", "booklet": "pamphlet",
}  # fmt: skip
ENTRY = re.compile(r"^\s*@(?!comment|string|preamble)\w+\s*[{(]", re.MULTILINE | re.IGNORECASE)
# Parts of the field `file`: "description:path:type"; a colon or semicolon within has a backslash.
FILE_END, FILE_PART = re.compile(r"(?<!\\);"), re.compile(r"(?<!\\):(?!\\)")
DRIVE = re.compile(r"^[A-Za-z]$")
MARK = re.compile(r"[{}]|\s+and\s+", re.IGNORECASE)

# What cannot be read is told by `entries_of`, and by nothing on the terminal.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


def looks_like_bibtex(text: str) -> bool:
    """Whether a text holds an entry of BibTeX."""
    return ENTRY.search(text) is not None


def entries_of(text: str) -> tuple[list[Entry], list[str]]:
    """The entries of a BibTeX file, and what could not be read."""
    from bibtexparser.entrypoint import parse_string

    library = parse_string(text)
    entries = []
    for entry in library.entries:
        given = {name.lower(): str(field.value) for name, field in entry.fields_dict.items()}
        entries.append(_entry(entry.entry_type.lower(), given))
    lines = ", ".join(str((block.start_line or 0) + 1) for block in library.failed_blocks)
    return entries, [f"what begins in line {lines} could not be read"] if lines else []


def _entry(kind: str, given: dict[str, str]) -> Entry:
    title = _decoded(given.get("title", ""))
    subtitle = _decoded(given.get("subtitle", ""))
    names = _names(given.get("author") or given.get("editor") or "")
    return entry_of(
        _attachments(given.get("file", "")),
        title=f"{title}: {subtitle}" if title and subtitle else title,
        authors=[_decoded(name) for name in names if name.strip().lower() != "others"],
        year=given.get("year") or given.get("date"),
        doi=given.get("doi", "").replace("\\", ""),
        url=given.get("url", "").replace("\\", ""),
        licence=_decoded(given.get("copyright") or given.get("rights") or given.get("license") or ""),
        kind=KINDS.get(kind),
    )


def _names(words: str) -> list[str]:
    """Names parted by `and` outside braces."""
    names, start, depth = [], 0, 0
    for mark in MARK.finditer(words):
        if mark.group() in "{}":
            depth += 1 if mark.group() == "{" else -1
        elif depth <= 0:
            names.append(words[start : mark.start()])
            start = mark.end()
    return [*names, words[start:]]


def _attachments(words: str) -> list[str]:
    """Paths in the field `file`, which holds paths, or descriptions, paths and types."""
    paths = []
    for whole in FILE_END.split(words):
        parts = FILE_PART.split(whole)
        path = parts[1] if len(parts) >= 3 and not DRIVE.match(parts[0].strip()) else whole
        paths.append(re.sub(r"\\([:;\\])", r"\1", path).strip())
    return [path for path in paths if path]


def _decoded(words: str) -> Any:
    """LaTeX as plain characters."""
    from pylatexenc.latex2text import LatexNodes2Text

    try:
        return LatexNodes2Text(keep_comments=True).latex_to_text(words) if words else ""
    except Exception:  # it raises many kinds of error on what is no LaTeX
        return re.sub(r"[{}\\]", "", words)
