"""Whether citations stand where they say: the first promise of the assistant, 1.000 or it is broken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.records import Answer, Citation, Claim, Passage
from assistant.verification import word_share
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
    """For each citation, 1 if its passage exists, is of its document and holds the quotation."""
    return [
        float(_lies_in(citation, passages.get(citation.passage)))
        for claim in answer.claims
        for citation in claim.citations
    ]


def borne_out(answer: Answer) -> float | None:
    """Mean share of a claim's content words that stand in its own quotations; 1 if claims are quotations.

    It falls when citations stand behind other claims than their own.
    """
    if not answer.claims:
        return None
    shares = [word_share(claim.text, " ".join(c.quote for c in claim.citations)) for claim in answer.claims]
    return sum(shares) / len(shares)


def gold_cited(answer: Answer, gold: tuple[Gold, ...]) -> float | None:
    """Share of gold stretches of which at least 70 % of the characters are cited."""
    if not gold:
        return None
    spans = cited(answer.claims)
    return sum(covered(stretch, spans) >= FOUND_AT for stretch in gold) / len(gold)


def gold_of_cited(answer: Answer, gold: tuple[Gold, ...]) -> float | None:
    """Share of the cited stretches that hold some of the gold; the other side of `gold_cited`.

    Gold is not all that answers a question, so 1 is not to be had; a system that cites everything falls
    towards 0. None if nothing is cited.
    """
    # What several claims cite counts once.
    spans = list(dict.fromkeys(cited(answer.claims)))
    if not gold or not spans:
        return None
    return sum(any(covered(stretch, [span]) > 0 for stretch in gold) for span in spans) / len(spans)


def _lies_in(citation: Citation, passage: Passage | None) -> bool:
    return (
        passage is not None
        and passage.document == citation.document
        and passage.start <= citation.start
        and citation.end <= passage.end
    )


def cited(claims: Iterable[Claim]) -> list[Passage]:
    """What claims cite, as stretches of documents."""
    return [
        Passage(c.passage, c.document, c.start, c.end, c.quote, (), ())
        for claim in claims
        for c in claim.citations
    ]
