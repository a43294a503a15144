"""Rival designs, run on the same texts, questions and measures as ours.

This is how "better" is claimed: never against a number from another data set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Source:
    """A text that arms search: a document, or an entry of a collection."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of a text that an arm found: `text[start:end]`."""

    source: str
    start: int
    end: int
    score: float


class Arm(Protocol):
    """A way to search."""

    @property
    def name(self) -> str:
        """What the tables call it."""

    def search(self, question: str, limit: int) -> list[Hit]:
        """The best stretches, best first."""


def by_source(hits: Sequence[Hit]) -> list[tuple[str, float]]:
    """Ranked sources from ranked stretches: each by its best stretch."""
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(hit.source, hit.score)
    return list(best.items())
