"""Whether citations stand where they say: the first promise of the assistant, 1.000 or it is broken."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.records import Answer, Passage
from evals.cases import Gold
from evals.measures.retrieval import FOUND_AT, covered


def verbatim(answer: Answer, texts: Mapping[str, str]) -> list[float]:
    """For each citation, 1 if its quotation is the document's text at its offsets, letter for letter."""
    return [
        float(
            bool(citation.quote)
            and texts.get(citation.document, "")[citation.start : citation.end] == citation.quote
        )
        for claim in (*answer.claims, *answer.dropped)
        for citation in claim.citations
    ]


def resolves(answer: Answer, passages: Mapping[str, Passage]) -> list[float]:
    """For each citation, 1 if its passage exists and holds the quotation."""
    scores = []
    for claim in answer.claims:
        for citation in claim.citations:
            passage = passages.get(citation.passage)
            inside = passage is not None and passage.start <= citation.start and citation.end <= passage.end
            scores.append(float(inside))
    return scores


def gold_cited(answer: Answer, gold: tuple[Gold, ...]) -> float | None:
    """Share of gold stretches of which at least 70 % of the characters are cited."""
    if not gold:
        return None
    spans = [
        Passage(c.passage, c.document, c.start, c.end, c.quote, (), ())
        for claim in answer.claims
        for c in claim.citations
    ]
    return sum(covered(stretch, spans) >= FOUND_AT for stretch in gold) / len(gold)
