"""Whether a sentence that no rule gives to anybody is somebody's own talk.

Rules know a participant by a code, a label or quotation marks. Interview extracts are often handed over without any
of these, and every sentence would be the authors'. A linear classifier over the sentence's vector and over how it
is written says how probable talk is. A paragraph in quotation marks needs little more to be somebody's words; any
other sentence nearly certainty, since authors say "I" and "we" too. What that gains is told in
evals/decisions/voice.md.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.encoding import PassageVectors, Vectors
from assistant.encoding.linear import LinearClassifier, load_linear
from assistant.records import Block, BlockKind, Document, Passage, Sentence, Voice

MODEL = Path(__file__).with_name("model") / "voice.npz"
# From which probability on a sentence is talk: evals/decisions/voice.md.
SPOKEN_AT = 0.9
# The same in a paragraph that is in quotation marks as a whole: evals/decisions/voice.md.
QUOTED_AT = 0.3
QUOTED = re.compile(
    r"[*_]*(?:[A-Z][\w ]{1,30}:\s*)?[*_]*[“\"‘'](?=[\w\[]).{30,}[”\"’'][.*_\s]*(?:\([^()]*\))?[.*_\s]*",
    re.DOTALL,
)
# What a mark weighs beside a vector of length 1.
SCALE = 0.5
# How a sentence is written, that its vector does not tell. Quotation marks are left out: those in the texts that were
# learnt from are people's, and others quote laws and definitions.
MARKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:I|my|me)\b",
        r"\b(?:[Ww]e|us|[Oo]ur)\b",
        r"\b[Yy]ou(?:r)?\b",
        r"\w[’'](?:t|s|m|d|re|ve|ll)\b",
        r"\b(?:19|20)\d\d\b",
        r"\[\d",
        r"@|https?:|www\.",
        r"^\W*(?:\w+\W+){0,4}\w+\W*$",
        r"^\W*(?:\w+\W+){5,8}\w+\W*$",
        r"[^.!?”\"’)]\s*$",
        r"\?\s*$",
        r"\b(?:stud(?:y|ies)|research|reviews?|authors?|reports?|found|evidence|surveys?)\b",
        r"\b(?:said|says|told|explained|described|recalled|according)\b",
        r"\([A-Z]{1,4} ?\d{1,3}[,)]",
        r"\b(?:[Ss]o|[Aa]nd|[Bb]ut|[Ww]ell|[Yy]eah|just|really|actually|sort of|kind of|you know|I mean)\b",
    )
)


def with_talk(
    document: Document, passages: Sequence[Passage], vectors: Sequence[PassageVectors], fingerprint: str
) -> tuple[Passage, ...]:
    """Passages in which sentences that no rule gave to anybody are a participant's where they read as talk.

    `fingerprint` is the encoder's: under another one nothing is changed.
    """
    classifier = _load()
    if document.is_transcript or not classifier.fits(fingerprint):
        return tuple(passages)
    starts = [block.start for block in document.blocks]

    def heard(sentence: Sentence, vector: Vectors) -> Sentence:
        block = document.blocks[bisect_right(starts, sentence.start) - 1]
        if not may_be_talk(block, sentence):
            return sentence
        enough = QUOTED_AT if is_quoted(document, block) else SPOKEN_AT
        is_talk = probability(classifier, sentence.text, vector) >= enough
        return replace(sentence, voice=Voice.PARTICIPANT) if is_talk else sentence

    return tuple(
        replace(passage, sentences=tuple(map(heard, passage.sentences, made.sentences)))
        for passage, made in zip(passages, vectors, strict=True)
    )


def may_be_talk(block: Block, sentence: Sentence) -> bool:
    """Whether the rules left a sentence of a block to the authors because nothing spoke for anybody else."""
    is_left = sentence.voice is Voice.AUTHORS and sentence.speaker is None
    return is_left and block.voice is None and block.kind is BlockKind.PROSE


def is_quoted(document: Document, block: Block) -> bool:
    """Whether a paragraph is in quotation marks as a whole, after who speaks and before a place at most."""
    return QUOTED.fullmatch(document.text[block.start : block.end]) is not None


def probability(classifier: LinearClassifier, words: str, vector: Vectors) -> float:
    """How probable it is that a sentence is somebody's talk, 0 to 1."""
    chances = classifier.probabilities(features(words, vector)[None])[0]
    return float(chances[classifier.classes.index(Voice.PARTICIPANT)])


def features(words: str, vector: Vectors) -> Vectors:
    """What the classifier sees of a sentence: its vector, and a number for each mark."""
    marks = [SCALE if mark.search(words) else 0.0 for mark in MARKS]
    return np.concatenate([vector, np.asarray(marks, dtype=np.float32)])


@functools.lru_cache
def _load() -> LinearClassifier:
    return load_linear(MODEL)
