"""The packaged model as it reads passages: a graph without weights that comes with the program, over the
package's own weights.

Its products are computed in eight bits, which processors do about four times as fast. What that costs in
precision is little, because one passage is read at a time, so that nothing is measured out for others beside
it; because inputs whose features differ widely are evened out before; and because in the last product of each
layer, which suffers most, the few features that grow largest stay whole (`passages.npz` tells how far and
which). `evals/decisions/speed.md` tells what was tried and how near the vectors are.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.encoding import Vectors
from assistant.encoding.shipped import check_file, open_graph, run_each
from assistant.encoding.weights import check_weights

LAYERS = 6
WEIGHTS = "model.safetensors"
WORDS = "embeddings.word_embeddings.weight"
KINDS = "embeddings.token_type_embeddings.weight"
GRAPH = Path(__file__).with_name("model") / "passages.onnx"
# Read together with its graph: what evens out the inputs of products, and which features stay whole.
EVENING = GRAPH.with_suffix(".npz")
PARTS = ("query", "key", "value")
Whole = NDArray[np.float32]
Tensors = dict[str, NDArray[Any]]


class PassageModel:
    """Token numbers → the vectors of the tokens. Safe to share by threads."""

    def __init__(self, directory: Path, graph: Path = GRAPH) -> None:
        """`directory` holds the packaged model. Raises ModelDamaged or EncoderUnavailable."""
        evening = graph.with_suffix(EVENING.suffix)
        check_file(evening, "evening")
        with np.load(evening, allow_pickle=False) as scales:
            self._session = open_graph(graph, tensors_of(read_weights(directory), scales))

    def tokens(self, texts: Sequence[Sequence[int]]) -> list[Vectors]:
        """The vectors of each text's tokens, shape (tokens, dim). What a text gives depends on it alone."""
        return run_each(self._session, [{"input_ids": np.asarray([ids], dtype=np.int64)} for ids in texts])


def read_weights(directory: Path) -> dict[str, Whole]:
    """The packaged model's weights by name. Raises EncoderUnavailable unless they are the known ones."""
    from safetensors import safe_open

    with safe_open(directory / WEIGHTS, framework="numpy") as file:
        names = set(file.keys()) - {WORDS}
        read = {name: file.get_tensor(name) for name in sorted(names)}
    weights = {name: np.asarray(one, dtype=np.float32) for name, one in read.items() if one.dtype.kind == "f"}
    return {WORDS: read_words(directory), **weights}


@functools.lru_cache(maxsize=1)
def read_words(directory: Path) -> Whole:
    """The vectors of all words, one a token number: the greatest of the weights. Every model here reads them
    where they lie. Raises EncoderUnavailable unless the weights are the known ones."""
    from safetensors import safe_open

    check_weights(directory)
    with safe_open(directory / WEIGHTS, framework="numpy") as file:
        return np.asarray(file.get_tensor(WORDS), dtype=np.float32)


def tensors_of(
    weights: Mapping[str, Whole], evening: Mapping[str, Whole], *, of_pairs: bool = False
) -> Tensors:
    """What the graph leaves open, by name: weights, in eight bits where it computes so. The graph that reads
    pairs of texts is told of which each token is; to the other all are of the first.

    `evening` gives for the inputs of a product how far each feature is scaled down, and the weights are scaled
    up by as much; for the last product of a layer, the places of the features that stay whole. These are moved
    behind the others.
    """
    places = weights["embeddings.position_embeddings.weight"]
    tensors: Tensors = {"words": weights[WORDS], **_norm("embeddings.LayerNorm", weights)}
    if of_pairs:
        tensors |= {"places": places, "kinds": weights[KINDS]}
    else:
        tensors["places"] = places + weights[KINDS][0]
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}."
        joined = [f"{layer}attention.self.{part}" for part in PARTS]
        attention = np.concatenate([weights[f"{name}.weight"].T for name in joined], axis=1)
        tensors[f"{layer}attention.bias"] = np.concatenate([weights[f"{name}.bias"] for name in joined])
        tensors |= _evened(f"{layer}attention", attention, evening[f"{layer}attention"])
        tensors |= _in_eight_bits(f"{layer}mixing", weights[f"{layer}attention.output.dense.weight"].T)
        tensors[f"{layer}mixing.bias"] = weights[f"{layer}attention.output.dense.bias"]
        tensors |= _wide(layer, weights, evening)
        tensors |= _norm(f"{layer}attention.output.LayerNorm", weights)
        tensors |= _norm(f"{layer}output.LayerNorm", weights)
    return tensors


def _wide(layer: str, weights: Mapping[str, Whole], evening: Mapping[str, Whole]) -> Tensors:
    """What makes a layer's vectors wider and narrow again."""
    wide, narrow = f"{layer}intermediate", f"{layer}output"
    largest = evening[narrow]
    order = np.concatenate([np.setdiff1d(np.arange(weights[f"{wide}.dense.bias"].size), largest), largest])
    widening, narrowing = (
        weights[f"{wide}.dense.weight"].T[:, order],
        weights[f"{narrow}.dense.weight"].T[order],
    )
    return {
        **_evened(wide, widening, evening[wide]),
        f"{wide}.bias": weights[f"{wide}.dense.bias"][order],
        **_in_eight_bits(narrow, narrowing[: -largest.size]),
        f"{narrow}.whole": narrowing[-largest.size :],
        f"{narrow}.bias": weights[f"{narrow}.dense.bias"],
    }


def _norm(name: str, weights: Mapping[str, Whole]) -> Tensors:
    return {f"{name}.{part}": weights[f"{name}.{part}"] for part in ("weight", "bias")}


def _evened(name: str, matrix: Whole, scale: Whole) -> Tensors:
    return {
        f"{name}.evening": (1 / scale).astype(np.float32),
        **_in_eight_bits(name, matrix * scale[:, None]),
    }


def _in_eight_bits(name: str, matrix: Whole) -> Tensors:
    """A matrix as whole numbers within -127..127, each column with its scale."""
    scales = np.abs(matrix).max(axis=0) / 127
    return {
        f"{name}.numbers": np.clip(np.rint(matrix / scales), -127, 127).astype(np.int8),
        f"{name}.scales": scales.astype(np.float32),
    }
