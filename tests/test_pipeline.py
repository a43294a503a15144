from __future__ import annotations

from assistant.pipeline import Assistant
from assistant.records import Status


def test_a_question_is_answered_with_quotations_that_stand_in_their_documents(assistant: Assistant) -> None:
    answer = assistant.ask("What helps a new practice model survive the end of its grant?")

    assert answer.status is Status.ANSWERED
    catalogue = assistant.index.live().catalogue
    citations = [citation for claim in answer.claims for citation in claim.citations]
    assert citations
    for citation in citations:
        assert catalogue.text(citation.document)[citation.start : citation.end] == citation.quote
