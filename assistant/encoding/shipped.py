"""Models that come with the program: ONNX files, each with a record beside it that it must agree with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.encoding.weights import file_digest
from assistant.errors import ModelDamaged

# What every model of ours reads: tensors of shape (texts, tokens).
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def digest_of(path: Path) -> str:
    """The SHA-256 that a model's record gives, in hex. Raises ModelDamaged."""
    try:
        record = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        digest = record["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelDamaged(path, f"its record cannot be read: {error}") from error
    if not isinstance(digest, str):
        raise ModelDamaged(path, "its record gives no digest")
    return digest


def open_session(path: Path) -> Any:
    """The model, if it is what its record says. Raises ModelDamaged."""
    try:
        is_intact = file_digest(path) == digest_of(path)
    except OSError as error:
        raise ModelDamaged(path, str(error)) from error
    if not is_intact:
        raise ModelDamaged(path, "it is not what its record says")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # Threads that wait let others have the processor: on a busy machine it is twice as fast.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), sess_options=options, providers=["CPUExecutionProvider"])
