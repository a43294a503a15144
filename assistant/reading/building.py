"""Parts of a file → one text with blocks: what the readers of marked-up formats share.

Their files hold no plain text, so the text is made here: paragraphs parted by blank lines, headings
among them. Each block's offsets are exact in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.errors import DocumentRefused
from assistant.reading.grids import Cell, rows_of
from assistant.reading.header import source_from, split_plain_header
from assistant.reading.invisible import clean, warnings_of
from assistant.reading.plain import TALK, title_of
from assistant.reading.sensitivity import sensitivity_of
from assistant.reading.structure import is_furniture
from assistant.reading.transcript import speakers_of, with_speakers
from assistant.records import Block, BlockKind, Document, Origin

PARTING = "\n\n"


@dataclass
class TextBuilder:
    """A text in the making. Words are taken with their white space as it comes."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    removed: Counter[str] = field(default_factory=Counter)
    hidden: list[str] = field(default_factory=list)
    title: str | None = None
    _length: int = 0
    _part: str | None = None
    _levels: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What was built so far."""
        return PARTING.join(self.parts)

    @property
    def section(self) -> tuple[str, ...]:
        """The path of headings at this point."""
        titles = tuple(title for _, title in self._levels)
        return titles if self._part is None else (self._part, *titles)

    def begin_part(self, title: str | None) -> None:
        """Begin a chapter: its title stands above all headings in it."""
        self._levels = []
        self._part = self.tidy(title or "").replace("\n", " ") or None

    def heading(self, level: int, words: str) -> None:
        """A heading of this level, 1 the highest. It stands in the text and in no block.

        The document's and the chapter's own titles are no sections.
        """
        title = self.tidy(words).replace("\n", " ")
        if not title:
            return
        self._append(title)
        self._levels = [entry for entry in self._levels if entry[0] < level]
        if title not in (self._part, self.title):
            self._levels.append((level, title))

    def paragraph(
        self, words: str, kind: BlockKind = BlockKind.PROSE, *, label: str = "", **facts: Any
    ) -> Block | None:
        """A paragraph as a block with these facts; None if it holds no words.

        `label` stands before the block in the text, as a speaker's name does in a transcript.
        """
        tidied = self.tidy(words)
        if not tidied:
            return None
        facts.setdefault("section", self.section)
        if kind is not BlockKind.ROW and is_furniture(tidied, facts["section"]):
            kind = BlockKind.FURNITURE
        lead = f"{self.tidy(label)}: " if label else ""
        end = self._append(lead + tidied)
        block = Block(start=end - len(tidied), end=end, kind=kind, **facts)
        self.blocks.append(block)
        return block

    def table(self, table: Sequence[Sequence[Cell]], headers: int) -> None:
        """A table whose first `headers` rows are its header: each row a block with its group."""
        tidied = [[replace(cell, text=self._line(cell.text)) for cell in row] for row in table]
        for heading in tidied[:headers]:
            self._append(" | ".join(cell.text for cell in heading).strip(" |"))
        for row in rows_of(tidied, headers):
            if row.is_group:
                self._append(row.text)
            else:
                self.paragraph(row.text, BlockKind.ROW, prefix=row.row.prefix, labels=row.row.labels)

    def hide(self, words: str) -> None:
        """Words that a person does not see: left out, and counted."""
        tidied = self.tidy(words)
        if tidied:
            self.hidden.append(tidied)

    def tidy(self, words: str) -> str:
        """Words without invisible characters and with plain white space; line breaks are kept."""
        cleaned = clean(words)
        self.removed.update(cleaned.removed)
        lines = (" ".join(line.split()) for line in cleaned.text.split("\n"))
        return "\n".join(line for line in lines if line)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was left out, in words."""
        found = warnings_of(self.removed)
        if self.hidden:
            words = sum(len(part.split()) for part in self.hidden)
            found += (f"hidden text left out: {words} words in {len(self.hidden)} places",)
        return found

    def _line(self, words: str) -> str:
        return self.tidy(words).replace("\n", " ").replace("|", "/")

    def _append(self, words: str) -> int:
        """Add to the text; where it ends now."""
        if not words:
            return self._length
        self._length += len(words) + (len(PARTING) if self.parts else 0)
        self.parts.append(words)
        return self._length


def document_from(
    path: Path,
    document_id: str,
    builder: TextBuilder,
    fields: dict[str, Any],
    *,
    name: str | None = None,
    is_transcript: bool = False,
    may_have_header: bool = False,
    origin: Origin = Origin.METADATA,
    warnings: tuple[str, ...] = (),
) -> Document:
    """A built text as a Document. `fields` is what the format says of it, as in a plain header, `origin`
    where that stands.

    A plain header at the top of the text itself wins over them, where it `may_have_header`. Labelled
    talk is recognised as in plain text. Raises DocumentRefused if no readable words are in it.
    """
    text = builder.text
    stated, start = split_plain_header(text) if may_have_header else ({}, 0)
    origins = dict.fromkeys(fields.keys() - stated.keys(), origin)
    fields = {**fields, **stated}
    blocks = tuple(block for block in builder.blocks if block.start >= start)
    if not is_transcript:
        told = bool(TALK.search(str(fields.get("kind") or "")))
        # A list's items are no turns, whatever words with a colon they begin with.
        lines = [
            line if block.kind is BlockKind.PROSE else ""
            for block in blocks
            for line in text[block.start : block.end].split("\n")
        ]
        speakers = speakers_of(lines, told=told)
        is_transcript = bool(speakers) or told
        blocks = with_speakers(text, blocks, speakers) if is_transcript else blocks
    refuse_without_words(path, blocks)
    source = source_from(path, fields, title_of(text, start) or path.stem, origins)
    return Document(
        id=document_id,
        name=name or path.name,
        source=source,
        text=text,
        blocks=blocks,
        sensitivity=sensitivity_of(path, fields, from_participants=is_transcript, link=source.link),
        is_transcript=is_transcript,
        warnings=warnings + builder.warnings,
    )


def refuse_without_words(path: Path, blocks: Sequence[Block]) -> None:
    """Raises DocumentRefused if all that was read is furniture."""
    if all(block.kind is BlockKind.FURNITURE for block in blocks):
        raise DocumentRefused(
            path, "no readable text in it", "check that the file is the one you meant and in Latin script"
        )
