"""Markdown: headings, paragraphs, lists, pipe tables; and evidence notes with labelled findings.

The Document's text is the file's own, markup included, so that offsets hold in the file; blocks leave
the markup out. `corpus/NOTES.md` describes the form of an evidence note.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.errors import DocumentRefused
from assistant.reading.decode import decode
from assistant.reading.header import source_from, split_front_matter
from assistant.reading.plain import TALK
from assistant.reading.reader import Reader, ReadOptions
from assistant.reading.sensitivity import sensitivity_of
from assistant.reading.structure import blocks_of, is_reference_heading, without_closing_marks
from assistant.reading.transcript import speakers_in, with_speakers
from assistant.records import Block, BlockKind, Document, Labels, Stance, Voice

HEADING = re.compile(r"^(#{1,6})[ \t]+(\S.*)$", re.MULTILINE)
LABELS = re.compile(r"\[(?P<labels>\w+:[^\[\]]*)\]\s*$")
SUFFIXES = (".md", ".markdown")
LABEL_NAMES = {"section", "voice", "speaker", "basis", "stance", "condition", "parameter"}


def _recognises(path: Path, data: bytes) -> bool:
    return path.suffix.lower() in SUFFIXES or data.startswith((b"---\n", b"---\r\n"))


def _read(path: Path, data: bytes, options: ReadOptions) -> tuple[Document, ...]:
    text, warnings = decode(path, data)
    return (read_markdown(path, text, hashlib.sha256(data).hexdigest(), warnings),)


def read_markdown(path: Path, text: str, document_id: str, warnings: tuple[str, ...]) -> Document:
    """A Markdown file as a Document. Raises DocumentRefused for a label that is not known."""
    fields, start = split_front_matter(path, text)
    headings = list(HEADING.finditer(text, start))
    title = next((match for match in headings if len(match[1]) == 1), None)
    is_note = "study_group" in fields and "read" in fields
    blocks = [
        block
        for section, body_start, body_end in _sections(text, start, headings, title)
        for block in _section_blocks(path, text, section, (body_start, body_end), headings != [], is_note)
    ]
    told = bool(TALK.search(str(fields.get("kind") or ""))) and not is_note
    speakers = {} if is_note else speakers_in(text, start, told=told)
    is_transcript = bool(speakers) or told
    blocks = list(with_speakers(text, blocks, speakers)) if is_transcript else blocks
    if not any(block.kind is not BlockKind.FURNITURE for block in blocks):
        raise DocumentRefused(path, "no readable text in it", "check that the file is the one you meant")
    source = source_from(path, fields, without_closing_marks(title[2]) if title else path.stem)
    return Document(
        id=document_id,
        name=path.name,
        source=replace(source, is_note=is_note),
        text=text,
        blocks=tuple(blocks),
        sensitivity=sensitivity_of(path, fields, from_participants=is_transcript, link=source.link),
        is_transcript=is_transcript,
        warnings=warnings,
    )


def _sections(
    text: str, start: int, headings: list[re.Match[str]], title: re.Match[str] | None
) -> list[tuple[tuple[str, ...], int, int]]:
    """(section path, start, end) of the text under each heading; the title is no section."""
    sections: list[tuple[tuple[str, ...], int, int]] = []
    path: list[tuple[int, str]] = []
    position = start
    for match in [*headings, None]:
        end = match.start() if match else len(text)
        sections.append((tuple(words for _, words in path), position, end))
        if match:
            level = len(match[1])
            path = [entry for entry in path if entry[0] < level]
            if match is not title:
                path.append((level, without_closing_marks(match[2])))
            position = match.end()
    return sections


def _section_blocks(
    path: Path, text: str, section: tuple[str, ...], body: tuple[int, int], is_marked: bool, is_note: bool
) -> list[Block]:
    blocks = []
    for block in blocks_of(text, *body, marked=is_marked):
        placed = replace(block, section=section + block.section)
        if any(is_reference_heading(title) for title in section):
            placed = replace(placed, kind=BlockKind.FURNITURE)
        blocks.append(_with_labels(path, text, placed) if is_note else placed)
    return blocks


def _with_labels(path: Path, text: str, block: Block) -> Block:
    """A note's finding with the labels that stand in brackets at its end."""
    words = text[block.start : block.end]
    match = LABELS.search(words)
    if match is None:
        # The opening of a note tells what it is a note of: ours, and no finding.
        return replace(block, voice=Voice.OTHER)
    given = _parse_labels(path, match["labels"])
    try:
        stance = Stance(given.get("stance", Stance.NEITHER))
        voice = Voice(given.get("voice", Voice.AUTHORS))
    except ValueError as error:
        raise DocumentRefused(path, f"label {error} is not known", "see corpus/NOTES.md") from None
    return replace(
        block,
        end=block.start + len(words[: match.start()].rstrip()),
        kind=BlockKind.ITEM,
        speaker=given.get("speaker"),
        voice=voice,
        original_section=given.get("section"),
        labels=Labels(
            stance=stance,
            condition=given.get("condition"),
            parameter=None if given.get("parameter") == "none" else given.get("parameter"),
            basis=given.get("basis"),
            origin="note",
        ),
    )


def _parse_labels(path: Path, words: str) -> dict[str, Any]:
    labels: dict[str, Any] = {}
    for part in words.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip()
        if not colon or name not in LABEL_NAMES:
            raise DocumentRefused(path, f"label {part.strip()!r} is not known", "see corpus/NOTES.md")
        labels[name] = value.strip()
    return labels


READER = Reader("Markdown", SUFFIXES, _recognises, _read, sets_sensitivity=True)
