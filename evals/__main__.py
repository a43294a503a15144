"""`python -m evals`: how good the assistant is, in one command, without a model.

Without a command it runs the bundled cases through the whole assistant (`answers`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import AssistantError
from evals import asking, promote, readme
from evals.arms_table import run_arms, table_lines
from evals.cases import CaseError
from evals.compare import Comparison, compare, faults
from evals.report import write_report
from evals.runs import Run, RunError, load_run, save_run
from evals.suites import SUITES, CannotRun, Suite, retrieval
from evals.table import comparison_lines, run_lines, write_lines

DEFAULT = "answers"
BASELINE = "baseline"
WRONG_USE = 2
COMPARES = (
    "without runs: all designs on the same cases, in one table; with saved runs: the last against the first"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if it ran and nothing got worse, 1 if a promise is broken or a gated measure is worse than the
    baseline beyond noise, 2 if it cannot run as asked."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help")):
        given = [DEFAULT, *given]
    options = _parser().parse_args(given)
    try:
        code: int = options.act(options)
    except (AssistantError, CaseError, RunError, CannotRun, OSError) as error:
        print(f"evals: {error}", file=sys.stderr)
        return WRONG_USE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for suite in SUITES:
        _add_suite(commands.add_parser(suite.name, help=suite.help, description=suite.help), suite)
    _add_compare(commands.add_parser("compare", help=COMPARES, description=COMPARES))
    promoting = commands.add_parser(
        "promote", help="make cases of feedback, after review", description=promote.__doc__
    )
    promote.add_options(promoting)
    promoting.set_defaults(act=promote.run)
    return parser


def _add_compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("runs", type=Path, nargs="*", metavar="RUN.json", help="saved runs, oldest first")
    retrieval.add_options(parser)
    parser.add_argument("--save", type=Path, metavar="RUN.json", help="keep the run of all designs")
    parser.add_argument("--report", type=Path, metavar="OUT.html", help="write a page, of runs with history")
    parser.add_argument("--by-type", action="store_true", help="also compare parts of the items")
    parser.set_defaults(
        act=lambda options: _compare_saved(options) if options.runs else _compare_arms(options)
    )


def _add_suite(parser: argparse.ArgumentParser, suite: Suite) -> None:
    suite.add_options(parser)
    asking.add_unused(parser)
    parser.add_argument("--save", type=Path, metavar="RUN.json", help="keep the run, to compare with later")
    parser.add_argument(
        "--against", metavar="RUN.json", help=f"compare with a saved run, or with the {BASELINE}"
    )
    parser.add_argument("--report", type=Path, metavar="OUT.html", help="write a page to look at")
    parser.add_argument(
        "--by-type", action="store_true", help="also print parts: by type, turn, source, step"
    )
    if suite.name == DEFAULT:
        parser.add_argument("--readme", action="store_true", help="write the main numbers into README.md")
    parser.set_defaults(act=lambda options: _run_suite(suite, options))


def _run_suite(suite: Suite, options: argparse.Namespace) -> int:
    # Looked at first: a wrong name should not be told after minutes.
    before = load_run(_path_of(options.against, suite)) if options.against else None
    asking.tell_unused(suite.name, options)
    run = suite.run(options)
    comparison = compare(before, run) if before else None
    # Rival arms are asked for by name, and stand among the parts.
    by_part = options.by_type or getattr(options, "arms", False)
    write_lines(run_lines(run, by_part))
    if before and comparison:
        write_lines(["", *comparison_lines(before, comparison, by_part)])
    if options.save:
        save_run(options.save, run)
    if options.report:
        write_report(options.report, run, comparison)
    if getattr(options, "readme", False):
        readme.fill(readme.README, run)
    return _verdict(run, comparison)


def _compare_saved(options: argparse.Namespace) -> int:
    runs = [load_run(path) for path in options.runs]
    if len(runs) < 2:
        raise RunError("name at least two saved runs to compare, the older first")
    comparison = compare(runs[0], runs[-1])
    write_lines(run_lines(runs[-1]))
    write_lines(["", *comparison_lines(runs[0], comparison, options.by_type)])
    if options.report:
        write_report(options.report, runs[-1], comparison, runs)
    return _verdict(runs[-1], comparison)


def _compare_arms(options: argparse.Namespace) -> int:
    options.arms = True
    run = run_arms(options)
    write_lines(table_lines(run))
    if options.save:
        save_run(options.save, run)
    if options.report:
        write_report(options.report, run)
    return _verdict(run, None)


def _verdict(run: Run, comparison: Comparison | None) -> int:
    found = faults(run, comparison)
    for fault in found:
        print(f"evals: {fault}", file=sys.stderr)
    return 1 if found else 0


def _path_of(against: str, suite: Suite) -> Path:
    """A saved run, or the one that comes with the project."""
    if against != BASELINE:
        return Path(against)
    name = "baseline.json" if suite.name == DEFAULT else f"baseline-{suite.name}.json"
    return Path(__file__).with_name(name)


if __name__ == "__main__":
    sys.exit(main())
