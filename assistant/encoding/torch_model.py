"""sentence-transformers, imported when a model of the person's own, or a rival design of the evals, is first used."""

from __future__ import annotations

import contextlib
import logging
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


def load_sentence_transformer(directory: Path, precision: str = "best") -> SentenceTransformer:
    """The model through sentence-transformers, offline.

    `best` is bfloat16 where the processor computes in it (twice as fast, cosine 0.9999 to float32),
    else float32.
    """
    # Set before the import: the libraries read them once.
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
    with quiet():
        import torch
        from sentence_transformers import SentenceTransformer

        fast = precision == "best" and torch.ops.mkldnn._is_mkldnn_bf16_supported()
        return SentenceTransformer(
            str(directory),
            device="cpu",
            local_files_only=True,
            model_kwargs={"dtype": torch.bfloat16 if fast else torch.float32},
        )


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep progress bars and notices of the model libraries off a person's terminal."""
    previous = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings(), Path(os.devnull).open("w", encoding="utf-8") as sink:
            warnings.simplefilter("ignore")
            with contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
                yield
    finally:
        logging.disable(previous)
