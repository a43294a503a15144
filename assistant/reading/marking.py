"""Parts of a document that its writer marks as stricter than the whole: `[sensitivity: restricted]`.

A mark on a line of its own holds for everything after it, up to the next such mark. At a heading it
holds for the section, those below it included; in a paragraph, an extract or a table row for that.
In a PDF, whose lines may be joined, every mark holds up to the next. `[sensitivity: public]` ends a
part and opens nothing: the document's own tier holds again. A mark that stands nowhere of these
closes the whole document. Marks are no part of headings and quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assistant.errors import DocumentRefused
from assistant.records import Block, BlockKind, Document, Sensitivity, stricter

MARK = re.compile(rf"\[\s*sensitivity\s*[:=]\s*(?P<tier>{'|'.join(Sensitivity)})\s*\]", re.IGNORECASE)
# A line that is meant as a mark, spelt right or not.
MEANT = re.compile(
    rf"^(?:[#*_>]|[^\S\n])*\[\s*sensitiv\w*(?:\s*[:=]\s*[a-z]{{3,20}}|\s+(?:{'|'.join(Sensitivity)}))\s*\]?[*_\s]*$",
    re.IGNORECASE | re.MULTILINE,
)


def is_mark(words: str) -> bool:
    """Whether a line or paragraph is a mark and nothing else."""
    return MARK.fullmatch(words.strip()) is not None


def with_marked_parts(path: Path, document: Document) -> Document:
    """The document with the tiers that marks give its parts. Raises DocumentRefused for a line that is
    meant as a mark and cannot be read."""
    if "[" not in document.text or "sensitiv" not in document.text.casefold():
        return document
    for line in MEANT.finditer(document.text):
        if not MARK.search(line.group()):
            raise DocumentRefused(
                path,
                f"a mark that cannot be read: {line.group().strip()[:60]}",
                f"write [sensitivity: …] with one of: {', '.join(Sensitivity)}",
            )
    marks = list(MARK.finditer(document.text))
    if not marks:
        return document
    lost = [_tier(mark) for mark in marks if not _is_placed(document, mark)]
    return replace(
        document,
        blocks=tuple(_marked(document, _switches(document, marks))),
        sensitivity=stricter(document.sensitivity, *lost),
        source=replace(document.source, title=_without(document.source.title) or path.stem),
    )


def _marked(document: Document, switches: list[re.Match[str]]) -> Iterator[Block]:
    """Every block with the strictest tier that a mark gives it, without the mark."""
    waiting = list(reversed(switches))
    current = Sensitivity.PUBLIC
    for block in document.blocks:
        while waiting and waiting[-1].start() <= block.start:
            current = _tier(waiting.pop())
        words = document.text[block.start : block.end]
        around = (words, block.prefix, *block.section)
        tier = stricter(current, *(_tier(mark) for part in around for mark in MARK.finditer(part)))
        # A switch within a block ends nothing in it.
        while waiting and waiting[-1].start() < block.end:
            current = _tier(waiting.pop())
        start, end = _trimmed(words)
        if start == end:
            yield replace(block, kind=BlockKind.FURNITURE)
            continue
        yield replace(
            block,
            start=block.start + start,
            end=block.start + end,
            section=tuple(_without(title) for title in block.section),
            prefix=_without(block.prefix),
            sensitivity=stricter(tier, block.sensitivity or tier),
        )


def _switches(document: Document, marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """The marks that stand on lines of their own."""
    text = document.text
    if any(page.engine for page in document.pages):
        return marks
    return [
        mark
        for mark in marks
        if not text[text.rfind("\n", 0, mark.start()) + 1 : mark.start()].strip()
        and not text[mark.end() :].split("\n", 1)[0].strip()
    ]


def _is_placed(document: Document, mark: re.Match[str]) -> bool:
    """Whether a mark stands in a block, on a line of its own, or at a heading above a block."""
    text = document.text
    start = text.rfind("\n", 0, mark.start()) + 1
    line = text[start:].split("\n", 1)[0]
    if is_mark(line) or any(block.start <= mark.start() < block.end for block in document.blocks):
        return True
    return any(title in line for block in document.blocks for title in block.section if MARK.search(title))


def _trimmed(words: str) -> tuple[int, int]:
    """Where a block's words begin and end without marks at its ends."""
    start, end = 0, len(words)
    while mark := MARK.match(words[start:end].lstrip()):
        start = end - len(words[start:end].lstrip()) + mark.end()
    start = end - len(words[start:end].lstrip())
    while ends := re.search(rf"(?:{MARK.pattern})\s*$", words[start:end], re.IGNORECASE):
        end = start + ends.start()
    return start, start + len(words[start:end].rstrip())


def _without(title: str) -> str:
    return " ".join(MARK.sub(" ", title).split()) if MARK.search(title) else title


def _tier(mark: re.Match[str]) -> Sensitivity:
    return Sensitivity(mark["tier"].lower())
