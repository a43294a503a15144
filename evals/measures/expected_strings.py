"""What must stand, must not stand and must stand in order in the text of a document.

The expectations are lines of JSON in the form of olmOCR's bench: `pdf`, `type` (`present`, `absent`,
`order`, `table`), and the strings. Types that judge how formulas are set are not counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.records import BlockKind, Document
from evals.json_lines import entries_in

Expectation = dict[str, Any]
JUDGED = ("present", "absent", "order", "table")
_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "\u00ad": "", "⋅": "·"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as one engine read it: all text, the part that counts as evidence, and its table rows."""

    text: str
    evidence: str
    rows: tuple[tuple[str, ...], ...] = ()
    prefixes: tuple[str, ...] = ()


def load(files: Iterable[Path]) -> list[Expectation]:
    """The expectations of some files that are judged here."""
    return [entry for file in files for entry in entries_in(file) if entry.get("type") in JUDGED]


def of_document(document: Document) -> Reading:
    """Our own reading: what is no furniture is evidence."""
    blocks = [block for block in document.blocks if block.kind is not BlockKind.FURNITURE]
    rows = [block for block in blocks if block.kind is BlockKind.ROW]
    return Reading(
        plain(document.text),
        plain("\n".join(document.text[block.start : block.end] for block in blocks)),
        tuple(tuple(plain(document.text[row.start : row.end]).split(" | ")) for row in rows),
        tuple(plain(row.prefix) for row in rows),
    )


def of_text(text: str) -> Reading:
    """An engine's bare text, all of it evidence and none of it a table."""
    words = plain(text)
    return Reading(words, words)


def plain(text: str) -> str:
    """Text with plain quotation marks and dashes and with single spaces; words cut at a line's end whole."""
    folded = unicodedata.normalize("NFKC", text).translate(_PLAIN).replace("''", '"')
    return " ".join(re.sub(r"(?<=[a-z])-\s*\n\s*(?=[a-z])", "", folded).split())


def holds(expectation: Expectation, reading: Reading) -> bool:
    """Whether a reading is as expected."""
    kind = expectation["type"]
    differences = int(expectation.get("max_diffs") or 0)
    if kind == "present":
        return _find(reading.text, plain(expectation["text"]), differences, expectation) is not None
    if kind == "absent":
        last = expectation.get("last_n")
        evidence = reading.evidence[-int(last) :] if last else reading.evidence
        return _find(evidence, plain(expectation["text"]), 0, expectation) is None
    if kind == "order":
        before = _find(reading.text, plain(expectation["before"]), differences, expectation)
        after = _find(reading.text, plain(expectation["after"]), differences, expectation, last=True)
        return before is not None and after is not None and before < after
    return _stands_in_table(expectation, reading)


def _find(
    text: str, words: str, differences: int, expectation: Expectation, *, last: bool = False
) -> int | None:
    if expectation.get("case_sensitive") is False:
        text, words = text.lower(), words.lower()
    at = text.rfind(words) if last else text.find(words)
    if at >= 0 or not differences:
        return at if at >= 0 else None
    return _find_nearly(text, words, differences)


def _find_nearly(text: str, words: str, differences: int) -> int | None:
    """The end of the first stretch of text that is the words but for a few letters (Sellers 1980)."""
    row = list(range(len(words) + 1))
    for place, mark in enumerate(text):
        above = row
        row = [0] * (len(words) + 1)
        for at, letter in enumerate(words, 1):
            row[at] = min(above[at - 1] + (letter != mark), above[at] + 1, row[at - 1] + 1)
        if row[-1] <= differences:
            return place
    return None


def _stands_in_table(expectation: Expectation, reading: Reading) -> bool:
    """Whether a cell stands in a table row with the neighbours and headings that are named."""
    return any(
        plain(expectation["cell"]) == cell and _has_neighbours(expectation, reading, number, column)
        for number, row in enumerate(reading.rows)
        for column, cell in enumerate(row)
    ) or (
        set(expectation) <= {"pdf", "page", "id", "type", "checked", "cell"} and _heads(expectation, reading)
    )


def _heads(expectation: Expectation, reading: Reading) -> bool:
    return any(plain(expectation["cell"]) in prefix for prefix in reading.prefixes)


def _has_neighbours(expectation: Expectation, reading: Reading, number: int, column: int) -> bool:
    row = reading.rows[number]
    neighbours = {
        "left": row[column - 1] if column else "",
        "right": row[column + 1] if column + 1 < len(row) else "",
        "up": _cell(reading, number - 1, column),
        "down": _cell(reading, number + 1, column),
    }
    if any(side in expectation and plain(expectation[side]) != cell for side, cell in neighbours.items()):
        return False
    if "top_heading" in expectation and plain(expectation["top_heading"]) not in reading.prefixes[number]:
        return False
    return "left_heading" not in expectation or plain(expectation["left_heading"]) in row[:column]


def _cell(reading: Reading, number: int, column: int) -> str:
    if not 0 <= number < len(reading.rows) or column >= len(reading.rows[number]):
        return ""
    return reading.rows[number][column]
