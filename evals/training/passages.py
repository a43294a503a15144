"""The graph by which passages are encoded (`assistant/encoding/passage_model.py`), and that of the readers, made
from the shape of the packaged model; and what evens out the inputs of their products and which of them stay whole,
from how texts are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, StringStringEntryProto, TensorProto, helper, save

from assistant.encoding.passage_model import EVENING, GRAPH, LAYERS, Whole, read_weights, tensors_of
from assistant.encoding.shipped import session_of
from assistant.encoding.weights import DIMENSION, file_digest, load_tokeniser, model_directory
from assistant.resources import corpus_directory
from evals.training.record import write_record

HEADS = 12
OPENING = 900
# Between evening out the inputs alone (1) and the weights alone (0): the nearest of .4 to .7 that were tried.
ALPHA = 0.65
# How many of the features of the last products stay whole: with half as many, strings that are no text suffer more.
WHOLE = 128
OURS = "com.microsoft"
EPSILON = 1e-12


class _Graph:
    """Nodes and the tensors that they leave open, in the order in which they are added."""

    def __init__(self, tensors: Mapping[str, NDArray[Any]]) -> None:
        self.nodes: list[Any] = []
        self.open: dict[str, TensorProto] = {}
        self._tensors = tensors

    def add(self, kind: str, inputs: Sequence[str], *outputs: str, **attributes: Any) -> str:
        """Add a node; the name of its first output."""
        for name in inputs:
            if name in self._tensors and name not in self.open:
                self.open[name] = _placeholder(name, self._tensors[name])
        own = {
            "MatMul",
            "Cast",
            "Gather",
            "Split",
            "Shape",
            "Slice",
            "Add",
            "Mul",
            "LayerNormalization",
            "DynamicQuantizeLinear",
        }
        domain = "" if kind in own else OURS
        self.nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **attributes))
        return outputs[0]


def _placeholder(name: str, values: NDArray[Any]) -> TensorProto:
    """A tensor whose values lie in a file that does not exist: the program gives them."""
    kind = helper.np_dtype_to_tensor_dtype(values.dtype)
    tensor = TensorProto(name=name, dims=values.shape, data_type=kind, data_location=TensorProto.EXTERNAL)
    tensor.external_data.append(StringStringEntryProto(key="location", value="given"))
    return tensor


def write() -> None:
    """Write graph, evening and record."""
    weights = read_weights(model_directory())
    evening = evening_of(weights, [{"input_ids": np.asarray([ids])} for ids in _notes()])
    np.savez(EVENING, **evening)  # type: ignore[arg-type]
    save(graph(tensors_of(weights, evening)), str(GRAPH))
    write_record(GRAPH, evening=file_digest(EVENING))


def graph(tensors: Mapping[str, NDArray[Any]], watched: bool = False) -> ModelProto:
    """Token numbers of one text → its tokens' vectors, without weights; with `watched` also what goes into
    the products that are evened out. Where there are vectors of `kinds`, it also reads which of a pair's texts
    each token is of."""
    made = _Graph(tensors)
    inputs = ["input_ids", *(["token_type_ids"] if "kinds" in tensors else [])]
    wide, whole = (tensors[f"encoder.layer.0.output.{part}"].shape[0] for part in ("numbers", "whole"))
    constants = {"none": [0], "parts": [wide, whole]}
    made.add("Shape", ["input_ids"], "length", start=1, end=2)
    made.add("Gather", ["words", "input_ids"], "embedded")
    made.add("Slice", ["places", "none", "length"], "placed")
    summed = made.add("Add", ["embedded", "placed"], "summed")
    if "kinds" in tensors:
        made.add("Gather", ["kinds", "token_type_ids"], "told")
        summed = made.add("Add", [summed, "told"], "summed.with.kinds")
    made.add("Cast", ["length"], "lengths", to=TensorProto.INT32)
    vectors = made.add(
        "LayerNormalization",
        [summed, *_norm("embeddings.LayerNorm")],
        "normed",
        axis=-1,
        epsilon=EPSILON,
    )
    seen = []
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}."
        attended = _attention(made, layer, vectors)
        mixed = _product(made, f"{layer}mixing", attended, f"{layer}mixing.bias")
        middle = _normed(made, f"{layer}attention.output", mixed, vectors)
        seen += [vectors, middle, f"{layer}bent"]
        vectors = _normed(made, f"{layer}output", _narrowed(made, layer, middle), middle)
    outputs = [vectors, *(seen if watched else ())]
    shape = ["texts", "tokens"]
    body = helper.make_graph(
        made.nodes,
        "passages",
        [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in inputs],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [*shape, None]) for name in outputs],
        [
            *made.open.values(),
            *(
                helper.make_tensor(name, TensorProto.INT64, [len(value)], value)
                for name, value in constants.items()
            ),
        ],
    )
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(OURS, 1)]
    return helper.make_model(body, opset_imports=versions, ir_version=9)


def _attention(made: _Graph, layer: str, vectors: str) -> str:
    name = f"{layer}attention"
    _evened(made, name, vectors)
    parts = [f"{name}.{part}" for part in ("in_bits", "scale", "zero")]
    made.add("DynamicQuantizeLinear", [f"{name}.evened"], *parts)
    bits, scale, zero = parts
    inputs = [bits, f"{name}.numbers", f"{name}.bias", scale, f"{name}.scales", "lengths", zero]
    return made.add("QAttention", inputs, f"{name}.attended", num_heads=HEADS)


def _evened(made: _Graph, name: str, vectors: str) -> str:
    return made.add("Mul", [vectors, f"{name}.evening"], f"{name}.evened")


def _product(made: _Graph, name: str, vectors: str, bias: str = "") -> str:
    inputs = [vectors, f"{name}.numbers", f"{name}.scales", "", bias]
    return made.add("DynamicQuantizeMatMul", inputs, f"{name}.product")


def _narrowed(made: _Graph, layer: str, middle: str) -> str:
    """A layer's vectors made wider, bent and made narrow again, the features that stay whole by themselves."""
    wide = _product(made, f"{layer}intermediate", _evened(made, f"{layer}intermediate", middle))
    made.add("BiasGelu", [wide, f"{layer}intermediate.bias"], f"{layer}bent")
    made.add("Split", [f"{layer}bent", "parts"], f"{layer}most", f"{layer}largest", axis=-1)
    most = _product(made, f"{layer}output", f"{layer}most", f"{layer}output.bias")
    largest = made.add("MatMul", [f"{layer}largest", f"{layer}output.whole"], f"{layer}output.whole.product")
    return made.add("Add", [most, largest], f"{layer}narrowed")


