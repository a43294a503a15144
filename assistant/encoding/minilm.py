"""The packaged encoder."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.encoding import PassageVectors, Spans, Vectors, unit
from assistant.encoding.passage_model import PassageModel
from assistant.encoding.shipped import INPUTS, open_session
from assistant.encoding.weights import (
    DIMENSION,
    LIMIT,
    MODEL_NAME,
    WEIGHTS_SHA256,
    load_tokeniser,
    model_directory,
)
from assistant.errors import EncoderUnavailable

QUESTIONS = Path(__file__).with_name("model") / "questions.onnx"


class MiniLM:
    """The packaged encoder. Loads what it needs when it is first needed; safe to share by threads."""

    # What follows the weights changes whenever passages would be encoded otherwise.
    fingerprint = f"{MODEL_NAME}:{WEIGHTS_SHA256[:12]}:passages-3"
    limit = LIMIT

    def __init__(self) -> None:
        self._directory = model_directory()
        self._tokeniser = load_tokeniser(self._directory)
        self._lock = threading.Lock()
        self._passages: PassageModel | None = None
        self._session: Any = None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of each token of `text`, without special tokens."""
        offsets: list[tuple[int, int]] = self._tokeniser.encode(text, add_special_tokens=False).offsets
        return offsets

    def encode_passages(self, texts: Sequence[tuple[str, Spans]]) -> list[PassageVectors]:
        """Vectors of texts given with the spans of their sentences.

        A sentence's vector is the mean of its tokens' vectors as they came out of the passage, so it
        carries its context, and costs nothing more. What a text gives does not depend on the others.
        """
        if not texts:
            return []
        read = self._tokeniser.encode_batch([text for text, _ in texts])
        for tokens in read:
            if len(tokens.ids) > LIMIT:
                raise EncoderUnavailable(
                    f"A passage of {len(tokens.ids) - 2} tokens was to be encoded; the encoder reads {LIMIT - 2}."
                )
        with self._lock:
            if self._passages is None:
                self._passages = PassageModel(self._directory)
        vectors = self._passages.tokens([tokens.ids for tokens in read])
        return [
            _pooled([start for start, _ in tokens.offsets[1:-1]], spans, made)
            for tokens, (_, spans), made in zip(read, texts, vectors, strict=True)
        ]

    def encode_query(self, text: str) -> Vectors:
        """Unit vector of a question, shape (384,); text beyond 254 tokens is not read.

        It comes from the question encoder that comes with the program: the same model, taught to put
        practitioners' questions near the passages that answer them (`model/CARD.md`).
        """
        ids = self._tokeniser.encode(text).ids
        if len(ids) > LIMIT:
            ids = [*ids[: LIMIT - 1], ids[-1]]
        tokens = np.asarray([ids], dtype=np.int64)
        inputs = (tokens, np.ones_like(tokens), np.zeros_like(tokens))
        with self._lock:
            if self._session is None:
                self._session = open_session(QUESTIONS)
            [vectors] = self._session.run(None, dict(zip(INPUTS, inputs, strict=True)))
        return unit(np.asarray(vectors, dtype=np.float32)[0].mean(axis=0))


def _pooled(starts: Sequence[int], spans: Spans, tokens: Vectors) -> PassageVectors:
    """The vector of a passage, and those of its sentences by the tokens that start in each."""
    positions = np.asarray(starts)
    whole = tokens.mean(axis=0)
    means = []
    for start, end in spans:
        inside = np.flatnonzero((positions >= start) & (positions < end)) + 1
        means.append(tokens[inside].mean(axis=0) if len(inside) else whole)
    return PassageVectors(
        unit(whole), unit(np.asarray(means, dtype=np.float32).reshape(len(means), DIMENSION))
    )
