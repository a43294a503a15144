"""The ONNX export of the packaged model: made once, checked, and then all that a question needs.

It is used only if its vectors equal sentence-transformers' to a cosine of 0.9999.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock

from assistant.encoding import Vectors, unit
from assistant.encoding.torch_model import load_sentence_transformer, quiet
from assistant.encoding.weights import LIMIT, file_digest, load_tokeniser
from assistant.errors import EncoderUnavailable

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
MIN_COSINE = 0.9999
PROBES = (
    "What helps a new practice model survive the end of its grant?",
    "trust",
    "Staff who had no time to learn the model went back to old ways, and nobody noticed for a year.",
)


def make_export(directory: Path, target: Path) -> None:
    """Write the ONNX export of the model in `directory` unless it is there.

    One process makes it, others wait. It is written beside the target and renamed when its record
    stands, so that an interrupted export leaves nothing that could be used. Raises EncoderUnavailable
    if its vectors differ from sentence-transformers', or if it cannot be written.
    """
    try:
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.with_suffix(".lock")):
            if not target.exists():
                _export(directory, target)
    except OSError as error:
        raise EncoderUnavailable(
            f"The encoder's export cannot be written to {target.parent}: {error.strerror or error}. "
            "Make room, or name another directory with ASSISTANT_CACHE."
        ) from error


def _export(directory: Path, target: Path) -> None:
    import torch

    part = target.with_suffix(".part")
    reference = load_sentence_transformer(directory, precision="float32")
    transformer: Any = reference[0].auto_model
    transformer.eval()
    # Three tensors of their own: the exporter takes one tensor given twice for one input.
    inputs = {name: torch.ones((2, 8), dtype=torch.long) for name in INPUTS}
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length", min=3, max=LIMIT)
    with quiet(), torch.no_grad():
        torch.onnx.export(
            transformer,
            (),
            str(part),
            kwargs=inputs,
            input_names=list(INPUTS),
            output_names=["tokens"],
            dynamic_shapes={name: {0: batch, 1: length} for name in INPUTS},
            external_data=False,
            dynamo=True,
            verbose=False,
        )
    tokeniser = load_tokeniser(directory)
    session = _session_of(part)
    expected = reference.encode(list(PROBES), normalize_embeddings=True, show_progress_bar=False)
    got = np.stack([run(session, tokeniser, probe) for probe in PROBES])
    cosine = float((np.asarray(expected) * got).sum(axis=1).min())
    if cosine < MIN_COSINE:
        part.unlink()
        raise EncoderUnavailable(
            f"The encoder's ONNX export gives other vectors (cosine {cosine:.5f}) and is not used."
        )
    record = {"sha256": file_digest(part), "cosine": round(cosine, 6)}
    target.with_suffix(".json").write_text(json.dumps(record), encoding="utf-8")
    part.replace(target)


def open_export(path: Path) -> Any:
    """The export, if it is what was written; a damaged one is removed and asked for again."""
    if not _is_intact(path):
        path.unlink(missing_ok=True)
        raise EncoderUnavailable(
            f"The encoder's export {path} was damaged and has been removed. Ask again: it is made anew."
        )
    return _session_of(path)


def open_shipped(path: Path) -> Any:
    """A model that comes with the program. Raises EncoderUnavailable if it is not what its record says."""
    if not _is_intact(path):
        raise EncoderUnavailable(
            f"The question encoder {path} is missing or damaged. Install the program again."
        )
    return _session_of(path)


def _is_intact(path: Path) -> bool:
    """Whether a file is what the record beside it says."""
    try:
        record = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        return bool(record["sha256"] == file_digest(path))
    except (OSError, ValueError, KeyError):
        return False


def _session_of(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # Threads that wait let others have the processor: on a busy machine it is twice as fast.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), sess_options=options, providers=["CPUExecutionProvider"])


def run(session: Any, tokeniser: Any, text: str) -> Vectors:
    """Mean of the token vectors of one text, as a unit vector."""
    ids = tokeniser.encode(text).ids
    if len(ids) > LIMIT:
        ids = [*ids[: LIMIT - 1], ids[-1]]
    tokens = np.asarray([ids], dtype=np.int64)
    output = session.run(
        None,
        dict(zip(INPUTS, (tokens, np.ones_like(tokens), np.zeros_like(tokens)), strict=True)),
    )[0]
    return unit(np.asarray(output, dtype=np.float32)[0].mean(axis=0))
