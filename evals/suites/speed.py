"""What it costs: the cases step by step, ingest and search beside the plain LangChain pipeline, whole answers.

But for the cases, each system runs in a process of its own, in turn, over the same files or the same passages. `search` and
`answers` ask indexes of made-up passages, which are kept once they are made. On a machine that others use,
compare ratios of one run, and seconds of processors.
"""

from __future__ import annotations

import argparse
import platform
from pathlib import Path

from evals import asking
from evals.report.growth import write_plot
from evals.runs import Run, dated
from evals.speed import CannotMeasure
from evals.speed.answers import run_answers
from evals.speed.cases import run_cases
from evals.speed.ingest import run_ingest
from evals.speed.search import GROWTH, run_search
from evals.suites import CannotRun, Suite

SIZES = (1_000, 10_000, 100_000)
ANSWERED_FROM = 10_000
ROUNDS = 3


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this suite."""
    ways = ("cases", "ingest", "search", "answers")
    parser.add_argument("what", nargs="?", choices=ways, default=ways[0], help="what is measured (cases)")
    asking.add_options(parser)
    parser.add_argument("--repeat", type=int, default=ROUNDS, help=f"how often each runs ({ROUNDS})")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="passages to search among")
    parser.add_argument("--plot", type=Path, metavar="OUT.svg", help="draw how search grows, into a file")


def run(options: argparse.Namespace) -> Run:
    """Measure. Raises CannotRun for an ingest without documents that both can read."""
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    try:
        if options.what == "cases":
            measures, found, items = run_cases(options)
        elif options.what == "ingest":
            measures, found, items = run_ingest(options.documents or [], options.repeat)
        elif options.what == "search":
            measures, found, items = run_search(options.sizes, options.repeat)
            if options.plot:
                write_plot(options.plot, found[GROWTH])
        else:
            measures, found, items = run_answers(ANSWERED_FROM, options.repeat)
    except CannotMeasure as error:
        raise CannotRun(str(error)) from error
    about = dated({"what": options.what, "machine": machine, **found})
    return Run(SUITE.name, about, measures, items)


SUITE = Suite("speed", "what ingest, search and answers cost, beside the plain pipeline", add_options, run)
