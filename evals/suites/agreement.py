"""Agreement of the two readings of labelled sentences; it needs no documents."""

from __future__ import annotations

import argparse

from evals.agreement import LABELS, WHO_MARKED, agreement, marks_of
from evals.marks import MarkError, load_marks, load_sentences
from evals.runs import Run
from evals.suites import CannotRun, Suite


def add_options(parser: argparse.ArgumentParser) -> None:
    """This suite has no options of its own."""


def run(options: argparse.Namespace) -> Run:
    """Compare the readings. Raises CannotRun for labels that cannot be used."""
    try:
        first, second = marks_of(load_sentences()), load_marks()
        measures = agreement(first, second)
    except MarkError as error:
        raise CannotRun(str(error)) from error
    print(f"{WHO_MARKED}\n")
    items = [
        {
            "id": item,
            **{name: f"{value(first[item])}, then {value(second[item])}" for name, value in LABELS.items()},
        }
        for item in second
    ]
    about = {"sentences": len(first), "marked twice": len(second), "marked by": WHO_MARKED}
    return Run(SUITE.name, about, measures, items)


SUITE = Suite("agreement", "how far two readings of the labelled sentences agree", add_options, run)
