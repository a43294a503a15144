"""Collections through the real index: each entry is a Document, each index is kept by its content."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.encoding import Encoder
from assistant.errors import IndexDamaged, IndexMismatch, IndexMissing
from assistant.framework import load_framework
from assistant.index import SCHEMA, Index
from assistant.index.documents import index_documents
from assistant.passages import SPLITTER
from assistant.records import Block, Document, Source
from assistant.reranking import Reranker, rerank
from assistant.retrieval import Found, Retriever
from evals.collections import Collection, Entry

PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)
# Entries are told after every so many, since a large collection takes minutes.
TOLD_EVERY = 500
# How many passages are looked through for 100 entries, each by its best passage.
DEPTH = 400


def document_of(entry: Entry) -> Document:
    """An entry as a Document: its paragraphs are prose, its title is the document's."""
    identity = hashlib.sha256(f"{entry.id}\0{entry.title}\0{entry.text}".encode()).hexdigest()
    blocks = tuple(Block(*match.span()) for match in PARAGRAPH.finditer(entry.text))
    return Document(identity, entry.id, Source(title=entry.title), entry.text, blocks)


def index_of(documents: Sequence[Document], encoder: Encoder, cache: Path) -> Index:
    """An index of exactly these documents, made unless it lies in the cache from an earlier run."""
    made_of = [SCHEMA, encoder.fingerprint, SPLITTER, *(document.id for document in documents)]
    name = hashlib.sha256("\0".join(made_of).encode()).hexdigest()[:16]
    index = Index(cache / "evals" / "indexes" / name, encoder.fingerprint)
    try:
        index.live()
    except (IndexMissing, IndexMismatch, IndexDamaged):
        index_documents(
            index.layout.root,
            encoder,
            load_framework(),
            documents,
            lambda done, _: _tell(done, len(documents)),
        )
    return index


class CollectionSearch:
    """Our retrieval over a collection: entries ranked by their best passage."""

    def __init__(self, collection: Collection, encoder: Encoder, cache: Path) -> None:
        documents = [document_of(entry) for entry in collection.corpus]
        self.index = index_of(documents, encoder, cache)
        self._retriever = Retriever(self.index, encoder)
        self._entries = {document.id: document.name for document in documents}

    def search(self, question: str, limit: int = 100) -> list[tuple[str, float]]:
        """(entry id, score) of the `limit` best entries, best first, without a reranker."""
        return self._entries_of(self._retriever.search(question, DEPTH), "fused", limit)

    def search_read(self, question: str, reranker: Reranker, limit: int = 100) -> list[tuple[str, float]]:
        """The same in the reranker's order."""
        found = self._retriever.search(question, DEPTH)
        return self._entries_of(rerank(question, found, reranker, DEPTH).found, "ranked", limit)

    def _entries_of(self, found: Found, score: str, limit: int) -> list[tuple[str, float]]:
        best: dict[str, float] = {}
        for item in found.evidence:
            best.setdefault(self._entries[item.passage.document], item.scores.get(score, 0.0))
        return list(best.items())[:limit]


def _tell(done: int, of: int) -> None:
    if done and done % TOLD_EVERY == 0:
        print(f"  indexed {done:,} of {of:,}", file=sys.stderr)
