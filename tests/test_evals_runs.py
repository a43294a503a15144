"""Saved runs: the same bytes for the same run, and errors that say what is wrong."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from evals.runs import Measured, Run, RunError, Stretch, load_run, measured, save_run

RUN = Run(
    "answers",
    {"date": "2026-01-01", "cases": 2, "files": ["a.jsonl"]},
    [
        Measured("gold found at 10", {"b": 1 / 3, "a": 1.0}, is_gated=True),
        Measured("right page", {}),
        Measured("gold found at 10 · type · both", {"a": 1.0}),
        Measured("wrong abstention", {"a": 0.0}, is_better_high=False),
    ],
    [
        {"id": "a", "question": "Was hilft – wem?", "step": ""},
        {"id": "b", "question": "q", "step": "not retrieved"},
    ],
    {"k": Stretch("page 3", "words of a document")},
)


def test_a_run_that_is_loaded_and_saved_again_is_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"

    save_run(first, RUN)
    save_run(second, load_run(first))

    assert first.read_bytes() == second.read_bytes()


def test_a_loaded_run_is_the_one_that_was_saved_up_to_rounding(tmp_path: Path) -> None:
    save_run(tmp_path / "run.json", RUN)
    loaded = load_run(tmp_path / "run.json")

    assert (loaded.suite, loaded.about, loaded.items) == (RUN.suite, RUN.about, RUN.items)
    assert [(m.name, m.is_better_high, m.is_gated) for m in loaded.measures] == [
        (m.name, m.is_better_high, m.is_gated) for m in RUN.measures
    ]
    assert loaded.measures[0].scores == {"a": 1, "b": 0.333333}


def test_words_of_documents_are_never_saved(tmp_path: Path) -> None:
    save_run(tmp_path / "run.json", RUN)

    assert "words of a document" not in (tmp_path / "run.json").read_text(encoding="utf-8")
    assert load_run(tmp_path / "run.json").stretches == {}


def test_a_measure_and_an_item_stand_on_a_line_each(tmp_path: Path) -> None:
    save_run(tmp_path / "run.json", RUN)

    lines = (tmp_path / "run.json").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith('{"is_better_high"') for line in lines) == len(RUN.measures)
    assert sum('"question"' in line for line in lines) == len(RUN.items)


def test_what_was_not_judged_is_left_out_and_is_not_0() -> None:
    made = measured("m", [("a", None), ("b", 0.0), ("c", True)])

    assert made.scores == {"b": 0.0, "c": 1.0}
    assert measured("m", [("a", 1 / 3)]).scores == {"a": 0.333333}
    assert made.estimate().mean == 0.5
    assert str(measured("m", [("a", None)]).estimate()) == "not judged"


def test_an_estimate_does_not_depend_on_the_order_of_the_items() -> None:
    scores = {f"c{n}": n / 7 for n in range(7)}

    turned = Measured("m", dict(reversed(scores.items())))

    assert Measured("m", scores).estimate() == turned.estimate()


def test_parts_are_told_by_their_names() -> None:
    assert [one.is_part for one in RUN.measures] == [False, False, True, False]


GOOD = {"form": 1, "suite": "answers", "about": {}, "measures": [], "items": []}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "it is no saved run"),
        ("[]", "it is no saved run"),
        (json.dumps({**GOOD, "form": 7}), "it is of form 7, this program reads 1"),
        (
            json.dumps({key: GOOD[key] for key in GOOD if key != "suite"}),
            "it is no saved run (KeyError('suite'))",
        ),
        (json.dumps({**GOOD, "measures": [{"name": "m"}]}), "it is no saved run"),
        (json.dumps({**GOOD, "measures": [{"name": "m", "scores": 3}]}), "it is no saved run"),
        (
            json.dumps({**GOOD, "measures": [{"name": "m", "scores": {"a": "1"}}]}),
            "scores that are no numbers",
        ),
        (
            json.dumps({**GOOD, "measures": [{"name": "m", "scores": {"a": True}}]}),
            "scores that are no numbers",
        ),
        (
            json.dumps({**GOOD, "measures": [{"name": "m", "scores": {"a": math.nan}}]}),
            "scores that are no numbers",
        ),
    ],
)
def test_a_file_that_is_no_saved_run_is_told(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(RunError) as refused:
        load_run(path)

    assert str(refused.value).startswith(f"{path}: ")
    assert reason in str(refused.value)


def test_a_run_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="No such file"):
        load_run(tmp_path / "gone.json")
