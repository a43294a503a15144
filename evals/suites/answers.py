"""Cases through the whole assistant: found, chosen, worded, cited, and how each question ended."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from assistant.framework import load_framework
from assistant.rendering import answer_json
from assistant.settings import Settings, load_settings
from assistant.verification.scorer import SupportScorer
from evals import asking
from evals.claims import load_benchmarks, load_pairs
from evals.judges import NEEDS_PEOPLE, CannotJudge, agreement_with_people, open_judge
from evals.library import Library, library_of
from evals.measures.precision import citation_precision
from evals.run import Result, run_cases
from evals.runs import Measured, Run, dated, measured
from evals.scoring import break_down, score
from evals.suites import CannotRun, Suite
from evals.telling import stretches_of, tell


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this suite."""
    asking.add_options(parser)
    parser.add_argument("--predictions", type=Path, help="write each answer, as `assistant ask --batch` does")
    parser.add_argument(
        "--judge", help="also let nli:FOLDER or chat judge citations, beside its agreement with people"
    )
    parser.add_argument("--marks", type=Path, action="append", help="claims that people have marked")
    parser.add_argument("--benchmarks", type=Path, metavar="DIR", help="a folder with public sets of them")


def run(options: argparse.Namespace) -> Run:
    """Index, ask, measure. Raises CaseError, AssistantError, or CannotRun for documents that are not there."""
    settings = load_settings()
    # Opened first: what a judge lacks should not be told after minutes.
    judged = _judged(options, settings) if options.judge else None
    asked = asking.prepare(options)
    results = run_cases(asked.assistant, asked.cases)
    if options.predictions:
        write_predictions(options.predictions, results)
    library = library_of(asked.assistant.index.live(), load_framework())
    run = measure(results, library, asked.files)
    if judged:
        judge, agreement = judged
        run.measures.extend([precision_by(options.judge, judge, results), *agreement])
    return run


def precision_by(name: str, judge: SupportScorer, results: Sequence[Result]) -> Measured:
    """Citation precision as another judge sees it."""
    scores = [(r.case.id, citation_precision(r.answer, judge)) for r in results]
    return measured(f"citation bears its claim out, by {name}", scores)


def _judged(options: argparse.Namespace, settings: Settings) -> tuple[SupportScorer, list[Measured]]:
    """The judge with its agreement with people. Raises CannotRun where one of them is missing."""
    sets = {path.stem: load_pairs(path) for path in options.marks or []}
    if options.benchmarks:
        sets |= load_benchmarks(options.benchmarks)
    if not any(sets.values()):
        raise CannotRun(NEEDS_PEOPLE)
    try:
        judge = open_judge(options.judge, settings)
        return judge, agreement_with_people(options.judge, judge, sets)
    except CannotJudge as error:
        raise CannotRun(str(error)) from error


def measure(results: Sequence[Result], library: Library, files: Sequence[Path] = ()) -> Run:
    """The run that results make: measures, parts of them, and what became of each case."""
    cases = [result.case for result in results]
    return Run(
        SUITE.name,
        dated(
            {
                "index": library.digest,
                "documents": len(library.heads),
                "cases": len(cases),
                "files": [path.name for path in files],
                "must not, judged": sum(case.is_forbidding for case in cases),
                "must not, for a reader": sum(
                    bool(case.must_not) and not case.is_forbidding for case in cases
                ),
            }
        ),
        score(results, library) + break_down(results, library),
        [tell(result, library) for result in results],
        stretches_of(results, library),
    )


def write_predictions(path: Path, results: Sequence[Result]) -> None:
    """Each answer as a line of JSON, in the form of `assistant ask --batch`."""
    lines = [json.dumps(answer_json(r.answer, r.case.id), ensure_ascii=False) for r in results]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


SUITE = Suite("answers", "the whole way from question to answer, on the cases", add_options, run)
