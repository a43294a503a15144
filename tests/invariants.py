"""What must hold of every answer, whoever worded it."""

from __future__ import annotations

from assistant.pipeline import Assistant
from assistant.records import Answer, Claim, Status, Support


def check(answer: Answer, assistant: Assistant) -> None:
    """Assert all that must hold of an answer of `assistant`."""
    assert [item.rank for item in answer.evidence] == list(range(1, len(answer.evidence) + 1))
    identities = [item.passage.id for item in answer.evidence]
    assert len(identities) == len(set(identities))
    for item in answer.evidence:
        assert item.passage.document == item.document.id
    if answer.status is Status.DECLINED:
        assert not answer.claims
        assert not answer.dropped
        assert not answer.evidence
        return
    _check_quotations(answer, assistant)
    assert not (answer.claims and answer.nearest)
    supported = [claim for claim in answer.claims if claim.support is Support.SUPPORTED]
    assert (answer.status is Status.NOT_IN_EVIDENCE) == (not supported)
    assert answer.claims or not supported
    assert all(claim.support is not Support.UNSUPPORTED for claim in answer.claims)
    assert all(claim.support is not Support.SUPPORTED for claim in answer.dropped)
    assert all(claim.reason for claim in (*answer.claims, *answer.dropped))
    assert all(claim.citations for claim in supported)


def _check_quotations(answer: Answer, assistant: Assistant) -> None:
    """Every quotation is its document's text at its offsets and lies inside a passage that was found."""
    catalogue = assistant.index.live().catalogue
    found = {item.passage.id: item.passage for item in answer.evidence}
    for citation in (c for claim in all_claims(answer) for c in claim.citations):
        assert citation.quote
        assert catalogue.text(citation.document)[citation.start : citation.end] == citation.quote
        passage = found[citation.passage]
        assert passage.document == citation.document
        assert passage.start <= citation.start < citation.end <= passage.end


def all_claims(answer: Answer) -> tuple[Claim, ...]:
    """Claims that stand in the answer, those that were dropped from it, and what is nearest."""
    return (*answer.claims, *answer.dropped, *answer.nearest)
