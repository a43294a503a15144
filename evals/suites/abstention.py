"""Whether the assistant is silent where the evidence does not answer, and only there.

On the cases, first turns and follow-ups apart; with `--benchmarks` on ClapNQ (Rosenthal et al. 2025): its
answerable questions, whose passages are the evidence base, and as many that these do not answer.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.encoding.minilm import MiniLM
from assistant.framework import load_framework
from assistant.pipeline import Assistant
from assistant.reader import TrainedReader
from assistant.records import Status
from assistant.settings import load_settings
from evals import asking, best_scores
from evals.cases import Case
from evals.collections import Collection, CollectionError, Entry, load_answerable
from evals.indexed import document_of, index_of
from evals.library import Library, library_of
from evals.lost import step_of
from evals.measures.selective import area, risk_coverage, thinned
from evals.measures.whole_set import auroc_parts, parts_of
from evals.run import Result, run_cases
from evals.runs import PART, Measured, Run, dated, measured
from evals.suites import CannotRun, Suite
from evals.suites.answers import write_predictions

ANSWERABLE, UNANSWERABLE = (f"clapnq/clapnq_dev_{name}.jsonl" for name in ("answerable", "unanswerable"))
SILENT = (Status.NOT_IN_EVIDENCE, Status.DECLINED)
CONFIDENCE = "answerability"
TOLD = "answerable told, AUROC"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question ended. `signals` are what the decision rested on, empty if nothing was searched;
    `is_right` tells whether the answer is what the case expects, None without gold or an answer;
    `is_declined` whether it was declined, None where none of the kind is asked for."""

    id: str
    turn: str
    is_answerable: bool
    is_answered: bool
    signals: dict[str, float]
    is_right: bool | None = None
    is_declined: bool | None = None

    @property
    def confidence(self) -> float:
        """How likely the assistant took an answer to be; 0 where it declined."""
        return self.signals.get(CONFIDENCE, 0.0)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this suite."""
    asking.add_options(parser)
    parser.add_argument("--benchmarks", type=Path, metavar="DIR", help="a folder with clapnq, asked instead")
    parser.add_argument(
        "--near-misses",
        action="store_true",
        help="index the passages that look like answers to ClapNQ's unanswerable questions too",
    )
    parser.add_argument(
        "--arms",
        action="store_true",
        help="tell ClapNQ's questions by the best score of a search alone, ours and rivals', and ask nothing",
    )
    parser.add_argument("--predictions", type=Path, help="write each answer, as `assistant ask --batch` does")


def run(options: argparse.Namespace) -> Run:
    """Ask and measure. Raises CannotRun where ClapNQ's files are missing."""
    if options.arms:
        return _arms(options)
    results, outcomes, about = _clapnq(options) if options.benchmarks else _cases(options)
    if options.predictions:
        write_predictions(options.predictions, results)
    curve = thinned(risk_coverage([(one.confidence, one.is_answerable) for one in outcomes]))
    print("\n".join(["coverage   risk", *(f"{coverage:8.2f}   {risk:.3f}" for coverage, risk in curve), ""]))
    about["risk by coverage"] = [list(point) for point in curve]
    return Run(SUITE.name, dated(about), measures_of(outcomes), [_item(one) for one in outcomes])


def outcome_of(result: Result, library: Library | None = None) -> Outcome:
    """How a case ended; with a library also whether the answer is the right one."""
    case, answer = result.case, result.answer
    is_answered = answer.status not in SILENT
    is_judged = is_answered and case.must_be_answered
    return Outcome(
        case.id,
        "follow-up" if case.previous else "first",
        case.must_be_answered,
        is_answered,
        dict(answer.provenance.get("signals", {})),
        step_of(case, answer, library) is None if library and is_judged else None,
        answer.status is Status.DECLINED if case.expected == "decline" else None,
    )


def measures_of(outcomes: Sequence[Outcome]) -> list[Measured]:
    """The measures of all questions; of first turns and follow-ups apart, if there are both; and how well
    each signal alone tells answerable questions from others."""
    measures = _measures(outcomes)
    turns = sorted({one.turn for one in outcomes})
    for turn in turns if len(turns) > 1 else []:
        measures += [
            Measured(PART.join([one.name, "turn", turn]), one.scores, one.is_better_high)
            for one in _measures([one for one in outcomes if one.turn == turn])
        ]
    for signal in sorted({name for one in outcomes for name in one.signals} - {CONFIDENCE}):
        parts = _area_by(outcomes, {one.id: one.signals.get(signal, 0.0) for one in outcomes})
        measures.append(Measured(PART.join([TOLD, "signal", signal]), parts))
    return [one for one in measures if one.scores]


