"""All designs in one table, with intervals, counts and differences in pairs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from evals.arms_table import by_arm, table_lines
from evals.cases import DIRECTORY
from evals.runs import PART, Measured, Run, load_run
from tests.builders import write_files
from tests.conftest import ROOT


def part(name: str, arm: str, *scores: float) -> Measured:
    return Measured(PART.join([name, "arm", arm]), {f"c{n}": score for n, score in enumerate(scores)})


RUN = Run(
    "arms",
    {},
    [
        Measured("recall@10", {"c0": 1.0}),
        part("recall@10", "BM25", 0.0, 0.0, 1.0),
        part("recall@10", "ours", 1.0, 1.0, 1.0),
        part("gold cited", "quote copied by a model", 0.5, 0.5, 0.5),
        part("gold cited", "ours", 1.0, 1.0, 1.0),
        part("recall@100", "ours", 1.0, 1.0, 1.0),
        Measured(PART.join(["recall@10", "source", "study"]), {"c0": 1.0}),
    ],
)


def test_ours_stands_first_and_other_parts_are_left_out() -> None:
    arms = by_arm(RUN)

    assert list(arms) == ["ours", "BM25", "quote copied by a model"]
    assert list(arms["ours"]) == ["recall@10", "gold cited"]


def test_each_number_has_its_interval_and_count_and_what_was_not_judged_is_no_nought() -> None:
    lines = table_lines(RUN)

    assert re.split(r" {2,}", lines[0]) == ["mean [95 % interval] n", "gold found@10", "gold cited"]
    assert re.split(r" {2,}", lines[1]) == ["ours", "1.000 [1.000, 1.000] 3", "1.000 [1.000, 1.000] 3"]
    assert re.split(r" {2,}", lines[2]) == ["BM25", "0.333 [0.000, 1.000] 3", "not judged"]


def test_differences_from_ours_are_paired_by_case() -> None:
    lines = table_lines(RUN)[5:]

    assert re.split(r" {2,}", lines[1]) == ["BM25", "-0.667 [-1.000, +0.000]", "not judged"]
    assert re.split(r" {2,}", lines[2]) == [
        "quote copied by a model",
        "not judged",
        "-0.500 [-0.500, -0.500]",
    ]


def test_an_arm_that_finds_nothing_is_the_last_of_all() -> None:
    blind = Run("arms", {}, [*RUN.measures, part("recall@10", "blind", 0.0, 0.0, 0.0)])

    assert re.split(r" {2,}", table_lines(blind)[4]) == ["blind", "0.000 [0.000, 0.000] 3", "not judged"]


def test_compare_without_runs_prints_all_arms_on_the_same_questions(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    texts = {"boats": "The harbour boats were repainted.", "soup": "Soup was served on Sundays."}
    corpus = [json.dumps({"_id": name, "title": "", "text": text}) for name, text in texts.items()]
    folder = write_files(
        tmp_path / "village",
        {
            "corpus.jsonl": "\n".join(corpus),
            "queries.jsonl": json.dumps({"_id": "q1", "text": "Who repainted the harbour boats?"}),
            "qrels.tsv": "query-id\tcorpus-id\tscore\nq1\tboats\t1\n",
        },
    )

    made = subprocess.run(
        [sys.executable, "-m", "evals", "compare", "--beir", str(folder), "--save", str(tmp_path / "r.json")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert made.returncode == 0, made.stderr
    rows = [re.split(r" {2,}", line)[0] for line in made.stdout.split("\n\n")[0].splitlines()[1:]]
    assert rows[0] == "ours"
    assert {"BM25", "RRF of both"} | {f"LangChain similarity_search k={k}" for k in (4, 10)} <= set(rows)
    assert load_run(tmp_path / "r.json").suite == "arms"


@pytest.mark.slow
def test_compare_puts_every_design_on_the_bundled_cases_in_one_table(
    tmp_path: Path, environment: dict[str, str], bundled_index: Path
) -> None:
    index = shutil.copytree(bundled_index, tmp_path / "evals-index")
    lines = (DIRECTORY / "notes.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "few.jsonl").write_text("\n".join(lines[:3]), encoding="utf-8")

    made = subprocess.run(
        [sys.executable, "-m", "evals", "compare", "--cases", str(tmp_path / "few.jsonl"), "--index", index],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert made.returncode == 0, made.stderr
    head, *rows = made.stdout.split("\n\n")[0].splitlines()
    assert {"gold found@10", "gold cited", "verbatim"} <= set(re.split(r" {2,}", head))
    assert {
        "ours",
        "BM25",
        "RRF of both",
        "LangChain similarity_search k=4",
        "LangChain similarity_search k=10",
        "cited by resemblance",
        "quote copied by a model",
    } <= {re.split(r" {2,}", row)[0] for row in rows}
