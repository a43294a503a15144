"""The trained reader's two ONNX files, checked and run: one reads claims, one all else."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.encoding.shipped import digest_of, open_session
from assistant.encoding.weights import load_tokeniser, model_directory
from assistant.reader.heads import CLASSES, Head, columns
from assistant.reader.pairs import tensors

MODEL = Path(__file__).with_name("model") / "reader.onnx"
# A model of its own: what taught it to judge claims made it worse at questions (the note on support tells how much).
CLAIMS = MODEL.with_name("claims.onnx")
# Pairs that are read together; they are of like length, so that little is read in vain.
BATCH = 16

Probabilities = NDArray[np.float64]


class Reader(Protocol):
    """Judges pairs of texts."""

    @property
    def fingerprint(self) -> str:
        """Which reader it is: part of an answer's provenance."""

    def read(self, head: Head, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        """Probabilities of a head's classes, shape (pairs, classes), in the order of `CLASSES`."""


class TrainedReader:
    """The reader that comes with the program. Loaded when first needed; safe to share by threads."""

    def __init__(self, model: Path = MODEL, claims: Path = CLAIMS) -> None:
        """ONNX files with their records (`.json`) beside them; `claims` reads for `Head.SUPPORT`."""
        self._models = {head: claims if head is Head.SUPPORT else model for head in Head}
        self._lock = threading.Lock()
        self._sessions: dict[Path, Any] = {}
        self._tokeniser: Any = None

    @property
    def fingerprint(self) -> str:
        """Name and digests."""
        return "reader:" + "+".join(digest_of(model)[:12] for model in dict.fromkeys(self._models.values()))

    def read(self, head: Head, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        """As the protocol says. Same pairs, same numbers. Raises ModelDamaged."""
        result = np.zeros((len(pairs), len(CLASSES[head])))
        order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))
        with self._lock:
            session = self._session_of(head)
            for start in range(0, len(order), BATCH):
                chosen = order[start : start + BATCH]
                inputs = tensors(self._tokeniser, [pairs[i] for i in chosen])
                logits = session.run(None, inputs)[0][:, columns(head)]
                result[chosen] = _probabilities(logits.astype(np.float64))
        return result

    def _session_of(self, head: Head) -> Any:
        model = self._models[head]
        if model not in self._sessions:
            self._tokeniser = self._tokeniser or load_tokeniser(model_directory())
            self._sessions[model] = open_session(model)
        return self._sessions[model]


def _probabilities(logits: Probabilities) -> Probabilities:
    """Softmax over several classes; the logistic function of one."""
    if logits.shape[1] == 1:
        return np.asarray(1 / (1 + np.exp(-logits)))
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
