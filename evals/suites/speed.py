"""What it costs: an answer in its steps, ingest beside the plain LangChain pipeline, and search as the index grows.

`answers` asks the cases, with the chat model of the settings if they name one; `ingest` runs each in a process of its own over the same files, in turn; `search` asks an index of 1,000,
10,000 and 100,000 made-up passages, which is kept once it is made. The machine should do nothing else.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant import __version__
from assistant.encoding.minilm import MiniLM
from assistant.framework import load_framework
from assistant.index.files import find_files
from assistant.pipeline import Assistant
from assistant.reader import TrainedReader
from assistant.retrieval import Retriever
from assistant.settings import load_settings
from evals import asking
from evals.cost import Cost, cost_of
from evals.grown import grown_index, questions
from evals.judges import chat_model_of
from evals.runs import Measured, Run
from evals.steps import CountingModel, take
from evals.steps import measures_of as steps_measures
from evals.suites import CannotRun, Suite

OURS, PLAIN = "ours", "plain LangChain"
# Formats that both read.
SUFFIXES = (".pdf", ".txt", ".md")
SIZES = (1_000, 10_000, 100_000)
EVIDENCE = 24
QUESTIONS, ROUNDS, WARM_UP = 40, 5, 5
MEGABYTE = 1_000_000


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this suite."""
    parser.add_argument(
        "what", nargs="?", choices=("answers", "ingest", "search"), default="answers", help="what is measured"
    )
    asking.add_options(parser)
    parser.add_argument("--repeat", type=int, default=3, help="how often each ingests (3)")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="passages to search among")


def run(options: argparse.Namespace) -> Run:
    """Measure. Raises CannotRun for an ingest without documents that both can read."""
    ways = {"answers": _answers, "ingest": _ingest, "search": _search}
    measures, about, items = ways[options.what](options)
    head = {
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "program": __version__,
        "what": options.what,
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
    }
    return Run(SUITE.name, {**head, **about}, measures, items)


def _answers(options: argparse.Namespace) -> tuple[list[Measured], dict[str, Any], list[dict[str, Any]]]:
    asked, encoder, model = asking.prepare(options), MiniLM(), chat_model_of(load_settings())
    counting = CountingModel(model, lambda text: len(encoder.spans(text))) if model else None
    assistant = Assistant(asked.assistant.index, encoder, load_framework(), counting, TrainedReader())
    for case in asked.cases[:WARM_UP]:
        assistant.ask(case.question, case.previous)
    taken = [take(assistant, case, counting) for case in asked.cases]
    items = [{"id": one.id, "seconds": round(one.whole, 4)} for one in taken]
    about = {"cases": len(asked.cases), "chat model": counting.name if counting else "none"}
    return steps_measures(taken), about, items


def _ingest(options: argparse.Namespace) -> tuple[list[Measured], dict[str, Any], list[dict[str, Any]]]:
    found, _ = find_files(options.documents or [])
    files = [str(item.path) for item in found if item.path.suffix.lower() in SUFFIXES]
    if not files:
        raise CannotRun(f"name files or folders that hold {', '.join(SUFFIXES)} with --documents")
    costs: dict[str, list[Cost]] = {OURS: [], PLAIN: []}
    for turn in range(options.repeat):
        # In turn, and the other way round each time, so that neither always finds the files in memory.
        for system in (OURS, PLAIN) if turn % 2 == 0 else (PLAIN, OURS):
            costs[system].append(ingest(system, files))
    counts = json.loads(costs[PLAIN][-1].printed)
    about = {
        "documents": len(files),
        "pages": counts["pages"],
        "words": counts["words"],
        "not read by the plain pipeline": len(counts["failed"]),
        "not read by us": len(json.loads(costs[OURS][-1].printed)["refused"]),
    }
    items = [
        {"id": f"{system}, run {number}", "seconds": round(cost.seconds, 2), "bytes": cost.memory}
        for system, own in costs.items()
        for number, cost in enumerate(own, 1)
    ]
    return ingest_measures(costs, counts["pages"], counts["words"]), about, items


def ingest(system: str, files: Sequence[str]) -> Cost:
    """What it costs one system to read, cut, encode and store files, from the start of its process.

    Raises CannotRun if it does not come to its end.
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
        json.loads(cost.printed)
    except ValueError as error:
        raise CannotRun(f"{system} failed with code {cost.code}: {cost.printed.strip()[-400:]}") from error
    return cost


def ingest_measures(costs: Mapping[str, Sequence[Cost]], pages: int, words: int) -> list[Measured]:
    """Pages and words a second and memory of each run. Both systems are charged for the same words, those
    that the plain pipeline reads, so that more text found is not more speed."""
    measures = []
    for system, own in costs.items():
        runs = {f"run {number}": cost for number, cost in enumerate(own, 1)}
        measures += [
            Measured(f"{system}: pages a second", {name: pages / c.seconds for name, c in runs.items()}),
            Measured(f"{system}: words a second", {name: words / c.seconds for name, c in runs.items()}),
            Measured(
                f"{system}: peak memory, MB", {name: c.memory / MEGABYTE for name, c in runs.items()}, False
            ),
        ]
    pairs = enumerate(zip(costs[OURS], costs[PLAIN], strict=True), 1)
    ratios = {f"run {number}": plain.seconds / ours.seconds for number, (ours, plain) in pairs}
    return [*measures, Measured(f"{OURS}: times as fast as {PLAIN}", ratios)]


def _search(options: argparse.Namespace) -> tuple[list[Measured], dict[str, Any], list[dict[str, Any]]]:
    cache = load_settings().cache
    encoder, asked = MiniLM(), questions(QUESTIONS)
    seconds: dict[int, list[list[float]]] = {}
    for size in options.sizes:
        retriever = Retriever(grown_index(size, encoder, asked, cache), encoder)
        _ask(retriever, asked[:WARM_UP])
        seconds[size] = [_ask(retriever, asked) for _ in range(ROUNDS)]
    items = [{"id": f"{size}", "rounds": [round(sum(r), 4) for r in own]} for size, own in seconds.items()]
    return search_measures(seconds), {"questions": QUESTIONS, "rounds": ROUNDS}, items


def _ask(retriever: Retriever, asked: Sequence[str]) -> list[float]:
    """Seconds from each question to its ranked evidence."""
    taken = []
    for question in asked:
        started = time.perf_counter()
        retriever.search(question, EVIDENCE)
        taken.append(time.perf_counter() - started)
    return taken


def search_measures(seconds: Mapping[int, Sequence[Sequence[float]]]) -> list[Measured]:
    """p50 and p95 of each round over the questions, in milliseconds, and how they grow with the index."""
    measures = []
    for share in (50, 95):
        by_size = {
            size: {f"round {n}": float(np.percentile(own, share)) * 1000 for n, own in enumerate(rounds, 1)}
            for size, rounds in seconds.items()
        }
        measures += [
            Measured(f"{size:,} passages: p{share}, ms", scores, is_better_high=False)
            for size, scores in by_size.items()
        ]
        first = by_size[min(by_size)]
        measures += [
            Measured(
                f"{size:,} passages: p{share}, times that of {min(by_size):,}",
                {name: score / first[name] for name, score in by_size[size].items()},
                is_better_high=False,
            )
            for size in sorted(by_size)[1:]
        ]
    return measures


SUITE = Suite(
    "speed", "what answers, ingest and search cost, ingest beside the plain pipeline", add_options, run
)
