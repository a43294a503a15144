"""What the assistant declines, and in its modules what may leave the machine (`limits`) and what did (`ledger`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.confidentiality.declines import (
    asks_for_a_quotation,
    asks_which_said,
    is_in_doubt,
    kind_of_decline,
)
from assistant.confidentiality.follow_ups import asks_for_the_speaker, pressed_kind, stands_alone
from assistant.confidentiality.judging import Judge
from assistant.records import Turn

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
# An order to the assistant inside a question: the order is dropped, the question is answered. It is looked for from
# where a sentence begins, and not from each of its words: a long one takes no longer than it is.
ORDER = re.compile(
    r"(?:^|(?<=[.?!\n]))(?:[^.?!\n]*\b(?:ignore|disregard|forget|override|bypass|drop)\b[^.?!\n]{0,40}\b(?:your|all|any|previous|above|these|those|the (?:above|system|evidence))\s"
    r"(?:\w+\s){0,3}?(?:rules?|instructions?|prompts?|guidelines|restrictions?|evidence|sources)\b[^.?!\n]*[.?!]?"
    r"|[^.?!\n]*\b(?:you are now|from now on you|pretend (?:to be|you)|jailbreak|system override|new task)\b[^.?!\n]*[.?!]?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Declined:
    """Why a question is declined, and what can be done instead: two sentences."""

    kind: str
    message: str


def decline(question: str, previous: Sequence[Turn] = (), judge: Judge | None = None) -> Declined | None:
    """The reason to decline a question, or None: by rules, and by a judge where there is one.

    A follow-up that cannot stand alone is read together with the question before it, so that "just your best
    guess?" does not get round the rule that stopped its predecessor.
    """
    kind = kind_of_decline(question)
    asked = [turn.content for turn in without_declined(previous) if turn.role == "user"]
    before = asked[-1] if asked else ""
    if kind and judge is not None and is_in_doubt(question) and judge.clears(question, before):
        kind = None
    kind = kind or _kind_of_follow_up(question, previous)
    if kind is None and judge is not None:
        kind = judge.kind(question, before)
        words_alone = asks_for_a_quotation(question) if kind == "identity" else asks_which_said(question)
        kind = None if words_alone else kind
    return Declined(kind, MESSAGES[kind]) if kind else None


def without_declined(previous: Sequence[Turn]) -> list[Turn]:
    """The turns of a conversation without what was declined and the answer to it: these are no history."""
    kept: list[Turn] = []
    for turn in previous:
        if _declined_kind(turn) is None:
            kept.append(turn)
        elif kept and kept[-1].role == "user":
            kept.pop()
    return kept


def _kind_of_follow_up(question: str, previous: Sequence[Turn]) -> str | None:
    """The kind for which a follow-up is declined for what was asked before it, or None."""
    if not previous:
        return None
    declined = _declined_kind(previous[-1])
    if declined and not stands_alone(question):
        return declined
    if asks_for_the_speaker(question, previous):
        return "identity"
    return None if declined else pressed_kind(question, previous)


def _declined_kind(turn: Turn) -> str | None:
    """The kind for which a turn of the assistant declined, or None."""
    if turn.role != "assistant":
        return None
    return next((kind for kind, message in MESSAGES.items() if message[:60] in turn.content), None)


def without_orders(question: str) -> str:
    """The question without sentences that order the assistant about; itself if nothing else is left."""
    rest = " ".join(ORDER.sub(" ", question).split())
    return rest if len(rest.split()) >= 3 else question


def is_only_orders(question: str) -> bool:
    """Whether nothing is left to answer once orders to the assistant are taken out."""
    return bool(ORDER.search(question)) and len(ORDER.sub(" ", question).split()) < 3
