"""Cases through the whole assistant: found, chosen, worded, cited, and how each question ended."""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Sequence
from pathlib import Path

from assistant import __version__
from assistant.framework import load_framework
from assistant.rendering import answer_json
from assistant.settings import load_settings
from evals.cases import DIRECTORY, load_cases
from evals.library import Library, library_of, texts_of
from evals.run import Result, build, index_name, run_cases
from evals.runs import Run
from evals.scoring import break_down, score
from evals.suites import Suite
from evals.telling import stretches_of, tell


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this suite."""
    parser.add_argument("--cases", type=Path, action="append", help="JSON Lines of cases")
    parser.add_argument("--documents", type=Path, action="append", help="files or folders to index as well")
    parser.add_argument("--index", type=Path, help="where the evals keep their index")
    parser.add_argument("--predictions", type=Path, help="write each answer, as `assistant ask --batch` does")


def run(options: argparse.Namespace) -> Run:
    """Index, ask, measure. Raises CaseError, AssistantError, or CannotRun for documents that are not there."""
    settings = load_settings()
    documents = options.documents or []
    files = options.cases or [DIRECTORY / "notes.jsonl"]
    index = options.index or settings.cache / "evals" / index_name(documents)
    assistant = build(index, settings.cache, documents)
    texts = texts_of(assistant.index.live())
    cases = [case for path in files for case in load_cases(path, texts)]
    results = run_cases(assistant, cases)
    if options.predictions:
        write_predictions(options.predictions, results)
    return measure(results, library_of(assistant.index.live(), load_framework()), files)


def measure(results: Sequence[Result], library: Library, files: Sequence[Path] = ()) -> Run:
    """The run that results make: measures, parts of them, and what became of each case."""
    cases = [result.case for result in results]
    return Run(
        SUITE.name,
        {
            "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
            "program": __version__,
            "index": library.digest,
            "documents": len(library.heads),
            "cases": len(cases),
            "files": [path.name for path in files],
            "must not, judged": sum(case.is_forbidding for case in cases),
            "must not, for a reader": sum(bool(case.must_not) and not case.is_forbidding for case in cases),
        },
        score(results, library) + break_down(results, library),
        [tell(result, library) for result in results],
        stretches_of(results, library),
    )


def write_predictions(path: Path, results: Sequence[Result]) -> None:
    """Each answer as a line of JSON, in the form of `assistant ask --batch`."""
    lines = [json.dumps(answer_json(r.answer, r.case.id), ensure_ascii=False) for r in results]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


SUITE = Suite("answers", "the whole way from question to answer, on the cases", add_options, run)
