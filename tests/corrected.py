"""An index with sentences to correct, and corrections made as `assistant correct` makes them."""

from __future__ import annotations

from pathlib import Path

from assistant.index.catalogue import Catalogue
from assistant.index.corrections import Correction, Corrections
from assistant.index.generations import CATALOGUE, Layout
from assistant.index.hashing import words_hash
from assistant.records import DocumentHead, Passage, Sentence
from tests.indexing import ingest

PAPER = (
    "# Walks and wardens\n\n"
    "A weekly warden helps the walks last through winter. Locked gates were a barrier to the walks. "
    "The walks were counted by the parish clerk every spring.\n\n"
    "“We never had a key of our own to the old gate” (P4).\n"
)
COUNTED = "The walks were counted"


def read_live(root: Path) -> list[tuple[DocumentHead, Passage, Sentence]]:
    live = Catalogue.open(Layout(root).live() / CATALOGUE)
    try:
        return [
            (head, passage, sentence)
            for head in live.heads()
            for passage in live.passages_of(head.id)
            for sentence in passage.sentences
        ]
    finally:
        live.close()


def find(root: Path, words: str) -> tuple[DocumentHead, Sentence]:
    head, _, sentence = next(found for found in read_live(root) if words in found[2].text)
    return head, sentence


def correct(root: Path, words: str, **labels: str) -> None:
    """What `assistant correct` does with a sentence that holds these words."""
    head, sentence = find(root, words)
    made = Correction(
        head.id,
        sentence.start,
        sentence.end,
        words_hash(sentence.text),
        "A. Marker",
        "a fair reading",
        "2026-01-02",
        **labels,  # type: ignore[arg-type]
    )
    Corrections(Layout(root)).put(made)
    ingest(root)
