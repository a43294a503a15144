"""Follow-up + history → a question that stands alone, without a model.

A follow-up that leaves its subject out gets it from the questions of the user, never from an answer: what
the assistant said is not evidence. Evidence of earlier turns is not carried over. What was added is seen by
the person, who can restate the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.figures import Amount, amount_asked, gives
from assistant.records import Answer, Evidence, Turn
from assistant.words import content_words, stem, stems

REFERS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|that|this|these|those|he|she|his|her|there|then|the (?:first|second|last|former|latter|"
    r"other)(?: one)?|one|ones|so|same|else|instead|such)\b",
    re.IGNORECASE,
)
OPENER = r"(?:and|but|so|or|what about|how about|ok(?:ay)?|right|then)\b[\s,]*"
OPENS_AS_FOLLOW_UP = re.compile(
    r"^\s*(?:and|but|so|or|what about|how about|why|why not|how come|which of|any(?:thing)? (?:else|more)|more|really|ok(?:ay)?)\b",
    re.IGNORECASE,
)
# A short question is whole if it asks something of a thing that it names: "What is fidelity?", not "What helps?".
ASKS = re.compile(
    r"^\W*(?:what|who|where|when|how|which|is|are|was|were|do|does|did|can|could|should|has|have|define|list|name|find)\b",
    re.IGNORECASE,
)
OF_NO_SUBJECT = re.compile(
    r"^(?:help|hinder|work|barrier|enabler|obstacle|problem|challenge|driver|facilitator|evidence|example|study|studies|source"
    r"|result|finding|number|figure|mean|matter|happen|cost|main|difference|reason|say|said|know|think|get|way|stop|need)\w*$",
    re.IGNORECASE,
)
# "And in Scotland?", "What about for managers?": the question before, with another place, group or time.
ELSEWHERE = re.compile(
    rf"^\W*(?:{OPENER})*(?P<phrase>(?P<where>in|for|among|amongst|within|at|outside|under|during|since|before|after|without)"
    r"\s(?!(?:it|its|that|this|them|these|those|there|who|whom|whose|what|which|how|all|general|short|example|instance)\b)"
    r"[^?.!,;:]{2,60}?)\W*$",
    re.IGNORECASE,
)
# What stands before the subject of a question: "What do the sources say helps …".
BEFORE_SUBJECT = re.compile(
    rf"^\W*(?:{OPENER})*(?:(?:what|who|where|when|how|which|why|is|are|was|were|do|does|did|can|could|should|will|would|has"
    r"|have|there|any|many|much|often|well|the (?:sources|evidence|studies|literature)|say|says|said|tell|tells|me|us|about|of|to|on"
    r"|we|know|known|you|helps?|hinders?|stops?|gets? in the way of|supports?|enables?|(?:the )?(?:main )?(?:barriers?|enablers?"
    r"|obstacles?|challenges?|drivers?|facilitators?)(?: (?:to|of|for))?)\b\W*)+",
    re.IGNORECASE,
)
# "What did each conference cost?", "at what price per agency?"
EACH = re.compile(r"\b(?:per|each|every)\s(?!cent\b)(?P<unit>[a-z][\w-]{2,})", re.IGNORECASE)
# How much of the subject that a follow-up leaves out a sentence must speak of, with what stands above it, to
# give an amount of that.
OF_SUBJECT = 0.5
ABOUT = re.compile(r"\s*\(about: (?P<subject>[^()]*)\)")
OBJECT = re.compile(
    r"\b(?:say|says|said|tell us|know|known|evidence|sources?) (?:about|on|of) (?P<object>[^?.!]+)",
    re.IGNORECASE,
)
NAME = re.compile(r"\b[A-Z][\w’'-]+")
ENDS_WITH_IT = re.compile(r"(?:\s(?:for|of|to|by|in|on|with|about))?\s(?:it|them|that|this)$", re.IGNORECASE)
MAX_CARRIED = 20


def standalone(question: str, previous: Sequence[Turn]) -> str:
    """The question with the subject of the conversation added where it refers back to it."""
    asked = [turn.content for turn in previous if turn.role == "user"]
    if not asked or not refers_back(question):
        return question
    # The last question that has a subject of its own: a chain of "and why?" leads back to it.
    before = next((text for text in reversed(asked) if len(content_words(text)) >= 2), asked[-1])
    elsewhere = ELSEWHERE.match(question)
    if elsewhere:
        return _moved(before, elsewhere["phrase"], elsewhere["where"])
    carried = _carried(before, with_direction=not content_words(question))
    return f"{question.rstrip()} (about: {carried})" if carried else question


def topics(question: str, previous: Sequence[Turn]) -> list[str]:
    """What a follow-up brings up that no question before it named, as stems: the whole of "And drones?", the
    names in "How many did so in Brazil?", what sources are to say something about.

    Evidence that speaks of none of these was found for the questions before, and does not answer this one.
    """
    asked = [turn.content for turn in previous if turn.role == "user"]
    if not asked or not refers_back(question):
        return []
    rest = re.sub(rf"^\W*(?:{OPENER})+", "", question, flags=re.IGNORECASE)
    told_of = OBJECT.search(rest)
    if not ASKS.match(rest):
        brought = rest
    else:
        brought = " ".join([*NAME.findall(rest[1:]), told_of["object"] if told_of else ""])
    known = {stem(word) for text in asked for word in content_words(text)}
    return [one for one in map(stem, _subject_words(REFERS_BACK.sub(" ", brought))) if one not in known]


def speaks_of(wanted: Sequence[str], evidence: Sequence[Evidence]) -> bool:
    """Whether any evidence, by its words or by what is known of its document, speaks of one of these stems;
    true if there are none."""
    return not wanted or any(not set(wanted).isdisjoint(stems(_all_of(item))) for item in evidence)


def may_be_answered(question: str, previous: Sequence[Turn], evidence: Sequence[Evidence]) -> bool:
    """Whether evidence that was found may answer a question: for a follow-up it speaks of what that brings up, and
    gives the kind of amount that it asks for of the subject that it left out."""
    if not speaks_of(topics(question, previous), evidence):
        return False
    alone = standalone(question, previous)
    amount = amount_asked(question)
    if alone == question or amount in (None, Amount.ANY):
        return True
    about = ABOUT.search(alone)
    subject = frozenset(stems(about["subject"] if about else alone))
    unit = EACH.search(question)
    return any(
        gives(amount, sentence.text)
        and (unit is None or _is_told_each(unit["unit"], sentence.text))
        and len(subject & set(stems(f"{sentence.text} {_around(item)}"))) >= OF_SUBJECT * len(subject)
        for item in evidence
        for sentence in item.passage.sentences
    )


def turns_of(answer: Answer) -> tuple[Turn, Turn]:
    """An exchange as the next question's history: what was asked, in full, and what was said."""
    said = " ".join([answer.message, *(claim.text for claim in answer.claims)])
    return Turn("user", answer.standalone_question), Turn("assistant", said)


