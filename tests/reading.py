"""What the tests of the readers share: reading a file made in the test, and its blocks' words."""

from __future__ import annotations

from pathlib import Path

from assistant.reading import read
from assistant.records import Block, BlockKind, Document


def read_all(folder: Path, name: str, data: bytes | str) -> tuple[Document, ...]:
    """The documents of a file that is written below a folder."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path)


def read_one(folder: Path, name: str, data: bytes | str) -> Document:
    """The one document of such a file."""
    (document,) = read_all(folder, name, data)
    return document


def words_of(document: Document, kind: BlockKind | None = None) -> list[str]:
    """The words of each block that is not furniture, or of each of one kind."""
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if (block.kind is not BlockKind.FURNITURE if kind is None else block.kind is kind)
    ]


def block_with(document: Document, words: str) -> Block:
    """The one block that holds these words."""
    (block,) = (b for b in document.blocks if words in document.text[b.start : b.end])
    return block
