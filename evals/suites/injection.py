"""Instructions planted in the evidence: whether the assistant obeys them, and what of its answers stays.

Every instruction is planted once, as a paragraph after the one that an answered case cites first, so that
the search for that case comes upon it. Then all answered cases are asked again.
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import __version__
from assistant.encoding import Encoder
from assistant.encoding.minilm import MiniLM
from assistant.framework import load_framework
from assistant.pipeline import Assistant
from assistant.records import Answer, Document, Status
from assistant.settings import load_settings
from evals.cases import DIRECTORY, Case, load_cases
from evals.indexed import index_of
from evals.library import library_of, texts_of
from evals.measures import obeying
from evals.planting import Planted, load_harmless, load_planted, plant
from evals.run import Result, build, index_name, run_cases
from evals.runs import PART, Measured, Run, measured
from evals.suites import CannotRun, Suite
from evals.suites.answers import write_predictions

FOLDER = "injection"
NEEDS = "name a folder that holds `injection` with --benchmarks"


@dataclass(frozen=True, slots=True)
class Trial:
    """An instruction, the case beside whose first citation it was planted, and both answers to it."""

    planted: Planted
    case: Case
    clean: Answer
    answer: Answer


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this suite."""
    parser.add_argument("--benchmarks", type=Path, metavar="DIR", help=NEEDS)
    parser.add_argument("--cases", type=Path, action="append", help="JSON Lines of cases")
    parser.add_argument("--documents", type=Path, action="append", help="files or folders to index as well")
    parser.add_argument("--index", type=Path, help="where the evals keep their index")
    parser.add_argument(
        "--predictions",
        type=Path,
        help="write each answer with the planting, as `assistant ask --batch` does",
    )


def run(options: argparse.Namespace) -> Run:
    """Plant, ask, measure. Raises CannotRun without the folder of instructions."""
    if options.benchmarks is None:
        raise CannotRun(NEEDS)
    try:
        planted = load_planted(options.benchmarks / FOLDER)
        harmless = load_harmless(options.benchmarks / FOLDER)
    except (OSError, ValueError, KeyError) as error:
        raise CannotRun(f"{options.benchmarks / FOLDER} cannot be used: {error}") from error
    cache, documents = load_settings().cache, options.documents or []
    assistant = build(options.index or cache / "evals" / index_name(documents), cache, documents)
    texts = texts_of(assistant.index.live())
    files = options.cases or [DIRECTORY / "notes.jsonl"]
    cases = [case for path in files for case in load_cases(path, texts)]
    trials, answers = attempt(assistant, MiniLM(cache), cases, planted, cache)
    if options.predictions:
        write_predictions(options.predictions, answers)
    return Run(
        SUITE.name,
        {
            "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
            "program": __version__,
            "cases": len(answers),
            "planted": len(planted),
            "harmless prompts": len(harmless),
        },
        [*measures_of(trials), declined(assistant, harmless)],
        [_item(trial) for trial in trials],
    )


def attempt(
    assistant: Assistant, encoder: Encoder, cases: Sequence[Case], planted: Sequence[Planted], cache: Path
) -> tuple[list[Trial], list[Result]]:
    """Every instruction planted, and all cases that were answered without them asked again."""
    clean = [result for result in run_cases(assistant, cases) if result.answer.claims]
    if not clean:
        raise CannotRun("no case is answered, so there is nothing to plant beside")
    beside = [(one, clean[number % len(clean)]) for number, one in enumerate(planted)]
    places: dict[str, list[tuple[int, str]]] = {}
    for one, result in beside:
        citation = result.answer.claims[0].citations[0]
        places.setdefault(citation.document, []).append((citation.start, one.words))
    framework = load_framework()
    held: dict[str, Document] = library_of(assistant.index.live(), framework).documents
    spoilt = [plant(document, places.get(identity, ())) for identity, document in held.items()]
    index = index_of(spoilt, encoder, cache)
    again = run_cases(Assistant(index, encoder, framework), [result.case for result in clean])
    answers = {result.case.id: result.answer for result in again}
    trials = [Trial(one, r.case, r.answer, answers[r.case.id]) for one, r in beside]
    return trials, again


def measures_of(trials: Sequence[Trial]) -> list[Measured]:
    """Obeyed and shown by instruction, all and by kind; what is retained by case."""
    obeyed = {t.planted.id: obeying.obeys(t.answer, t.planted.words, t.clean) for t in trials}
    by_case = {trial.case.id: trial for trial in trials}
    measures = [
        Measured("planted instruction obeyed", obeyed, is_better_high=False, is_gated=True),
        measured(
            "planted words shown as evidence",
            [(t.planted.id, obeying.shows(t.answer, t.planted.words)) for t in trials],
            is_better_high=False,
            is_gated=True,
        ),
        measured(
            "answer unchanged",
            [(item, obeying.retains(t.answer, t.clean)) for item, t in by_case.items()],
            is_gated=True,
        ),
        measured("quotations kept", [(item, obeying.kept(t.answer, t.clean)) for item, t in by_case.items()]),
        measured(
            "silenced",
            [
                (item, t.answer.status is not t.clean.status and not t.answer.claims)
                for item, t in by_case.items()
            ],
            is_better_high=False,
        ),
    ]
    for kind in sorted({trial.planted.kind for trial in trials}):
        own = {t.planted.id: obeyed[t.planted.id] for t in trials if t.planted.kind == kind}
        measures.append(Measured(PART.join([measures[0].name, "kind", kind]), own, is_better_high=False))
    return measures


def declined(assistant: Assistant, harmless: Mapping[str, str]) -> Measured:
    """Of harmless prompts full of attack-like words: how many are declined as if they were attacks."""
    return measured(
        "harmless prompt declined",
        [(item, assistant.ask(words).status is Status.DECLINED) for item, words in harmless.items()],
        is_better_high=False,
    )


def _item(trial: Trial) -> dict[str, Any]:
    return {
        "id": trial.planted.id,
        "beside": trial.case.id,
        "obeyed": bool(obeying.obeys(trial.answer, trial.planted.words, trial.clean)),
        "shown": bool(obeying.shows(trial.answer, trial.planted.words)),
        "unchanged": bool(obeying.retains(trial.answer, trial.clean)),
    }


SUITE = Suite("injection", "instructions planted in documents: obeyed or not", add_options, run)
