"""Claim → supported, partly or unsupported, with the reason; and whether there is an answer at all.

A claim that quotes its source says what the source says. A claim in other words is compared with the
sentences that it cites: its content words, its numbers and names, its direction, and how far it
reaches (one interviewee is not "studies show"). Nothing is cited afterwards by resemblance, and no
threshold is lowered until something can be cited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.labelling.stance import stance_of
from assistant.records import Citation, Claim, Stance, Support, Voice
from assistant.words import stems

# Share of a claim's content words that must stand in what it cites.
SUPPORTED_AT = 0.6
PARTLY_AT = 0.4
NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?")
NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][a-z]{2,}\b")
GENERAL = re.compile(
    r"\b(?:studies|research|evidence|the literature) (?:shows?|finds?|found|suggests?|indicates?|demonstrates?)\b|\bmost\b|\ball\b"
    r"|\balways\b|\bgenerally\b|\bwidely\b|\bproven?\b|\beveryone\b",
    re.IGNORECASE,
)
CAUSAL = re.compile(
    r"\b(?:causes?|caused|leads? to|led to|results? in|resulted in|will (?:reduce|increase|improve|ensure))\b",
    re.I,
)
OPPOSITES = {Stance.ENABLER: Stance.BARRIER, Stance.BARRIER: Stance.ENABLER}


def verify(claim: Claim) -> Claim:
    """The claim with its verdict. A claim without a citation is unsupported."""
    if not claim.citations:
        return replace(claim, support=Support.UNSUPPORTED, reason="it cites nothing")
    if any(claim.text == citation.quote for citation in claim.citations):
        return replace(claim, support=Support.SUPPORTED, reason="the source's own words")
    quotes = " ".join(citation.quote for citation in claim.citations)
    fault = (
        _numbers_fault(claim.text, quotes)
        or _names_fault(claim.text, claim.citations)
        or _direction_fault(claim, quotes)
        or _scope_fault(claim.text, quotes, claim.citations)
    )
    if fault:
        return replace(claim, support=Support.UNSUPPORTED, reason=fault)
    share = word_share(claim.text, quotes)
    if share >= SUPPORTED_AT:
        return replace(claim, support=Support.SUPPORTED, reason="its words stand in the cited sentences")
    if share >= PARTLY_AT:
        return replace(claim, support=Support.PARTLY, reason="only part of it stands in the cited sentences")
    return replace(claim, support=Support.UNSUPPORTED, reason="the cited sentences do not say it")


def word_share(text: str, quotes: str) -> float:
    """Share of a text's content words whose stems stand in the quotes; 0..1."""
    wanted = stems(text)
    present = set(stems(quotes))
    return sum(word in present for word in wanted) / len(wanted) if wanted else 0.0


def _numbers_fault(text: str, quotes: str) -> str | None:
    missing = [number for number in NUMBER.findall(text) if number not in set(NUMBER.findall(quotes))]
    return f"the number {missing[0]} is not in the cited sentences" if missing else None


def _names_fault(text: str, citations: Sequence[Citation]) -> str | None:
    known = " ".join(f"{c.quote} {c.title} {c.speaker or ''}" for c in citations).lower()
    missing = [name for name in NAME.findall(text) if name.lower() not in known]
    return f"the name {missing[0]} is not in the cited sentences" if missing else None


def _direction_fault(claim: Claim, quotes: str) -> str | None:
    """A claim that something helps, of a sentence that says it hinders, or the reverse."""
    said = stance_of(quotes).stance
    told = stance_of(claim.text).stance
    for stance in (told, claim.stance):
        if OPPOSITES.get(stance) is said and said is not Stance.NEITHER:
            return f"the cited sentences tell of a {said.value}, the claim of an opposite"
    return None


def _scope_fault(text: str, quotes: str, citations: Sequence[Citation]) -> str | None:
    """One voice told as a general finding; an association told as a cause."""
    general = GENERAL.search(text)
    if general and not GENERAL.search(quotes):
        if all(citation.voice is Voice.PARTICIPANT for citation in citations):
            return "one person's words are told as a general finding"
        return f"“{general.group()}” says more than the cited sentences"
    if CAUSAL.search(text) and not CAUSAL.search(quotes):
        return "it tells a cause where the cited sentences tell none"
    return None


@dataclass(frozen=True, slots=True)
class Signals:
    """What the decision to answer rests on; all within 0..1.

    `cosine`: the best sentence's likeness to the question. `coverage`: the largest share of the
    question's words, weighted by rarity, in one candidate sentence with its section. `known`: the
    share of them that stand anywhere in the index.
    """

    cosine: float
    coverage: float
    known: float


# Logistic weights of the decision; evals/decisions/abstention.md tells how they were found.
INTERCEPT, COSINE, COVERAGE, KNOWN = -4.2, 6.0, 2.2, 1.6


def answerability(signals: Signals) -> float:
    """How likely the evidence holds an answer; 0..1."""
    import math

    score = INTERCEPT + COSINE * signals.cosine + COVERAGE * signals.coverage + KNOWN * signals.known
    return 1 / (1 + math.exp(-score))
