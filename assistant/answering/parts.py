"""The parts of a question that asks several things, "Who paid for it, and when did it run?": which of them ask for a date
or an amount, and whether a text gives one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.figures import Amount, amount_asked, gives
from assistant.notation import YEAR
from assistant.records import Claim

ASKING = r"(?:(?:for|by|with|over|in|on|from|at|under|to|during|between) )?(?:who|whom|whose|what|which|when|where|why|how)\b"
JOINT = re.compile(rf"(?:[,;?–—]\s+(?:(?:and|or|but)\s)?|\s(?:and|or|but)\s)(?={ASKING})", re.IGNORECASE)
OPENS = re.compile(rf"(?:^|[:,]\s)\W*{ASKING}", re.IGNORECASE)
# "When do leaders …?" asks for a condition; of what is past, it asks for a date.
ASKS_A_DATE = re.compile(
    r"\bwhen (?:is|was|were|did|had|will)(?:n[’']t)?\b|\b(?:what|which|whose) (?:\w+ )?(?:dates?|years?|months?)\b",
    re.IGNORECASE,
)
A_YEAR = re.compile(rf"\b{YEAR}\b")
MONTH = re.compile(
    r"\b(?:January|February|March|April|June|July|August|September|October|November|December)\b|\bMay(?= \d)|(?<=\d )May\b"
)
NOUNS = {
    Amount.MONEY: "price",
    Amount.SCORE: "score",
    Amount.SHARE: "share",
    Amount.CHANGE: "figure",
    Amount.TIME: "length of time",
    Amount.ANY: "number",
    None: "date",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One of several things that a question asks, in its words: for an amount, or without one for a date."""

    words: str
    amount: Amount | None = None


def parts_asked(question: str) -> tuple[Part, ...]:
    """The parts of a question in several that ask for a date or an amount."""
    parts = [part.strip(" ?.!,") for part in JOINT.split(question) if OPENS.search(part)]
    if len(parts) < 2:
        return ()
    asked = ((part, amount_asked(part)) for part in parts)
    return tuple(
        Part(part, amount)
        for part, amount in asked
        if (amount is not None and amount is not Amount.LATER)
        or (amount is None and ASKS_A_DATE.search(part))
    )


def gives_part(part: Part, text: str, about: str) -> bool:
    """Whether a text gives what a part asks for. A year that stands in what is known `about` its source is when that
    was published."""
    if part.amount is not None:
        return gives(part.amount, text)
    return bool(MONTH.search(text) or set(A_YEAR.findall(text)) - set(A_YEAR.findall(about)))


def part_untold(question: str, claims: Sequence[Claim]) -> str:
    """A line on the first part of a question that asks for a date or an amount and is given none; empty if there is
    none."""
    for part in parts_asked(question) if claims else ():
        if not any(
            gives_part(part, f"{claim.text} {c.quote}", claim.basis)
            for claim in claims
            for c in claim.citations
        ):
            return f"No {NOUNS[part.amount]} is quoted here for “{part.words}”."
    return ""
