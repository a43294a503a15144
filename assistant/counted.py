"""Questions that ask how many, or which, sources or people speak of something, or for every passage that does:
counted in the index, with what the count is out of. Recognised by their form; no model has a part in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.answering.citing import quoting
from assistant.answering.selection import is_eligible
from assistant.confidentiality.declines import CODE
from assistant.errors import BadInput
from assistant.framework import Framework
from assistant.index import Generation
from assistant.mentions import Mention, Mentions, find_mentions
from assistant.mentions_told import not_whole, with_extent
from assistant.records import Answer, Claim, Evidence, Filter, Stance, Status

INTENT = "counted"
SOURCES = r"(?:sources?|documents?|papers?|articles?|reports?|notes?|files?|texts?)"
STUDIES = r"(?:stud(?:y|ies)|projects? and studies)"
PEOPLE = (
    r"(?:(?:interviewee|informant|participant|respondent|speaker)s?"
    r"|(?:people|persons?)(?: (?:who were |that were )?interviewed)?)"
)
PASSAGES = r"(?:passages?|paragraphs?|quot(?:e|ation)s?|excerpts?|extracts?|mentions?)"
NOUNS = (
    rf"(?:(?P<sources>{SOURCES})|(?P<studies>{STUDIES})|(?P<people>{PEOPLE})|(?P<passages>{PASSAGES}))"
    r"(?: (?:here|there|in (?:here|the (?:evidence|index|base|corpus))))?"
)
# Of one that is not named ("Who …?") more can be meant than that words are in a text: who discusses a plan, who refers
# a family.
NAMES = (
    r"(?:mention(?:s|ed)?|(?:speak|speaks|spoke) (?:of|about)|(?:talk|talks|talked) (?:of|about)"
    r"|(?:say|says|said) (?:something|anything) (?:of|about|on))"
)
SPEAKS = (
    rf"(?:{NAMES}|(?:speak|speaks|spoke|talk|talks|talked) on|(?:refer|refers|referred) to|discuss(?:es|ed)?"
    r"|bring up|brought up|touch(?:es|ed)? on)"
)
IS_SILENT = (
    r"(?:(?:say|says|said) nothing (?:of|about|on)|(?:is|are) silent (?:about|on)|(?:do(?:es)?|did)(?: not|n[’']t) "
    r"(?:mention|speak (?:of|about|on)|talk (?:of|about|on)|say anything (?:of|about|on)|refer to|discuss|bring up|touch on)"
    r"|never (?:mention(?:s|ed)?|(?:speak|speaks|spoke) (?:of|about|on)))"
)
IS_NAMED = r"(?:mentioned|named|spoken of|talked (?:of|about)|referred to|brought up)"
REQUEST = (
    r"^\W*(?:(?:and|so|but|please|(?:can|could) you|tell me|list|show(?: me| us)?|give(?: me| us)?|find(?: me| us)?|name"
    r"|count)\W+)*"
)
EVERY = r"(?:all|every|each|any)"
OF_THE = r"(?: of)?(?: the| our| your| my| these)?(?: \w+)??"
TOPIC = r" (?P<topic>[^?]+?)\W*$"
ASKS = tuple(
    re.compile(REQUEST + asked, re.IGNORECASE)
    for asked in (
        # Which of the sources (do not) mention it? All the sources that mention it. Do any sources mention it?
        rf"(?:how many|which|what|who of|the|(?:(?:do|does|did) )?{EVERY}(?: one)?)\b{OF_THE} {NOUNS}"
        rf"(?: (?:that|who|which))*(?: (?P<speaks>{SPEAKS})|(?: (?P<silent>{IS_SILENT}))){TOPIC}",
        # Who mentions it?
        rf"who(?: else)? (?:{NAMES}|(?P<silent>{IS_SILENT})){TOPIC}",
        # In which sources is it mentioned?
        rf"(?:in |by )?(?:how many|which|what)\b{OF_THE} {NOUNS} (?:is|are|was|were)"
        rf"(?: (?P<silent>not|never))? (?P<topic>[^?]+?)(?P<unnamed> not| never)? {IS_NAMED}\W*$",
        # Every passage on it.
        rf"(?:how many|{EVERY}){OF_THE} (?P<passages>{PASSAGES})(?: (?:are there|there are|are|we have))?"
        rf" (?:on|of|about|concerning|regarding|dealing with){TOPIC}",
        # How often is it mentioned?
        rf"(?P<passages>how (?:often|many times|frequently)|where) (?:is|are|was|were) (?P<topic>[^?]+?) {IS_NAMED}"
        r"(?: (?:here|in (?:here|the (?:evidence|index|base|corpus|sources|documents))))?\W*$",
        rf"(?P<passages>how (?:often|many times|frequently)) (?:do|does|did){OF_THE} (?:{SOURCES}|{STUDIES}|{PEOPLE})"
        rf" {SPEAKS}{TOPIC}",
    )
)
# What stands round the words that are looked for.
ROUND_TOPIC = re.compile(
    r"^(?:the (?:topic|subject|issue|role|importance) of|any|the)\s+|\s+(?:at all|in any way|anywhere|(?:are|is) there|do we have)$",
    re.I,
)
# How many sentences are quoted, and how many names told before the rest is counted: so many are read at a glance.
SHOWN, NAMED = 8, 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be counted: `who` is sources, studies, people or passages; of those that speak of the topic, or
    of those that do not."""

    who: str
    is_silent: bool
    topic: str


