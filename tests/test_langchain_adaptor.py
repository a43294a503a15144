"""Our retriever as LangChain's own tests and programs use it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda
from langchain_tests.integration_tests import RetrieversIntegrationTests

from assistant.errors import BadInput
from assistant.langchain_adaptor import EvidenceRetriever, message_of
from assistant.pipeline import Assistant
from assistant.records import Filter, Sensitivity, Status
from tests.builders import assistant_over
from tests.fakes import FakeEncoder
from tests.studies import CELLAR, ELSEWHERE, HARBOUR, LANTERN, WITH_RESTRICTED


@pytest.fixture(scope="module")
def over_studies(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("langchain"), FakeEncoder(), WITH_RESTRICTED)


class TestStandard(RetrieversIntegrationTests):
    """What LangChain asks of every retriever."""

    _assistant: Assistant

    @pytest.fixture(autouse=True)
    def _over(self, over_studies: Assistant) -> None:
        self._assistant = over_studies

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return EvidenceRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"assistant": self._assistant}

    @property
    def retriever_query_example(self) -> str:
        return LANTERN


def test_a_document_is_a_passage_with_its_place(over_studies: Assistant) -> None:
    catalogue = over_studies.index.live().catalogue
    documents = EvidenceRetriever(assistant=over_studies).invoke(HARBOUR)

    assert documents
    for rank, document in enumerate(documents, 1):
        about = document.metadata
        assert catalogue.text(about["document"])[about["start"] : about["end"]] == document.page_content
        assert document.id == about["passage"] == catalogue.passages([about["passage"]])[document.id].id
        assert about["rank"] == rank
        assert {"section", "page", "speaker", "title", "scores"} <= about.keys()
    assert documents[0].metadata["title"].startswith("Harbour circles")


def test_it_finds_what_a_search_finds(over_studies: Assistant) -> None:
    retriever = EvidenceRetriever(assistant=over_studies, k=4, public_only=False)

    found = over_studies.search(LANTERN, 4).evidence
    assert [document.id for document in retriever.invoke(LANTERN)] == [item.passage.id for item in found]


def test_only_public_documents_are_given_out_unless_that_is_asked_for(over_studies: Assistant) -> None:
    restricted = Filter(sensitivity=(Sensitivity.RESTRICTED,))
    careful = EvidenceRetriever(assistant=over_studies, k=50)
    asked = EvidenceRetriever(assistant=over_studies, k=50, public_only=False)

    either = Filter(sensitivity=(Sensitivity.RESTRICTED, Sensitivity.PUBLIC))
    for documents in (careful.invoke(CELLAR), careful.invoke(CELLAR, within=either)):
        assert {document.metadata["sensitivity"] for document in documents} == {"public"}
        assert not any("ZEBRAFINCH" in document.page_content for document in documents)
    assert careful.invoke(CELLAR, within=restricted) == []
    assert {d.metadata["sensitivity"] for d in asked.invoke(CELLAR, within=restricted)} == {"restricted"}


def test_a_filter_narrows_what_is_found(over_studies: Assistant) -> None:
    retriever = EvidenceRetriever(assistant=over_studies, within=Filter(country=("Northvale",)))

    assert {document.metadata["file"] for document in retriever.invoke(HARBOUR)} == {"lantern.md"}


def test_it_stands_in_a_chain(over_studies: Assistant) -> None:
    chain = EvidenceRetriever(assistant=over_studies, k=1) | RunnableLambda(
        lambda found: found[0].page_content
    )

    assert "lantern" in chain.invoke(LANTERN)


def test_a_question_that_is_empty_is_refused(over_studies: Assistant) -> None:
    with pytest.raises(BadInput, match="empty"):
        EvidenceRetriever(assistant=over_studies).invoke(" ")


@pytest.mark.parametrize("k", [0, -1, "3", 2.5])
def test_a_number_of_documents_below_one_or_none_at_all_is_refused(over_studies: Assistant, k: Any) -> None:
    with pytest.raises(BadInput, match="`k`"):
        EvidenceRetriever(assistant=over_studies).invoke(LANTERN, k=k)


@pytest.mark.parametrize("public_only", [True, False])
def test_what_is_no_filter_is_refused(over_studies: Assistant, public_only: bool) -> None:
    retriever = EvidenceRetriever(assistant=over_studies, public_only=public_only)

    with pytest.raises(BadInput, match=r"assistant\.records\.Filter"):
        retriever.invoke(LANTERN, within={"country": ["Northvale"]})


def test_it_opens_the_index_of_the_settings(tmp_path: Path, over_studies: Assistant) -> None:
    opened = EvidenceRetriever.open(k=3)

    assert opened.k == 3
    assert isinstance(opened.assistant, Assistant)


# Answers


def test_an_answer_is_a_message_whose_claims_carry_their_citations(over_studies: Assistant) -> None:
    answer = over_studies.ask(LANTERN)
    message = message_of(answer)

    assert isinstance(message, AIMessage)
    assert answer.claims
    summary, *blocks = message.content_blocks
    assert summary["text"] == answer.message  # type: ignore[typeddict-item]
    assert [block["text"] for block in blocks] == [claim.text for claim in answer.claims]  # type: ignore[typeddict-item]
    for block, claim in zip(blocks, answer.claims, strict=True):
        cited = block["annotations"]  # type: ignore[typeddict-item]
        assert [(one["cited_text"], one["title"], one["extras"]["passage"]) for one in cited] == [
            (citation.quote, citation.title, citation.passage) for citation in claim.citations
        ]
        assert all(one["type"] == "citation" for one in cited)
    assert message.response_metadata["status"] == "answered"


def test_an_answer_that_is_not_in_the_evidence_has_no_citations(over_studies: Assistant) -> None:
    answer = over_studies.ask(ELSEWHERE)

    assert answer.status is Status.NOT_IN_EVIDENCE
    assert [block["type"] for block in message_of(answer).content_blocks] == ["text"]
