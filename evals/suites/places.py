"""Whether every passage and sentence stands where it says: in its document's text, and on the PDF's page.

Documents are read and cut as an ingest does it; the index is not needed. Files that are refused are counted
and left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.encoding.minilm import MiniLM
from assistant.errors import DocumentRefused
from assistant.framework import load_framework
from assistant.passages import cut
from assistant.reading import suffixes
from assistant.reading.isolation import read_all_isolated
from assistant.reading.pdf import locate_each
from assistant.records import Document, Passage
from evals.runs import Measured, Run, dated, measured
from evals.suites import CannotRun, Suite

OCR = "tesseract"


@dataclass(frozen=True, slots=True)
class Placed:
    """One document: how many passages and sentences it has, and how many stand where they say.

    `shown` of the `sought` passages of a PDF have rectangles on their page; those that OCR read are not
    sought.
    """

    name: str
    passages: int
    passages_in_place: int
    sentences: int
    sentences_in_place: int
    sought: int = 0
    shown: int = 0
    lost: tuple[str, ...] = ()


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this suite."""
    parser.add_argument("folder", type=Path, nargs="+", help="files, or folders with documents")
    parser.add_argument("--lost", action="store_true", help="print the passages that no page shows")


def run(options: argparse.Namespace) -> Run:
    """Read, cut, compare. Raises CannotRun where nothing can be read."""
    tokeniser, framework = MiniLM(), load_framework()
    placed: list[Placed] = []
    refused = 0
    for path, outcome in read_all_isolated(files_below(options.folder)):
        if isinstance(outcome, DocumentRefused):
            refused += 1
            print(f"refused: {outcome}")
            continue
        for document in outcome:
            placed.append(place(path, document, cut(document, tokeniser, framework)))
            if options.lost:
                print("".join(f"{placed[-1].name}: {words!r}\n" for words in placed[-1].lost), end="")
    if not placed:
        raise CannotRun(f"no document that can be read below {', '.join(map(str, options.folder))}")
    counts = {name: sum(getattr(one, name) for one in placed) for name in ("passages", "sentences", "sought")}
    shown = sum(one.shown for one in placed)
    print(
        f"{len(placed):,} documents, {refused:,} refused, "
        + ", ".join(f"{n:,} {name}" for name, n in counts.items())
    )
    if counts["sought"]:
        print(
            f"passages shown on their pages: {shown:,} of {counts['sought']:,} ({shown / counts['sought']:.1%})"
        )
    about = dated({"documents": len(placed), "refused": refused, **counts})
    return Run(SUITE.name, about, measures_of(placed), [_item(one) for one in placed])


def files_below(folders: Sequence[Path]) -> list[Path]:
    """The files themselves, and those in folders whose suffix a reader has, in order."""
    known = set(suffixes())
    found = [
        path
        for folder in folders
        for path in (sorted(folder.rglob("*")) if folder.is_dir() else [folder])
        if path.is_file() and (path == folder or path.suffix.lower() in known)
    ]
    return list(dict.fromkeys(found))


def place(path: Path, document: Document, passages: Sequence[Passage]) -> Placed:
    """Compare a document's passages and sentences with its text, and look for them on its pages."""
    text = document.text
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    engines = {page.engine for page in document.pages}
    sought = [] if not document.pages or OCR in engines else list(passages)
    found = locate_each(path, document, [(one.start, one.end) for one in sought]) if sought else []
    lost = tuple(one.text for one, where in zip(sought, found, strict=True) if not where)
    return Placed(
        document.name,
        len(passages),
        sum(text[one.start : one.end] == one.text for one in passages),
        len(sentences),
        sum(text[one.start : one.end] == one.text for one in sentences),
        len(sought),
        len(sought) - len(lost),
        lost,
    )


def measures_of(placed: Sequence[Placed]) -> list[Measured]:
    """The share of each document's passages and sentences that stand where they say."""
    items = [(f"{number} {one.name}", one) for number, one in enumerate(placed, 1)]
    measures = [
        measured(
            "passage is its text",
            [(i, o.passages_in_place / o.passages) for i, o in items if o.passages],
            is_gated=True,
        ),
        measured(
            "sentence is its text",
            [(i, o.sentences_in_place / o.sentences) for i, o in items if o.sentences],
            is_gated=True,
        ),
        measured(
            "passage shown on its page",
            [(i, o.shown / o.sought) for i, o in items if o.sought],
            is_gated=True,
        ),
    ]
    return [one for one in measures if one.scores]


def _item(one: Placed) -> dict[str, Any]:
    return {"id": one.name, "passages": one.passages, "sentences": one.sentences, "not shown": len(one.lost)}


SUITE = Suite("places", "whether every passage and sentence stands where it says", add_options, run)
