"""The README's numbers: between the marks and nowhere else, and only what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.readme import BEGIN, END, MAIN, README, fill, numbers
from evals.runs import Measured, Run, RunError, load_run
from evals.scoring import DEFINITIONS

RUN = Run(
    "answers",
    {"cases": 2, "documents": 62, "index": "abcdef012345", "date": "2026-01-01"},
    [
        Measured("gold cited", {"a": 1.0, "b": 0.0}),
        Measured("right voice", {}),
        Measured("reciprocal rank", {"a": 0.123}),
    ],
)


def readme(folder: Path, text: str) -> Path:
    path = folder / "README.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_numbers_are_written_between_the_marks_with_intervals_and_n(tmp_path: Path) -> None:
    path = readme(tmp_path, f"Before.\n\n{BEGIN}\nold 0.999\n{END}\n\nAfter.\n")

    fill(path, RUN)

    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"Before.\n\n{BEGIN}\n")
    assert text.endswith(f"{END}\n\nAfter.\n")
    assert "old 0.999" not in text
    assert f"| gold cited | {MAIN['gold cited']} | 0.500 [0.000, 1.000] | 2 |" in text
    assert "2 questions over 62 notes, index `abcdef012345`, 2026-01-01." in text


def test_filling_in_again_changes_nothing(tmp_path: Path) -> None:
    path = readme(tmp_path, f"{BEGIN}\n{END}\n")
    fill(path, RUN)
    once = path.read_bytes()

    fill(path, RUN)

    assert path.read_bytes() == once


def test_what_was_not_judged_says_so_and_measures_for_experts_are_left_out() -> None:
    made = numbers(RUN)

    assert f"| right voice | {MAIN['right voice']} | not judged | 0 |" in made
    assert "0.123" not in made


@pytest.mark.parametrize("text", ["", BEGIN, f"{END}\n{BEGIN}", f"{BEGIN}{END}{BEGIN}{END}"])
def test_a_readme_without_the_marks_once_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = readme(tmp_path, text)

    with pytest.raises(RunError, match="must stand there once, in this order"):
        fill(path, RUN)

    assert path.read_text(encoding="utf-8") == text


def test_every_number_of_the_readme_is_a_measure_there_is() -> None:
    assert MAIN.keys() <= {one.name for one in DEFINITIONS}


def test_the_readme_tells_the_numbers_of_the_baseline() -> None:
    baseline = load_run(README.parent / "evals" / "baseline.json")

    assert numbers(baseline) in README.read_text(encoding="utf-8"), "run `make baseline`"
