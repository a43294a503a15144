"""On which side a claim stands of what a question asks about.

A label tells what a sentence says of innovation. Asked whether competition helps, "the lack of competition holds
innovation back" speaks for competition, and a view that its source disputes speaks for neither side.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answering.intent import HELPS, HINDERS
from assistant.records import Claim, Stance
from assistant.words import stems

# "Does competition …", "Is competition …": what comes next is asked about.
ASKS_OF = re.compile(
    r"(?:^|[,:;.?!]\s)\W{0,10}(?:is|are|was|were|do|does|did|can|could|will|would|has|have|should)(?:n[’']t)?\s(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
LACKS = re.compile(
    r"\b(?:(?:lack|absence|shortage|want|dearth|scarcity|loss) of|lack(?:s|ed|ing)?|without|too (?:little|few)|not enough|insufficient"
    r"|inadequate)(?P<what>(?:[ -][\w’'-]+){1,4})",
    re.IGNORECASE,
)
# A view that is told and disputed by the one who tells it: "…, he reports and disputes", "she denies that …".
DISPUTES = re.compile(
    r"\b(?:disput|den(?:y|ies|ied)|refut|reject|contest|doubt)\w*(?:\s+(?:that|whether)\b|(?:\s+(?:this|it))?\W*$)",
    re.IGNORECASE,
)
# Who denies that something is disputed affirms it.
UNDISPUTED = re.compile(
    r"\b(?:no|not|never|little|without|beyond|few|nobody|no one|hardly|scarcely|n[’']t)\b(?:\W+\w+){0,3}?"
    r"\W+(?:disput|den(?:y|ies|ied)|refut|reject|contest|doubt)",
    re.IGNORECASE,
)


def sided(question: str, claim: Claim) -> Claim:
    """A claim with the side that it takes of what a question asks about, where that is not the side of its words."""
    is_disputed = DISPUTES.search(claim.text) and not UNDISPUTED.search(claim.text)
    if is_disputed and claim.stance in (Stance.ENABLER, Stance.BARRIER):
        return replace(claim, stance=Stance.NEITHER)
    asked = _asked_about(question)
    if claim.stance is Stance.BARRIER and any(
        asked & set(stems(match["what"])) for match in LACKS.finditer(claim.text)
    ):
        return replace(claim, stance=Stance.ENABLER)
    return claim


def _asked_about(question: str) -> frozenset[str]:
    """What a question asks of whether it helps or hinders, as stems; empty if it asks something else, or of a lack."""
    match = ASKS_OF.search(question)
    rest = match["rest"] if match else ""
    verbs = [found.start() for found in (HELPS.search(rest), HINDERS.search(rest)) if found]
    subject = rest[: min(verbs)] if verbs else ""
    return frozenset() if LACKS.search(f"{subject} ") else frozenset(stems(subject))
