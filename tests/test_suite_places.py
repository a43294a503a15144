"""The suite of places on files made here: what stands elsewhere than it says is counted."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.framework import load_framework
from assistant.passages import cut
from evals.suites import CannotRun
from evals.suites.places import SUITE, files_below, place
from tests import pdfs
from tests.generated import Words
from tests.reading import read_one

TEXT = [
    "The teams that met every week kept their new practice for a second year, and",
    "the managers who gave them an afternoon asked for no report in return.",
]


def options(*folders: Path) -> argparse.Namespace:
    return argparse.Namespace(folder=list(folders), lost=True)


def test_documents_of_several_formats_are_read_cut_and_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.pdf").write_bytes(pdfs.PdfFile().add(pdfs.lines(TEXT)).data())
    (tmp_path / "b.txt").write_text(f"How teams kept a practice\n\n{' '.join(TEXT)}\n")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    (tmp_path / "d.exe").write_text("not a document")

    run = SUITE.run(options(tmp_path))

    assert {one.name: one.estimate().mean for one in run.measures} == {
        "passage is its text": 1.0,
        "sentence is its text": 1.0,
        "passage shown on its page": 1.0,
    }
    assert run.about["documents"] == 2
    assert run.about["refused"] == 1
    assert "passages shown on their pages: 1 of 1 (100.0%)" in capsys.readouterr().out


def test_what_stands_elsewhere_is_counted(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.pdf", pdfs.PdfFile().add(pdfs.lines(TEXT)).data())
    (passage,) = cut(document, Words(120), load_framework())
    moved = replace(passage, sentences=tuple(replace(one, start=one.start + 1) for one in passage.sentences))
    (tmp_path / "a.pdf").write_bytes(pdfs.PdfFile().add(pdfs.lines(["Boats float in spring."])).data())

    placed = place(tmp_path / "a.pdf", document, [moved, replace(passage, text="other words")])

    assert (placed.passages, placed.passages_in_place) == (2, 1)
    assert (placed.sentences, placed.sentences_in_place) == (2, 1)
    assert (placed.sought, placed.shown) == (2, 0)
    assert placed.lost == (passage.text, "other words")


def test_files_are_found_below_folders_and_named_ones_taken(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "c.bin"):
        (tmp_path / name).write_text("words")

    assert [path.name for path in files_below([tmp_path, tmp_path / "c.bin", tmp_path / "a.txt"])] == [
        "a.txt",
        "b.md",
        "c.bin",
    ]


def test_a_folder_without_documents_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="no document that can be read"):
        SUITE.run(options(tmp_path))
