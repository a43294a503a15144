"""Answerable questions told from others by the best score of a search alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from evals.arms.bm25 import BM25
from evals.best_scores import best, by_word, told_by
from evals.runs import PART, load_run
from evals.suites.abstention import TOLD
from tests.conftest import ROOT

BOATS = "The harbour boats were repainted by volunteers in spring."
LAMPS = "Lanterns on every landing helped the night carers."
BREAD = "The old bakery stands beside a mill on the river."
WORDS = BM25([(str(place), 0, len(text), text) for place, text in enumerate((BOATS, LAMPS, BREAD))])


def mean(parts: dict[str, float]) -> float:
    return sum(parts.values()) / len(parts)


def test_the_best_score_is_that_of_the_first_hit_and_nought_without_one() -> None:
    hits = WORDS.search("Who repainted the boats?", 9)

    assert best(WORDS, "Who repainted the boats?") == hits[0].score > 0
    assert best(WORDS, "zeppelin") == 0


def test_a_question_asked_at_length_has_no_more_by_word() -> None:
    short, long = "Were the boats repainted?", "Were the harbour boats repainted by volunteers in spring?"

    assert best(WORDS, long) > best(WORDS, short)
    assert by_word(WORDS, long) == pytest.approx(best(WORDS, long) / 5)


def test_a_score_that_knows_tells_all_and_one_turned_round_none() -> None:
    yes, no = {"a": "boats", "b": "lamps"}, {"c": "zeppelin", "d": "gondola"}

    told = told_by(
        {
            "knows": lambda question: float(question in yes.values()),
            "turned": lambda question: float(question in no.values()),
            "the same to all": lambda _: 0.5,
        },
        yes,
        no,
    )

    assert {name: mean(parts) for name, parts in told.items()} == {
        "knows": 1.0,
        "turned": 0.0,
        "the same to all": 0.5,
    }


@pytest.fixture
def benchmarks(tmp_path: Path) -> Path:
    """ClapNQ's form: two questions that their passages answer, and one whose passage only looks so."""
    folder = tmp_path / "benchmarks" / "clapnq"
    folder.mkdir(parents=True)
    asked = {
        "answerable": [("Who repainted the harbour boats?", BOATS), ("What helped the night carers?", LAMPS)],
        "unanswerable": [("Who built the old bakery beside the mill?", BREAD)],
    }
    for name, pairs in asked.items():
        lines = [
            {"id": f"{name}-{place}", "input": question, "passages": [{"title": "", "text": text}]}
            for place, (question, text) in enumerate(pairs)
        ]
        written = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / f"clapnq_dev_{name}.jsonl").write_text(written, encoding="utf-8")
    return folder.parent


def told(environment: dict[str, str], saved: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evals", "abstention", "--arms", "--save", str(saved), *options],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_near_misses_in_the_index_make_it_harder(
    benchmarks: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    name = PART.join([TOLD, "arm", "BM25"])
    means = {}
    for options in ([], ["--near-misses"]):
        saved = tmp_path / "run.json"
        made = told(environment, saved, "--benchmarks", str(benchmarks), *options)
        assert made.returncode == 0, made.stderr
        run = load_run(saved)
        assert len(run.measures) == 5
        means[run.about["documents"]] = run.measure(name)

    easy, hard = means[2], means[3]
    assert easy is not None
    assert hard is not None
    assert easy.estimate().mean == 1.0 > hard.estimate().mean


def test_arms_without_their_questions_are_refused(tmp_path: Path, environment: dict[str, str]) -> None:
    made = told(environment, tmp_path / "run.json")

    assert made.returncode == 2
    assert "--benchmarks" in made.stderr
