"""Fakes of the replaceable parts. They record what they were asked; nothing is patched."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.encoding import PassageVectors, QueryTokens, Signal, Spans, Tokens, Vectors, unit
from assistant.encoding.late_interaction import match, products, rounded
from assistant.records import Evidence, Sensitivity
from assistant.words import content_words

DIMENSION = 64


class FakeEncoder:
    """Vectors from the hashes of words: texts that share words are close. No model, and quick."""

    fingerprint = "fake:1"
    limit = 256

    def __init__(self, fingerprint: str = "fake:1") -> None:
        self.fingerprint = fingerprint
        self.encoded: list[str] = []
        self.asked: list[str] = []

    def spans(self, text: str) -> list[tuple[int, int]]:
        """One token a word or mark."""
        return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]

    def encode_passages(self, texts: Sequence[tuple[str, Spans]]) -> list[PassageVectors]:
        """Vectors of words, of passages and of their sentences."""
        self.encoded += [text for text, _ in texts]
        return [
            PassageVectors(
                _vector(text),
                np.stack([_vector(text[start:end]) for start, end in spans])
                if spans
                else np.zeros((0, DIMENSION), dtype=np.float32),
                tuple(_tokens(text[start:end]) for start, end in spans),
            )
            for text, spans in texts
        ]

    def encode_query(self, text: str) -> Vectors:
        """Vector of the words of a question."""
        self.asked.append(text)
        return _vector(text)

    def encode_query_tokens(self, text: str) -> QueryTokens:
        """Vectors of the words of a question, all weighing the same."""
        tokens = _tokens(text)
        return QueryTokens(tokens, np.full(len(tokens), 1 / max(1, len(tokens))))


class QueuedChatModel:
    """A chat model that gives the answers queued into it, a few characters at a time."""

    def __init__(self, *answers: str | Exception, is_remote: bool = False) -> None:
        self.name = "fake:queued"
        self.address = "nowhere"
        self.is_remote = is_remote
        self.prompt_digests = {"answer": "fake"}
        self.prompts: list[str] = []
        self._answers = list(answers)

    def complete(self, prompt: str) -> str:
        """The next answer whole."""
        return "".join(self.stream(prompt))

    def stream(self, prompt: str) -> Iterator[str]:
        """The next answer in parts of seven characters; an exception that was queued is raised."""
        self.prompts.append(prompt)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        for start in range(0, len(answer), 7):
            yield answer[start : start + 7]


class FakeLimits:
    """Public passages may leave, and any text without one of the words that are `closed`."""

    def __init__(self, *closed: str) -> None:
        self._closed = closed

    def may_be_shown(self, item: Evidence) -> bool:
        """Whether the passage and its document are public."""
        return item.sensitivity is Sensitivity.PUBLIC

    def repeats_closed(self, text: str) -> bool:
        """Whether one of the words stands in it."""
        return any(word in text for word in self._closed)


def _tokens(text: str) -> Tokens:
    words = content_words(text)
    return (
        rounded(np.stack([_vector(word) for word in words])) if words else np.zeros((0, DIMENSION), np.int8)
    )


def _vector(text: str) -> Vectors:
    vector = np.full(DIMENSION, 1e-3, dtype=np.float32)
    for word in re.findall(r"\w+", text.lower()):
        digest = hashlib.sha256(word.encode()).digest()
        vector[digest[0] % DIMENSION] += 1 if digest[1] % 2 else -1
    return unit(vector)


def matched(asked: QueryTokens, texts: Sequence[Tokens]) -> Signal:
    """How well a question's tokens are matched by each of several texts."""
    every = np.concatenate([np.zeros((0, asked.vectors.shape[1]), dtype=np.int8), *texts])
    return match(asked, products(asked, every), np.array([len(text) for text in texts], dtype=np.int64))
