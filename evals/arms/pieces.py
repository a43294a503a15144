"""Texts cut as the plain pipelines cut them, or left whole."""

from __future__ import annotations

from collections.abc import Sequence

from evals.arms import Hit, Source

Piece = tuple[str, int, int, str]
# As plain pipelines cut documents: characters a piece, and shared with the piece before.
SIZE, OVERLAP = 1000, 200


def left_whole(sources: Sequence[Source]) -> list[Piece]:
    """(source, start, end, words) of each text as it is."""
    return [(source.id, 0, len(source.text), source.text) for source in sources]


def pieces(sources: Sequence[Source]) -> list[Piece]:
    """(source, start, end, words) by LangChain's RecursiveCharacterTextSplitter."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=SIZE, chunk_overlap=OVERLAP, add_start_index=True)
    cut = []
    for source in sources:
        for document in splitter.create_documents([source.text]):
            start = document.metadata["start_index"]
            words = document.page_content
            cut.append((source.id, start, start + len(words), words))
    return cut


def hit_of(piece: Piece, score: float) -> Hit:
    """A piece that was found, with its score."""
    source, start, end, _ = piece
    return Hit(source, start, end, score)
