"""Plain text: papers and pages saved as text, and labelled transcripts."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from assistant.errors import DocumentRefused
from assistant.reading.decode import decode
from assistant.reading.header import source_from, split_plain_header
from assistant.reading.reader import Reader, ReadOptions
from assistant.reading.sensitivity import sensitivity_of
from assistant.reading.structure import blocks_of, paragraphs_of
from assistant.reading.transcript import speakers_in, transcript_blocks
from assistant.records import BlockKind, Document

# "Interview study" is a paper.
TALK = re.compile(
    r"\b(?:transcript|interview(?![ -](?:stud|based|survey))|talk|podcast|focus group(?! stud)|webinar)\b",
    re.IGNORECASE,
)
MAX_TITLE = 250
SUFFIXES = (".txt", ".text")


def _recognises(path: Path, data: bytes) -> bool:
    return path.suffix.lower() in SUFFIXES or not path.suffix or b"\0" not in data[:4096]


def _read(path: Path, data: bytes, options: ReadOptions) -> tuple[Document, ...]:
    text, warnings = decode(path, data)
    return (read_plain(path, text, hashlib.sha256(data).hexdigest(), warnings),)


def read_plain(
    path: Path, text: str, document_id: str, warnings: tuple[str, ...], *, told: bool = False
) -> Document:
    """A text file as a Document; its text is the file's own, so offsets hold in the file.

    `told` says that it is known to be a transcript or talk, as its header may say too.
    """
    fields, start = split_plain_header(text)
    kind = str(fields.get("kind") or "")
    told = told or bool(TALK.search(kind))
    speakers = speakers_in(text, start, told=told)
    is_transcript = bool(speakers) or told
    blocks = transcript_blocks(text, start, speakers) if is_transcript else blocks_of(text, start)
    if not any(block.kind is not BlockKind.FURNITURE for block in blocks):
        raise DocumentRefused(path, "no readable text in it", "check that the file is the one you meant")
    source = source_from(path, fields, title_of(text, start) or path.stem)
    return Document(
        id=document_id,
        name=path.name,
        source=source,
        text=text,
        blocks=blocks,
        sensitivity=sensitivity_of(path, fields, from_participants=is_transcript, link=source.link),
        is_transcript=is_transcript,
        warnings=warnings,
    )


def title_of(text: str, start: int = 0) -> str | None:
    """The longest line without an end mark among those above the first paragraph of prose."""
    candidates: list[str] = []
    for count, paragraph in enumerate(paragraphs_of(text, start)):
        words = paragraph.text.split()
        if count >= 12 or len(words) > 45 or paragraph.text.strip().lower() == "abstract":
            break
        is_line = len(paragraph.text) <= MAX_TITLE and "|" not in paragraph.text
        if is_line and not paragraph.text.endswith((".", ";", ",", ":")):
            candidates.append(paragraph.text)
    return " ".join(max(candidates, key=len).split()) if candidates else None


READER = Reader("plain text", SUFFIXES, _recognises, _read, sets_sensitivity=True)
