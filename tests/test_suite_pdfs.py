"""The suite of PDFs on files made here; a reader that finds nothing loses where it should."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from assistant.errors import DocumentRefused
from evals.pdfs import Expected, Outcome
from evals.runs import PART
from evals.suites import CannotRun
from evals.suites.pdfs import SUITE, measures_of
from tests import pdfs


def options(folder: Path) -> argparse.Namespace:
    return argparse.Namespace(folder=folder, password=[], ocr=False, no_locate=False, odd=False)


def test_a_folder_of_pdfs_is_read_refused_and_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "Boats float on the harbour while volunteers repaint them in the spring."
    (tmp_path / "boats.pdf").write_bytes(pdfs.PdfFile().add(pdfs.line(words)).data())
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    expected = [
        {"pdf": "boats.pdf", "type": "present", "text": "Boats float on the harbour"},
        {"pdf": "boats.pdf", "type": "present", "text": "Lanterns burn at night"},
    ]
    lines = "".join(json.dumps(line) + "\n" for line in expected)
    (tmp_path / "expected.jsonl").write_text(lines, encoding="utf-8")

    run = SUITE.run(options(tmp_path))

    means = {one.name: one.estimate().mean for one in run.measures}
    assert means["file read"] == 0.5
    assert means["crashed, failed or too slow"] == 0.0
    assert means["passages found on their pages"] == 1.0
    assert means["expected strings in place"] == 0.5
    assert means[PART.join(["expected strings in place", "engine", "pypdf"])] == 0.5
    assert {item["id"]: item["became"] for item in run.items} == {
        "boats.pdf": "read",
        "broken.pdf": "refused",
    }
    assert "Lanterns burn at night" in capsys.readouterr().out


def test_faults_and_missed_strings_are_counted() -> None:
    crashed = DocumentRefused(Path("a.pdf"), "its reader crashed")
    outcomes = [
        Outcome(Path("a.pdf"), "a.pdf", 0.1, refusal=crashed),
        Outcome(Path("b.pdf"), "b.pdf", 99.0),
    ]
    missed = Expected("a.pdf", "present", "", {"pypdf": True, "pdfium": False, "assistant": False})

    means = {one.name: one.estimate().mean for one in measures_of(outcomes, [missed])}

    assert means["crashed, failed or too slow"] == 1.0
    assert means["expected strings in place"] == 0.0
    assert means[PART.join(["expected strings in place", "engine", "pypdf"])] == 1.0
    assert "read but garbage" not in means


def test_a_folder_without_pdfs_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="no PDF below"):
        SUITE.run(options(tmp_path))
