"""Follow-up + history → a question that stands alone, without a model.

A follow-up that leaves its subject out gets it from the questions of the user, never from an answer: what
the assistant said is not evidence. Evidence of earlier turns is not carried over. What was added is seen by
the person, who can restate the question; and it is all that decides whether what was found may answer, so that
the same reading is answered or refused alike, whoever made it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.answering.context import asked_context, speaks_of_countries
from assistant.answering.intent import DIRECTIONS, intent_of
from assistant.carrying import cut, names_a_subject, subject_of, with_names
from assistant.figures import Amount, amount_asked, gives
from assistant.followups import adjunct, asks_who_said_it, refers_back, without_opener
from assistant.places import BARE, COUNTRY_PLACE, INSIDE, NAMED, PLACE
from assistant.pronouns import PERSONAL
from assistant.questions import TAKEN_OVER, taking_over
from assistant.records import Answer, Evidence, Place, Turn
from assistant.subjects import (
    APPARATUS,
    CLAUSE,
    ENDING,
    INTERROGATIVE,
    PREPOSITION,
    RELATIONS,
    asks,
    is_of_sources,
    subject_words,
    things,
)
from assistant.words import content_words, stem, stems

# "What did each conference cost?", "at what price per agency?"
EACH = re.compile(r"\b(?:per|each|every)\s(?!cent\b)(?P<unit>[a-z][\w-]{2,})", re.IGNORECASE)
# How much of the subject that a follow-up leaves out a sentence must speak of, with what stands above it, to
# give an amount of that.
OF_SUBJECT = 0.5
OBJECT = re.compile(
    r"\b(?:say|says|said|tell us|know|known|evidence|sources?) (?:about|on|of) (?P<object>[^?.!]+)",
    re.IGNORECASE,
)
NAME = re.compile(r"\b[A-Z][\w’'-]+")
# What `_moved` put at the end: "…, in Wales, for managers".
ADDED = re.compile(rf"(?:,\s(?:{PREPOSITION})\s(?:[^,?.!]|(?<=\b[a-z])\.)+)+\W*$", re.IGNORECASE)
# The marks at the end of a sentence, but for that of "the U.K.".
END = re.compile(r"(?:(?<!\b[A-Za-z])\.|[ ?!]){1,80}$")
# A thing that is taken for known: what a question of it was asked of belongs to those before.
KNOWN_THING = re.compile(
    rf"\b(?:the\s(?!(?:{APPARATUS}|{RELATIONS}){ENDING}\b)|their\s|its\s|his\s|her\s)[a-z]", re.IGNORECASE
)
ENDS_WITH_PRONOUN = re.compile(
    rf"(?:(?:\s(?:{PREPOSITION}|of|to|about|into|onto))?\s(?:it|them|they|that|this|there)){{1,5}}$",
    re.IGNORECASE,
)
ASKS = re.compile(rf"{CLAUSE.pattern}|\b{INTERROGATIVE}\b", re.IGNORECASE)
# How likely a sentence must be to answer, as it is read, to give an amount in words other than those asked: chosen,
# not measured.
READS_AS_ANSWER = 0.5


def standalone(question: str, previous: Sequence[Turn]) -> str:
    """The question with the subject of the conversation added where it refers back to it."""
    asked = [turn.content for turn in previous if turn.role == "user"]
    if asked and asks_who_said_it(question):
        # The answer to that question, each claim with who says it.
        return _in_full(asked)
    if not asked or not refers_back(question, {word for text in asked for word in stems(text)}):
        return question
    # The last question that has a subject of its own: a chain of "and why?" leads back to it.
    before = next((text for text in reversed(asked) if things(text) or TAKEN_OVER.search(text)), asked[-1])
    place = BARE.fullmatch(without_opener(question))
    elsewhere = adjunct(question)
    if place is not None:
        return _moved(before, f"in {place['name']}", "in")
    if elsewhere is not None:
        return _moved(before, elsewhere["phrase"], elsewhere["where"] or "")
    carried = _carried(before, question)
    own_place = PLACE.search(question)
    if own_place is not None:
        carried = _without_places(carried, own_place[0])
    if carried:
        carried = with_names(carried, question, list(_linked(asked)))
    return taking_over(question, carried)


def _in_full(asked: Sequence[str]) -> str:
    """The last of several questions, read after those before it."""
    *earlier, last = asked
    return last if TAKEN_OVER.search(last) else standalone(last, [Turn("user", text) for text in earlier])


def _linked(asked: Sequence[str]) -> Iterator[str]:
    """The questions that go on with one another, the latest first, back to one that stands by itself."""
    for text in reversed(asked):
        yield text
        if not (TAKEN_OVER.search(text) or KNOWN_THING.search(text) or refers_back(text)):
            return


def topics(reading: str) -> list[str]:
    """What was brought up after the question that opened the conversation, out of a question in full: all of "And
    drones?", the names in "How many did so in Brazil?", what sources are to say something about, where else or
    for whom else the question was asked, and what was named in the turns between.

    Evidence that does not speak of one of these was found for the rest, and does not answer the question.
    """
    about = TAKEN_OVER.search(reading)
    own = TAKEN_OVER.sub("", reading)
    parts = about["subject"].split("; ") if about else []
    brought = [phrase for text in (own, *parts) for phrase in _added(text)]
    if about:
        rest = ADDED.sub("", without_opener(own))
        told_of = OBJECT.search(rest)
        if not ASKS.search(rest):
            brought.append(rest)
        else:
            # All in capitals, nothing stands out as a name.
            names = [] if rest.isupper() else NAME.findall(rest, 1)
            brought += [*names, told_of["object"] if told_of else ""]
        brought += [ADDED.sub("", part) for part in parts[:-1]]
    known = set(stems(ADDED.sub("", parts[-1]))) if parts else set()
    return [
        phrase
        for phrase in dict.fromkeys(brought)
        if set(_stems_of(phrase)) - known or asked_context(phrase).countries
    ]


def speaks_of(phrase: str, evidence: Sequence[Evidence]) -> bool:
    """Whether any evidence, by its words or by what is known of its document, speaks of a phrase: of one of its
    words, or of a country that it names."""
    wanted = set(_stems_of(phrase))
    return any(
        not wanted.isdisjoint(stems(_all_of(item)))
        or speaks_of_countries(phrase, _all_of(item), item.document.source)
        for item in evidence
    )


def may_be_answered(
    reading: str, evidence: Sequence[Evidence], chances: Mapping[Place, float] | None = None
) -> bool:
    """Whether evidence that was found may answer a question in full: for a follow-up it speaks of what that brings
    up, and gives the kind of amount that it asks for of the subject that it left out, by its words or by the
    `chances` that sentences answer, by passage and position, where they were read."""
    if not all(speaks_of(phrase, evidence) for phrase in topics(reading)):
        return False
    about = TAKEN_OVER.search(reading)
    own = TAKEN_OVER.sub("", reading)
    amount = amount_asked(own)
    if about is None or amount in (None, Amount.ANY):
        return True
    subject = frozenset(stems(about["subject"]))
    unit = EACH.search(own)
    # That a thing went on is said of much; only a number of the kind that is asked for tells an answer by itself.
    is_counted = amount is not Amount.LATER
    return any(
        gives(amount, sentence.text)
        and (unit is None or _is_told_each(unit["unit"], sentence.text))
        and (
            len(subject & set(stems(f"{sentence.text} {_around(item)}"))) >= OF_SUBJECT * len(subject)
            or (is_counted and (chances or {}).get((item.passage.id, position), 0.0) >= READS_AS_ANSWER)
        )
        for item in evidence
        for position, sentence in enumerate(item.passage.sentences)
    )


def turns_of(answer: Answer) -> tuple[Turn, Turn]:
    """An exchange as the next question's history: what was asked, in full, and what was said."""
    said = " ".join([answer.message, *(claim.text for claim in answer.claims)])
    return Turn("user", answer.standalone_question), Turn("assistant", said)


