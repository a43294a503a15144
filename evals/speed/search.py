"""How search grows with the index, beside LangChain's `similarity_search` over the same passages."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.settings import load_settings
from evals.cost import cost_of
from evals.runs import Measured
from evals.speed import OURS, PLAIN, READER, CannotMeasure

SYSTEMS = (OURS, READER, PLAIN)
# Beyond what is measured: what the growth between the two largest sizes leads one to expect.
MILLION = 1_000_000
GROWTH = "growth"

Asked = dict[str, Any]


def run_search(
    sizes: Sequence[int], rounds: int
) -> tuple[list[Measured], dict[str, Any], list[dict[str, Any]]]:
    """Each system asks an index of each size, in turn. Raises CannotMeasure."""
    asked = {(system, size): ask(system, size, rounds) for size in sorted(sizes) for system in SYSTEMS}
    growth = {
        system: [[size, _percentile(asked[system, size]["wall"], 95)] for size in sorted(sizes)]
        for system in SYSTEMS
    }
    about: dict[str, Any] = {"rounds": rounds, GROWTH: growth}
    if len(sizes) > 1:
        about["estimates for a million passages"] = {
            system: {
                "p95, ms": round(million(points), 1),
                "MB": round(million([[size, asked[system, size]["memory"]] for size in sorted(sizes)])),
            }
            for system, points in growth.items()
        }
    items = [
        {"id": f"{system}, {size}", "rounds": [round(sum(own), 1) for own in told["wall"]]}
        for (system, size), told in asked.items()
    ]
    return search_measures(asked), about, items


def ask(system: str, size: int, rounds: int) -> Asked:
    """What a system's process tells. Raises CannotMeasure."""
    with tempfile.TemporaryDirectory(prefix="evals-search-") as folder:
        command = [sys.executable, "-m", "evals.speed.asking", system, str(size), str(rounds)]
        cost = cost_of(command, {"ASSISTANT_CACHE": str(load_settings().cache)}, Path(folder))
    try:
        told: Asked = json.loads(cost.printed.strip().splitlines()[-1])
    except (ValueError, IndexError) as error:
        raise CannotMeasure(
            f"{system} failed with code {cost.code}: {cost.printed.strip()[-400:]}"
        ) from error
    print(f"  asked: {system}, {size:,} passages", file=sys.stderr)
    return told


def search_measures(asked: Mapping[tuple[str, int], Asked]) -> list[Measured]:
    """p50 and p95 of each round over the questions, in milliseconds; those of processors; memory; and our
    p95 as so many times the peer's."""
    measures = []
    for (system, size), told in asked.items():
        name = f"{size:,} passages, {system}"
        measures += [
            _cost(f"{name}: p{share}, ms", [_percentile([own], share) for own in told["wall"]])
            for share in (50, 95)
        ]
        measures.append(
            _cost(f"{name}: p50 of processors, ms", [_percentile([own], 50) for own in told["processor"]])
        )
        measures.append(_cost(f"{name}: memory, MB", [told["memory"]]))
    for system, size in asked:
        if system != PLAIN and (PLAIN, size) in asked:
            ours, plain = asked[system, size]["wall"], asked[PLAIN, size]["wall"]
            ratios = [
                _percentile([one], 95) / _percentile([other], 95)
                for one, other in zip(ours, plain, strict=True)
            ]
            measures.append(_cost(f"{size:,} passages, {system}: p95, times that of {PLAIN}", ratios))
    return measures


def _cost(name: str, values: Sequence[float]) -> Measured:
    scores = {f"round {number}": value for number, value in enumerate(values, 1)}
    return Measured(name, scores, is_better_high=False)


def _percentile(rounds: Sequence[Sequence[float]], share: int) -> float:
    return float(np.percentile(np.concatenate([np.asarray(own) for own in rounds]), share))


def million(points: Sequence[Sequence[float]]) -> float:
    """A million on the straight line through the two largest sizes: what grows more slowly stays below."""
    (small, less), (large, more) = points[-2:]
    return more + (MILLION - large) * (more - less) / (large - small)
