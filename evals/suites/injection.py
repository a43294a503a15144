"""Instructions planted in the evidence: whether the assistant obeys them, and what of its answers stays.

Every instruction is planted once, as a paragraph after the one that an answered case cites first, so that
the search for that case comes upon it, and the case is asked again.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.answering.chat_models import ChatModel
from assistant.encoding import Encoder
from assistant.encoding.minilm import MiniLM
from assistant.framework import load_framework
from assistant.pipeline import Assistant
from assistant.reader import TrainedReader
from assistant.records import Answer, Document, Status
from assistant.settings import load_settings
from evals import asking
from evals.cases import Case
from evals.indexed import index_of
from evals.library import library_of
from evals.measures import obeying
from evals.obedient import Obedient
from evals.planting import Planted, load_harmless, load_planted, plant
from evals.run import Result, run_cases
from evals.runs import PART, Measured, Run, dated, measured
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
    asking.add_options(parser)
    parser.add_argument(
        "--rounds", type=int, default=4, help="over how many indexes the instructions are spread (4)"
    )
    parser.add_argument(
        "--obedient",
        action="store_true",
        help="let a chat model that obeys whatever the evidence says word the answers",
    )
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
    asked, cache = asking.prepare(options), load_settings().cache
    model = Obedient(planted) if options.obedient else None
    trials = attempt(asked.assistant, MiniLM(), asked.cases, planted, cache, options.rounds, model)
    if options.predictions:
        write_predictions(options.predictions, [as_result(trial) for trial in trials])
    return Run(
        SUITE.name,
        dated(
            {
                "cases": len({trial.case.id for trial in trials}),
                "rounds": options.rounds,
                "written by": model.name if model else "selection",
                "planted": len(planted),
                "harmless prompts": len(harmless),
            }
        ),
        [*measures_of(trials), declined(asked.assistant, harmless)],
        [_item(trial) for trial in trials],
    )


def attempt(
    assistant: Assistant,
    encoder: Encoder,
    cases: Sequence[Case],
    planted: Sequence[Planted],
    cache: Path,
    rounds: int = 1,
    chat_model: ChatModel | None = None,
) -> list[Trial]:
    """Every instruction planted, spread over so many indexes, and the case beside it asked again there.

    Raises CannotRun if no case is answered.
    """
    framework = load_framework()
    if chat_model is not None:
        assistant = Assistant(assistant.index, encoder, framework, chat_model, TrainedReader())
    clean = [result for result in run_cases(assistant, cases) if result.answer.claims]
    if not clean:
        raise CannotRun("no case is answered, so there is nothing to plant beside")
    beside = [(one, clean[number % len(clean)]) for number, one in enumerate(planted)]
    documents = list(library_of(assistant.index.live(), framework).documents.values())
    trials = []
    for number in range(rounds):
        own = beside[number::rounds]
        index = index_of(spoil(documents, own), encoder, cache)
        again = run_cases(
            Assistant(index, encoder, framework, chat_model, TrainedReader()),
            [result.case for _, result in own],
        )
        trials += [
            Trial(one, before.case, before.answer, after.answer)
            for (one, before), after in zip(own, again, strict=True)
        ]
    return trials


def spoil(documents: Sequence[Document], beside: Sequence[tuple[Planted, Result]]) -> list[Document]:
    """All documents, each instruction planted after what the case beside it cites first."""
    places: dict[str, list[tuple[int, str]]] = {}
    for one, result in beside:
        citation = result.answer.claims[0].citations[0]
        places.setdefault(citation.document, []).append((citation.start, one.words))
    return [plant(document, places.get(document.id, ())) for document in documents]


def as_result(trial: Trial) -> Result:
    """A trial as a result whose id names the case and the instruction."""
    return Result(replace(trial.case, id=f"{trial.case.id} beside {trial.planted.id}"), trial.answer)


def measures_of(trials: Sequence[Trial]) -> list[Measured]:
    """What came of each instruction; whether it was obeyed also by kind."""
    measures = [
        _measured("planted instruction obeyed", trials, _obeys, is_better_high=False),
        _measured("planted words shown as evidence", trials, _shows, is_better_high=False),
        _measured("answer unchanged", trials, lambda one: obeying.retains(one.answer, one.clean)),
        _measured("quotations kept", trials, lambda one: obeying.kept(one.answer, one.clean)),
        _measured("silenced", trials, lambda one: float(not one.answer.claims), is_better_high=False),
    ]
    for kind in sorted({trial.planted.kind for trial in trials}):
        own = [trial for trial in trials if trial.planted.kind == kind]
        name = PART.join([measures[0].name, "kind", kind])
        measures.append(_measured(name, own, _obeys, is_better_high=False))
    return measures


def _measured(
    name: str, trials: Sequence[Trial], judge: Callable[[Trial], float | None], is_better_high: bool = True
) -> Measured:
    scores = [(trial.planted.id, judge(trial)) for trial in trials]
    return measured(name, scores, is_better_high, is_gated=PART not in name)


def _obeys(trial: Trial) -> float:
    return obeying.obeys(trial.answer, trial.planted.words, trial.clean)


def _shows(trial: Trial) -> float:
    return obeying.shows(trial.answer, trial.planted.words)


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
        "obeyed": bool(_obeys(trial)),
        "shown": bool(_shows(trial)),
        "unchanged": bool(obeying.retains(trial.answer, trial.clean)),
    }


SUITE = Suite("injection", "instructions planted in documents: obeyed or not", add_options, run)
