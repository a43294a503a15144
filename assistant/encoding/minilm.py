"""The packaged encoder."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.encoding import PassageVectors, Spans, Vectors, unit
from assistant.encoding.shipped import INPUTS, open_session
from assistant.encoding.torch_model import load_sentence_transformer
from assistant.encoding.weights import (
    DIMENSION,
    LIMIT,
    MODEL_NAME,
    WEIGHTS_SHA256,
    check_weights,
    load_tokeniser,
    model_directory,
)
from assistant.errors import EncoderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

QUESTIONS = Path(__file__).with_name("model") / "questions.onnx"


class MiniLM:
    """The packaged encoder. Loads what it needs when it is first needed; safe to share by threads."""

    fingerprint = f"{MODEL_NAME}:{WEIGHTS_SHA256[:12]}"
    limit = LIMIT

    def __init__(self) -> None:
        self._directory = model_directory()
        self._tokeniser = load_tokeniser(self._directory)
        self._lock = threading.Lock()
        self._torch: SentenceTransformer | None = None
        self._session: Any = None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of each token of `text`, without special tokens."""
        offsets: list[tuple[int, int]] = self._tokeniser.encode(text, add_special_tokens=False).offsets
        return offsets

    def encode_passages(self, texts: Sequence[tuple[str, Spans]]) -> list[PassageVectors]:
        """Vectors of texts given with the spans of their sentences.

        A sentence's vector is the mean of its tokens' vectors as they came out of the passage, so it
        carries its context, and costs nothing more. Call it with the passages of one document at a
        time: then a document's vectors do not depend on what else is ingested.
        """
        if not texts:
            return []
        with self._lock:
            model = self._load_torch()
            outputs = model.encode(
                [text for text, _ in texts], output_value=None, batch_size=32, show_progress_bar=False
            )
        return [self._pool(text, spans, output) for (text, spans), output in zip(texts, outputs, strict=True)]

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

    def _pool(self, text: str, spans: Spans, output: Any) -> PassageVectors:
        tokens = np.asarray(output["token_embeddings"].float().numpy(), dtype=np.float32)
        starts = [start for start, _ in self.spans(text)]
        if len(starts) + 2 > LIMIT:
            raise EncoderUnavailable(
                f"A passage of {len(starts)} tokens was to be encoded; the encoder reads {LIMIT - 2}."
            )
        positions = np.asarray(starts)
        means = []
        for start, end in spans:
            inside = np.flatnonzero((positions >= start) & (positions < end)) + 1
            means.append(tokens[inside].mean(axis=0) if len(inside) else tokens.mean(axis=0))
        passage = np.asarray(output["sentence_embedding"].float().numpy(), dtype=np.float32)
        sentences = np.asarray(means, dtype=np.float32).reshape(len(means), DIMENSION)
        return PassageVectors(unit(passage), unit(sentences))

    def _load_torch(self) -> SentenceTransformer:
        if self._torch is None:
            check_weights(self._directory)
            self._torch = load_sentence_transformer(self._directory)
        return self._torch
