"""What an index holds, read once for a run: documents, their texts, passages and entries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assistant.framework import Framework
from assistant.index import Generation
from assistant.records import Document, DocumentHead, Passage
from evals.cases import Text


@dataclass(frozen=True)
class Library:
    """One generation of an index, in memory, as the measures ask it."""

    digest: str
    framework: Framework
    heads: dict[str, DocumentHead]
    documents: dict[str, Document]
    passages: dict[str, Passage]

    @cached_property
    def texts(self) -> dict[str, str]:
        """Document id → text."""
        return {identity: document.text for identity, document in self.documents.items()}

    def passages_of(self, document: str) -> list[Passage]:
        """The passages of a document."""
        return self._by_document.get(document, [])

    @cached_property
    def _by_document(self) -> dict[str, list[Passage]]:
        found: dict[str, list[Passage]] = {}
        for passage in self.passages.values():
            found.setdefault(passage.document, []).append(passage)
        return found


def library_of(generation: Generation, framework: Framework) -> Library:
    """All that a generation holds."""
    catalogue = generation.catalogue
    passages = [passage for document in generation.heads for passage in catalogue.passages_of(document)]
    return Library(
        generation.digest,
        framework,
        generation.heads,
        {identity: catalogue.document(identity) for identity in generation.heads},
        {passage.id: passage for passage in passages},
    )


def texts_of(generation: Generation) -> list[Text]:
    """The documents of an index, as cases refer to them."""
    return [
        Text(head.id, head.name, generation.catalogue.text(head.id)) for head in generation.heads.values()
    ]
