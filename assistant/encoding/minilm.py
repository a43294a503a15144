"""The packaged encoder."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.encoding import PassageVectors, QueryTokens, Spans, Vectors, unit
from assistant.encoding.late_interaction import TokenModel, content_tokens
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

if TYPE_CHECKING:
    from tokenizers import Encoding

QUESTIONS = Path(__file__).with_name("model") / "questions.onnx"


class MiniLM:
    """The packaged encoder. Loads what it needs when it is first needed; safe to share by threads."""

    # What follows the weights changes whenever passages would be encoded otherwise, or their tokens narrowed otherwise.
    fingerprint = f"{MODEL_NAME}:{WEIGHTS_SHA256[:12]}:passages-3:tokens-1"
    limit = LIMIT

    def __init__(self) -> None:
        self._directory = model_directory()
        self._tokeniser = load_tokeniser(self._directory)
        self._lock = threading.Lock()
        self._passages: PassageModel | None = None
        self._session: Any = None
        self._tokens: TokenModel | None = None
        self._last: tuple[str, Encoding, Vectors] | None = None

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
        model = self._token_model()
        return [
            _pooled(text, tokens.offsets[1:-1], spans, made, model)
            for tokens, (text, spans), made in zip(read, texts, vectors, strict=True)
        ]

    def encode_query(self, text: str) -> Vectors:
        """Unit vector of a question, shape (384,); text beyond 254 tokens is not read.

        It comes from the question encoder that comes with the program: the same model, taught to put
        practitioners' questions near the passages that answer them (`model/CARD.md`).
        """
        return unit(self._read_query(text)[1].mean(axis=0))

    def encode_query_tokens(self, text: str) -> QueryTokens:
        """The tokens of a question as the question encoder reads them; what it does not read is left out."""
        read, vectors = self._read_query(text)
        kept = content_tokens(text, read.offsets[1 : len(vectors) - 1])
        return self._token_model().query([read.ids[place + 1] for place in kept], vectors[kept + 1])

    def _read_query(self, text: str) -> tuple[Encoding, Vectors]:
        """A question's tokens and their vectors, both ends included. The last one is kept: it is asked for twice."""
        with self._lock:
            if self._last is not None and self._last[0] == text:
                return self._last[1:]
        read = self._tokeniser.encode(text)
        ids = read.ids if len(read.ids) <= LIMIT else [*read.ids[: LIMIT - 1], read.ids[-1]]
        tokens = np.asarray([ids], dtype=np.int64)
        inputs = (tokens, np.ones_like(tokens), np.zeros_like(tokens))
        with self._lock:
            if self._session is None:
                self._session = open_session(QUESTIONS)
            [vectors] = self._session.run(None, dict(zip(INPUTS, inputs, strict=True)))
            self._last = text, read, np.asarray(vectors, dtype=np.float32)[0]
            return self._last[1:]

    def _token_model(self) -> TokenModel:
        with self._lock:
            if self._tokens is None:
                self._tokens = TokenModel()
            return self._tokens


def _pooled(text: str, offsets: Spans, spans: Spans, tokens: Vectors, model: TokenModel) -> PassageVectors:
    """The vector of a passage, and those of its sentences and of their content words by the tokens that start in each."""
    positions = np.asarray([start for start, _ in offsets])
    kept, whole = content_tokens(text, offsets), tokens.mean(axis=0)
    narrowed = model.narrowed(tokens[kept + 1])
    means, words = [], []
    for start, end in spans:
        inside = np.flatnonzero((positions >= start) & (positions < end)) + 1
        means.append(tokens[inside].mean(axis=0) if len(inside) else whole)
        words.append(narrowed[(positions[kept] >= start) & (positions[kept] < end)])
    sentences = np.asarray(means, dtype=np.float32).reshape(len(means), DIMENSION)
    return PassageVectors(unit(whole), unit(sentences), tuple(words))
