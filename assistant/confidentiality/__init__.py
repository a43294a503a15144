"""What the assistant declines, and what may leave the machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.confidentiality.declines import PEOPLE, asks_for_a_quotation, is_in_doubt, kind_of_decline
from assistant.confidentiality.judging import Judge
from assistant.records import Evidence, Sensitivity, Turn

MESSAGES = {
    "identity": (
        "The people interviewed were promised that they could not be recognised, so I do not name, describe, "
        "place or guess who they are, nor confirm a guess. I can show what was said on a theme, each quotation "
        "with its code as printed."
    ),
    "live case": (
        "I cannot advise on a case: that is for the people who are responsible for it, and for your safeguarding "
        "procedures if somebody may be at risk. I can show what the evidence says about how services innovate."
    ),
    "product": (
        "The evidence base recommends no products or suppliers, and I do not choose one. I can show what it says "
        "about choosing, fitting and adapting new models."
    ),
    "legal": (
        "I cannot give legal advice; ask your legal team. I can show what the sources say about law and "
        "regulation as conditions for innovation."
    ),
    "instructions": (
        "I do not change or repeat the rules that I work by, whoever asks. Ask about enablers of and barriers to "
        "innovation in social care, and I will answer from the evidence."
    ),
}
# An order to the assistant inside a question: the order is dropped, the question is answered.
ORDER = re.compile(
    r"[^.?!\n]*\b(?:ignore|disregard|forget|override|bypass|drop)\b[^.?!\n]{0,40}\b(?:your|all|any|previous|above|these|those|the (?:above|system|evidence))\s"
    r"(?:\w+\s){0,3}?(?:rules?|instructions?|prompts?|guidelines|restrictions?|evidence|sources)\b[^.?!\n]*[.?!]?"
    r"|[^.?!\n]*\b(?:you are now|from now on you|pretend (?:to be|you)|jailbreak|system override|new task)\b[^.?!\n]*[.?!]?",
    re.IGNORECASE,
)
PRESSES = re.compile(
    r"\b(?:guess|hint|just|probably|permission|allowed|come on|letter|sure|tell me|same person|am i right|surely|off the record"
    r"|between us|which one|yes or no|confirm|numbers?|who|name)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Declined:
    """Why a question is declined, and what can be done instead: two sentences."""

    kind: str
    message: str


def decline(question: str, previous: Sequence[Turn] = (), judge: Judge | None = None) -> Declined | None:
    """The reason to decline a question, or None: by rules, and by a judge where there is one.

    A short follow-up is read together with the question before it, so that "just your best guess?"
    does not get round the rule that stopped its predecessor.
    """
    kind = kind_of_decline(question)
    asked = [turn.content for turn in previous if turn.role == "user"]
    before = asked[-1] if asked else ""
    if kind and judge is not None and is_in_doubt(question) and judge.clears(question, before):
        kind = None
    kind = kind or _declined_together(question, previous)
    if kind is None and judge is not None:
        kind = judge.kind(question, before)
        if kind == "identity" and asks_for_a_quotation(question):
            kind = None
    return Declined(kind, MESSAGES[kind]) if kind else None


def _declined_together(question: str, previous: Sequence[Turn]) -> str | None:
    asked = [turn.content for turn in previous if turn.role == "user"][-1:]
    if not asked or len(question.split()) > 16:
        return None
    declined_before = any(
        turn.role == "assistant" and any(message[:60] in turn.content for message in MESSAGES.values())
        for turn in previous[-2:]
    )
    about_people = PEOPLE.search(question) or _speaks_of_interviewees(previous)
    if declined_before or (about_people and PRESSES.search(question)):
        return kind_of_decline(f"{asked[0]} {question}") or (
            _identity_pressed(question) if about_people else None
        )
    return None


def _speaks_of_interviewees(previous: Sequence[Turn]) -> bool:
    """Whether the last exchange was about who was interviewed or who said something."""
    return any(
        PEOPLE.search(turn.content)
        or re.search(r"\bP\d{1,2}\b|\bwho (?:said|was interviewed)\b", turn.content, re.I)
        for turn in previous[-3:]
    )


def _identity_pressed(question: str) -> str | None:
    """A follow-up about interviewees that asks for the person rather than the words."""
    pressed = re.search(
        r"\bsame person\b|\bam i right\b|\bwhich (?:ones?|codes?)\b|\bguess\b|\bname\b|\bsounds? like\b|\bwork(?:s|ed)? (?:for|at|in)\b",
        question,
        re.IGNORECASE,
    )
    return "identity" if pressed else None


def without_orders(question: str) -> str:
    """The question without sentences that order the assistant about; itself if nothing else is left."""
    rest = " ".join(ORDER.sub(" ", question).split())
    return rest if len(rest.split()) >= 3 else question


def is_only_orders(question: str) -> bool:
    """Whether nothing is left to answer once orders to the assistant are taken out."""
    return bool(ORDER.search(question)) and len(ORDER.sub(" ", question).split()) < 3


def may_leave(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The evidence that may be sent to a remote model: public passages of public documents only."""
    return [item for item in evidence if item.sensitivity is Sensitivity.PUBLIC]
