"""What amount a question asks for, and whether a sentence gives one of that kind."""

from __future__ import annotations

import enum
import re

from assistant.notation import CODE, YEAR


class Amount(enum.StrEnum):
    """A kind of amount. `LATER` is no number: what became of a thing in the years after."""

    MONEY = "money"
    SCORE = "score"
    SHARE = "share"
    CHANGE = "change"
    TIME = "time"
    LATER = "later"
    ANY = "any"


NUMBER = (
    r"(?:\d[\d,.]{0,15}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty"
    r"|sixty|hundred|thousand|half|quarter|third)"
)
SPAN = r"(?:years?|months?|weeks?|days?|hours?|minutes?|decades?)"
# Tried in this order: what is more than "how many" first.
ASKS = (
    (
        Amount.MONEY,
        r"\bhow much\b(?! of\b)[^?]{0,300}\b(?:costs?|pay|pays|paid|spend|spent|charged?|money)\b|\bwhat (?:do|did|does|would|will) [^?]{1,60}\bcosts?\b"
        r"|\bwhat(?:’|')?s? (?:is |was |were |are )?[^?]{0,40}\b(?:prices?|fees?|costs?|pay(?:s|ing)?|paid) (?:per|a|each|for)\b"
        r"|\bwhat (?:price|fee|sum|cost)\b|\bhow (?:expensive|cheap|dear)\b",
    ),
    (
        Amount.SCORE,
        r"\b(?:scor(?:e|es|ed)|rating|marks?|stars?|grades?)\b[^?]{0,300}\bout of\b|\bout of (?:five|ten|5|10|100)\b|\bhow many stars\b",
    ),
    (Amount.SHARE, r"\b(?:what|which) (?:share|percentage|proportion|per ?cent)\b|\bhow many per ?cent\b"),
    (
        Amount.CHANGE,
        r"\bby how (?:much|many)\b|\bhow (?:much|many) (?:more|less|fewer|lower|higher|better|worse|faster|slower|longer|shorter|larger|smaller|bigger)\b"
        r"|\bwhat effect size\b|\bhow (?:big|large) (?:was|is|were) the (?:effect|difference|gain|drop|fall|rise|change)\b",
    ),
    (Amount.TIME, rf"\bhow long\b(?! ago)|\bhow many {SPAN}\b"),
    (
        Amount.LATER,
        r"\b(?:years?|months?|decades?) (?:later|on|after(?:wards)?)\b(?! \w+day)|\bin the long(?:er)? (?:run|term)\b|\bto this day\b"
        r"|\bstill\b[^?]{0,300}\b(?:today|now|exists?|going|running)\b",
    ),
    (
        Amount.ANY,
        r"\b(?:how (?:many|much|often|large|big|far)|what (?:number|rate|figure|effect size)|percent|(?:the|any|some|exact|hard|in|me|us) numbers?(?!-))\b",
    ),
)
GIVES = {
    Amount.MONEY: rf"[£€$]\s?\d|\b{NUMBER}(?: ?(?:million|billion|thousand|[mbk]))? ?(?:pounds?|euros?|dollars?|pence|kron(?:er|or))\b"
    r"|\bno (?:\w+ )?costs?\b|\bfree of charge\b",
    Amount.SCORE: rf"\b{NUMBER} ?(?:/|out of) ?(?:five|ten|5|10|100)\b|\b(?:scor(?:e|es|ed)|rat(?:ed|ing))\b[^.]*\d",
    Amount.SHARE: rf"\d ?%|\bper ?cent\b|\b(?:half|thirds?|quarters?)\b|\b{NUMBER} (?:out )?of (?:the |all )?{NUMBER}\b|\bone in\b",
    Amount.CHANGE: r"(?<!\d)\d[\d.,]*+ ?(?:%|per ?cent\b|percentage points?\b|points?\b|times\b)|\bfrom \d[^.]* to \d|\bp ?[<=] ?0?\.\d"
    r"|(?<!\d)\d[\d.,]*+ (?:\w+ ){0,2}?(?:more|less|fewer|lower|higher|better|worse|faster|slower)\b|\b(?:twice|half|halved|doubled|trebled|tripled)\b",
    Amount.TIME: rf"\b{NUMBER}(?: (?:to|or|and|more|full|whole))*[ -]?(?:{NUMBER}[ -])?{SPAN}\b|\b(?:an?|one) {SPAN}\b",
    Amount.LATER: rf"\b(?:later|afterwards|since then|follow(?:ed)?[- ]up|long[- ]term|{SPAN} (?:on|after)|after (?:\w+ ){{0,3}}{SPAN}"
    r"|sustained|lasted|lasting|outlasted|continu(?:es|ed)|wore off|worn off|faded|ended|closed|no longer|still)\b",
    Amount.ANY: rf"\d|\b{NUMBER}\b",
}
ASKED = tuple((amount, re.compile(words, re.IGNORECASE)) for amount, words in ASKS)
GIVEN = {amount: re.compile(words, re.IGNORECASE) for amount, words in GIVES.items()}
# Digits that count nothing: years, codes of speakers, numbers of tables and sections.
NOT_COUNTED = re.compile(
    rf"\b{YEAR}(?:[-–](?:19|20)?\d\d)?\b|\b{CODE}\b|\b(?:tables?|figures?|sections?|chapters?|pages?|p\.|waves?|rounds?|versions?)\s?\d[\d.]*",
    re.IGNORECASE,
)


def amount_asked(question: str) -> Amount | None:
    """The kind of amount that a question asks for; None if it asks for none."""
    return next((amount for amount, words in ASKED if words.search(question)), None)


def gives(amount: Amount, text: str) -> bool:
    """Whether a text gives an amount of a kind. A year or a table's number is none."""
    return GIVEN[amount].search(NOT_COUNTED.sub(" ", text)) is not None
