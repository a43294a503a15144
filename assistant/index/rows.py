"""Rows of the catalogue ⇄ records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from assistant.encoding import PassageVectors
from assistant.index.serialise import source_from, structure_from, structure_of, to_json
from assistant.records import (
    Document,
    DocumentHead,
    Kind,
    Labels,
    Passage,
    Sensitivity,
    Sentence,
    Stance,
    Voice,
)

Row = Sequence[Any]
# Looked up: to ask the enumeration takes several times as long, for thousands of sentences a question.
VOICES = {one.value: one for one in Voice}
STANCES = {one.value: one for one in Stance}
KINDS = {one.value: one for one in Kind}
SURROGATE = re.compile("[\ud800-\udfff]")


def head_from(row: Row) -> DocumentHead:
    """A document's entry from (id, name, path, source, sensitivity, is_transcript, warnings, passages,
    characters, tiers)."""
    identity, name, path, source, sensitivity, is_transcript, warnings, passages, characters, tiers = row
    return DocumentHead(
        id=identity,
        name=name,
        path=path or "",
        source=source_from(source),
        sensitivity=Sensitivity(sensitivity),
        is_transcript=bool(is_transcript),
        passages=passages,
        characters=characters,
        warnings=tuple(json.loads(warnings)),
        tiers=tuple((Sensitivity(tier), count) for tier, count in tiers),
    )


def document_from(row: Row) -> Document:
    """A document from (id, name, source, structure, sensitivity, is_transcript, warnings, text)."""
    identity, name, source, structure, sensitivity, is_transcript, warnings, text = row
    made_of = structure_from(structure)
    return Document(
        id=identity,
        name=name,
        source=source_from(source),
        text=text,
        blocks=made_of.blocks,
        pages=made_of.pages,
        codings=made_of.codings,
        sensitivity=Sensitivity(sensitivity),
        is_transcript=bool(is_transcript),
        warnings=tuple(json.loads(warnings)),
    )


def document_row(document: Document) -> tuple[Any, ...]:
    """What the table `documents` holds of a document."""
    return (
        document.id,
        document.name,
        document.source.title,
        to_json(document.source),
        structure_of(document),
        document.sensitivity.value,
        int(document.is_transcript),
        json.dumps(document.warnings),
        document.text,
    )


def is_storable(document: Document) -> bool:
    """Whether a document is made of characters that a database can give back as they were: no NUL,
    which ends a text in SQLite, and no half of a surrogate pair."""
    words = "".join(value for value in document_row(document) if isinstance(value, str))
    return "\0" not in words and not SURROGATE.search(words)


def passage_from(row: Row, document_text: str, sentences: Sequence[Row]) -> Passage:
    """A passage from (number, id, document, start, end, section, context, page, page_number, speaker,
    time, sensitivity), its document's text and its sentences' rows."""
    _, identity, document, start, end, section, context, page, page_number, speaker, time, tier = row
    text = document_text[start:end]
    return Passage(
        id=identity,
        document=document,
        start=start,
        end=end,
        text=text,
        section=tuple(json.loads(section)),
        sentences=tuple(_sentence(entry, text, start) for entry in sentences),
        context=context,
        page=page,
        page_number=page_number,
        speaker=speaker,
        time=time,
        sensitivity=Sensitivity(tier),
    )


def passage_row(passage: Passage, vectors: PassageVectors) -> tuple[Any, ...]:
    """What the table `passages` holds of a passage, after its number."""
    return (
        passage.id,
        passage.document,
        passage.start,
        passage.end,
        json.dumps(passage.section, ensure_ascii=False),
        passage.context,
        passage.page,
        passage.page_number,
        passage.speaker,
        passage.time,
        passage.sensitivity.value,
        vectors.passage.astype(np.float32).tobytes(),
    )


def sentence_rows(number: int, passage: Passage) -> Iterator[tuple[Any, ...]]:
    """What the table `sentences` holds of a passage's sentences."""
    for sentence in passage.sentences:
        labels = sentence.labels
        yield (
            number,
            sentence.start,
            sentence.end,
            sentence.voice.value,
            sentence.speaker,
            sentence.section,
            labels.stance.value,
            labels.condition,
            labels.cluster,
            labels.parameter,
            labels.basis,
            labels.origin,
            sentence.kind.value,
        )


def sentence_vectors_row(number: int, passage: Passage, vectors: PassageVectors) -> tuple[Any, ...]:
    """What the table `sentence_vectors` holds of a passage. Raises ValueError if not each sentence has its own."""
    own = zip(passage.sentences, vectors.sentences, vectors.tokens, strict=True)
    sizes = [len(tokens) for *_, tokens in own]
    return (
        number,
        vectors.sentences.astype(np.float16).tobytes(),
        np.array(sizes, dtype=np.uint16).tobytes(),
        b"".join(tokens.tobytes() for tokens in vectors.tokens),
    )


def label_row(sentence: Sentence) -> tuple[Any, ...]:
    """What the table `sentences` holds of what a sentence is labelled with, but for its section."""
    labels = sentence.labels
    return (
        sentence.voice.value,
        sentence.speaker,
        labels.stance.value,
        labels.condition,
        labels.cluster,
        labels.parameter,
        labels.basis,
        labels.origin,
        sentence.kind.value,
    )


def _sentence(row: Row, passage_text: str, passage_start: int) -> Sentence:
    _, start, end, voice, speaker, section, stance, condition, cluster, parameter, basis, origin, kind = row
    return Sentence(
        start=start,
        end=end,
        text=passage_text[start - passage_start : end - passage_start],
        voice=VOICES[voice],
        speaker=speaker,
        section=section,
        labels=Labels(STANCES[stance], condition, cluster, parameter, basis, origin),
        kind=KINDS[kind],
    )
