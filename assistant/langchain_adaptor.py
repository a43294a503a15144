"""Our retriever for programs that are built with LangChain, and our answers as its messages.

retriever = EvidenceRetriever.open(k=8)
retriever.invoke("What helps a new practice model last?")
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.messages import AIMessage
from langchain_core.messages.content import TextContentBlock, create_citation, create_text_block
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from assistant.errors import BadInput
from assistant.pipeline import Assistant, open_assistant
from assistant.records import Answer, Citation, Evidence, Filter, Sensitivity
from assistant.settings import load_settings


class EvidenceRetriever(BaseRetriever):
    """Passages of an index as LangChain documents, best first.

    `k` is how many at most, `within` which are looked at; both can be given to `invoke` as well. What a
    program does with them is not known here, and it may well send them to a model that runs elsewhere:
    with `public_only` of what `within` takes public documents alone are looked at.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
    k: int = Field(default=10, ge=1)
    within: Filter = Filter()
    public_only: bool = True

    @classmethod
    def open(cls, **fields: Any) -> EvidenceRetriever:
        """A retriever over the index that the settings name. Raises SettingsError."""
        return cls(assistant=open_assistant(load_settings()), **fields)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        k: int | None = None,
        within: Filter | None = None,
    ) -> list[Document]:
        """Raises BadInput, IndexMissing, IndexMismatch or IndexDamaged."""
        limit = self.k if k is None else k
        if not isinstance(limit, int) or limit < 1:
            raise BadInput(f"`k` is how many documents at most, 1 or more, not {limit!r}.")
        looked_at = self.within if within is None else within
        if not isinstance(looked_at, Filter):
            raise BadInput(f"`within` is an `assistant.records.Filter`, not {looked_at!r}.")
        if self.public_only:
            if looked_at.sensitivity and Sensitivity.PUBLIC not in looked_at.sensitivity:
                return []
            looked_at = replace(looked_at, sensitivity=(Sensitivity.PUBLIC,))
        found = self.assistant.search(query, limit, looked_at)
        return [document_of(item) for item in found.evidence]


def document_of(item: Evidence) -> Document:
    """A passage as a LangChain document: its text as it stands in its source, and where that is."""
    passage, source = item.passage, item.document.source
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "passage": passage.id,
            "document": passage.document,
            "start": passage.start,
            "end": passage.end,
            "section": " > ".join(passage.section) or None,
            "page": passage.page,
            "speaker": passage.speaker,
            "time": passage.time,
            "title": source.title,
            "file": item.document.name,
            "year": source.year,
            "link": source.link,
            "study_group": item.document.study_group,
            "sensitivity": item.sensitivity.value,
            "rank": item.rank,
            "found_by": item.found_by,
            "scores": dict(item.scores),
        },
    )


def message_of(answer: Answer) -> AIMessage:
    """An answer as a message: its summary, then a block of text for each claim, annotated with its
    citations. What our citations say beyond LangChain's fields stands in their `extras`."""
    claims = [_claim_block(claim.text, claim.citations) for claim in answer.claims]
    return AIMessage(
        content_blocks=[create_text_block(answer.message), *claims],
        response_metadata={"status": answer.status.value, **answer.provenance},
    )


def _claim_block(text: str, citations: tuple[Citation, ...]) -> TextContentBlock:
    annotations = [
        create_citation(
            url=citation.link,
            title=citation.title,
            start_index=0,
            end_index=len(text),
            cited_text=citation.quote,
            # What is none of LangChain's fields goes to `extras`.
            passage=citation.passage,
            document=citation.document,
            start=citation.start,
            end=citation.end,
            section=citation.section,
            page=citation.page,
            speaker=citation.speaker,
            voice=citation.voice.value,
            file=citation.file,
        )
        for citation in citations
    ]
    return create_text_block(text, annotations=list(annotations))