def refers_back(question: str) -> bool:
    """Whether a question leaves out something that an earlier one named."""
    words = content_words(question)
    names_a_thing = bool(ASKS.match(question)) and bool(_subject_words(question))
    if (len(words) <= 3 and not names_a_thing) or OPENS_AS_FOLLOW_UP.match(question):
        return True
    return any(not _stands_within(question, match) for match in REFERS_BACK.finditer(question))


def _stands_within(question: str, pronoun: re.Match[str]) -> bool:
    """Whether a question that names three things before a pronoun, which is not its last word, may be taken
    to mean one of them."""
    is_last = not re.search(r"\w", question[pronoun.end() :])
    return (
        bool(ASKS.match(question)) and not is_last and len(_subject_words(question[: pronoun.start()])) >= 3
    )


def _moved(before: str, phrase: str, where: str) -> str:
    """The question before, about another place, group or time; one that was put there before gives way."""
    about = ABOUT.search(before)
    plain = ABOUT.sub("", before).rstrip(" ?.!")
    plain = re.sub(rf", {re.escape(where)}\s[^,?]+$", "", plain, flags=re.IGNORECASE).rstrip(" ?.!")
    return f"{plain}, {phrase.strip()}?{about[0] if about else ''}"


def _carried(before: str, *, with_direction: bool) -> str:
    """What a follow-up takes over from the question before: what that named itself, and the subject of the
    conversation, with nothing of the turns between."""
    own = ABOUT.sub("", before).strip(" ?.!")
    about = ABOUT.search(before)
    if not about:
        return _cut(own if with_direction else _without_opening(own))
    subjects = about["subject"].split("; ")
    named = _without_opening(ENDS_WITH_IT.sub("", own)) if _subject_words(REFERS_BACK.sub(" ", own)) else ""
    return "; ".join([_cut(named), subjects[-1]] if named else subjects)


def _all_of(item: Evidence) -> str:
    source = item.document.source
    return " ".join((item.passage.said, item.passage.context, source.title, *source.country, *source.sector))


def _is_told_each(unit: str, text: str) -> bool:
    """Whether a text tells something for each of a unit ("per conference", "for an agency")."""
    word = re.escape(unit[: max(3, len(unit) - 2)])
    return (
        re.search(rf"\b(?:per|each|every|an?|one|single|/)\s?(?:[\w-]+ ){{0,3}}{word}", text, re.I)
        is not None
    )


def _around(item: Evidence) -> str:
    """What is known of a passage beside its words."""
    return " ".join((*item.passage.section, item.passage.context, item.document.source.title))


def _without_opening(question: str) -> str:
    rest = BEFORE_SUBJECT.sub("", question, count=1).strip()
    return rest if content_words(rest) else question


def _cut(words: str) -> str:
    return " ".join(words.replace("(", " ").replace(")", " ").split()[:MAX_CARRIED])


def _subject_words(question: str) -> list[str]:
    """Content words that name a thing."""
    return [word for word in content_words(question) if not OF_NO_SUBJECT.match(word)]
