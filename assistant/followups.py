"""Whether a question leaves out something that an earlier one named, judged by its grammar.

A question is complete if it names a thing and no pronoun of it points beyond it. What opens it ("so", "ok") says
nothing of that; a mere phrase behind "and" does.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.pronouns import is_plural, points_beyond
from assistant.subjects import (
    APPARATUS,
    AUXILIARY,
    ENDING,
    INTERROGATIVE,
    PREPOSITION,
    RELATIONS,
    asks,
    things,
    weighty,
)
from assistant.words import stem

OPENER = (
    r"(?:(?:and|but|so|or|also|plus|ok(?:ay)?|then|even|especially|particularly|specifically|only|just|maybe|perhaps)(?![\w-])[\s,:]*"
    r"|(?:right|well|now|yes|no|thanks|thank you|good|great|fine|lovely|sure|i see)\s*[,.!:]+\s*"
    r"|(?:what|how) about\b[\s,]*|what (?=if\b)|(?:the )?same(?: (?:question|thing))?(?: again)?[\s,]+(?=(?:for|in|with|about)\b)(?:about\b)?)"
)
OPENING = re.compile(rf"^\W*(?:{OPENER}\s*)*", re.IGNORECASE)
TURNS_TO = re.compile(r"\b(?:what|how) about\b|\bwhat if\b|\bwhat $|\bsame\b", re.IGNORECASE)
JOINS = re.compile(r"\b(?:and|or|but|so|also|plus|then|even)\b", re.IGNORECASE)
ADDS = re.compile(r"\b(?:and|or)\b", re.IGNORECASE)
# "Barriers to …", "Evidence on …": the head of a phrase that is a question in short.
HEADED = re.compile(
    rf"^\W*(?:(?:the|any|some|main|key|more)\s)*(?:{APPARATUS}|{RELATIONS}){ENDING}\s(?:to|on|of|for|about|that|with)\s",
    re.IGNORECASE,
)
IDIOMS = (
    r"other words|brief|practice|theory|short|sum|total|all|general|particular|detail|fact|addition|contrast|average|balance"
    r"|example|instance|full|(?:plain|simple|plainer|simpler) (?:words|terms|english)|the end|the contrary|the whole|(?:a|one) (?:nutshell|word|sentence|line)|least|last|now|sure"
)
# "And in Scotland?", "What about for managers?", "And when the funding ends?": the question before, of another
# place, group, time or condition.
ADJUNCT = re.compile(
    rf"^\W*(?>(?:{OPENER}\s*)*)(?P<phrase>(?:(?P<where>{PREPOSITION})\s"
    rf"(?!(?:{IDIOMS})\W*$)(?!(?:it|its|that|this|them|these|those|there|{INTERROGATIVE})\b)"
    rf"|(?P<when>when|if|once|while|unless|until|because|although)\s(?!{AUXILIARY}\b))(?:[^?.!;:]|(?<=\b[a-z])\.){{2,80}}?(?:(?<=\b[a-z])\.)?)"
    r"(?:,?\s(?:as well|too|also|then|either|instead|please|now|perhaps|maybe))*\W*$",
    re.IGNORECASE,
)
IS_CLAUSE_OF_ITS_OWN = re.compile(
    rf",\s*(?:{AUXILIARY})\b|(?<!^)\b{INTERROGATIVE}\b"
    r"|\b(?:helps?|hinders?|stops?|enables?|supports?|prevents?|blocks?|works?|barriers?|enablers?)\b",
    re.IGNORECASE,
)
# "The meetings", of which nothing else is told: those that were spoken of; with the verb that ends the question.
THE_ONES = re.compile(rf"\bthe\s(?P<ones>[a-z]+)(?:(?=\W*$|\s{AUXILIARY}\b)|\s[\w’'-]+(?=\W*$))")
WHAT_DOES = re.compile(rf"^\W*what\s(?!{AUXILIARY}\b)[\w’'-]+", re.IGNORECASE)

# "Who said that?", "Whose words are those?": asks for the speakers of the answer before, and nothing else.
THAT = r"(?:(?:that|this|it|so|those|these)(?: things?| words)?|all (?:of )?(?:that|this))"
WHO_SAID = re.compile(
    rf"^\W*(?>(?:{OPENER}\s*)*)(?:(?:who|which (?:interviewees?|informants?|participants?|respondents?|speakers?|people|persons?|sources?|stud(?:y|ies)))"
    rf" (?:was it (?:who |that )?)?(?:actually |really )?(?:said|says?|claimed|claims?|wrote|writes?|thinks?|thought|argued|argues?|found|finds?|told us) {THAT}"
    rf"|whose (?:words?|views?|opinions?|claims?|lines?|findings?) (?:is|are|was|were) {THAT})(?: exactly| please)?\W*$",
    re.IGNORECASE,
)


def asks_who_said_it(question: str) -> bool:
    """Whether a follow-up asks for nothing but who said what was answered before."""
    return WHO_SAID.match(question) is not None


def refers_back(question: str, known: Collection[str] = ()) -> bool:
    """Whether a question leaves out something that an earlier one named; `known` are the stems of what was asked
    before."""
    opening = OPENING.match(question)
    opened = opening[0] if opening else ""
    rest = question[len(opened) :]
    if TURNS_TO.search(opened) or adjunct(question) or points_beyond(rest):
        return True
    named = things(rest)
    if not named:
        return True
    if asks(rest):
        if _is_of_the_ones(rest):
            return True
        return bool(ADDS.search(opened)) and all(stem(word) in known for word in named)
    return bool(JOINS.search(opened)) or (len(weighty(rest)) == 1 and not HEADED.match(rest))


def adjunct(question: str) -> re.Match[str] | None:
    """The `phrase` of place, group, time or condition that is all of a question, with the preposition that it
    opens with as `where`."""
    match = ADJUNCT.match(question)
    return None if match is None or IS_CLAUSE_OF_ITS_OWN.search(match["phrase"]) else match


def without_opener(question: str) -> str:
    """A question without the words that only join it to what was said before."""
    return OPENING.sub("", question, count=1)


def _is_of_the_ones(question: str) -> bool:
    """Whether a question names nothing but several things of one kind that it takes for known: "the meetings"."""
    match = THE_ONES.search(question)
    if match is None or not is_plural(match["ones"]) or not things(match["ones"]):
        return False
    return not things(WHAT_DOES.sub(" ", f"{question[: match.start()]}{question[match.end() :]}"))
