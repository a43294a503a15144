"""Where the bundled corpus and prompts are: inside the installed package, or beside it in a clone."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def corpus_directory() -> Path:
    """The bundled corpus: evidence notes, the framework, the vocabulary."""
    return _bundled("corpus")


def prompts_directory() -> Path:
    """The prompts that chat models are given."""
    return _bundled("prompts")


def _bundled(name: str) -> Path:
    installed = PACKAGE / f"_{name}"
    return installed if installed.is_dir() else PACKAGE.parent / name