def asked_to_count(question: str) -> Asked | None:
    """What a stand-alone question asks to be counted; None if it asks something else."""
    match = next(filter(None, (asks.match(question) for asks in ASKS)), None)
    if match is None:
        return None
    groups = match.groupdict()
    # Who is not named is somebody.
    who = next((name for name in ("sources", "studies", "people", "passages") if groups.get(name)), "people")
    topic = ROUND_TOPIC.sub("", match["topic"].strip(" \"“”'‘’"))
    if CODE.search(topic):
        # Everything that one person said, put together, tells who it is.
        return None
    is_silent = bool(groups.get("silent") or groups.get("unnamed"))
    return Asked(who, is_silent, topic.strip(" \"“”'‘’"))


def count_answer(
    question: str, generation: Generation, framework: Framework, within: Filter | None
) -> Answer | None:
    """The answer to a question that asks for a count; None if it asks something else."""
    asked = asked_to_count(question)
    if asked is None:
        return None
    try:
        found = find_mentions(generation, framework, asked.topic, within)
    except BadInput:
        return None
    # What is not said cannot be quoted.
    claims = () if asked.is_silent else tuple(_claims(asked, found, generation))
    is_found = asked.is_silent or bool(found.by_speaker() if asked.who == "people" else found.mentions)
    return Answer(
        question=question,
        standalone_question=question,
        status=Status.ANSWERED if is_found else Status.NOT_IN_EVIDENCE,
        message=_message(asked, found),
        claims=claims,
        provenance={"intent": INTENT, "written_by": "counting", "counted": _counts(found)},
    )


def _counts(found: Mentions) -> dict[str, Any]:
    return {
        "terms": list(found.terms),
        "passages": [len(found.mentions), found.passages],
        "sources": [len(found.by_document()), len(found.documents)],
        "studies": [len(found.by_study()), len(found.studies)],
        "people": [len(found.by_speaker()), len(found.speakers)],
    }


def _message(asked: Asked, found: Mentions) -> str:
    """What was counted, out of how many, and by which words."""
    words = " and ".join(f"“{term}”" for term in found.terms)
    how = f"Counted by {words} in any form and spelling" + (
        " and by the label of the condition of that name" if found.parameters else ""
    )
    return (
        f"{_told(asked, found)} {how}; what is said in other words is not counted.{_way_to_all(asked, found)}"
    )


