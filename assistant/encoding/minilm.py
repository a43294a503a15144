"""The packaged encoder."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.encoding import PassageVectors, Spans, Vectors, unit
from assistant.encoding.export import make_export, open_export, open_shipped, run
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

    def __init__(self, cache: Path, *, is_taught: bool = True) -> None:
        """`cache` is the directory for the ONNX export, which can be deleted at any time.

        With `is_taught` questions are encoded by the question encoder that comes with the program: the same
        model, taught to put practitioners' questions near what answers them. Else as passages are.
        """
        self._directory = model_directory()
        self._export = cache / f"{MODEL_NAME}-{WEIGHTS_SHA256[:12]}.onnx"
        self._tokeniser = load_tokeniser(self._directory)
        self._lock = threading.Lock()
        self._torch: SentenceTransformer | None = None
        self._session: Any = None
        self._is_taught = is_taught

    @property
    def has_export(self) -> bool:
        """Whether what encodes questions is there: the ONNX export, or the question encoder."""
        return os.access(QUESTIONS if self._is_taught else self._export, os.R_OK)

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
        """Unit vector of a question, shape (384,); text beyond 254 tokens is not read."""
        with self._lock:
            if self._session is None:
                self._session = self._load_session()
            return run(self._session, self._tokeniser, text)

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
            if not self._is_taught:
                make_export(self._directory, self._export)
        return self._torch

    def _load_session(self) -> Any:
        if self._is_taught:
            return open_shipped(QUESTIONS)
        if not self.has_export:
            check_weights(self._directory)
            make_export(self._directory, self._export)
        return open_export(self._export)
