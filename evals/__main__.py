"""`python -m evals`: the cases of the bundled notes, in one command, without a model."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

from assistant.errors import AssistantError
from assistant.rendering import answer_json
from assistant.settings import load_settings
from evals.cases import DIRECTORY, CaseError, load_cases, types_of
from evals.intervals import estimate
from evals.measures import retrieval
from evals.run import Result, build, run_cases, score, texts_of


def main() -> int:
    """Run the cases and print the table; 0 if it ran and every quotation is verbatim."""
    options = _parser().parse_args()
    try:
        return _run(options)
    except (AssistantError, CaseError) as error:
        print(f"evals: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("--cases", type=Path, action="append", help="JSON Lines of cases")
    parser.add_argument("--documents", type=Path, action="append", help="files or folders to index as well")
    parser.add_argument("--index", type=Path, help="where the evals keep their index")
    parser.add_argument("--predictions", type=Path, help="write each answer, as `assistant ask --batch` does")
    parser.add_argument("--by-type", action="store_true", help="also print retrieval by type of question")
    return parser


def _run(options: argparse.Namespace) -> int:
    settings = load_settings()
    documents = options.documents or []
    cases_files = options.cases or [DIRECTORY / "notes.jsonl"]
    index = options.index or settings.cache / "evals" / _name(documents)
    assistant = build(index, settings.cache, documents)
    generation = assistant.index.live()
    texts = texts_of(generation)
    cases = [case for path in cases_files for case in load_cases(path, texts)]
    results = run_cases(assistant, cases)
    rows = score(results, generation)
    print(f"{len(cases)} cases, {len(generation.heads)} documents, index {generation.digest}\n")
    for row in rows:
        print(f"{row.name:<26}{row.estimate}{'' if row.is_better_high else '   (lower is better)'}")
    if options.by_type:
        _print_by_type(results)
    if options.predictions:
        lines = [json.dumps(answer_json(r.answer, r.case.id), ensure_ascii=False) for r in results]
        options.predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    verbatim = next(row.estimate.mean for row in rows if row.name == "quotation verbatim")
    return 0 if verbatim == 1.0 else 1


def _print_by_type(results: list[Result]) -> None:
    print("\ngold found at 10, by type")
    for kind in types_of([result.case for result in results]):
        scores = [
            value
            for result in results
            if result.case.type == kind
            and result.case.must_be_answered
            and (value := retrieval.recall(result.case.gold, [e.passage for e in result.answer.evidence], 10))
            is not None
        ]
        print(f"  {kind:<24}{estimate(scores)}")


def _name(documents: list[Path]) -> str:
    """A directory name for the index of a set of documents."""
    if not documents:
        return "bundled"
    return hashlib.sha256("\n".join(sorted(str(path.resolve()) for path in documents)).encode()).hexdigest()[
        :12
    ]


if __name__ == "__main__":
    sys.exit(main())
