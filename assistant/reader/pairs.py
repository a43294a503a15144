"""Pairs of texts → token numbers, in training and in use alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.encoding.shipped import INPUTS

# Tokens of both texts together, with the three that mark their ends.
LIMIT = 192
# Of these the first text has at most so many: the second keeps room.
FIRST = 150

Tensors = dict[str, NDArray[np.int64]]


def tensors(tokeniser: Any, pairs: Sequence[tuple[str, str]]) -> Tensors:
    """Input name → numbers of shape (pairs, longest pair); what is shorter ends in zeros.

    A second text that is empty is left out. Texts that are too long are cut at their ends.
    """
    start, end = (tokeniser.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
    rows = []
    for first, second in pairs:
        before = [start, *_ids(tokeniser, first)[:FIRST], end]
        after = _ids(tokeniser, second)[: LIMIT - len(before) - 1]
        rows.append((before, [*after, end] if after else []))
    batch = {
        name: np.zeros((len(rows), max(len(one) + len(two) for one, two in rows)), dtype=np.int64)
        for name in INPUTS
    }
    for row, (before, after) in enumerate(rows):
        size = len(before) + len(after)
        batch["input_ids"][row, :size] = before + after
        batch["attention_mask"][row, :size] = 1
        batch["token_type_ids"][row, len(before) : size] = 1
    return batch


def _ids(tokeniser: Any, text: str) -> list[int]:
    ids: list[int] = tokeniser.encode(text, add_special_tokens=False).ids
    return ids
