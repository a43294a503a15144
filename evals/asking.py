"""What a suite asks, and of whom, as its options say: `--cases`, `--documents`, `--index`."""

from __future__ import annotations

import argparse
import contextlib
import sys
from dataclasses import dataclass
from pathlib import Path

from assistant.pipeline import Assistant
from assistant.settings import load_settings
from evals.cases import DIRECTORY, Case, Text, load_cases
from evals.library import texts_of
from evals.run import build, index_name

# Every suite takes these, so that they can be called alike; one that a suite has no use for is told.
TAKEN = ("--cases", "--documents", "--index", "--beir", "--predictions")


@dataclass(frozen=True, slots=True)
class Asking:
    """Cases, located in the texts of the assistant's index, and the files that they are from."""

    assistant: Assistant
    texts: list[Text]
    files: list[Path]
    cases: list[Case]


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that `prepare` reads."""
    parser.add_argument("--cases", type=Path, action="append", help="JSON Lines of cases")
    parser.add_argument("--documents", type=Path, action="append", help="files or folders to index as well")
    parser.add_argument("--index", type=Path, help="where the evals keep their index")


def prepare(options: argparse.Namespace) -> Asking:
    """Index the notes and the documents, unless that is done, and load the cases; those of the notes if none
    are named. Raises CaseError or AssistantError."""
    cache, documents = load_settings().cache, options.documents or []
    assistant = build(options.index or cache / "evals" / index_name(documents), cache, documents)
    texts = texts_of(assistant.index.live())
    files = options.cases or [DIRECTORY / "notes.jsonl"]
    return Asking(assistant, texts, files, [case for path in files for case in load_cases(path, texts)])


def add_unused(parser: argparse.ArgumentParser) -> None:
    """Those of the options taken by every suite that this one has not added."""
    for option in TAKEN:
        # argparse refuses an option that the suite has.
        with contextlib.suppress(argparse.ArgumentError):
            parser.add_argument(
                option, action="append", dest=f"unused{option}", help="taken, and of no use here", metavar="…"
            )


def tell_unused(suite: str, options: argparse.Namespace) -> None:
    """Say which options were given in vain."""
    for option in TAKEN:
        if getattr(options, f"unused{option}", None):
            print(f"evals: {suite} has no use for {option}", file=sys.stderr)