def _moved(before: str, phrase: str, where: str) -> str:
    """The question before, about another place, group or time; one that was put there before gives way."""
    about = TAKEN_OVER.search(before)
    own = END.sub("", TAKEN_OVER.sub("", before))
    rest = without_opener(own)
    if about and is_of_sources(rest) and not (asks(rest) and content_words(rest)):
        # "And outside it?" is no question to put elsewhere; what it was about is.
        *between, subject = about["subject"].split("; ")
        own, about = " ".join([*(part for part in between if not subject_words(part)), subject]), None
    added = f" (about: {about['subject']})" if about else ""
    if NAMED.fullmatch(phrase.strip()):
        own, added = _without_places(own, phrase), _without_places(added, phrase)
    elif where:
        own = re.sub(rf", {re.escape(where)}\s[^,?]+$", "", own, flags=re.IGNORECASE).rstrip(" ?.!")
    # One comma before it is where what was added begins.
    one = re.sub(r",\s*(?:and\s)?", " and ", phrase.strip())
    return f"{own[:1].upper()}{own[1:]}, {one[:1].lower()}{one[1:]}?{added}"


def _without_places(text: str, phrase: str) -> str:
    """A text without the places in it that a place gives way to: countries and names of one word; for a name that
    is no country, names of several words as well. A text that would have no subject left stays."""
    is_country = re.search(rf"{INSIDE}{COUNTRY_PLACE}", phrase, re.IGNORECASE) is not None
    place = PLACE if is_country else NAMED
    left = re.sub(rf"^\W*{place.pattern},?\s", "", text, flags=re.IGNORECASE)
    left = re.sub(rf",?\s{place.pattern}", "", left, flags=re.IGNORECASE)
    return left if subject_words(left) or not subject_words(text) else text


