"""The trained readers' weights, checked and run: one file reads claims, one questions, one all else.

All run in one graph without weights, in eight bits as the passage encoder does, and take the vectors of words from
the packaged model: these were left as they are when the readers were taught.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.encoding.passage_model import read_words
from assistant.encoding.shipped import digest_of, open_arrays, open_graph, run_each
from assistant.encoding.weights import load_tokeniser, model_directory
from assistant.reader.heads import CLASSES, Head, columns
from assistant.reader.pairs import tensors

MODEL = Path(__file__).with_name("model") / "reader.npz"
# A model of its own: what taught it to judge claims made it worse at questions (the note on support tells how much).
CLAIMS = MODEL.with_name("claims.npz")
# Another: questions in balance, so that their form tells less, cost it what it knew of claims (the same note).
RELEVANCE = MODEL.with_name("relevance.npz")
GRAPH = "pairs.onnx"
HEADS, BIASES = "heads.weight", "heads.bias"

Probabilities = NDArray[np.float64]


class Reader(Protocol):
    """Judges pairs of texts."""

    @property
    def fingerprint(self) -> str:
        """Which reader it is: part of an answer's provenance."""

    def read(self, head: Head, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        """Probabilities of a head's classes, shape (pairs, classes), in the order of `CLASSES`."""


class PairModel:
    """Pairs of texts → the outputs of all heads."""

    def __init__(self, weights: Path) -> None:
        """`weights` is an .npz file with its record, and the graph of all readers, beside it. Raises ModelDamaged
        or EncoderUnavailable."""
        parts = open_arrays(weights)
        directory = model_directory()
        self._tokeniser = load_tokeniser(directory)
        self._heads, self._biases = parts.pop(HEADS), parts.pop(BIASES)
        self._session = open_graph(weights.with_name(GRAPH), {"words": read_words(directory), **parts})

    def outputs(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """Shape (pairs, WIDTH): the heads over the mean of a pair's tokens. A row depends on its pair alone."""
        inputs = [alone(tensors(self._tokeniser, [pair])) for pair in pairs]
        rows = [tokens.mean(axis=0) @ self._heads for tokens in run_each(self._session, inputs)]
        return np.asarray(np.stack(rows) + self._biases, dtype=np.float64)


class TrainedReader:
    """The reader that comes with the program. Loaded when first needed; safe to share by threads."""

    def __init__(self, model: Path = MODEL, claims: Path = CLAIMS, relevance: Path = RELEVANCE) -> None:
        """Weights (.npz) with their records (`.json`) beside them; `claims` reads for `Head.SUPPORT`, where `model`
        has a say as well: what either finds contradicted is. evals/decisions/support.md tells why. `relevance` reads
        for `Head.RELEVANCE` and `Head.DECLINE`: it was taught both once more."""
        self._whole = model
        self._files = dict.fromkeys(Head, model) | {
            Head.RELEVANCE: relevance,
            Head.DECLINE: relevance,
            Head.SUPPORT: claims,
        }
        self._lock = threading.Lock()
        self._models: dict[Path, PairModel] = {}

    @property
    def fingerprint(self) -> str:
        """Name and digests."""
        return "reader:" + "+".join(digest_of(model)[:12] for model in dict.fromkeys(self._files.values()))

    def read(self, head: Head, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        """As the protocol says. What a pair gets depends on it alone. Raises ModelDamaged."""
        if not pairs:
            return np.zeros((0, len(CLASSES[head])))
        judged = _probabilities(self._model_at(self._files[head]).outputs(pairs)[:, columns(head)])
        if head is Head.SUPPORT:
            other = self._model_at(self._whole)
            judged = _opposed_by_either(judged, _probabilities(other.outputs(pairs)[:, columns(head)]))
        return judged

    def _model_at(self, file: Path) -> PairModel:
        with self._lock:
            if file not in self._models:
                self._models[file] = PairModel(file)
        return self._models[file]


def alone(inputs: Mapping[str, NDArray[np.int64]]) -> dict[str, NDArray[np.int64]]:
    """What the graph reads of a pair that nothing is read with: nothing of it is padding."""
    return {name: values for name, values in inputs.items() if name != "attention_mask"}


def _opposed_by_either(judged: Probabilities, other: Probabilities) -> Probabilities:
    """The first model's word, with as much contradiction as either finds; rows still add up to one."""
    supports, contradicts = (CLASSES[Head.SUPPORT].index(name) for name in ("supports", "contradicts"))
    both = judged.copy()
    both[:, contradicts] = np.maximum(judged[:, contradicts], other[:, contradicts])
    left = 1 - both[:, contradicts]
    both[:, supports] = np.minimum(judged[:, supports], left)
    [neither] = {0, 1, 2} - {supports, contradicts}
    both[:, neither] = left - both[:, supports]
    return both


def _probabilities(logits: Probabilities) -> Probabilities:
    """Softmax over several classes; the logistic function of one."""
    if logits.shape[1] == 1:
        return np.asarray(1 / (1 + np.exp(-logits)))
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
