"""The same files give the same index, in whatever order and however often it is made."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.framework import load_framework
from assistant.index.files import Item
from assistant.index.sync import Sync
from tests.fakes import FakeEncoder
from tests.indexing import ingest, open_index, ranked, report, write_reports

NUMBERS = range(6)


def index_in_runs(root: Path, runs: list[list[int]]) -> tuple[str, list[list[tuple[str, float]]]]:
    """Digest and ranked lists of an index made by one ingest for each list of reports."""
    folder = write_reports(root / "files", NUMBERS)
    for run in runs:
        items = [Item(folder / f"report-{number:03d}.txt", f"report {number}") for number in run]
        Sync(root / "index", FakeEncoder(), load_framework()).run(items)
    index = open_index(root / "index")
    return index.live().digest, ranked(index)


@given(order=st.permutations(list(NUMBERS)), cut=st.integers(1, len(NUMBERS) - 1))
@settings(max_examples=4, deadline=None)
def test_passages_and_results_do_not_depend_on_the_order_of_ingestion(order: list[int], cut: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        at_once = index_in_runs(Path(folder) / "one", [list(NUMBERS)])
        in_two = index_in_runs(Path(folder) / "two", [order[:cut], order[cut:]])

    assert at_once[0] == in_two[0]
    assert at_once[1] == in_two[1]


def test_a_document_is_cut_the_same_beside_any_others(tmp_path: Path) -> None:
    alone = write_reports(tmp_path / "alone", [1])
    many = write_reports(tmp_path / "many", range(5))
    ingest(tmp_path / "a", alone)
    ingest(tmp_path / "b", many)

    only = next(iter(open_index(tmp_path / "a").live().heads))
    first = open_index(tmp_path / "a").live().catalogue
    second = open_index(tmp_path / "b").live().catalogue

    passages = first.passages_of(only)
    assert passages == second.passages_of(only)
    ids = [passage.id for passage in passages]
    assert {i: v.tobytes() for i, v in first.vectors_of(ids).items()} == {
        i: v.tobytes() for i, v in second.vectors_of(ids).items()
    }


def test_three_rebuilds_give_identical_ranked_lists(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "files", range(25))
    ingest(tmp_path / "index", folder)
    digest, lists = open_index(tmp_path / "index").live().digest, ranked(open_index(tmp_path / "index"))
    generations = {open_index(tmp_path / "index").live().name}

    for _ in range(3):
        made = ingest(tmp_path / "index", rebuild=True)
        generations.add(str(made.generation))
        assert open_index(tmp_path / "index").live().digest == digest
        assert ranked(open_index(tmp_path / "index")) == lists

    shutil.rmtree(tmp_path / "index")
    generations.add(str(ingest(tmp_path / "index", folder).generation))
    assert ranked(open_index(tmp_path / "index")) == lists
    assert len(generations) == 5


def test_an_edited_document_gets_new_passages_and_the_others_keep_theirs(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "files", range(3))
    ingest(tmp_path / "index", folder)
    before = {i for i, _ in zip(*open_index(tmp_path / "index").live().catalogue.vectors(), strict=True)}
    (folder / "report-001.txt").write_text(report(1) + "\nA last word was added.\n")

    ingest(tmp_path / "index", folder)

    after = {i for i, _ in zip(*open_index(tmp_path / "index").live().catalogue.vectors(), strict=True)}
    kept = {
        passage.id
        for head in open_index(tmp_path / "index").live().heads.values()
        if head.name != "report-001.txt"
        for passage in open_index(tmp_path / "index").live().catalogue.passages_of(head.id)
    }
    assert before & after == kept
