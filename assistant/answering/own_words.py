"""The sentences that are one person's or one study's own."""

from __future__ import annotations

import re

from assistant.answering.attribution import Attribution, is_code, is_name
from assistant.answering.selection import is_eligible
from assistant.index import Generation
from assistant.records import DocumentHead, Evidence, Filter, Sentence, each_speaker

# A passage, and the position of the sentence in it.
OwnSentence = tuple[Evidence, int]


def own_sentences(attribution: Attribution, generation: Generation, within: Filter) -> list[OwnSentence]:
    """Where those who are named speak, in what the filter takes: evidence and position of each sentence; empty if
    nobody of that name is known there."""
    whole = said_by(attribution.who, generation, within)
    if whole or len(attribution.people) == 1:
        return whole
    return [place for who in attribution.people for place in said_by(who, generation, within)]


def said_by(who: str, generation: Generation, within: Filter) -> list[OwnSentence]:
    """The sentences of one person, or of one study."""
    heads = generation.heads.values()
    speakers = generation.catalogue.speakers()
    # A study speaks through all whom it quotes, a person in their own words alone.
    is_person = any(is_speaker(who, one) for known in speakers.values() for one in known) or any(
        names_all(who, author) for head in heads for author in head.source.authors
    )
    found: list[OwnSentence] = []
    for head in heads:
        is_theirs = _is_of(who, head)
        if not is_theirs and not any(is_speaker(who, one) for one in speakers.get(head.id, ())):
            continue
        for passage in generation.catalogue.passages_of(head.id):
            if within.takes(head, passage):
                found += [
                    (Evidence(1, passage, head, {}, "words"), position)
                    for position, sentence in enumerate(passage.sentences)
                    if is_eligible(sentence)
                    and within.takes_sentence(sentence)
                    and _is_own(who, sentence, is_theirs=is_theirs, is_person=is_person)
                ]
    return found


def is_speaker(who: str, speaker: str) -> bool:
    """Whether a speaker is the one who is meant: of that code, or of that name, which is no study's."""
    return speaker == who if is_code(who) else is_name(who) and names_all(who, speaker)


def names_all(who: str, text: str) -> bool:
    """Whether a text has all the names that were given, without what every study is called."""
    words = re.findall(r"[A-Z][\w’'-]+", who)
    names = [re.sub(r"[’']s$", "", word) for word in words if word != "The"]
    return bool(names) and all(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in names)


def _is_of(who: str, head: DocumentHead) -> bool:
    """Whether a document is theirs: by its authors, its title or name, or its study."""
    source = head.source
    about = (*source.authors, source.title, head.name, source.study_group or "")
    return not is_code(who) and names_all(who, " ".join(about).replace("_", " "))


def _is_own(who: str, sentence: Sentence, *, is_theirs: bool, is_person: bool) -> bool:
    """Whether a sentence of a document is theirs, or tells of them by name where they speak in it."""
    speakers = each_speaker(sentence.speaker)
    if any(is_speaker(who, one) for one in speakers):
        return True
    if is_theirs:
        return not (is_person and speakers)
    return not is_code(who) and names_all(who, sentence.text)
