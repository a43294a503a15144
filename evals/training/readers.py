"""A trained reader → the weights that the program reads pairs with, compared with what was trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnx import save
from torch import Tensor

from assistant.encoding.passage_model import LAYERS, PARTS, Whole, read_words, tensors_of
from assistant.encoding.passage_model import WORDS as WORD_VECTORS
from assistant.encoding.weights import load_tokeniser, model_directory
from assistant.reader.pairs import LIMIT, Tensors, tensors
from assistant.reader.trained import BIASES, GRAPH, HEADS, PairModel, alone
from evals.training.model import Reader
from evals.training.passages import evening_of, graph
from evals.training.record import write_record

TRUNK = "trunk."


def write_reader(model: Reader, path: Path, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Write the weights of `model` to `path` (.npz), its record beside it, and the graph that all readers share.

    How the first half of `pairs` is read tells what to even out; on the second half the outputs are compared. Returns
    the record: size, digest, and the correlation of both models' outputs (1.0 is the same).
    """
    tokeniser = load_tokeniser(model_directory())
    read = [tensors(tokeniser, [pair]) for pair in pairs]
    weights = weights_of(model)
    half = len(read) // 2
    parts = tensors_of(weights, evening_of(weights, [alone(one) for one in read[:half]]), of_pairs=True)
    parts["places"] = parts["places"][:LIMIT]
    _save_graph(parts, path.with_name(GRAPH))
    del parts["words"]
    np.savez(path, **parts, **{HEADS: weights[HEADS].T, BIASES: weights[BIASES]})  # type: ignore[arg-type]
    write_record(path)
    return write_record(path, agreement=_agreement(model, PairModel(path), pairs[half:], read[half:]))


def weights_of(model: Reader) -> dict[str, Whole]:
    """Its weights by the names that the packaged model gives them; the vectors of words are the packaged ones."""
    own = {name.removeprefix(TRUNK): values.detach().numpy() for name, values in model.state_dict().items()}
    return {**own, WORD_VECTORS: read_words(model_directory())}


def read_reader(path: Path, weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """`weights` of a reader with those that `write_reader` wrote in place of its own, as near as eight bits are. The
    last product of each layer has its features in another order, which changes nothing."""
    held = dict(np.load(path))
    read: dict[str, Any] = {
        name: held[name] for name in ("embeddings.LayerNorm.weight", "embeddings.LayerNorm.bias")
    }
    places = weights[f"{TRUNK}embeddings.position_embeddings.weight"].numpy().copy()
    places[: len(held["places"])] = held["places"]
    read |= {
        "embeddings.position_embeddings.weight": places,
        "embeddings.token_type_embeddings.weight": held["kinds"],
    }
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}."
        attention = np.split(_whole(held, f"{layer}attention"), len(PARTS), axis=1)
        biases = np.split(held[f"{layer}attention.bias"], len(PARTS))
        for part, matrix, bias in zip(PARTS, attention, biases, strict=True):
            read |= {
                f"{layer}attention.self.{part}.weight": matrix.T,
                f"{layer}attention.self.{part}.bias": bias,
            }
        narrow = np.concatenate([_whole(held, f"{layer}output"), held[f"{layer}output.whole"]])
        products = {
            "attention.output": (_whole(held, f"{layer}mixing"), held[f"{layer}mixing.bias"]),
            "intermediate": (_whole(held, f"{layer}intermediate"), held[f"{layer}intermediate.bias"]),
            "output": (narrow, held[f"{layer}output.bias"]),
        }
        for name, (matrix, bias) in products.items():
            read |= {f"{layer}{name}.dense.weight": matrix.T, f"{layer}{name}.dense.bias": bias}
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            read |= {f"{layer}{name}.{part}": held[f"{layer}{name}.{part}"] for part in ("weight", "bias")}
    own = {f"{TRUNK}{name}": _tensor(values) for name, values in read.items()}
    return {**weights, **own, HEADS: _tensor(held[HEADS].T), BIASES: _tensor(held[BIASES])}


def _whole(held: Mapping[str, Any], name: str) -> Whole:
    """A product's weights, which stand in whole numbers, as they were."""
    matrix: Whole = held[f"{name}.numbers"].astype(np.float32) * held[f"{name}.scales"]
    evening = held.get(f"{name}.evening")
    return matrix if evening is None else matrix * evening[:, None]


def _tensor(values: Whole) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(values, dtype=np.float32))


def _save_graph(parts: Mapping[str, Any], path: Path) -> None:
    save(graph(parts), str(path))
    write_record(path)


def _agreement(
    model: Reader, written: PairModel, pairs: Sequence[tuple[str, str]], read: Sequence[Tensors]
) -> float:
    model.eval()
    with torch.no_grad():
        expected = [
            model(**{name: torch.from_numpy(values) for name, values in one.items()}).numpy().ravel()
            for one in read
        ]
    return round(float(np.corrcoef(np.concatenate(expected), written.outputs(pairs).ravel())[0, 1]), 5)
