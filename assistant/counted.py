"""Questions that ask how many, or which, sources or people speak of something: counted in the index, with what
the count is out of. Recognised by their form; no model has a part in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.answering.citing import quoting
from assistant.answering.selection import is_eligible
from assistant.errors import BadInput
from assistant.framework import Framework
from assistant.index import Generation
from assistant.mentions import Mention, Mentions, find_mentions
from assistant.records import Answer, Claim, Evidence, Filter, Stance, Status

INTENT = "counted"
SOURCES = r"(?:sources?|documents?|papers?|articles?|reports?|notes?|files?|texts?)"
STUDIES = r"(?:stud(?:y|ies)|projects? and studies)"
PEOPLE = r"(?:interviewees?|informants?|participants?|respondents?|speakers?|people(?: (?:who were |that were )?interviewed)?)"
SPEAKS = (
    r"(?:mention(?:s|ed)?|(?:speak|speaks|spoke) (?:of|about|on)|(?:talk|talks|talked) (?:of|about|on)"
    r"|(?:say|says|said) (?:something|anything) (?:of|about|on)|(?:refer|refers|referred) to|discuss(?:es|ed)?"
    r"|bring up|brought up|touch(?:es|ed)? on)"
)
IS_SILENT = (
    r"(?:(?:say|says|said) nothing (?:of|about|on)|(?:is|are) silent (?:about|on)|(?:do(?:es)?|did)(?: not|n[’']t) "
    r"(?:mention|speak (?:of|about|on)|talk (?:of|about|on)|say anything (?:of|about|on)|refer to|discuss|bring up|touch on)"
    r"|never (?:mention(?:s|ed)?|(?:speak|speaks|spoke) (?:of|about|on)))"
)
ASKS = re.compile(
    rf"^\W*(?:(?:and|so|but|please|tell me|list|show me|name|count)\W+)*(?:how many|which|what|who of|the)\b(?: of)?(?: the| our| your| my| these)?"
    rf"(?: \w+)?? (?:(?P<sources>{SOURCES})|(?P<studies>{STUDIES})|(?P<people>{PEOPLE}))"
    rf"(?: (?:here|there|in (?:here|the (?:evidence|index|base|corpus))|(?:that|who|which)))*"
    rf" (?:(?P<speaks>{SPEAKS})|(?P<silent>{IS_SILENT})) (?P<topic>[^?]+?)\W*$",
    re.IGNORECASE,
)
# What stands round the words that are looked for.
ROUND_TOPIC = re.compile(
    r"^(?:the (?:topic|subject|issue|role|importance) of|any|the)\s+|\s+(?:at all|in any way|anywhere)$", re.I
)
SHOWN = 8
NAMED = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be counted: `who` is sources, studies or people; of those that speak of the topic, or of
    those that do not."""

    who: str
    is_silent: bool
    topic: str


def asked_to_count(question: str) -> Asked | None:
    """What a stand-alone question asks to be counted; None if it asks something else."""
    match = ASKS.match(question)
    if match is None:
        return None
    who = next(name for name in ("sources", "studies", "people") if match[name])
    topic = ROUND_TOPIC.sub("", match["topic"].strip(" \"“”'‘’"))
    return Asked(who, match["silent"] is not None, topic.strip(" \"“”'‘’"))


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
    claims = tuple(_claims(asked, found, generation))
    return Answer(
        question=question,
        standalone_question=question,
        status=Status.ANSWERED if claims else Status.NOT_IN_EVIDENCE,
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
    how = f"Counted by {words} in any form" + (
        " and by the label of the condition of that name" if found.parameters else ""
    )
    return f"{_told(asked, found)} {how}; what is said in other words is not counted."


def _told(asked: Asked, found: Mentions) -> str:
    sources, studies, people = found.by_document(), found.by_study(), found.by_speaker()
    topic = f"“{asked.topic}”"
    # "12 of 55 studies" would read as if 55 spoke of it.
    of_sources = f"sources: {len(sources)} of {len(found.documents)}"
    of_studies = f"independent studies: {len(studies)} of {len(found.studies)}"
    if asked.who == "people":
        silent = sorted({code for _, code in found.speakers - {who for who, _ in people}})
        codes = [f"{code} ({count})" for (_, code), count in people]
        counted, names = (len(silent), silent) if asked.is_silent else (len(people), codes)
        verb = "do not speak" if asked.is_silent else "speak"
        told = f"People with a code or name who {verb} of {topic} in the words that are stored"
        return f"{told}: {counted} of {len(found.speakers)}{_named(names)}."
    if asked.is_silent and asked.who == "studies":
        names = [found.studies[group] for group in found.silent_studies()]
        return f"Independent studies that do not speak of {topic}: {len(names)} of {len(found.studies)}{_named(names)}."
    if asked.is_silent:
        names = [head.source.title for head in found.silent_documents()]
        return f"Sources that do not speak of {topic}: {len(names)} of {len(found.documents)}{_named(names)}."
    first, second = (of_studies, of_sources) if asked.who == "studies" else (of_sources, of_studies)
    return f"Speaking of {topic}, {first} ({second}){_named([head.source.title for head, _ in sources])}."


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
            elif sentence.speaker:
                first.setdefault(f"{mention.document.study_group}\0{sentence.speaker}", (mention, position))
    order = [head.id for head, _ in found.by_document()]
    chosen = sorted(first.items(), key=lambda item: order.index(item[1][0].document.id))
    for _, (mention, position) in chosen[:SHOWN]:
        evidence = Evidence(1, mention.passage, mention.document, {}, "words")
        yield replace(quoting(evidence, position, generation.heads), stance=Stance.NEITHER)
