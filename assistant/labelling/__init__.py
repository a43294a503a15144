"""What a sentence is: whose voice it has, and what it says about innovation. Decided once, at ingest."""

from __future__ import annotations

from dataclasses import replace

from assistant.framework import Framework, Parameter
from assistant.labelling.kind import kind_of
from assistant.labelling.stance import stance_of
from assistant.labelling.voice import codes_in, voice_of
from assistant.records import Block, Document, Labels, Sentence, Stance, Voice

# Of a note's labels, where a framework's words tell cluster and parameter.
BY_WORDS = "cluster, parameter by words"


def label_sentence(document: Document, block: Block, start: int, end: int, framework: Framework) -> Sentence:
    """The sentence at `start:end` of the document with its voice, speaker and labels.

    What the document states itself (a note's labels, a table's columns, a speaker's name) wins over
    the rules.
    """
    words = document.text[start:end]
    voice = voice_of(document, block, words)
    labels = _labels(block, words, voice, framework)
    headings = (*block.section, block.original_section or "")
    return Sentence(
        start=start,
        end=end,
        text=words,
        voice=voice,
        speaker=block.speaker or codes_in(document, block, words),
        section=block.original_section,
        labels=labels,
        kind=kind_of(words, headings, labels.stance, voice),
    )


def _labels(block: Block, words: str, voice: Voice, framework: Framework) -> Labels:
    given = block.labels
    if given is not None and given.origin == "note":
        return _stated(given, words, framework)
    if voice is Voice.OTHER:
        return Labels()
    labels = given or stance_of(words)
    if labels.stance is Stance.NEITHER:
        return labels
    return _placed(labels, framework.best_parameter(f"{words} {block.prefix}"))


def _stated(given: Labels, words: str, framework: Framework) -> Labels:
    """A note's labels. Under another framework than the one that it was written for, that one's words place what
    takes a side."""
    try:
        return _placed(given, framework.parameter(given.parameter))
    except KeyError:
        found = None if given.stance is Stance.NEITHER else framework.best_parameter(words)
        placed = _placed(given, found)
        return replace(placed, origin=f"{given.origin}; {BY_WORDS}") if found else placed


def _placed(labels: Labels, parameter: Parameter | None) -> Labels:
    return replace(
        labels,
        parameter=parameter.id if parameter else None,
        cluster=parameter.cluster if parameter else None,
    )
