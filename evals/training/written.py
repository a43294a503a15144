"""Running passages that we wrote in the styles of papers, talks, reports and news, every sentence with its labels; and
whose voice each sentence of the made-up documents is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from assistant.encoding import Encoder, Vectors
from assistant.framework import load_framework
from assistant.labelling.spoken import features, may_be_talk
from assistant.passages import cut, encoded_text
from assistant.reading.plain import read_plain
from assistant.records import Block, Document, Passage, Voice

TEXTS = Path(__file__).with_name("texts")
BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence with its labels; `cluster` is an id or "none". Its voice is learnt; stance and cluster were tried
    (evals/decisions/labels.md)."""

    text: str
    stance: str
    cluster: str
    voice: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence that rules do not settle, with what the classifier sees of it and whether it is talk."""

    text: str
    seen: Vectors
    is_talk: bool


@cache
def written_passages() -> tuple[tuple[Written, ...], ...]:
    """The passages, sentence by sentence."""
    with (TEXTS / "passages.jsonl").open(encoding="utf-8") as file:
        entries = [json.loads(line) for line in file]
    return tuple(tuple(Written(**one) for one in entry["sentences"]) for entry in entries)


def written_talk(encoder: Encoder) -> Iterator[Heard]:
    """The sentences of the written passages."""
    for passage in written_passages():
        text, spans = joined([one.text for one in passage])
        [made] = encoder.encode_passages([(text, spans)])
        for one, vector in zip(passage, made.sentences, strict=True):
            yield Heard(one.text, features(one.text, vector), one.voice == Voice.PARTICIPANT)


def made_up_talk(encoder: Encoder, *, unseen: bool) -> Iterator[Heard]:
    """Those sentences of the made-up documents that rules leave to the authors: of the documents that are learnt
    from, or of those kept back."""
    texts = {one["id"]: one for one in _lines("unseen.jsonl" if unseen else "documents.jsonl")}
    for given in _lines("voices.jsonl"):
        if given["unseen"] is unseen:
            yield from _heard(encoder, texts[given["id"]], given)


def joined(sentences: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Sentences as one text, and where each stands in it."""
    ends = np.cumsum([len(sentence) + 1 for sentence in sentences])
    spans = [
        (int(end) - len(sentence) - 1, int(end) - 1) for sentence, end in zip(sentences, ends, strict=True)
    ]
    return " ".join(sentences), spans


def _heard(encoder: Encoder, written: dict[str, Any], given: dict[str, Any]) -> Iterator[Heard]:
    document = _document(written)
    if document.is_transcript:
        return
    others = {text: voice for voice, texts in given["others"].items() for text in texts}
    for passage in cut(document, encoder, load_framework()):
        [made] = encoder.encode_passages([encoded_text(passage)])
        for position, vector in enumerate(made.sentences):
            sentence = passage.sentences[position]
            if may_be_talk(_block(document, passage, position), sentence):
                voice = others.get(sentence.text, given["voice"])
                yield Heard(sentence.text, features(sentence.text, vector), voice == Voice.PARTICIPANT)


def _document(written: dict[str, Any]) -> Document:
    paragraphs = BREAK.join([written["title"], *written["paragraphs"]])
    name = f"{written['id']}.txt"
    return read_plain(Path(name), paragraphs + "\n", name, ())


def _block(document: Document, passage: Passage, position: int) -> Block:
    start = passage.sentences[position].start
    return next(block for block in document.blocks if block.start <= start < block.end)


def _lines(name: str) -> list[dict[str, Any]]:
    with (TEXTS / name).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
