"""A trained model → an ONNX file with eight-bit weights, compared with what was trained."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from torch import nn

from assistant.encoding.shipped import INPUTS
from assistant.encoding.weights import LIMIT as POSITIONS
from assistant.reader.pairs import Tensors
from evals.training.record import write_record


def export(model: nn.Module, path: Path, output: str, probes: Sequence[Tensors]) -> dict[str, Any]:
    """Write `model` as ONNX with eight-bit weights to `path` and its record (`.json`) beside it.

    Returns the record: size, digest, and the correlation of the two models' outputs on the probes (1.0 is
    the same).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    path.parent.mkdir(parents=True, exist_ok=True)
    whole = path.with_name("whole.onnx")
    model.eval()
    inputs = {name: torch.ones((2, 8), dtype=torch.long) for name in INPUTS}
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length", min=3, max=POSITIONS)
    with torch.no_grad():
        torch.onnx.export(
            model,
            (),
            str(whole),
            kwargs=inputs,
            input_names=list(INPUTS),
            output_names=[output],
            dynamic_shapes={name: {0: batch, 1: length} for name in INPUTS},
            external_data=False,
            dynamo=True,
            verbose=False,
        )
    graph = onnx.load(str(whole))
    # The exporter's notes on shapes inside the graph do not survive the change of weights.
    del graph.graph.value_info[:]
    onnx.save(graph, str(whole))
    quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    return write_record(path, agreement=_agreement(model, path, probes))


def _agreement(model: nn.Module, path: Path, probes: Sequence[Tensors]) -> float:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    expected, got = [], []
    for inputs in probes:
        with torch.no_grad():
            outputs = model(**{name: torch.from_numpy(values) for name, values in inputs.items()})
        expected.append(outputs.numpy().ravel())
        got.append(session.run(None, inputs)[0].ravel())
    return round(float(np.corrcoef(np.concatenate(expected), np.concatenate(got))[0, 1]), 5)
