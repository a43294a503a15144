"""The gate on a whole assistant: a splitter made worse is caught, the same files in another order are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.framework import load_framework
from assistant.index import Index
from assistant.index.documents import index_documents
from assistant.pipeline import Assistant
from assistant.records import Block, Document
from evals.__main__ import main
from evals.cases import Case, Gold
from evals.collections import Entry
from evals.indexed import document_of
from evals.library import library_of
from evals.lost import Step
from evals.run import run_cases
from evals.runs import Run, load_run, save_run
from evals.suites.answers import measure
from tests.fakes import FakeEncoder

SCHEMES = (
    "lantern", "harbour", "orchard", "cellar", "meadow", "bridge", "copper", "willow", "pebble", "anchor",
    "thimble", "marble", "saddle", "kettle", "barley", "falcon", "velvet", "timber", "quarry", "linden",
)  # fmt: skip
# So many words of its own that what is said of two schemes is not taken for one statement.
HELPS = (
    "Weekly coaching of the volunteers helped the {0} scheme last through the winter in {0}ton, {0}ford, {0}wick, "
    "{0}ham, {0}bury and {0}stead."
)


def documents() -> list[Document]:
    """One made-up document a scheme: its beginning, what helped, what stood in the way."""
    return [
        document_of(
            Entry(
                f"{name}.txt",
                f"The {name} scheme",
                f"The {name} scheme began in a small town by the sea. {HELPS.format(name)} "
                f"Missing transport was a barrier in the {name} years.",
            )
        )
        for name in SCHEMES
    ]


def badly_cut(document: Document) -> Document:
    """The work of a bad splitter: pieces of 30 characters, whatever stands there."""
    starts = range(0, len(document.text), 30)
    return replace(
        document, blocks=tuple(Block(start, min(start + 30, len(document.text))) for start in starts)
    )


def run_over(root: Path, made: Sequence[Document]) -> Run:
    """The run of one question about each scheme."""
    cases = []
    for document in made:
        name, words = document.name.removesuffix(".txt"), HELPS.format(document.name.removesuffix(".txt"))
        start = document.text.index(words)
        gold = Gold(document.id, start, start + len(words))
        asked = f"Did weekly coaching of the volunteers help the {name} scheme last through the winter?"
        cases.append(Case(name, "enablers", "practitioner", asked, "answer", (gold,)))
    encoder, framework = FakeEncoder(), load_framework()
    index_documents(root, encoder, framework, made)
    assistant = Assistant(Index(root, encoder.fingerprint), encoder, framework)
    results = run_cases(assistant, sorted(cases, key=lambda case: case.id))
    run = measure(results, library_of(assistant.index.live(), framework))
    return replace(run, about={**run.about, "date": "2026-01-01"})


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gate")
    save_run(folder / "baseline.json", run_over(folder / "index", documents()))
    return folder / "baseline.json"


def test_a_splitter_made_worse_is_caught(
    baseline: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worse = run_over(tmp_path / "index", [badly_cut(document) for document in documents()])
    save_run(tmp_path / "worse.json", worse)

    assert main(["compare", str(baseline), str(tmp_path / "worse.json")]) == 1

    told = capsys.readouterr()
    assert "evals: gold cited is worse: " in told.err
    assert "questions got worse, 0 better" in told.out


def test_the_same_documents_in_another_order_give_the_same_bytes(baseline: Path, tmp_path: Path) -> None:
    save_run(tmp_path / "again.json", run_over(tmp_path / "index", documents()[::-1]))

    assert (tmp_path / "again.json").read_bytes() == baseline.read_bytes()
    assert main(["compare", str(baseline), str(tmp_path / "again.json")]) == 0


def test_one_document_that_is_cut_otherwise_is_noise(baseline: Path, tmp_path: Path) -> None:
    first, *rest = documents()
    save_run(tmp_path / "other.json", run_over(tmp_path / "index", [badly_cut(first), *rest]))

    assert main(["compare", str(baseline), str(tmp_path / "other.json")]) == 0


def test_documents_that_are_not_indexed_are_lost_in_the_first_step(baseline: Path, tmp_path: Path) -> None:
    gone = [replace(document, blocks=document.blocks[:0]) for document in documents()]
    run = run_over(tmp_path / "index", gone)

    assert {item["step"] for item in run.items} == {Step.NOT_IN_INDEX.value}
    assert {item["step"] for item in load_run(baseline).items} == {""}
