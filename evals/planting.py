"""Instructions planted in documents, as somebody who can write one of them might.

From a folder with BIPIA's indirect attacks (Yi et al. 2023; `text_attack_train.json`), attack strings by
kind (`payloads.jsonl`) and harmless prompts full of attack-like words (`benign.jsonl`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.records import Block, Document
from evals.json_lines import entries_in

BIPIA, PAYLOADS, HARMLESS = "text_attack_train.json", "payloads.jsonl", "benign.jsonl"


@dataclass(frozen=True, slots=True)
class Planted:
    """An instruction, by kind of attack."""

    id: str
    kind: str
    words: str


def load_planted(directory: Path) -> list[Planted]:
    """Each instruction of the folder once, in one line. Raises OSError, ValueError or KeyError."""
    found: dict[str, Planted] = {}
    for category, texts in json.loads((directory / BIPIA).read_text(encoding="utf-8")).items():
        for number, words in enumerate(texts):
            _add(found, Planted(f"bipia:{category}:{number}", category, words))
    for line in entries_in(directory / PAYLOADS):
        _add(found, Planted(line["id"], line["kind"], line["text"]))
    return list(found.values())


def load_harmless(directory: Path) -> dict[str, str]:
    """Harmless prompts by id."""
    return {line["id"]: line["text"] for line in entries_in(directory / HARMLESS)}


def plant(document: Document, places: Sequence[tuple[int, str]]) -> Document:
    """The document with each instruction as a paragraph of its own after the block that holds its place.

    Pages, codings and blocks move with their words; the id is another, since the text is. Places outside
    any block are planted at the end.
    """
    text, blocks, made = "", [], document.id
    after: dict[int, list[str]] = {}
    for place, words in places:
        after.setdefault(_block_at(document, place), []).append(words)
    read = 0
    shifts: list[tuple[int, int]] = []
    for number, block in enumerate(document.blocks):
        shift = len(text) - read
        blocks.append(replace(block, start=block.start + shift, end=block.end + shift))
        if number in after:
            text += document.text[read : block.end]
            read = block.end
            for words in after[number]:
                text += "\n\n"
                own = Block(len(text), len(text) + len(words), section=block.section, speaker=block.speaker)
                blocks.append(own)
                text += words
                made = hashlib.sha256(f"{made}\0{words}".encode()).hexdigest()
            shifts.append((block.end, len(text) - read))
    text += document.text[read:]
    return replace(
        document,
        id=made,
        text=text,
        blocks=tuple(blocks),
        pages=tuple(replace(page, start=page.start + _shift(shifts, page.start)) for page in document.pages),
        codings=tuple(
            replace(
                coding,
                start=coding.start + _shift(shifts, coding.start),
                end=coding.end + _shift(shifts, coding.end - 1),
            )
            for coding in document.codings
        ),
    )


def _block_at(document: Document, place: int) -> int:
    numbers = [number for number, block in enumerate(document.blocks) if block.start <= place < block.end]
    return numbers[0] if numbers else len(document.blocks) - 1


def _shift(shifts: Sequence[tuple[int, int]], place: int) -> int:
    """How far a place of the old text has moved."""
    return max((shift for end, shift in shifts if end <= place), default=0)


def _add(found: dict[str, Planted], one: Planted) -> None:
    words = " ".join(one.words.split())
    found.setdefault(words, replace(one, words=words))
