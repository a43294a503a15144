"""Whole answers without a chat model, warm: how long they take, and where the time goes."""

from __future__ import annotations

from typing import Any

import numpy as np

from evals.runs import Measured
from evals.speed import ANSWERS
from evals.speed.search import Asked, ask


def run_answers(size: int, rounds: int) -> tuple[list[Measured], dict[str, Any], list[dict[str, Any]]]:
    """Questions to an index of so many passages. Raises CannotMeasure."""
    told = ask(ANSWERS, size, rounds)
    items = [
        {"id": f"round {n}", "milliseconds": round(sum(own), 1)} for n, own in enumerate(told["wall"], 1)
    ]
    return answer_measures(told), {"passages": size, "rounds": rounds}, items


def answer_measures(told: Asked) -> list[Measured]:
    """p50 and p95 of each round, by the clock and of processors, in milliseconds; the mean of each step."""
    measures = []
    for name, key in (("", "wall"), (" of processors", "processor")):
        measures += [
            _cost(f"answer: p{share}{name}, ms", [float(np.percentile(own, share)) for own in told[key]])
            for share in (50, 95)
        ]
    steps = told["steps"]
    measures += [_cost(f"{step}: mean, ms", [taken]) for step, taken in steps.items()]
    return [*measures, _cost("memory, MB", [told["memory"]])]


def _cost(name: str, values: list[float]) -> Measured:
    scores = {f"round {number}": value for number, value in enumerate(values, 1)}
    return Measured(name, scores, is_better_high=False)
