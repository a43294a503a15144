"""A question read with those before it: what presses for the same again, and what asks for a speaker.

A follow-up to what was declined is declined for the same reason if it cannot stand alone or insists. One to an
exchange about a speaker is declined if it asks for the person rather than the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.confidentiality.declines import ASKS_WORDS, CODE, kind_of_decline
from assistant.confidentiality.persons import ONE_PERSON, PEOPLE, SAYING, names_an_attribute_alone
from assistant.places import BARE
from assistant.records import Turn
from assistant.words import content_words

# No longer question is taken for one that leans on the question before it.
MAX_WORDS = 16
FILLERS = (
    r"(?:\b(?:ok(?:ay)?|fine|thanks?(?: you)?|cheers|right|well|so|and|but|or|then|sure|alright|please|pls|now|instead|anyway"
    r"|sorry|never ?mind|just|hm+|fair enough|got it|what about|how about)\b[\s,.!:;–—-]*)"
)
OPENING = re.compile(rf"^\W*{FILLERS}+", re.IGNORECASE)
ASKS = re.compile(
    r"^\W*(?:what|who|whose|where|when|why|how|which|is|are|was|were|do|does|did|can|could|should|would|will|has|have|may|must|list|show"
    r"|give|find|tell|name|define|compare|summari[sz]e|explain|describe|quote|count|quotations?|anything|i(?: am|['’]m| would|['’]d))\b",
    re.IGNORECASE,
)
POINTS_BACK = re.compile(
    r"\b(?:he|she|him|her|his|hers|(?:that|this|the same|the other|the right|which) (?:person|man|woman|one)|ones|same\W*$|(?:the )?others\b|the other\b"
    r"|(?:like|kind of|sort of) (?:that|this))\b",
    re.IGNORECASE,
)
# These may stand for something in the question itself, if it names two things before them.
MAY_POINT_BACK = re.compile(r"\b(?:it|its|they|them|their|that|this|these|those)\b", re.IGNORECASE)
# Here "that" begins what was said and stands for nothing.
SAYS_THAT = re.compile(rf"\b(?P<said>{SAYING}) that\b(?=\s+\w)", re.IGNORECASE)
INSISTS = re.compile(
    r"\b(?:guess\w*|hint|letters?|initials|come on|am i right|off the record|between us|yes or no|confirm|same person|blink)\b",
    re.IGNORECASE,
)
PRESSES = re.compile(
    r"\b(?:guess|hint|just|probably|permission|allowed|come on|letter|sure|tell me|same person|am i right|surely|off the record"
    r"|between us|which one|yes or no|confirm|numbers?|who|name)\b",
    re.IGNORECASE,
)
PRESSES_FOR_PERSON = re.compile(
    rf"\bsame (?:person|man|woman|one)\b|\bam i right\b|\bwhich (?:ones?|codes?)\b(?! (?:\w+ )?{SAYING})|\bguess\b|\bname\b|\bhint\b"
    r"|\bsounds? like\b|\bwork(?:s|ed)? (?:for|at|in)\b",
    re.IGNORECASE,
)
SPEAKER = re.compile(
    rf"\b(?:who|which (?:interviewee|informant|participant|respondent)) (?:was interviewed|{SAYING})|\bquot(?:e|ation)\b|\bspeaker\b",
    re.IGNORECASE,
)
SINGULAR = re.compile(r"\b(?:he|she|him|her|hers|his)\b", re.IGNORECASE)
FULL_NAME = re.compile(r"\b[A-Z][a-z’'-]+ [A-Z][a-z’'-]+\b")


def stands_alone(question: str) -> bool:
    """Whether a question asks something of its own, and nothing of what was asked before it."""
    rest = SAYS_THAT.sub(r"\g<said>", OPENING.sub("", question))
    if not ASKS.match(rest) or INSISTS.search(rest) or POINTS_BACK.search(rest):
        return False
    if CODE.search(rest) and not ASKS_WORDS.search(rest):
        return False
    if any(len(content_words(rest[: one.start()])) < 2 for one in MAY_POINT_BACK.finditer(rest)):
        return False
    return bool(content_words(re.sub(FILLERS, " ", rest, flags=re.IGNORECASE))) and not (
        names_an_attribute_alone(rest)
    )


def asks_for_the_speaker(question: str, previous: Sequence[Turn]) -> bool:
    """Whether a follow-up to an exchange about a speaker asks for the person: by an attribute and nothing else, by
    a name that is put forward, or by what he or she is rather than says."""
    asked = [turn.content for turn in previous if turn.role == "user"][-2:]
    if not any(pattern.search(text) for text in asked for pattern in (CODE, ONE_PERSON, SPEAKER)):
        return False
    if names_an_attribute_alone(question):
        return True
    if ASKS_WORDS.search(question):
        return bool(re.search(r"\bsame (?:person|man|woman|one)\b", question, re.IGNORECASE))
    rest = OPENING.sub("", question)
    is_fragment = not ASKS.match(rest)
    return bool(SINGULAR.search(question)) or (
        is_fragment and rest == question and not BARE.fullmatch(question) and bool(FULL_NAME.search(question))
    )


def pressed_kind(question: str, previous: Sequence[Turn]) -> str | None:
    """The kind for which a short follow-up about interviewees is declined together with the question before it."""
    asked = [turn.content for turn in previous if turn.role == "user"][-1:]
    if not asked or len(question.split()) > MAX_WORDS or not PRESSES.search(question):
        return None
    if not (PEOPLE.search(question) or _speaks_of_interviewees(previous)):
        return None
    pressed = "identity" if PRESSES_FOR_PERSON.search(question) else None
    return kind_of_decline(f"{asked[0]} {question}") or pressed


def _speaks_of_interviewees(previous: Sequence[Turn]) -> bool:
    """Whether the last exchange was about who was interviewed or who said something."""
    return any(
        PEOPLE.search(turn.content) or CODE.search(turn.content) or SPEAKER.search(turn.content)
        for turn in previous[-3:]
    )
