"""Models that come with the program: files, each with a record beside it that it must agree with."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.encoding.weights import file_digest
from assistant.errors import ModelDamaged

# What every model of ours reads: tensors of shape (texts, tokens).
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
PROVIDERS = ["CPUExecutionProvider"]


def digest_of(path: Path, key: str = "sha256") -> str:
    """The SHA-256 that a model's record gives, in hex; of a file beside the model that under another key.
    Raises ModelDamaged."""
    try:
        record = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        digest = record[key]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelDamaged(path, f"its record cannot be read: {error}") from error
    if not isinstance(digest, str):
        raise ModelDamaged(path, "its record gives no digest")
    return digest


def check_file(path: Path, key: str = "sha256") -> None:
    """Raise ModelDamaged unless a model, or a file beside it, is what its record says under `key`."""
    try:
        is_intact = file_digest(path) == digest_of(path, key)
    except OSError as error:
        raise ModelDamaged(path, str(error)) from error
    if not is_intact:
        raise ModelDamaged(path, "it is not what its record says")


def open_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of an .npz file, if it is what its record says. Raises ModelDamaged."""
    check_file(path)
    with np.load(path, allow_pickle=False) as file:
        return dict(file)


def open_session(path: Path) -> Any:
    """The model, if it is what its record says. Raises ModelDamaged."""
    check_file(path)
    import onnxruntime

    return onnxruntime.InferenceSession(str(path), sess_options=_options(), providers=PROVIDERS)


def open_graph(path: Path, tensors: Mapping[str, NDArray[Any]]) -> Any:
    """A model whose weights are given by name. It computes in the thread that asks: several may at once.

    Raises ModelDamaged.
    """
    check_file(path)
    return session_of(path.read_bytes(), tensors)


def session_of(graph: bytes, tensors: Mapping[str, NDArray[Any]]) -> Any:
    """A graph with the weights that it leaves open."""
    import onnxruntime

    options = _options()
    options.intra_op_num_threads = 1
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(one)) for one in tensors.values()]
    options.add_external_initializers(list(tensors), values)
    session = onnxruntime.InferenceSession(graph, sess_options=options, providers=PROVIDERS)
    # The session reads where the values lie, and does not keep them itself.
    session.given = values
    return session


def run_each(session: Any, inputs: Sequence[Mapping[str, NDArray[np.int64]]]) -> list[NDArray[np.float32]]:
    """What a graph of `open_graph` makes of each input, which has one row; on as many threads as there are processors.

    Eight bits are measured out for what is read together: read alone, what an input gives depends on it alone.
    """
    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    with ThreadPoolExecutor(threads, thread_name_prefix="reading") as pool:
        return list(pool.map(lambda one: session.run(None, one)[0][0], inputs))


def _options() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # Threads that wait let others have the processor: on a busy machine it is twice as fast.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options