def _normed(made: _Graph, layer: str, product: str, before: str) -> str:
    """Both added and normed: two steps, since the one that does both at once takes five times as long."""
    summed = made.add("Add", [product, before], f"{layer}.summed")
    inputs = [summed, *_norm(f"{layer}.LayerNorm")]
    return made.add("LayerNormalization", inputs, f"{layer}.vectors", axis=-1, epsilon=EPSILON)


def _norm(name: str) -> list[str]:
    return [f"{name}.weight", f"{name}.bias"]


def _notes() -> list[list[int]]:
    """Token numbers of the beginnings of the bundled notes."""
    tokeniser = load_tokeniser(model_directory())
    notes = sorted(corpus_directory().rglob("*.md"))
    return [tokeniser.encode(note.read_text(encoding="utf-8")[:OPENING]).ids for note in notes]


def evening_of(weights: Mapping[str, Whole], texts: Sequence[Mapping[str, Any]]) -> dict[str, NDArray[Any]]:
    """How far each feature is scaled down before the products that are evened out, by the greatest that it is
    in a text, on average over the texts; and the places of the features of the last products that do most harm
    in eight bits, since they grow largest and are taken by the greatest weights."""
    found: dict[str, NDArray[Any]] = {}
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}."
        found |= {
            f"{layer}{part}": np.ones(DIMENSION, dtype=np.float32) for part in ("attention", "intermediate")
        }
        found[f"{layer}output"] = np.arange(WHOLE)
    tensors = tensors_of(weights, found, of_pairs="token_type_ids" in texts[0])
    session = session_of(graph(tensors, watched=True).SerializeToString(), tensors)
    most = []
    for text in texts:
        _, *inputs = session.run(None, text)
        most.append([np.abs(one[0]).max(axis=0) for one in inputs])
    for name, seen in zip(found, zip(*most, strict=True), strict=True):
        own = np.mean(seen, axis=0)
        found[name] = (
            _largest(name, own, weights) if name.endswith("output") else _scale(own, _rows(name, weights))
        )
    return found


def _largest(name: str, inputs: Whole, weights: Mapping[str, Whole]) -> NDArray[Any]:
    # While they were watched, the first features stood last.
    own = np.concatenate([inputs[-WHOLE:], inputs[:-WHOLE]])
    harm = own * np.linalg.norm(weights[f"{name}.dense.weight"], axis=0)
    return np.sort(np.argsort(harm)[-WHOLE:])


def _rows(name: str, weights: Mapping[str, Whole]) -> Whole:
    """The greatest weight by which each feature is taken."""
    layer, _, part = name.rpartition(".")
    parts = ("self.query", "self.key", "self.value") if part == "attention" else ("dense",)
    found = [np.abs(weights[f"{layer}.{part}.{one}.weight"]).max(axis=0) for one in parts]
    return np.asarray(np.max(found, axis=0))


def _scale(inputs: Whole, matrix: Whole) -> Whole:
    scale = np.maximum(inputs, 1e-5) ** ALPHA / np.maximum(matrix, 1e-5) ** (1 - ALPHA)
    return np.asarray(scale / np.exp(np.log(scale).mean()), dtype=np.float32)
