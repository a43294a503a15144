"""The parts of the speed suite that need no clock: what is counted, and made-up indexes."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.encoding import unit
from assistant.framework import load_framework
from assistant.passages import cut
from assistant.retrieval import Retriever
from evals.arms.plain_ingest import load, split
from evals.cost import Cost, cost_of, resident
from evals.grown import Perturbed, documents, grown_index, prepared, questions, vocabulary
from evals.report.growth import write_plot
from evals.runs import load_run
from evals.speed import OURS, PLAIN, READER
from evals.speed.answers import answer_measures
from evals.speed.ingest import ingest_measures
from evals.speed.search import million, search_measures
from evals.suites import CannotRun
from evals.suites.speed import SUITE
from tests.builders import write_files
from tests.conftest import ROOT
from tests.fakes import FakeEncoder

HELD = 150_000_000


def cost(seconds: float, memory: int = 2_000_000) -> Cost:
    return Cost(seconds, memory, 0, "", processor=seconds / 2)


def test_both_systems_are_charged_for_the_same_words() -> None:
    costs = {OURS: [cost(2.0)], PLAIN: [cost(4.0, 8_000_000)]}

    made = ingest_measures(costs, {OURS: 10, PLAIN: 12}, pages=8, words=400)

    means = {one.name: one.estimate().mean for one in made}
    assert means[f"{OURS}: words a second"] == 200
    assert means[f"{PLAIN}: words a second"] == 100
    assert means[f"{PLAIN}: passages a second"] == 3
    assert means[f"{PLAIN}: peak memory, MB"] == 8
    assert means[f"{OURS}: times as fast as {PLAIN}"] == 2
    assert means[f"{OURS}: times as fast by seconds of processors"] == 2
    assert means[f"{OURS}: share of the memory of {PLAIN}"] == 0.25


def asked(*rounds: list[float]) -> dict[str, object]:
    return {"wall": list(rounds), "processor": list(rounds), "memory": 200.0, "steps": {"searching": 7.0}}


def test_search_is_told_beside_the_peer_in_the_same_round() -> None:
    made = search_measures(
        {
            (OURS, 10): asked([1.0, 3.0], [2.0, 2.0]),
            (READER, 10): asked([8.0, 8.0], [8.0, 8.0]),
            (PLAIN, 10): asked([1.0, 1.0], [4.0, 4.0]),
        }
    )

    means = {one.name: one.estimate().mean for one in made}
    assert means[f"10 passages, {OURS}: p50, ms"] == pytest.approx(2)
    assert means[f"10 passages, {OURS}: memory, MB"] == 200
    assert means[f"10 passages, {READER}: p95, times that of {PLAIN}"] == pytest.approx((8 + 2) / 2)
    assert f"10 passages, {PLAIN}: p95, times that of {PLAIN}" not in means


def test_a_million_lies_on_the_line_through_the_largest_sizes() -> None:
    assert million([[10, 5.0], [1_000, 20.0], [10_000, 29.0]]) == pytest.approx(29 + 990_000 * 0.001)


def test_answers_are_told_by_their_steps() -> None:
    means = {one.name: one.estimate().mean for one in answer_measures(asked([100.0, 300.0]))}

    assert means["answer: p50, ms"] == 200
    assert means["searching: mean, ms"] == 7


def test_growth_is_drawn_with_a_line_a_system(tmp_path: Path) -> None:
    write_plot(tmp_path / "growth.svg", {OURS: [[10, 5.0], [100, 50.0]], PLAIN: [[10, 2.0], [100, 2.0]]})

    drawn = (tmp_path / "growth.svg").read_text()
    assert drawn.count("<polyline") == 2
    assert OURS in drawn
    assert ">50<" in drawn


def test_memory_of_children_counts() -> None:
    before = resident(os.getpid())
    program = f"held = b'x' * {HELD}; print('ready', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"

        both = resident(os.getpid())

        child.communicate("end\n")
    assert both - before > HELD


def test_a_command_is_measured_to_its_end(tmp_path: Path) -> None:
    made = cost_of([sys.executable, "-c", "print('done')"], {}, tmp_path)

    assert (made.code, made.printed) == (0, "done\n")
    assert made.seconds > 0


def test_what_a_failed_command_says_is_kept(tmp_path: Path) -> None:
    made = cost_of([sys.executable, "-c", "import sys; sys.exit('no room')"], {}, tmp_path)

    assert (made.code, made.printed.strip()) == (1, "no room")


def test_an_ingest_needs_documents_that_both_read(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"table.csv": "a,b\n"})

    with pytest.raises(CannotRun, match="--documents"):
        SUITE.run(argparse.Namespace(what="ingest", documents=[folder], repeat=1))


@pytest.mark.slow
def test_both_systems_ingest_in_processes_of_their_own(tmp_path: Path, environment: dict[str, str]) -> None:
    folder = write_files(tmp_path / "files", {"leaflet.md": "# Boats\n\nBoats float on the harbour.\n"})
    saved = tmp_path / "run.json"

    asked = ["speed", "ingest", "--documents", str(folder), "--repeat", "1", "--save", str(saved)]
    made = subprocess.run(
        [sys.executable, "-m", "evals", *asked],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert made.returncode == 0, made.stderr
    run = load_run(saved)
    assert (run.about["words"], run.about["not read by us"]) == (7, 0)
    assert {item["id"] for item in run.items} == {"ours, run 1", "plain LangChain, run 1"}


def test_the_plain_pipeline_names_what_it_cannot_read(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"broken.pdf": "no PDF at all", "leaflet.txt": "Boats float."})
    failed: list[str] = []

    pages = list(load([folder / "broken.pdf", folder / "leaflet.txt"], failed))

    assert (pages, failed) == (["Boats float."], [str(folder / "broken.pdf")])


def test_the_plain_pipeline_cuts_at_a_thousand_characters() -> None:
    pieces = split(["Boats float on the harbour. " * 100])

    assert len(pieces) > 3
    assert max(map(len, pieces)) <= 1000


# Made-up indexes


@pytest.mark.parametrize("size", [1, 100, 250])
def test_made_up_documents_are_cut_into_as_many_passages_as_asked(size: int) -> None:
    encoder = Perturbed(FakeEncoder(), np.eye(4, dtype=np.float32))

    passages = [p for document in documents(size) for p in cut(document, encoder, load_framework())]

    assert len(passages) == size
    assert all(len(passage.sentences) in (11, 12) for passage in passages)


def test_made_up_documents_are_prepared_as_an_ingest_would_cut_them() -> None:
    encoder = Perturbed(FakeEncoder(), np.eye(4, dtype=np.float32))
    [document] = documents(30)

    made = prepared(document, encoder).passages

    expected = cut(document, encoder, load_framework())
    assert [(one.id, one.start, one.end, one.context) for one in made] == [
        (one.id, one.start, one.end, one.context) for one in expected
    ]
    assert [[(s.start, s.end, s.text) for s in one.sentences] for one in made] == [
        [(s.start, s.end, s.text) for s in one.sentences] for one in expected
    ]


def test_made_up_words_are_the_same_each_time() -> None:
    assert len(set(vocabulary())) == len(vocabulary()) >= 2_000
    assert vocabulary().index("care") < vocabulary().index("pilot")
    assert questions(3) == questions(3)
    assert len(set(questions(20))) == 20
    assert next(documents(100)) == next(documents(100))


def test_perturbed_vectors_are_near_a_question_and_of_length_one() -> None:
    bases = unit(np.eye(3, 64, dtype=np.float32))

    made = Perturbed(FakeEncoder(), bases).encode_passages([("text", [(0, 2), (2, 4)])] * 20)

    for one in made:
        assert max(bases @ one.passage) > 0.7
        assert np.linalg.norm(one.passage) == pytest.approx(1, abs=1e-5)
        assert one.sentences.shape == (2, 64)


def test_a_made_up_index_is_searched_by_words_and_meaning_and_kept(tmp_path: Path) -> None:
    encoder = FakeEncoder()

    index = grown_index(100, encoder, questions(5), tmp_path)
    again = grown_index(100, encoder, questions(5), tmp_path)

    found = Retriever(index, encoder).search(questions(1)[0], 24).evidence
    assert len(found) == 24
    assert index.live().name == again.live().name
    assert index.live().passages == 100
