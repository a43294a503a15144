"""The reranker that the settings name: any sentence-transformers CrossEncoder in a folder."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.encoding.configured import folder_digest
from assistant.encoding.torch_model import quiet
from assistant.errors import RerankerUnavailable

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

BATCH = 32
# A model gives one output (how relevant) or two (irrelevant, relevant).
ONE, TWO = 1, 2


def open_cross_encoder(directory: Path | None) -> ConfiguredCrossEncoder | None:
    """The model in a folder; None without one. Raises RerankerUnavailable."""
    return None if directory is None else ConfiguredCrossEncoder(directory)


class ConfiguredCrossEncoder:
    """A CrossEncoder in a folder, as a reranker. Loaded when first needed; safe to share by threads.

    Raises RerankerUnavailable for a folder without a model, and where a model that cannot serve is first used.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._loaded: CrossEncoder | None = None
        if not (directory / "config.json").is_file():
            raise RerankerUnavailable(directory, "there is no config.json in it")

    @cached_property
    def fingerprint(self) -> str:
        """The folder's name and a digest of all in it that the model is made of."""
        return f"{self._directory.name}:{folder_digest(self._directory)[:12]}"

    def chances(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """How likely each text answers the question, within 0..1; what is too long for the model is cut."""
        if not texts:
            return []
        with self._lock:
            model, plain = self._model()
            try:
                made = model.predict(
                    [(question, text) for text in texts],
                    batch_size=BATCH,
                    show_progress_bar=False,
                    activation_fn=plain,
                )
            except Exception as error:  # whatever someone else's model cannot do
                raise RerankerUnavailable(self._directory, " ".join(str(error).split())) from error
        logits = np.asarray(made, dtype=np.float64).reshape(len(texts), -1)
        if logits.shape[1] not in (ONE, TWO):
            raise RerankerUnavailable(
                self._directory, f"it has {logits.shape[1]} outputs, and one that tells relevance is needed"
            )
        odds = logits[:, -1] - (logits[:, 0] if logits.shape[1] == TWO else 0.0)
        return [float(chance) for chance in 1 / (1 + np.exp(-odds))]

    def _model(self) -> tuple[CrossEncoder, Any]:
        # Set before the import: the libraries read them once.
        os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
        with quiet():
            import torch
            from sentence_transformers import CrossEncoder

            if self._loaded is None:
                try:
                    self._loaded = CrossEncoder(str(self._directory), device="cpu", local_files_only=True)
                except Exception as error:  # whatever is wrong with the files of someone else's model
                    raise RerankerUnavailable(self._directory, " ".join(str(error).split())) from error
        return self._loaded, torch.nn.Identity()
