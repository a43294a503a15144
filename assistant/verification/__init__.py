"""Claim → supported, partly or unsupported, with the reason; and whether there is an answer at all.

A claim that quotes its source says what the source says. A claim in other words is compared with the
sentences that it cites: its content words, its numbers and names, its direction, and how far it
reaches (one interviewee is not "studies show"). Nothing is cited afterwards by resemblance, and no
threshold is lowered until something can be cited.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.records import Claim, Support
from assistant.verification.abstention import Signals, answerability
from assistant.verification.faults import (
    direction_fault,
    names_fault,
    negation_fault,
    numbers_fault,
    quotation_fault,
    scope_fault,
    voice_fault,
    word_share,
)

__all__ = ["Signals", "answerability", "verify", "word_share"]

# Share of a claim's content words that must stand in what it cites.
SUPPORTED_AT = 0.6
PARTLY_AT = 0.4


def verify(claim: Claim) -> Claim:
    """The claim with its verdict. A claim without a citation is unsupported."""
    if not claim.citations:
        return replace(claim, support=Support.UNSUPPORTED, reason="it cites nothing")
    if any(claim.text == citation.quote for citation in claim.citations):
        return replace(claim, support=Support.SUPPORTED, reason="the source's own words")
    quotes = " ".join(citation.quote for citation in claim.citations)
    fault = (
        numbers_fault(claim.text, quotes)
        or quotation_fault(claim.text, quotes)
        or names_fault(claim.text, claim.citations)
        or direction_fault(claim, quotes)
        or negation_fault(claim.text, [citation.quote for citation in claim.citations])
        or scope_fault(claim.text, quotes, claim.citations)
        or voice_fault(claim.text, quotes, claim.citations)
    )
    if fault:
        return replace(claim, support=Support.UNSUPPORTED, reason=fault)
    share = word_share(claim.text, quotes)
    if share >= SUPPORTED_AT:
        return replace(claim, support=Support.SUPPORTED, reason="its words stand in the cited sentences")
    if share >= PARTLY_AT:
        return replace(claim, support=Support.PARTLY, reason="only part of it stands in the cited sentences")
    return replace(claim, support=Support.UNSUPPORTED, reason="the cited sentences do not say it")
