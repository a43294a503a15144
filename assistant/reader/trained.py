"""The trained reader's ONNX file, checked and run."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.encoding.weights import file_digest, load_tokeniser, model_directory
from assistant.errors import ReaderUnavailable
from assistant.reader.heads import CLASSES, Head, columns
from assistant.reader.pairs import tensors

MODEL = Path(__file__).with_name("model") / "reader.onnx"
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

    def __init__(self, model: Path = MODEL) -> None:
        """`model` is an ONNX file with its record (`.json`) beside it."""
        self._model = model
        self._lock = threading.Lock()
        self._session: Any = None
        self._tokeniser: Any = None

    @property
    def fingerprint(self) -> str:
        """Name and digest."""
        return f"reader:{_record(self._model)['sha256'][:12]}"

    def read(self, head: Head, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        """As the protocol says. Same pairs, same numbers. Raises ReaderUnavailable."""
        result = np.zeros((len(pairs), len(CLASSES[head])))
        order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))
        with self._lock:
            self._load()
            for start in range(0, len(order), BATCH):
                chosen = order[start : start + BATCH]
                inputs = tensors(self._tokeniser, [pairs[i] for i in chosen])
                logits = self._session.run(None, inputs)[0][:, columns(head)]
                result[chosen] = _probabilities(logits.astype(np.float64))
        return result

    def _load(self) -> None:
        if self._session is None:
            if _record(self._model)["sha256"] != file_digest(self._model):
                raise ReaderUnavailable(_damaged(self._model, "it is not what its record says"))
            self._tokeniser = load_tokeniser(model_directory())
            self._session = _open(self._model)


def _record(model: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(model.with_suffix(".json").read_text(encoding="utf-8"))
        if model.stat().st_size != record["bytes"] or not isinstance(record["sha256"], str):
            raise ReaderUnavailable(_damaged(model, "it is not what its record says"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReaderUnavailable(_damaged(model, str(error) or type(error).__name__)) from error
    return record


def _damaged(model: Path, reason: str) -> str:
    return f"The trained reader {model} cannot be used ({reason}). Install the program again."


def _open(model: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # Threads that wait let others have the processor: on a busy machine it is twice as fast.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(model), sess_options=options, providers=["CPUExecutionProvider"])


def _probabilities(logits: Probabilities) -> Probabilities:
    """Softmax over several classes; the logistic function of one."""
    if logits.shape[1] == 1:
        return np.asarray(1 / (1 + np.exp(-logits)))
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
