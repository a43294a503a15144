"""What one answer costs: seconds in each step, and what a chat model is sent and sends.

A step lasts from when the assistant says that it begins until it says so of the next. Tokens are counted as the
packaged tokeniser counts them: providers count otherwise, by a few in a hundred.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.chat_models import ChatModel
from assistant.pipeline import Assistant, Progress
from assistant.records import Claim
from evals.cases import Case
from evals.runs import Measured, measured

READING = "Reading the question"
MEGABYTE = 1_000_000
Count = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Taken:
    """One answer: seconds by step, until its first claim, and in all; tokens, or None without a chat model."""

    id: str
    steps: dict[str, float]
    first_claim: float | None
    whole: float
    sent: int | None
    received: int | None


class CountingModel:
    """A chat model whose prompts and answers are counted as they pass."""

    def __init__(self, model: ChatModel, count: Count) -> None:
        self.name = model.name
        self.address = model.address
        self.is_remote = model.is_remote
        self.prompt_digests = model.prompt_digests
        self.sent = 0
        self.received = 0
        self._model = model
        self._count = count

    def complete(self, prompt: str) -> str:
        """As the model does."""
        return "".join(self.stream(prompt))

    def stream(self, prompt: str) -> Iterator[str]:
        """As the model does."""
        self.sent += self._count(prompt)
        parts = []
        try:
            for part in self._model.stream(prompt):
                parts.append(part)
                yield part
        finally:
            # Also what was received before the model broke off, or was no longer listened to.
            self.received += self._count("".join(parts))


def take(
    assistant: Assistant,
    case: Case,
    model: CountingModel | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Taken:
    """Ask a case and measure. `model` is the one that the assistant has."""
    sent, received = (model.sent, model.received) if model else (0, 0)
    begun = started = clock()
    step, first = READING, None
    steps: dict[str, float] = {}
    for one in assistant.stream(case.question, case.previous):
        now = clock()
        if isinstance(one, Claim) and first is None:
            first = now - started
        if isinstance(one, Progress):
            steps[step] = steps.get(step, 0.0) + now - begun
            step, begun = one.step, now
    ended = clock()
    steps[step] = steps.get(step, 0.0) + ended - begun
    counts = (model.sent - sent, model.received - received) if model else (None, None)
    return Taken(case.id, steps, first, ended - started, *counts)


def measures_of(taken: Sequence[Taken]) -> list[Measured]:
    """Seconds of each step over the questions that came to it, of the whole, and until the first claim; the most
    memory that this process has held; tokens by question, not judged where no chat model took part."""
    names = list(dict.fromkeys(step for one in taken for step in one.steps))
    scores: list[tuple[str, Iterable[tuple[str, float | None]]]] = [
        (f"seconds: {name}", [(one.id, one.steps.get(name)) for one in taken]) for name in names
    ]
    scores += [
        ("seconds until the first claim", [(one.id, one.first_claim) for one in taken]),
        ("seconds in all", [(one.id, one.whole) for one in taken]),
        ("peak memory, MB", [("this process", peak_memory() / MEGABYTE)]),
        ("tokens to the chat model", [(one.id, one.sent) for one in taken]),
        ("tokens from the chat model", [(one.id, one.received) for one in taken]),
    ]
    return [measured(name, own, is_better_high=False) for name, own in scores]


def peak_memory() -> int:
    """The most bytes that this process has held at one time."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
