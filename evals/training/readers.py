"""A trained reader → the weights that the program reads pairs with, compared with what was trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnx import save

from assistant.encoding.passage_model import WORDS as WORD_VECTORS
from assistant.encoding.passage_model import Whole, read_words, tensors_of
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
