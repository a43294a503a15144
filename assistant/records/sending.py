"""What is sent to a chat model."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sending:
    """One message to a chat model: `text` is all of it, `passages` are ids of those of which it holds `sentences`."""

    model: str
    address: str
    is_remote: bool
    question: str
    passages: tuple[str, ...]
    text: str
    sentences: int = 0
