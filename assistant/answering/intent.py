"""What a question asks for: what helps, what hinders, both, or something else."""

from __future__ import annotations

import enum
import re

from assistant.answering.shapes import ASKS_SO_MANY
from assistant.answering.side_asked import QUOTED, sides_asked
from assistant.figures import Amount, amount_asked

# Words of a side, wherever they stand.
HELPS = re.compile(
    r"\b(?:help(?:s|ed|ful|ing)?|enabl\w+|facilitat\w+|support(?:s|ed|ive)?|driv(?:e|es|en|ers?)|promot\w+|foster\w*"
    r"|encourag\w+|succe(?:ed|eds|ss|ssful\w*)|works?|working well|surviv\w+|last(?:s|ing)?|stick(?:s|ing)?|take root"
    r"|conducive|make(?:s)? .{0,40}\b(?:work|last|stick|happen|easier|possible)|conditions?|need(?:s|ed)?|what does it take"
    r"|good (?:for|at|in)|gets? .{0,20}(?:on board|buy-in)|win(?:s|ning)? over|keep(?:s|ing)?|improv\w+|line up)\b",
    re.IGNORECASE,
)
HINDERS = re.compile(
    r"\b(?:stop(?:s|ped|ping)?|barriers?|hinder\w*|imped\w+|inhibit\w*|obstacles?|block(?:s|ed|ing|ers?)?|prevent\w*"
    r"|gets? in the way|hold(?:s|ing)? (?:\w+ )?back|fail\w*|stall(?:s|ed|ing)?|founder\w*|problems?|difficult\w*|hard(?:er)?"
    r"|challenges?|struggl\w+|resist\w*|against|goes? wrong|went wrong|risks?|undermin\w+|slow(?:s|ed|ing)?|trip(?:s|ped)? up"
    r"|pitfalls?|downsides?|drawbacks?|put(?:s|ting)? .{0,20}off|kill(?:s|ed)?|die(?:s|d)?|bad (?:for|in)|wrong with|stuck"
    r"|fizzl\w+|threat\w*|tired of|fed up|never (?:last|stick)\w*|don[’']?t (?:last|stick|work)"
    r"|why (?:\w+n[’']t|(?:do|does|did|are|is|was|were|has|have|can|could|will|would)\b.{0,60}\b(?:not|never)(?: \w+)?)\b)",
    re.IGNORECASE,
)
BOTH = re.compile(
    r"\b(?:enablers? and barriers?|barriers? and enablers?|helps? (?:and|or) hinders?|hinders? (?:and|or) helps?"
    r"|for and against|pros and cons|both (?:sides|ways)|good or bad|help or h\w+|either way|easier or harder|harder or easier|double-edged)\b",
    re.IGNORECASE,
)
# A question for what a word means, whatever side the word is of.
MEANS = re.compile(
    r"\bwhat (?:does|do|did) .{1,60}\b(?:mean|stand for)\b|\bwhat is meant by\b|^\W*define\b|\bdefinition of\b"
    r"|\bwhat(?:[’']s| is| was) an? (?!(?:\w+ )?way\b)|\bhow (?:is|are) .{1,60}\bdefined\b",
    re.IGNORECASE,
)
# A question for what was said, or by whom, whatever side that takes: "who said that pilots fail?"
ASKS_WHO_SAID_IT = re.compile(
    r"\b(?:who|which (?:interviewee|informant|participant|respondent|speaker|person|P)) (?:was it (?:who|that) )?(?:said|says|told|wrote|writes|called|calls|argued|argues|claimed|claims|warned|warns|complained"
    r"|complains)\b|\b(?:a|an|any|the|some|one|direct|good|short|exact|verbatim|find|give|show|get)(?: me)?(?: [\w-]+)? (?:quotes?|quotations?)\b"
    r"|^\W*(?:quotes?|quotations?)\b(?! (?:the|this|that)\b)|\bis there (?:an?|any) (?:\w+ )?(?:lines?|remarks?)\b"
    r"|\b(?:(?:exact|very|own|actual) (?:words|wording)|word for word|verbatim)\b",
    re.IGNORECASE,
)
# A question that yes or no would answer: what the sources say to it has any side, or none.
YES_OR_NO = re.compile(
    r"(?:^\W*(?:(?:so|and|but|ok|well)\W+)?|[,:;.] )(?:is|are|was|were|do|does|did|can|could|will|would|has|have|should|may|might|must)(?:n[’']t)? "
    r"(?!not\b)(?:\w)",
    re.IGNORECASE,
)
# What makes it ask for more than that; "when staff leave, is that …?" asks for no time.
ASKS_FURTHER = re.compile(
    r"\b(?:who|what|which|how|why|(?:when|where)(?= (?:is|are|was|were|do|does|did|can|could|will|would|has|have|had|should)\b))\b",
    re.IGNORECASE,
)

EITHER = re.compile(r"\b(?:or|as well as)\b", re.IGNORECASE)


class Intent(enum.StrEnum):
    """The shape of answer that a question asks for."""

    HELPS = "helps"
    HINDERS = "hinders"
    BOTH = "both"
    YES_OR_NO = "yes or no"
    FACT = "fact"


# The intents that ask for a side.
DIRECTIONS = (Intent.HELPS, Intent.HINDERS, Intent.BOTH)


def intent_of(question: str) -> Intent:
    """The intent of a stand-alone question. What it asks for in so many words, an amount, so many things, a meaning or
    who said a thing, comes before words for a side."""
    plain = QUOTED.sub(" ", question)
    if BOTH.search(plain):
        return Intent.BOTH
    if any(form.search(question) for form in (ASKS_WHO_SAID_IT, MEANS, ASKS_SO_MANY)) or _asks_an_amount(
        plain
    ):
        return Intent.FACT
    if is_yes_or_no(question):
        return Intent.BOTH if _gives_both(plain) else Intent.YES_OR_NO
    helps, hinders = sides_asked(question)
    if helps and hinders:
        return Intent.BOTH
    if hinders:
        return Intent.HINDERS
    return Intent.HELPS if helps else Intent.FACT


def is_yes_or_no(question: str) -> bool:
    """Whether yes or no would answer a question: it has a verb first, after a pause at most, and no question
    word before it."""
    match = YES_OR_NO.search(question)
    return match is not None and not ASKS_FURTHER.search(question[: match.start()])


def _asks_an_amount(question: str) -> bool:
    return amount_asked(question) not in (None, Amount.LATER) and not is_yes_or_no(question)


def _gives_both(question: str) -> bool:
    """Whether a question that yes or no would answer gives what helps or what hinders to choose from."""
    return all(form.search(question) for form in (EITHER, HELPS, HINDERS))
