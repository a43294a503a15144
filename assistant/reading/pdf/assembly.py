"""Paragraphs → the document's text, its blocks with their sections, and where its pages start."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.reading.pdf import reference_lists
from assistant.reading.pdf.cells import Table
from assistant.reading.pdf.headings import levels_of
from assistant.reading.pdf.hyphens import Hyphens
from assistant.reading.pdf.roles import Paragraph, Role
from assistant.reading.structure import ADDRESS, ITEM
from assistant.records import Block, BlockKind

BULLET = re.compile(r"^[•▪●◦‣∙○■□➢✓]\s*")
CONTENTS = re.compile(r"^(?:table of )?contents$", re.IGNORECASE)
ENTRY = re.compile(r"\s\d{1,3}$")
NOTES_SECTION = "Footnote"


@dataclass(frozen=True, slots=True)
class Body:
    """A document's text with its blocks; `starts` gives the offset at which each page (from 0) begins,
    but for pages of which nothing is in the text."""

    text: str
    blocks: tuple[Block, ...]
    starts: dict[int, int]

    def page_starts(self, count: int) -> list[int]:
        """The offset of each of `count` pages; an empty page starts where the next one does."""
        offset = max(len(self.text) - 1, 0)
        offsets = []
        for page in range(count - 1, -1, -1):
            offset = min(self.starts.get(page, offset), offset)
            offsets.append(offset)
        return offsets[::-1]


def assemble(paragraphs: Sequence[Paragraph], hyphens: Hyphens) -> Body:
    """The text of all paragraphs in order, and the blocks that they make."""
    titles = [(_preview(each), each.lines[0][1]) for each in paragraphs if each.role is Role.HEADING]
    assembler = _Assembler(
        hyphens, levels_of(titles), reference_lists.entries(list(map(_preview, paragraphs)))
    )
    for place, paragraph in enumerate(paragraphs):
        assembler.take(place, paragraph)
    return Body("".join(assembler.parts), tuple(assembler.blocks), assembler.starts)


def _preview(paragraph: Paragraph) -> str:
    return " ".join(line.text for _, line in paragraph.lines[:8])


@dataclass
class _Assembler:
    """Walks over the paragraphs with the section path that they stand in."""

    hyphens: Hyphens
    levels: list[int]
    entries: set[int]
    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)
    path: list[tuple[int, str]] = field(default_factory=list)
    headings: int = 0

    def take(self, place: int, paragraph: Paragraph) -> None:
        """Append one paragraph to the text."""
        if paragraph.table is not None:
            self._take_table(paragraph.first_page, paragraph.table)
            return
        words, pages = self._words(paragraph)
        start = self._write(words, pages)
        if paragraph.role is Role.HEADING:
            self._open_section(words)
        elif paragraph.role is Role.TITLE:
            # What came before on its page ends another text.
            self.path.clear()
        elif paragraph.role is not Role.FRONT:
            kind = self._kind(place, paragraph, words)
            extra = (NOTES_SECTION,) if paragraph.role is Role.NOTE else ()
            mark = (BULLET.match(words) or ITEM.match(words)) if kind is BlockKind.ITEM else None
            lead = mark.end() if mark and mark.end() < len(words) else 0
            self._block(start + lead, self.length, kind, extra=extra)

    def _words(self, paragraph: Paragraph) -> tuple[str, list[tuple[int, int]]]:
        """A paragraph's words, and (page, offset) of the first line of each of its pages."""
        words = ""
        pages: list[tuple[int, int]] = []
        for page, line in paragraph.lines:
            if words:
                lost, between = self.hyphens.joint(words, line.text)
                words = words[: len(words) - lost] + between
            if not pages or pages[-1][0] != page:
                pages.append((page, len(words)))
            words += line.text
        return words, pages

    def _write(self, words: str, pages: list[tuple[int, int]]) -> int:
        if self.parts:
            self.parts.append("\n\n")
            self.length += 2
        start = self.length
        for page, offset in pages:
            self.starts.setdefault(page, start + offset)
        self.parts.append(words)
        self.length += len(words)
        return start

    def _kind(self, place: int, paragraph: Paragraph, words: str) -> BlockKind:
        in_list = any(reference_lists.is_heading(title) for _, title in self.path)
        in_contents = any(CONTENTS.match(title) for _, title in self.path[-1:]) and ENTRY.search(words)
        is_furniture = (
            paragraph.role is Role.CONTENTS
            or in_list
            or bool(in_contents)
            or place in self.entries
            or bool(ADDRESS.match(words))
            or not any(mark.isalpha() for mark in words)
        )
        if is_furniture:
            return BlockKind.FURNITURE
        return BlockKind.ITEM if paragraph.role is Role.ITEM else BlockKind.PROSE

    def _block(
        self, start: int, end: int, kind: BlockKind, *, prefix: str = "", extra: tuple[str, ...] = ()
    ) -> None:
        section = tuple(title for _, title in self.path) + extra
        self.blocks.append(Block(start, end, kind, section, prefix=prefix))

    def _take_table(self, page: int, table: Table) -> None:
        header = tuple(filter(None, table.header))
        if header:
            start = self._write(" | ".join(header), [(page, 0)])
            self._block(start, self.length, BlockKind.FURNITURE)
        for row in table.rows:
            start = self._write(" | ".join(filter(None, row.cells)), [(page, 0)])
            prefix = "; ".join(filter(None, (row.group, " / ".join(header))))
            self._block(start, self.length, BlockKind.ROW, prefix=prefix)

    def _open_section(self, title: str) -> None:
        level = self.levels[self.headings]
        self.headings += 1
        self.path = [entry for entry in self.path if entry[0] < level]
        self.path.append((level, title.strip().rstrip(":")))