def _asks_the_same_way(question: str) -> bool:
    """Whether a follow-up asks for what helps or hinders as the question before did: a mere phrase, or a question
    about the sources alone."""
    rest = without_opener(question)
    return intent_of(rest) not in DIRECTIONS and (
        not asks(rest) or (is_of_sources(rest) and not PERSONAL.search(rest))
    )


def _carried(before: str, question: str) -> str:
    """What a follow-up takes over from the question before: what that named itself, and the subject of the
    conversation, with nothing of the turns between; what helps or hinders it only where that is asked for."""
    own = END.sub("", without_opener(TAKEN_OVER.sub("", before)).lstrip(" ?.!"))
    has_direction = intent_of(own) in DIRECTIONS
    keeps_direction = _asks_the_same_way(question)
    about = TAKEN_OVER.search(before)
    if not about:
        is_whole = (keeps_direction and has_direction) or not content_words(question)
        return cut(own if is_whole else subject_of(own))
    *between, subject = about["subject"].split("; ")
    core = ENDS_WITH_PRONOUN.sub("", ADDED.sub("", own))
    is_named = names_a_subject(core)
    if keeps_direction and has_direction:
        between, subject = [core], subject_of(subject)
    elif is_named:
        directions = [part for part in between if not subject_words(part)]
        between = [subject_of(core), *directions]
    if not keeps_direction:
        between = [part for part in between if subject_words(part)]
        subject = subject_of(subject)
    for phrase in _added(own):
        subject = f"{_without_places(subject, phrase) if NAMED.fullmatch(phrase) else subject}, {phrase}"
    return "; ".join(map(cut, [*between, subject]))


def _added(text: str) -> list[str]:
    """The phrases of place, group or time that stand behind a comma at the end of a text."""
    added = ADDED.search(text)
    return [phrase for part in added[0].split(",") if (phrase := END.sub("", part).strip())] if added else []


def _stems_of(phrase: str) -> list[str]:
    return [stem(word) for word in subject_words(phrase)]


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
