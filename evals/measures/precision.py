"""Citation precision: whether a cited sentence bears out the claim that it stands behind (Gao et al. 2023, ALCE).

A claim that is the quotation itself is borne out. What is in other words is judged by a scorer: the program's
own, or another judge, whose agreement with people then stands beside it.
"""

from __future__ import annotations

from assistant.records import Answer
from assistant.verification.scorer import SupportScorer

# More likely than not.
LIKELIER_THAN_NOT = 0.5


def citation_precision(answer: Answer, scorer: SupportScorer) -> float | None:
    """Share of the citations whose quotation alone bears its claim out; None if nothing is cited."""
    judged = [
        claim.text == citation.quote
        or scorer.score(claim.text, [citation.quote]).support >= LIKELIER_THAN_NOT
        for claim in answer.claims
        for citation in claim.citations
    ]
    return sum(judged) / len(judged) if judged else None
