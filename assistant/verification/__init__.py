"""Claim → supported, partly or unsupported, with the reason; and whether there is an answer at all.

A claim that quotes its source says what the source says. A claim in other words is compared with the
sentences that it cites: its content words, its numbers and names, its direction, and how far it
reaches (one interviewee is not "studies show"). Nothing is cited afterwards by resemblance, and no
threshold is lowered until something can be cited.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.records import Claim, Support
from assistant.sentences import sentence_spans
from assistant.verification.abstention import Signals, answerability, is_surely_silent, rounded
from assistant.verification.amounts import numbers_fault
from assistant.verification.faults import (
    direction_fault,
    names_fault,
    negation_fault,
    quotation_fault,
    word_share,
)
from assistant.verification.reach import certainty_fault, scope_fault, voice_fault
from assistant.verification.scorer import SupportScorer
from assistant.verification.turned import order_fault, turned_fault

__all__ = ["Signals", "answerability", "is_surely_silent", "rounded", "verify", "word_share"]

# How likely a scorer must find it that the cited sentences bear a claim out: evals/decisions/support.md.
BORNE_OUT_AT = 0.7
# The same for a part of it: evals/decisions/support.md.
PARTLY_BORNE_OUT_AT = 0.5
# How likely it may find it at most that they speak against it: evals/decisions/support.md.
OPPOSED_AT = 0.3
# Without a scorer: the share of a claim's content words that must stand in what it cites.
SUPPORTED_AT = 0.6
PARTLY_AT = 0.4


def verify(claim: Claim, scorer: SupportScorer | None = None) -> Claim:
    """The claim with its verdict. A claim without a citation is unsupported.

    A fault that a rule finds is final. What has none is judged by the scorer, or without one by the words
    that it has in common with what it cites.
    """
    if not claim.citations:
        return replace(claim, support=Support.UNSUPPORTED, reason="it cites nothing")
    if any(_is_whole_sentence(claim.text, citation.quote) for citation in claim.citations):
        return replace(claim, support=Support.SUPPORTED, reason="the source's own words")
    fault = fault_of(claim)
    if fault:
        return replace(claim, support=Support.UNSUPPORTED, reason=fault)
    if scorer is not None:
        return _scored(claim, scorer)
    share = word_share(claim.text, " ".join(citation.quote for citation in claim.citations))
    if share >= SUPPORTED_AT:
        return replace(claim, support=Support.SUPPORTED, reason="its words stand in the cited sentences")
    if share >= PARTLY_AT:
        return replace(claim, support=Support.PARTLY, reason="only part of it stands in the cited sentences")
    return replace(claim, support=Support.UNSUPPORTED, reason="the cited sentences do not say it")


def _is_whole_sentence(text: str, quote: str) -> bool:
    """Whether a claim is a quotation, or one of its sentences, letter for letter but for what a model changes in
    passing: small letters, spaces, the last mark."""
    whole = _plain(text)
    sentences = [quote[start:end] for start, end in sentence_spans(quote)]
    return text == quote or (bool(whole) and whole in map(_plain, (quote, *sentences)))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!;,\"“”‘’'")


def fault_of(claim: Claim) -> str | None:
    """The first fault that a rule finds in a claim in other words, told in words; None if none does."""
    each = [citation.quote for citation in claim.citations]
    quotes = " ".join(each)
    return (
        numbers_fault(claim.text, quotes)
        or quotation_fault(claim.text, quotes)
        or names_fault(claim.text, claim.citations)
        or direction_fault(claim, quotes)
        or negation_fault(claim.text, each)
        or turned_fault(claim.text, each)
        or order_fault(claim.text, each)
        or scope_fault(claim.text, quotes, claim.citations)
        or certainty_fault(claim.text, each)
        or voice_fault(claim.text, quotes, claim.citations)
    )


def _scored(claim: Claim, scorer: SupportScorer) -> Claim:
    verdict = scorer.score(claim.text, [citation.quote for citation in claim.citations])
    if verdict.contradict >= OPPOSED_AT:
        return replace(claim, support=Support.UNSUPPORTED, reason="the cited sentences seem to say otherwise")
    if verdict.support >= BORNE_OUT_AT:
        return replace(claim, support=Support.SUPPORTED, reason="the cited sentences bear it out")
    if verdict.support >= PARTLY_BORNE_OUT_AT:
        return replace(
            claim, support=Support.PARTLY, reason="the cited sentences bear out part of it at most"
        )
    return replace(claim, support=Support.UNSUPPORTED, reason="the cited sentences do not say it")
