"""`python -m evals` in a process of its own, over the bundled notes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from evals.__main__ import main
from evals.cases import DIRECTORY
from tests.conftest import ROOT

# One to find, one to say nothing about, one to decline.
CHOSEN = ("answer", "abstain", "decline")


def few_cases(folder: Path) -> Path:
    lines = (DIRECTORY / "notes.jsonl").read_text(encoding="utf-8").splitlines()
    first = {json.loads(line)["expected"]: line for line in reversed(lines)}
    path = folder / "few.jsonl"
    path.write_text("\n".join(first[expected] for expected in CHOSEN) + "\n", encoding="utf-8")
    return path


def evaluate(environment: Mapping[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "evals", *map(str, arguments)]
    return subprocess.run(
        command, env=dict(environment), cwd=ROOT, capture_output=True, text=True, check=False
    )


def undated(path: Path) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    del run["about"]["date"]
    return run


def test_two_runs_are_identical_and_a_better_baseline_fails_the_gate(
    environment: dict[str, str], bundled_index: Path, tmp_path: Path
) -> None:
    index = Path(shutil.copytree(bundled_index, tmp_path / "evals-index"))
    asked: list[str | Path] = ["--cases", few_cases(tmp_path), "--index", index]
    first, second, better = (tmp_path / name for name in ("first.json", "second.json", "better.json"))

    done = evaluate(
        environment,
        *asked,
        "--save",
        first,
        "--report",
        tmp_path / "r.html",
        "--predictions",
        tmp_path / "p.jsonl",
    )

    assert done.returncode == 0, done.stderr
    assert re.search(r"^quotation verbatim +1\.000 \[1\.000, 1\.000\] n=\d+$", done.stdout, re.MULTILINE)
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    answers = (tmp_path / "p.jsonl").read_text(encoding="utf-8").splitlines()
    ids = [item["id"] for item in undated(first)["items"]]
    assert [json.loads(line)["id"] for line in answers] == ids
    assert len(ids) == len(CHOSEN)

    run = json.loads(first.read_text(encoding="utf-8"))
    for measure in run["measures"]:
        if measure["name"] == "gold found at 10":
            measure["scores"] = dict.fromkeys(measure["scores"], 2.0)
    better.write_text(json.dumps(run), encoding="utf-8")

    done = evaluate(environment, *asked, "--save", second, "--against", better)

    assert done.returncode == 1
    assert re.fullmatch(r"evals: gold found at 10 is worse: 2\.000 before, [01]\.\d{3} now\n", done.stderr)
    assert undated(first) == undated(second)


def test_a_baseline_that_is_not_there_is_told_before_anything_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["answers", "--against", str(tmp_path / "gone.json")]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert "gone.json: No such file" in told.err


def test_the_baseline_that_comes_with_the_project_is_of_the_bundled_cases() -> None:
    run = json.loads((ROOT / "evals" / "baseline.json").read_text(encoding="utf-8"))
    lines = (DIRECTORY / "notes.jsonl").read_text(encoding="utf-8").splitlines()

    assert run["suite"] == "answers"
    assert [item["id"] for item in run["items"]] == [json.loads(line)["id"] for line in lines if line]


@pytest.mark.parametrize("arguments", [["nothing"], ["answers", "--nothing"], ["compare", "--nothing"]])
def test_wrong_use_exits_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)

    assert left.value.code == 2
