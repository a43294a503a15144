"""What becomes of a folder of PDFs: read or refused, faults, passages on their pages, expected strings."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.pdfs import (
    ENGINES,
    Expected,
    Outcome,
    expected_of,
    is_fault,
    manifest_of,
    print_expected,
    print_files,
    print_sums,
    read_folder,
)
from evals.runs import PART, Measured, Run, dated, measured
from evals.suites import CannotRun, Suite


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this suite."""
    parser.add_argument("folder", type=Path, help="a folder with PDFs")
    parser.add_argument("--password", action="append", default=[], help="tried on files that want one")
    parser.add_argument("--ocr", action="store_true", help="read scans through tesseract")
    parser.add_argument("--no-locate", action="store_true", help="do not look for passages on their pages")
    parser.add_argument("--odd", action="store_true", help="print only files with warnings or refusals")


def run(options: argparse.Namespace) -> Run:
    """Read every PDF, print what became of it, and measure. Raises CannotRun for a folder without PDFs."""
    outcomes = list(
        read_folder(options.folder, options.password, ocr=options.ocr, is_locating=not options.no_locate)
    )
    if not outcomes:
        raise CannotRun(f"no PDF below {options.folder}")
    found = expected_of(options.folder, outcomes)
    print_files(outcomes, manifest_of(options.folder), only_odd=options.odd)
    print_sums(outcomes)
    print_expected(found)
    print()
    about = dated({"documents": len(outcomes), "expected strings": len(found)})
    return Run(SUITE.name, about, measures_of(outcomes, found), [_item(outcome) for outcome in outcomes])


def measures_of(outcomes: Sequence[Outcome], found: Sequence[Expected]) -> list[Measured]:
    """Measures by file, and of expected strings by string: ours, each kind, and each engine alone."""
    measures = [
        measured("file read", [(one.name, one.document is not None) for one in outcomes]),
        measured("crashed, failed or too slow", [(o.name, is_fault(o)) for o in outcomes], False, True),
        measured(
            "read but garbage",
            [(o.name, o.is_garbage) for o in outcomes if o.document is not None],
            False,
            True,
        ),
        measured(
            "passages found on their pages",
            [(one.name, one.located / one.sought) for one in outcomes if one.sought],
            is_gated=True,
        ),
    ]
    named = {f"{one.file} {number}": one for number, one in enumerate(found, 1)}
    expected = "expected strings in place"
    measures.append(
        measured(expected, [(i, one.holds["assistant"]) for i, one in named.items()], is_gated=True)
    )
    for kind in sorted({one.kind for one in found}):
        own = [(item, one.holds["assistant"]) for item, one in named.items() if one.kind == kind]
        measures.append(measured(PART.join([expected, "kind", kind]), own))
    for engine in ENGINES:
        own = [(item, one.holds[engine]) for item, one in named.items()]
        measures.append(measured(PART.join([expected, "engine", engine]), own))
        for kind in sorted({one.kind for one in found}):
            of_kind = [(item, one.holds[engine]) for item, one in named.items() if one.kind == kind]
            measures.append(measured(PART.join([expected, "engine and kind", f"{engine}, {kind}"]), of_kind))
    return [one for one in measures if one.scores]


def _item(outcome: Outcome) -> dict[str, Any]:
    document = outcome.document
    told: dict[str, Any] = {"id": outcome.name, "became": outcome.word}
    if document is not None:
        return {**told, "characters": len(document.text), "warnings": len(document.warnings)}
    return {**told, "reason": outcome.refusal.reason if outcome.refusal else ""}


SUITE = Suite("pdfs", "what becomes of a folder of PDFs", add_options, run)
