"""`python -m evals.speed.asking SYSTEM PASSAGES ROUNDS`: one system asks an index, in a process of its own.

Prints as JSON the milliseconds of each question in each round, those of processors, and the process's
memory when it is done.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from assistant.encoding.minilm import MiniLM
from assistant.framework import load_framework
from assistant.index import Index
from assistant.index.generations import CATALOGUE
from assistant.pipeline import Assistant, Progress
from assistant.reader import TrainedReader
from assistant.records import Claim
from assistant.settings import load_settings
from evals.arms.plain_search import PlainSearch
from evals.cost import resident
from evals.grown import grown_index, questions
from evals.speed import ANSWERS, MEGABYTE, MILLISECONDS, OURS, PLAIN, READER

EVIDENCE = 24
QUESTIONS, WARM_UP = 40, 5
# What is done before the first step that a person is told of.
FIRST = "Whether it must be declined"


def main() -> int:
    """Ask and print."""
    system, passages, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    cache = load_settings().cache
    encoder = MiniLM()
    asked = questions(QUESTIONS)
    index = grown_index(passages, encoder, asked, cache)
    steps: dict[str, float] = {}
    ask = asking(system, index, encoder, cache / "evals" / "grown" / f"{passages}-plain", steps)
    for question in asked[:WARM_UP]:
        ask(question)
    steps.clear()
    taken = [[_timed(ask, question) for question in asked] for _ in range(rounds)]
    print(
        json.dumps(
            {
                "wall": [[one for one, _ in own] for own in taken],
                "processor": [[one for _, one in own] for own in taken],
                "steps": {step: total / rounds / len(asked) for step, total in steps.items()},
                "memory": resident(os.getpid()) / MEGABYTE,
            }
        )
    )
    return 0


def asking(
    system: str, index: Index, encoder: MiniLM, store: Path, steps: dict[str, float]
) -> Callable[[str], object]:
    """How a system is asked one question. Milliseconds of an answer's steps are added up in `steps`."""
    if system == PLAIN:
        plain = PlainSearch(index.live().directory / CATALOGUE, store)
        return lambda question: plain.search(question, EVIDENCE)
    reader = None if system == OURS else TrainedReader()
    assistant = Assistant(index, encoder, load_framework(), reader=reader)
    if system == ANSWERS:
        return lambda question: _answered(assistant, question, steps)
    if system in (OURS, READER):
        return lambda question: assistant.search(question, EVIDENCE)
    raise ValueError(system)


def _answered(assistant: Assistant, question: str, steps: dict[str, float]) -> None:
    """An answer, with what each of its steps took."""
    step, since = FIRST, time.perf_counter()
    for event in assistant.stream(question):
        if not isinstance(event, Claim):
            now = time.perf_counter()
            steps[step] = steps.get(step, 0.0) + (now - since) * MILLISECONDS
            since = now
            step = event.step if isinstance(event, Progress) else event.status.value


def _timed(ask: Callable[[str], object], question: str) -> tuple[float, float]:
    """Milliseconds by the clock, and of processors."""
    started, spent = time.perf_counter(), time.process_time()
    ask(question)
    return (time.perf_counter() - started) * MILLISECONDS, (time.process_time() - spent) * MILLISECONDS


if __name__ == "__main__":
    sys.exit(main())
