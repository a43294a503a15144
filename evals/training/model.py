"""The reader as it is trained: the packaged encoder's layers with one output per class of each head."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from assistant.encoding.weights import load_tokeniser
from assistant.reader.heads import WIDTH
from assistant.reader.pairs import tensors

# Tokens: lengths of batches are multiples of it.
STEP = 16


class Reader(nn.Module):
    """Text pairs → logits of all heads, shape (batch, WIDTH)."""

    def __init__(self, base: Path) -> None:
        """`base` is the directory of the packaged encoder."""
        super().__init__()
        from transformers import AutoModel

        self.trunk: Any = AutoModel.from_pretrained(str(base), local_files_only=True)
        # Words keep their vectors: there are many more of them than our texts have.
        self.trunk.embeddings.word_embeddings.weight.requires_grad = False
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.Linear(self.trunk.config.hidden_size, WIDTH)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Logits from the mean of the tokens' vectors."""
        tokens = self.trunk(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(tokens.dtype)
        mean = (tokens * weights).sum(dim=1) / weights.sum(dim=1)
        logits: Tensor = self.heads(self.dropout(mean))
        return logits


class Batcher:
    """Pairs of texts → padded tensors."""

    def __init__(self, base: Path) -> None:
        self._tokeniser = load_tokeniser(base)

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> dict[str, Tensor]:
        """Tensors of shape (batch, longest)."""
        batch = tensors(self._tokeniser, pairs)
        # Few different lengths: the processor's kernels are compiled anew for each.
        missing = -batch["input_ids"].shape[1] % STEP
        return {
            name: torch.from_numpy(np.pad(values, ((0, 0), (0, missing)))) for name, values in batch.items()
        }
