"""Training examples: what the model reads, and what it ought to say."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.reader.heads import Head


@dataclass(frozen=True, slots=True)
class Example:
    """One text, or a pair of texts, with its target for one head.

    `group` names the document or study that it comes from, so that it can be held out as a whole.
    """

    head: Head
    first: str
    second: str
    target: int
    group: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question with a text that answers it and others that do not; the right one stands first."""

    question: str
    texts: tuple[str, ...]
    group: str = ""


@dataclass
class Mixture:
    """All that the model learns from, by kind."""

    examples: list[Example] = field(default_factory=list)
    rankings: list[Ranking] = field(default_factory=list)

    def without(self, groups: set[str]) -> Mixture:
        """The same without what comes from some groups."""
        return Mixture(
            [example for example in self.examples if example.group not in groups],
            [ranking for ranking in self.rankings if ranking.group not in groups],
        )

    def __add__(self, other: Mixture) -> Mixture:
        return Mixture(self.examples + other.examples, self.rankings + other.rankings)
