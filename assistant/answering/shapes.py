"""The shape of answer that a question asks for beside its intent: a list, an amount, a comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.answering.parts import Part, parts_asked
from assistant.answering.side_asked import sides_asked
from assistant.figures import NUMBER, Amount, amount_asked
from assistant.questions import TAKEN_OVER
from assistant.words import stems

COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|eighteen|half (?:a )?dozen|\d{1,2})"
PARTS = (
    r"(?:stages|steps|phases|parts|types|kinds|sorts|forms|groups|groupings|headings|themes|elements|components|categories"
    r"|clusters|domains|dimensions|aims|goals|principles|criteria|practices|prompts|constructs|parameters|factors|items|strands"
    r"|members|partners|organisations|examples|ideas|recommendations|strategies)"
)
SAYS_LIST = re.compile(
    r"^\W*(?:(?:please|pls|and|so|can you|could you)\W+)*(?:list|name|enumerate)\b|\b(?:quick|short|full|just the|just a|as a) list\b"
    r"|\b(?:does|do|did) [^?]{2,60}\blist\b|\bbullet(?:s|ed| points?)?\b"
    r"|\bone by one\b|\bin turn\b",
    re.IGNORECASE,
)
ASKS_SO_MANY = re.compile(
    rf"\b(?:what|which)(?: (?:are|were))?(?: the| its| their)?(?: \w+)?? {COUNT} \w+", re.IGNORECASE
)
ASKS_PARTS = re.compile(
    rf"\b(?:what|which)(?: (?:are|were))?(?: the| its| their| other)?(?: [\w-]+){{0,2}}? {PARTS}\b"
    r"|\bwhat were the others\b|\b(?:who(?:’|')?s|who (?:is|are|was|were)|which \w+ sat) (?:in|on)\b",
    re.IGNORECASE,
)
ITEMS = 3
NUMBERED = re.compile(r"\((?:\d{1,2}|[ivx]{1,4}|[a-h])\)\s|;\s")
PART = re.compile(r"[,;:]\s")
# An item is a few words; what stands between two commas and is longer is a clause.
ITEM_WORDS = 7
LAST_WORDS = 5
CLAUSE = re.compile(
    r"^\W*(?:is|are|was|were|has|have|had|which|who|that|where|when|but|though|although|so)\b", re.IGNORECASE
)
JOINED = re.compile(r"\b(?:and|or)\b", re.IGNORECASE)
SIDE = r"(?:[\w’'-]{1,40}[ ]){0,6}?[\w’'-]{1,40}"
LEAD = r"(?:(?:the|an?|how|what|where|does|do|did|is|are|was|were|in|for|of|to|on|between)\s){0,8}"
ENDS = r"(?=\s*(?:[?.,;:–—]|-\s|$|\b(?:each|both|in|on|when|as|at|do|does|did|differ|run|say|see|make|have|has|mean|treat|who|that|which|about|per|according)\b))"
CUE = r"(?:each|both|the same|alike|agree|differ\w*)"
COMPARISONS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:differences?|contrast|comparison|gap) between {LEAD}(?P<one>{SIDE}) and {LEAD}(?P<other>{SIDE}){ENDS}",
        rf"\bhow (?:does|do|did|is|are|was|were) {LEAD}(?P<one>{SIDE}) (?:differ|differs|differed|different|compare|compares) (?:from|with|to) {LEAD}(?P<other>{SIDE}){ENDS}",
        rf"\b(?:compare|contrast) {LEAD}(?P<one>{SIDE}) (?:with|against|beside|from|to|and) {LEAD}(?P<other>{SIDE}){ENDS}",
        rf"\bset {LEAD}(?P<one>{SIDE}) (?:with|against|beside) {LEAD}(?P<other>{SIDE}){ENDS}",
        rf"\b(?:tells?|separates?|distinguish(?:es)?|sets?) {LEAD}(?P<one>{SIDE}) (?:apart )?from {LEAD}(?P<other>{SIDE}){ENDS}",
        rf"\b(?P<one>{SIDE}),? (?:versus|vs\.?|as against|as opposed to|set against|compared (?:with|to)|in contrast (?:with|to)|or rather) {LEAD}(?P<other>{SIDE}){ENDS}",
        rf"^\W*{LEAD}(?P<one>{SIDE}) and {LEAD}(?P<other>{SIDE}){ENDS}(?=[^?]*\b{CUE}\b)",
        rf"^\W*(?:is|are|was|were|does|do|did|which is \w+[,:]?) {LEAD}(?P<one>{SIDE}),? or (?:is |are |in |as well in )?{LEAD}(?P<other>{SIDE}){ENDS}",
    )
)
NAMED = 0.5
# "How many expert informants did …": what is counted stands before words like these, and in the source after its number.
HOW_MANY = re.compile(r"\bhow many (?!per ?cent)(?P<counted>(?:[\w’'-]+ ?){1,3})", re.IGNORECASE)
BEYOND = frozenset(
    "did do does was were are is has have had can could would will took got get went in of on at for to from with and or who that".split()  # noqa: SIM905 - read as words
)
COUNTED_WORDS, NEAR = 2, 3
A_NUMBER = re.compile(rf"\b{NUMBER}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shape:
    """What an answer must have: `is_list` items of one kind, `amount` a figure of that kind, `sides` words, as
    stems, of each of two things that are compared, `counted` words, as stems, of what is counted, `parts` that ask for
    a date or an amount where several things are asked."""

    is_list: bool = False
    amount: Amount | None = None
    sides: tuple[frozenset[str], ...] = ()
    counted: frozenset[str] = frozenset()
    parts: tuple[Part, ...] = ()


PLAIN = Shape()


def shape_of(question: str) -> Shape:
    """The shape that a stand-alone question asks for; the subject that a follow-up was given asks for nothing."""
    question = TAKEN_OVER.sub("", question)
    asked = amount_asked(question)
    amount = None if asked is Amount.LATER else asked
    return Shape(asks_a_list(question), amount, compared(question), counted(question), parts_asked(question))


def asks_a_list(question: str) -> bool:
    """Whether a question asks for several things of a kind. What helps or hinders is a list only where the
    question says so, or how many there are."""
    if SAYS_LIST.search(question) or ASKS_SO_MANY.search(question):
        return True
    return ASKS_PARTS.search(question) is not None and not any(sides_asked(question))


def enumerates(text: str) -> bool:
    """Whether a sentence names at least three things, one after the other: numbered, with semicolons, or with
    commas and an "and" before the last."""
    if len(NUMBERED.findall(text)) >= ITEMS - 1:
        return True
    run = 0
    parts = PART.split(text)[1:]
    for part in parts:
        words = part.split()
        joined = JOINED.search(" ".join(words[:ITEM_WORDS]))
        if run and joined:
            return True
        if len(parts) == 1 and joined and joined.start() and len(words) <= LAST_WORDS:
            return True
        is_item = 0 < len(words) <= ITEM_WORDS and not joined and not CLAUSE.match(part)
        run = run + 1 if is_item else 0
    return run >= ITEMS


def compared(question: str) -> tuple[frozenset[str], ...]:
    """The two things that a question compares, each by its own words as stems; empty if it compares none."""
    for form in COMPARISONS:
        match = form.search(question)
        if match is None:
            continue
        one, other = (frozenset(stems(match[name])) for name in ("one", "other"))
        if one - other and other - one:
            return one - other, other - one
    return ()


def names(side: frozenset[str], words: frozenset[str]) -> bool:
    """Whether stems of a text name one side of a comparison: at least half of its words stand there."""
    return len(side & words) >= NAMED * len(side)


def goes_over(sides: Sequence[frozenset[str]], text: str, following: str) -> bool:
    """Whether a text names but one side of a comparison, and what follows it the other alone."""
    mine, theirs = ([names(side, frozenset(stems(words))) for side in sides] for words in (text, following))
    return sum(mine) == sum(theirs) == 1 and mine != theirs


def counted(question: str) -> frozenset[str]:
    """What a question wants counted, as stems; empty if it asks for no count, or leaves out of what."""
    match = HOW_MANY.search(question)
    words = match["counted"].split() if match else []
    named = list(takewhile(lambda word: word.casefold() not in BEYOND, words))
    return frozenset(stems(" ".join(named[:COUNTED_WORDS])))


def counts(things: frozenset[str], text: str) -> bool:
    """Whether a text gives a number of these things: one of them stands right after a number."""
    return any(
        things & set(stems(" ".join(text[number.end() :].split()[:NEAR])))
        for number in A_NUMBER.finditer(text)
    )
