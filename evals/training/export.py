"""The trained reader → an ONNX file with eight-bit weights, compared with what was trained."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from assistant.encoding.weights import LIMIT as POSITIONS
from assistant.encoding.weights import file_digest
from assistant.reader.pairs import INPUTS
from evals.training.model import Batcher, Reader

NAME = "reader.onnx"


def export(
    reader: Reader, batcher: Batcher, folder: Path, probes: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """Write `reader.onnx` and `reader.json`; returns size, digest and how far the two agree."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    whole, small = folder / "whole.onnx", folder / NAME
    reader.eval()
    inputs = {name: torch.ones((2, 8), dtype=torch.long) for name in INPUTS}
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length", min=3, max=POSITIONS)
    with torch.no_grad():
        torch.onnx.export(
            reader,
            (),
            str(whole),
            kwargs=inputs,
            input_names=list(INPUTS),
            output_names=["logits"],
            dynamic_shapes={name: {0: batch, 1: length} for name in INPUTS},
            external_data=False,
            dynamo=True,
            verbose=False,
        )
    quantize_dynamic(str(whole), str(small), weight_type=QuantType.QInt8, per_channel=True)
    facts = {
        "sha256": file_digest(small),
        "bytes": small.stat().st_size,
        "agreement": _agreement(reader, batcher, small, probes),
    }
    whole.unlink()
    (folder / "reader.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    return facts


def _agreement(reader: Reader, batcher: Batcher, path: Path, probes: Sequence[tuple[str, str]]) -> float:
    """Correlation of the exported model's logits with those of the trained one; 1.0 is the same."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    inputs = batcher(probes)
    with torch.no_grad():
        expected = reader(**inputs).numpy()
    got = session.run(None, {name: inputs[name].numpy() for name in INPUTS})[0]
    return round(float(np.corrcoef(expected.ravel(), got.ravel())[0, 1]), 5)
