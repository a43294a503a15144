"""Ingest of the same files by both systems, in turn, each in a process of its own."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.index.catalogue import Catalogue
from assistant.index.files import find_files
from assistant.index.generations import CATALOGUE, Layout
from assistant.settings import load_settings
from evals.cost import Cost, cost_of
from evals.runs import Measured
from evals.speed import MEGABYTE, OURS, PLAIN, CannotMeasure

# Formats that both read.
SUFFIXES = (".pdf", ".txt", ".md")


def run_ingest(
    documents: Sequence[Path], repeat: int
) -> tuple[list[Measured], dict[str, Any], list[dict[str, Any]]]:
    """Each ingests the files that both read. Raises CannotMeasure if there are none."""
    found, _ = find_files(documents)
    files = [str(item.path) for item in found if item.path.suffix.lower() in SUFFIXES]
    if not files:
        raise CannotMeasure(f"name files or folders that hold {', '.join(SUFFIXES)} with --documents")
    costs: dict[str, list[Cost]] = {OURS: [], PLAIN: []}
    counts: dict[str, int] = {}
    for turn in range(repeat):
        # In turn, and the other way round each time, so that neither always finds the files in memory.
        for system in (OURS, PLAIN) if turn % 2 == 0 else (PLAIN, OURS):
            cost, passages = ingest(system, files)
            costs[system].append(cost)
            counts[system] = passages
    told = json.loads(costs[PLAIN][-1].printed)
    about = {
        "documents": len(files),
        "pages": told["pages"],
        "words": told["words"],
        "processors": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "not read by the plain pipeline": len(told["failed"]),
        "not read by us": len(json.loads(costs[OURS][-1].printed)["refused"]),
        **{f"passages, {system}": count for system, count in counts.items()},
    }
    items = [
        {
            "id": f"{system}, run {number}",
            "seconds": round(cost.seconds, 2),
            "seconds of processors": round(cost.processor, 2),
            "bytes": cost.memory,
        }
        for system, own in costs.items()
        for number, cost in enumerate(own, 1)
    ]
    return ingest_measures(costs, counts, told["pages"], told["words"]), about, items


def ingest(system: str, files: Sequence[str]) -> tuple[Cost, int]:
    """What it costs one system to read, cut, encode and store files, from the start of its process, and how
    many passages it makes of them.

    Raises CannotMeasure if it does not come to its end.
    """
    with tempfile.TemporaryDirectory(prefix="evals-ingest-") as folder:
        place = Path(folder)
        if system == OURS:
            command = [sys.executable, "-m", "assistant", "ingest", "--json", *files]
        else:
            command = [sys.executable, "-m", "evals.arms.plain_ingest", str(place / "chroma"), *files]
        environment = {"ASSISTANT_INDEX": str(place / "index"), "ASSISTANT_CACHE": str(load_settings().cache)}
        cost = cost_of(command, environment, place)
        try:
            told = json.loads(cost.printed)
        except ValueError as error:
            raise CannotMeasure(
                f"{system} failed with code {cost.code}: {cost.printed.strip()[-400:]}"
            ) from error
        return cost, told["pieces"] if system == PLAIN else _passages(place / "index")


def _passages(index: Path) -> int:
    catalogue = Catalogue.open(Layout(index).live() / CATALOGUE)
    try:
        return catalogue.counts()["passages"]
    finally:
        catalogue.close()


def ingest_measures(
    costs: Mapping[str, Sequence[Cost]], passages: Mapping[str, int], pages: int, words: int
) -> list[Measured]:
    """Passages, pages and words a second and memory of each run. Both systems are charged for the same words,
    those that the plain pipeline reads, so that more text found is not more speed."""
    measures = []
    for system, own in costs.items():
        for name, count in (("passages", passages[system]), ("pages", pages), ("words", words)):
            measures.append(_of_runs(f"{system}: {name} a second", [count / cost.seconds for cost in own]))
        measures.append(
            _of_runs(f"{system}: peak memory, MB", [cost.memory / MEGABYTE for cost in own], is_cost=True)
        )
    pairs = list(zip(costs[OURS], costs[PLAIN], strict=True))
    return [
        *measures,
        _of_runs(
            f"{OURS}: times as fast as {PLAIN}", [plain.seconds / ours.seconds for ours, plain in pairs]
        ),
        _of_runs(
            f"{OURS}: times as fast by seconds of processors",
            [plain.processor / ours.processor for ours, plain in pairs if ours.processor],
        ),
        _of_runs(
            f"{OURS}: share of the memory of {PLAIN}",
            [ours.memory / plain.memory for ours, plain in pairs if plain.memory],
            is_cost=True,
        ),
    ]


def _of_runs(name: str, values: Sequence[float], *, is_cost: bool = False) -> Measured:
    return Measured(name, {f"run {n}": value for n, value in enumerate(values, 1)}, not is_cost)