def _measures(outcomes: Sequence[Outcome]) -> list[Measured]:
    asked = {one.id: (one.confidence, one.is_answerable) for one in outcomes}
    answered = [one for one in outcomes if one.is_answered]
    return [
        measured("questions answered", [(one.id, one.is_answered) for one in outcomes]),
        measured("answered is answerable", [(one.id, one.is_answerable) for one in answered], is_gated=True),
        measured("answer is right", [(one.id, one.is_right) for one in answered]),
        measured(
            "decision is right",
            [(one.id, one.is_answered == one.is_answerable) for one in outcomes],
            is_gated=True,
        ),
        measured(
            "right refusals", [(one.id, not one.is_answered) for one in outcomes if not one.is_answerable]
        ),
        measured("declined where due", [(one.id, one.is_declined) for one in outcomes], is_gated=True),
        measured(
            "wrong refusals",
            [(one.id, not one.is_answered) for one in outcomes if one.is_answerable],
            is_better_high=False,
        ),
        Measured(TOLD, _area_by(outcomes, {one.id: one.confidence for one in outcomes})),
        Measured("risk over coverage, area", parts_of(asked, area) if asked else {}, is_better_high=False),
    ]


def _area_by(outcomes: Sequence[Outcome], scores: Mapping[str, float]) -> dict[str, float]:
    return auroc_parts(
        {one.id: scores[one.id] for one in outcomes if one.is_answerable},
        {one.id: scores[one.id] for one in outcomes if not one.is_answerable},
    )


def _cases(options: argparse.Namespace) -> tuple[list[Result], list[Outcome], dict[str, Any]]:
    asked = asking.prepare(options)
    results = run_cases(asked.assistant, asked.cases)
    library = library_of(asked.assistant.index.live(), load_framework())
    about = {
        "on": "cases",
        "files": [path.name for path in asked.files],
        "cases": len(asked.cases),
        "index": library.digest,
    }
    return results, [outcome_of(result, library) for result in results], about


def _clapnq(options: argparse.Namespace) -> tuple[list[Result], list[Outcome], dict[str, Any]]:
    cases, entries, about = _read_clapnq(options)
    cache, framework = load_settings().cache, load_framework()
    encoder = MiniLM()
    index = index_of([document_of(entry) for entry in entries], encoder, cache)
    results = run_cases(Assistant(index, encoder, framework, reader=TrainedReader()), cases)
    return results, [outcome_of(result) for result in results], about


def _arms(options: argparse.Namespace) -> Run:
    if not options.benchmarks:
        raise CannotRun("--arms tells ClapNQ's questions apart: name its folder with --benchmarks")
    cases, entries, about = _read_clapnq(options)
    answerable, others = (
        {case.id: case.question for case in cases if case.must_be_answered is wanted}
        for wanted in (True, False)
    )
    scores = best_scores.scores_of(entries, load_settings().cache)
    told = best_scores.told_by(scores, answerable, others)
    measures = [Measured(PART.join([TOLD, "arm", arm]), parts) for arm, parts in told.items()]
    items = [{"id": case.id, "answerable": case.must_be_answered} for case in cases]
    return Run(SUITE.name, dated(about), measures, items)


def _read_clapnq(options: argparse.Namespace) -> tuple[list[Case], tuple[Entry, ...], dict[str, Any]]:
    """The questions, what is to be indexed, and what a run says of both."""
    try:
        answerable, unanswerable = (
            load_answerable(options.benchmarks / name) for name in (ANSWERABLE, UNANSWERABLE)
        )
    except (OSError, ValueError, KeyError, IndexError, CollectionError) as error:
        raise CannotRun(f"ClapNQ cannot be read: {error}") from error
    cases = clapnq_cases(answerable, unanswerable)
    entries = answerable.corpus + (unanswerable.corpus if options.near_misses else ())
    on = "ClapNQ with near misses" if options.near_misses else "ClapNQ"
    return cases, entries, {"on": on, "documents": len(entries), "cases": len(cases)}


def clapnq_cases(answerable: Collection, unanswerable: Collection) -> list[Case]:
    """ClapNQ's questions as cases without gold, told apart by what is expected."""
    return [
        Case(f"{expected}:{query}", "clapnq", "", question, expected, ())
        for collection, expected in ((answerable, "answer"), (unanswerable, "abstain"))
        for query, question in collection.queries.items()
    ]


def _item(one: Outcome) -> dict[str, Any]:
    told = {"turn": one.turn, "answerable": one.is_answerable, "answered": one.is_answered}
    return {"id": one.id, **told, **one.signals}


SUITE = Suite("abstention", "whether it is silent where the evidence does not answer", add_options, run)
