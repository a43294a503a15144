"""What a question asks for: what helps, what hinders, both, or something else."""

from __future__ import annotations

import enum
import re

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
    r"|for and against|pros and cons|both (?:sides|ways)|good or bad|help or h\w+|either way|double-edged|mixed)\b",
    re.IGNORECASE,
)
FACT = re.compile(
    r"^\W*(?:how (?:many|much|long|often|far|large|big|old|was|were|did the)|when|where|who|whose|which (?:method|analysis"
    r"|databases?|countr\w+|year)|define|definition|what (?:is|are|was|were) (?:an? |the )?(?!(?:main |biggest |key |best )?"
    r"(?:barriers?|enablers?|obstacles?|problems?|challenges?|conditions?|facilitators?|drivers?|success))"
    r"|what does .{1,60}\bmean|by how much|find (?:me )?|list |name |compare |is there (?:a|any) (?:quote|line|evidence))",
    re.IGNORECASE,
)
# A question for what was said, or by whom, whatever side that takes: "who said that pilots fail?"
ASKS_WHO_SAID_IT = re.compile(
    r"\bwho (?:was it (?:who|that) )?(?:said|says|told|wrote|writes|called|calls|argued|argues|claimed|claims|warned|warns|complained"
    r"|complains)\b|\b(?:a|an|any|the|some|one|direct|good|short|exact|verbatim|find|give|show|get)(?: me)?(?: [\w-]+)? (?:quotes?|quotations?)\b"
    r"|^\W*(?:quotes?|quotations?)\b(?! (?:the|this|that)\b)",
    re.IGNORECASE,
)
# A question that yes or no would answer: what the sources say to it has any side, or none.
YES_OR_NO = re.compile(
    r"(?:^\W*(?:(?:so|and|but|ok|well)\W+)?|[,:;.] )(?:is|are|was|were|do|does|did|can|could|will|would|has|have|should)(?:n[’']t)? "
    r"(?!not\b)(?:\w)",
    re.IGNORECASE,
)
# What makes it ask for more than that.
ASKS_FURTHER = re.compile(r"\b(?:who|what|which|when|where|how|why)\b", re.IGNORECASE)

# Words of help that may as well name what is hindered: "what gets in the way of keeping it up".
ASKS_FOR_HELP = re.compile(
    r"\b(?:help\w*|enabl\w+|facilitat\w+|support\w*|driv(?:e|es|en|ers?)|promot\w+|foster\w*|encourag\w+|succe\w+"
    r"|conducive|what does it take|win(?:s|ning)? over)\b",
    re.IGNORECASE,
)
JOINS = re.compile(r"\b(?:and|or|as well as|versus|vs)\b|/", re.IGNORECASE)


class Intent(enum.StrEnum):
    """The shape of answer that a question asks for."""

    HELPS = "helps"
    HINDERS = "hinders"
    BOTH = "both"
    YES_OR_NO = "yes or no"
    FACT = "fact"


def intent_of(question: str) -> Intent:
    """The intent of a stand-alone question."""
    if BOTH.search(question):
        return Intent.BOTH
    if ASKS_WHO_SAID_IT.search(question):
        return Intent.FACT
    hinders = bool(HINDERS.search(question))
    # "Never last" asks for what hinders; its "last" asks for nothing of its own.
    helps = bool(HELPS.search(HINDERS.sub(" ", question)))
    if FACT.search(question) and not hinders:
        return Intent.FACT
    if helps and hinders and not _is_what_is_hindered(question):
        return Intent.BOTH
    if is_yes_or_no(question):
        return Intent.YES_OR_NO
    if hinders:
        return Intent.HINDERS
    return Intent.HELPS if helps else Intent.FACT


def is_yes_or_no(question: str) -> bool:
    """Whether yes or no would answer a question: it has a verb first, after a pause at most, and no question
    word before it."""
    match = YES_OR_NO.search(question)
    return match is not None and not ASKS_FURTHER.search(question[: match.start()])


def _is_what_is_hindered(question: str) -> bool:
    """Whether all that sounds like help stands after what hinders, as what is hindered."""
    hinders = HINDERS.search(question)
    rest = HINDERS.sub(" ", question)
    if hinders is None or ASKS_FOR_HELP.search(rest) or HELPS.search(question[: hinders.start()]):
        return False
    return not JOINS.search(question[hinders.end() :])