def _way_to_all(asked: Asked, found: Mentions) -> str:
    """Where all the passages are, and who does not speak of it."""
    if not found.mentions:
        return ""
    passages = "The passage" if len(found.mentions) == 1 else f"All {len(found.mentions)} passages"
    return (
        f" {passages}, and who does not speak of it, can be seen under “Every passage on …” in the "
        f"page, or given by the command “assistant mentions”."
    )


def _told(asked: Asked, found: Mentions) -> str:
    topic = f"“{asked.topic}”"
    if asked.who == "people":
        return _people_told(topic, asked, found)
    if asked.is_silent:
        return _silent_told(topic, asked, found)
    sources = found.by_document()
    # "12 of 55 studies" would read as if 55 spoke of it.
    of_sources = f"sources: {len(sources)} of {len(found.documents)}"
    of_studies = f"independent studies: {len(found.by_study())} of {len(found.studies)}"
    of_passages = f"passages: {len(found.mentions)} of {found.passages}"
    if asked.who == "passages":
        of_people = f"people with a code or name: {len(found.by_speaker())} of {len(found.speakers)}"
        counted = f"{of_passages} ({of_sources}; {of_studies}; {of_people})"
    elif asked.who == "studies":
        counted = f"{of_studies} ({of_sources})"
    else:
        counted = f"{of_sources} ({of_studies})"
    return f"Speaking of {topic}, {counted}{_named([found.titles[head.id] for head, _ in sources])}."


def _people_told(topic: str, asked: Asked, found: Mentions) -> str:
    codes = found.names
    if asked.is_silent:
        names = [codes[speaker] for speaker in found.silent_speakers()]
    else:
        names = [f"{codes[speaker]} ({count})" for speaker, count in found.by_speaker()]
    verb = "do not speak" if asked.is_silent else "speak"
    told = f"People with a code or name who {verb} of {topic} in the words that are stored"
    return f"{told}: {len(names)} of {len(found.speakers)}{_named(names)}."


def _silent_told(topic: str, asked: Asked, found: Mentions) -> str:
    """Sources or studies that do not speak of it, of which not all may have been read."""
    if asked.who == "studies":
        names = [with_extent(found.studies[group], found.extent(group)) for group in found.silent_studies()]
        return f"Independent studies that do not speak of {topic}: {len(names)} of {len(found.studies)}{_named(names)}."
    if asked.who == "passages":
        count = found.passages - len(found.mentions)
        return f"Passages that do not speak of {topic}: {count} of {found.passages}."
    silent = found.silent_documents()
    names = [with_extent(found.titles[head.id], head.source.read) for head in silent]
    return (
        f"Sources that do not speak of {topic}: {len(names)} of {len(found.documents)}"
        f"{not_whole(found)}{_named(names)}."
    )


def _named(names: Sequence[str]) -> str:
    """The names after a dash, the first of them if they are many; nothing for none."""
    if not names:
        return ""
    more = len(names) - NAMED
    return " — " + "; ".join(names[:NAMED]) + (f"; and {more} more" if more > 0 else "")


def _claims(asked: Asked, found: Mentions, generation: Generation) -> Iterator[Claim]:
    """One sentence for each source, or person, that speaks of it; those that say most come first."""
    first: dict[str, tuple[Mention, int]] = {}
    for mention in found.mentions:
        for position, sentence in enumerate(mention.passage.sentences):
            if sentence not in mention.sentences or not is_eligible(sentence):
                continue
            if asked.who != "people":
                first.setdefault(mention.document.id, (mention, position))
            elif sentence.speaker and sentence in mention.whole:
                first.setdefault(f"{mention.document.study_group}\0{sentence.speaker}", (mention, position))
    order = {head.id: place for place, (head, _) in enumerate(found.by_document())}
    chosen = sorted(first.values(), key=lambda place: order[place[0].document.id])
    for mention, position in chosen[:SHOWN]:
        evidence = Evidence(1, mention.passage, mention.document, {}, "words")
        yield replace(quoting(evidence, position, generation.heads), stance=Stance.NEITHER)
