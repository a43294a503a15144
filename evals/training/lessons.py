"""What a stronger encoder finds near practitioners' questions: lessons for ours.

The teacher reads the same texts of our own as ours does, and the same questions. How near it puts a text to a question,
and not its vectors, is what is passed on, so that both may have vectors of any length.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.encoding import Encoder, Spans, Vectors
from assistant.encoding.minilm import MiniLM
from assistant.framework import load_framework
from assistant.passages import cut, encoded_text
from assistant.reading import read
from assistant.records import Document
from assistant.resources import corpus_directory
from evals.collections import Entry
from evals.indexed import document_of
from evals.training.made_up import FILE, load_documents
from evals.training.own_texts import TEXTS

# How many texts are encoded at once.
AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Lessons:
    """Questions, and sentences and passages as both encoders have them.

    `ours` and `theirs` hold unit vectors of the same sentences and of the same passages, in this order, of shapes
    (texts, our dim) and (texts, the teacher's dim); `asked` the teacher's of the questions.
    """

    questions: Sequence[str]
    asked: Vectors
    ours: tuple[Vectors, Vectors]
    theirs: tuple[Vectors, Vectors]

    def found(self, rows: Sequence[int]) -> Iterator[Vectors]:
        """The teacher's cosines of some questions with all sentences, then with all passages."""
        for texts in self.theirs:
            yield self.asked[list(rows)] @ texts.T


def load_lessons(teacher: Encoder) -> Lessons:
    """Lessons over all our own texts, cut as an index would cut them. Takes the teacher's time for 2,800 passages."""
    ours, framework = MiniLM(), load_framework()
    texts = [encoded_text(passage) for one in documents() for passage in cut(one, ours, framework)]
    questions = asked()
    return Lessons(
        questions,
        np.array([teacher.encode_query(question) for question in questions], dtype=np.float32),
        _encoded(ours, texts),
        _encoded(teacher, texts),
    )


def documents() -> Iterator[Document]:
    """The bundled notes, and the made-up documents and passages that are learnt from."""
    for path in sorted((corpus_directory() / "notes").glob("*.md")):
        yield read(path)[0]
    for made_up in load_documents():
        yield made_up.document
    for line in _lines("passages.jsonl"):
        entry = json.loads(line)
        text = " ".join(sentence["text"] for sentence in entry["sentences"])
        yield document_of(Entry(entry["id"], entry["style"], text))


def asked() -> list[str]:
    """All questions and near misses of our own, each once."""
    questions: list[str] = []
    for line in _lines("findings.jsonl"):
        entry = json.loads(line)
        questions += entry["questions"] + entry["near_miss"]
    for line in _lines(FILE.name):
        entry = json.loads(line)
        questions += [one["question"] for one in entry["questions"]] + entry["near_miss"]
    return list(dict.fromkeys(questions))


def _encoded(encoder: Encoder, texts: Sequence[tuple[str, Spans]]) -> tuple[Vectors, Vectors]:
    """Vectors of all sentences, and of all passages."""
    made = [
        vectors
        for start in range(0, len(texts), AT_ONCE)
        for vectors in encoder.encode_passages(texts[start : start + AT_ONCE])
    ]
    passages = np.array([one.passage for one in made], dtype=np.float32)
    return np.concatenate([one.sentences for one in made]).astype(np.float32), passages


def _lines(name: str) -> list[str]:
    return (TEXTS / name).read_text(encoding="utf-8").splitlines()
