"""Rows of the catalogue ⇄ records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from assistant.encoding import PassageVectors, Tokens, Vectors
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


def sentence_rows(number: int, passage: Passage, vectors: PassageVectors) -> Iterator[tuple[Any, ...]]:
    """What the table `sentences` holds of a passage's sentences."""
    for sentence, vector in zip(passage.sentences, vectors.sentences, strict=True):
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
            vector.astype(np.float16).tobytes(),
        )


def tokens_row(number: int, vectors: PassageVectors) -> tuple[Any, ...]:
    """What the table `tokens` holds of a passage."""
    counts = np.array([len(tokens) for tokens in vectors.tokens], dtype=np.uint16)
    return number, counts.tobytes(), b"".join(tokens.tobytes() for tokens in vectors.tokens)


def tokens_from(counts: bytes, vectors: bytes) -> tuple[Tokens, ...]:
    """The tokens of each sentence of a passage, shape (tokens, width)."""
    sizes = np.frombuffer(counts, dtype=np.uint16).astype(np.int64)
    every = np.frombuffer(vectors, dtype=np.int8).reshape(max(int(sizes.sum()), 1), -1)
    ends = np.cumsum(sizes)
    return tuple(every[end - size : end] for size, end in zip(sizes, ends, strict=True))


def label_row(sentence: Sentence) -> tuple[Any, ...]:
    """What the table `sentences` holds of what a sentence is labelled with, but for its kind and section."""
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
    )


def sentence_vectors_from(rows: Sequence[Row]) -> dict[str, Vectors]:
    """Vectors by passage from (passage id, sentence's vector), all of a passage together and in order."""
    if not rows:
        return {}
    # Widened at once: for each passage alone that takes many times as long.
    narrow = np.frombuffer(b"".join(blob for _, blob in rows), dtype=np.float16)
    every = narrow.reshape(len(rows), -1).astype(np.float32)
    borders = [n for n in range(len(rows)) if n == 0 or rows[n][0] != rows[n - 1][0]]
    ends = [*borders[1:], len(rows)]
    return {rows[start][0]: every[start:end] for start, end in zip(borders, ends, strict=True)}


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
