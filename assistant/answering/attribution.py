"""Questions about what one person or study said: whom they name, and what of.

Recognised by their form. Some ask what somebody said about something ("What did P13 say about money?"), some put
words into somebody's mouth ("Did Munro find that …?").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.notation import CODE
from assistant.places import BARE
from assistant.questions import TAKEN_OVER
from assistant.subjects import subject_words
from assistant.words import stems

CODES = rf"{CODE}(?:(?:,? (?:and|or|&)|,) {CODE})*"
NAME = r"[A-Z][\w’'-]+(?: (?:and |& )?[A-Z][\w’'-]+){0,3}(?: (?:et al\.?|and (?:colleagues|others)))?"
STUDY = r"(?: (?i:paper|study|trial|review|report|team|authors|evaluation|project|article|programme))*"
WHO = rf"(?P<who>{CODES}|(?:(?i:the) )?{NAME}{STUDY})"
SAID = (
    r"(?i:said|says|say|claimed|claims|claim|found|finds|find|showed|shows|show|proved|proves|prove|argued|argues|argue|wrote|writes"
    r"|write|concluded|concludes|conclude|thinks|think|thought|believes|believe|believed|warned|warns|warn|held|holds|stated|states"
    r"|reported|reports|report|went on about|complained|complains)"
)
# What names a thing in somebody's way puts words into their mouth as well.
CALLED = r"(?i:call(?:s|ed)?|describe[sd]?|dismiss(?:es|ed)?|denounce[sd]?|condemn(?:s|ed)?|praise[sd]?|label(?:s|led)?|portray(?:s|ed)?)"
SAYS = rf"(?:{SAID}|{CALLED})"
TELLS = rf"(?:{SAID}|(?i:have to say|tell us|told us|feels?|felt|comment(?:s|ed)?|remark(?:s|ed)?|mention(?:s|ed)?|speaks?|spoke|talk(?:s|ed)?))"
UTTERANCE = r"(?i:words|quotations?|quotes?|lines?|remarks?|comments?|statements?)"
WORDS = rf"(?:{UTTERANCE}|(?i:views?|opinions?|thoughts?|arguments?|take|position|verdict))"
ON = r"(?i:about|on|of|regarding|concerning|as to)"
CLAIM = r"(?:(?i:that) )?(?P<claim>[^?]+?)"
END = r"\W*$"
TAG = r",? (?i:(?:did|does|do|is|was|were|has|have|had)(?:n[’']t)? (?:he|she|they|it|that)(?: not)?|right|correct|no|is that (?:right|so|true))"
GOES_BACK = (
    rf"(?:(?i:and |so |but )?(?i:what|why|when|where|how|did|does|do)\b[^?.!]*\b(?i:he|she|they) (?:{TELLS}|(?i:mean|meant))\b[^?.!]*"
    r"|(?i:is|was) (?i:that|this|it) (?i:right|true|correct|so)|(?i:did|does|do|has|have) (?i:he|she|they)(?: really)?)"
)
ASSERTING = tuple(
    re.compile(form)
    for form in (
        rf"(?i:what (?:did|does|could|might)) {WHO} (?i:mean|have in mind) (?i:when (?:he|she|they) {SAID}|by saying|in saying) {CLAIM}{END}",
        rf"(?i:was it|is it) {WHO} (?i:who|that) {SAID} {CLAIM}{END}",
        rf"(?i:why|when|where) (?i:did|does|would) {WHO} {SAYS} {CLAIM}{END}",
        rf"^\W*(?i:did|does|has) {WHO} (?i:really )?{SAYS} {CLAIM}{END}",
        # What is called somebody's own line is taken to have been said.
        rf"\b{WHO}[’']s? (?:\w+ )?{UTTERANCE} {ON} {CLAIM}{END}",
        rf"^\W*(?:(?i:so|and|but),? )?{WHO} (?i:really )?{SAYS} {CLAIM}{TAG}{END}",
        # A statement before a question that goes back to it.
        rf"^\W*(?:(?i:so|and|but),? )?{WHO} (?i:really )?{SAYS} (?:(?i:that) )?(?P<claim>[^?.!]+)[.!] {GOES_BACK}{END}",
    )
)
ASKING = tuple(
    re.compile(form)
    for form in (
        rf"(?i:what|how|anything|something)(?: (?i:else|exactly))? (?i:did|does|do|has|have|had) {WHO} (?:(?i:ever|really) )?{TELLS}"
        rf"(?: (?i:anything|something))? {ON} {CLAIM}{END}",
        rf"^\W*(?i:did|does|do|has|have) {WHO} (?:(?i:ever|really) )?{TELLS}(?: (?i:anything|something|a word))? {ON} {CLAIM}{END}",
        rf"\b{WHO}[’']s? (?:\w+ )?{WORDS} {ON} {CLAIM}{END}",
        rf"\b{WORDS} (?i:of|by|from) {WHO} {ON} {CLAIM}{END}",
        rf"(?i:anything|something|what is there|what) (?i:of|by|from) {WHO} {ON} {CLAIM}{END}",
        rf"^\W*(?i:according to) {WHO}, {CLAIM}{END}",
        rf"^\W*(?P<who>{CODES}),? (?i:about|on|regarding) {CLAIM}{END}",
    )
)
NOT_A_NAME = re.compile(
    r"^(?:The|A|An|It|I|We|You|They|He|She|What|Which|Who|That|This|How|Why|Did|Does|So|Is|Are|Any|Anything|Something)$"
)


def _is_named(who: str, question: str) -> bool:
    """Whether it is somebody's name or code: not "The Evidence", a country, or any word where all have capitals."""
    if is_code(who):
        return True
    plain = re.sub(r"^the ", "", who, flags=re.IGNORECASE)
    return not (
        question.isupper()
        or question.istitle()
        or NOT_A_NAME.match(who)
        or BARE.fullmatch(plain)
        or (plain != who and not subject_words(plain))
    )


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whom a question names, and what it says that they said; where that is not `is_asserted`, what it asks of."""

    who: str
    claim: str
    is_asserted: bool = True

    @property
    def is_code(self) -> bool:
        """Whether it is an interviewee's code, or several."""
        return is_code(self.who)

    @property
    def is_name(self) -> bool:
        """Whether it is a name alone. "The Leeds trial" may be stored under another."""
        return is_name(self.who)

    @property
    def people(self) -> tuple[str, ...]:
        """Each who is named, where several are."""
        return tuple(re.split(r",? (?:and|or|&) |, ", self.who))


def is_code(who: str) -> bool:
    """Whether somebody is named by code, or several are."""
    return re.fullmatch(CODES, who) is not None


def is_name(who: str) -> bool:
    """Whether somebody is named by a name, with no word for a study after it."""
    return not is_code(who) and who.rsplit(maxsplit=1)[-1][0].isupper()


def attribution_in(question: str) -> Attribution | None:
    """What a stand-alone question puts into somebody's mouth; None if it does not."""
    for form in ASSERTING:
        match = form.search(question)
        if match and _is_named(match["who"], question) and len(stems(match["claim"])) >= 2:
            return Attribution(match["who"], match["claim"].strip(" ,.\"“”'‘’"))
    return None


def words_asked(question: str) -> Attribution | None:
    """Whose words on what a stand-alone question asks for; None if it asks for no one's."""
    over = TAKEN_OVER.search(question)
    plain = TAKEN_OVER.sub("", question).strip()
    for form in ASKING:
        match = form.search(plain)
        if match and _is_named(match["who"], question):
            topic = f"{match['claim']} {over['subject'] if over else ''}"
            return Attribution(match["who"], topic.strip(" ,.\"“”'‘’"), is_asserted=False)
    return None
