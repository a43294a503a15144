"""Claims without a source: the other side of citation precision and recall (Gao et al. 2023, ALCE)."""

from __future__ import annotations

from assistant.records import Answer


def uncited(answer: Answer) -> float | None:
    """Share of claims that cite nothing. Lower is better; None without claims."""
    if not answer.claims:
        return None
    return sum(not claim.citations for claim in answer.claims) / len(answer.claims)
