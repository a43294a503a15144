"""Whether answers stay what they are: asked again, indexed again, indexed in another order, built anew.

Every answer is compared whole (status, message, claims, quotations and their places, evidence with its scores) with
the first answer to the same case; each measure must be 1.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.encoding import Encoder
from assistant.encoding.minilm import MiniLM
from assistant.framework import load_framework
from assistant.index import Index
from assistant.index.files import Item, bundled_files, find_files
from assistant.index.sync import Sync
from assistant.pipeline import Assistant
from assistant.reader import Reader, TrainedReader
from assistant.records import Answer
from assistant.resources import corpus_directory
from evals.cases import DIRECTORY, Case, load_cases
from evals.intervals import SEED
from evals.library import texts_of
from evals.run import run_cases
from evals.runs import Measured, Run, dated, measured
from evals.suites import Suite

AGAIN, REINDEXED = "equal when asked again", "equal after another ingest of the same files"
REBUILT, SHUFFLED = "equal after a rebuild", "equal with the files in another order, elsewhere"
ALL_EQUAL = (AGAIN, REINDEXED, REBUILT, SHUFFLED)
Answers = dict[str, Answer]


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this suite."""
    parser.add_argument("--cases", type=Path, action="append", help="JSON Lines of cases")
    parser.add_argument("--documents", type=Path, action="append", help="files or folders to index as well")
    parser.add_argument(
        "--index", type=Path, help="where the indexes are made, in new folders (a temporary one)"
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="ask every Nth case only")


def run(options: argparse.Namespace) -> Run:
    """Index, ask, index again in three ways, ask each time. Raises CaseError or AssistantError."""
    items = bundled_files(corpus_directory())
    if options.documents:
        items += find_files(options.documents)[0]
    encoder, reader = MiniLM(), TrainedReader()
    files = options.cases or [DIRECTORY / "notes.jsonl"]

    def cases_of(assistant: Assistant) -> list[Case]:
        texts = texts_of(assistant.index.live())
        return [case for path in files for case in load_cases(path, texts)][:: options.every]

    with _folder(options.index) as folder:
        found = attempt(folder, items, encoder, cases_of, reader)
    about = dated({"cases": len(found[""]), "documents": len(items)})
    return Run(SUITE.name, about, measures_of(found), [{"id": item} for item in found[""]])


def attempt(
    folder: Path,
    items: Sequence[Item],
    encoder: Encoder,
    cases_of: Callable[[Assistant], Sequence[Case]],
    reader: Reader | None = None,
) -> dict[str, Answers]:
    """The answers to the same cases after each way of coming to an index; the first under no name."""
    framework = load_framework()
    shuffled = list(items)
    random.Random(SEED).shuffle(shuffled)

    def over(name: str) -> Assistant:
        # Opened anew: what a process holds of the index before must not answer for the one after.
        return Assistant(Index(folder / name, encoder.fingerprint), encoder, framework, reader=reader)

    def asked(assistant: Assistant) -> Answers:
        return {result.case.id: result.answer for result in run_cases(assistant, cases)}

    Sync(folder / "one", encoder, framework).run(list(items))
    first = over("one")
    cases = cases_of(first)
    found = {"": asked(first), AGAIN: asked(first)}
    Sync(folder / "one", encoder, framework).run(list(items))
    found[REINDEXED] = asked(over("one"))
    Sync(folder / "one", encoder, framework).run([], rebuild=True)
    found[REBUILT] = asked(over("one"))
    Sync(folder / "other", encoder, framework).run(shuffled)
    found[SHUFFLED] = asked(over("other"))
    return found


def measures_of(found: Mapping[str, Answers]) -> list[Measured]:
    """For each way, whether each answer is the first one, whole."""
    first = found[""]
    return [
        measured(
            name, [(item, answers[item] == first[item]) for item in first], is_gated=True, is_promise=True
        )
        for name, answers in found.items()
        if name
    ]


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="robustness-", dir=given) as made:
        yield Path(made)


SUITE = Suite("robustness", "whether answers stay the same: asked, indexed and built again", add_options, run)
