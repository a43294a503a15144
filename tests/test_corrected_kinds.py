"""Kind and condition of a sentence as researchers correct them: applied, kept, undone, without words of the document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.index.corrections import FILE, Corrections
from assistant.index.generations import Layout
from assistant.records import Kind, Stance
from tests.builders import write_files
from tests.corrected import COUNTED, PAPER, correct, find
from tests.indexing import ingest, open_index


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return write_files(tmp_path / "files", {"walks.md": PAPER})


@pytest.fixture
def root(tmp_path: Path, files: Path) -> Path:
    ingest(tmp_path / "index", files)
    return tmp_path / "index"


def test_kind_and_condition_are_corrected_and_outlast_another_file_and_a_rebuild(
    root: Path, files: Path
) -> None:
    correct(root, COUNTED, stance="enabler", condition="words 7-10", kind="finding")
    write_files(
        files,
        {"walks.md": PAPER.replace("# Walks and", "# On walks and").replace("clerk every", "clerk   every")},
    )
    ingest(root, files)
    ingest(root, rebuild=True)

    _, sentence = find(root, COUNTED)

    assert (sentence.kind, sentence.labels.condition) == (Kind.FINDING, "parish clerk every spring")
    assert sentence.labels.origin == "rules; stance, condition, kind corrected by A. Marker"
    assert "parish" not in (root / FILE).read_text(encoding="utf-8")


def test_a_condition_is_taken_away_and_kind_and_condition_come_back_when_undone(
    root: Path, files: Path
) -> None:
    write_files(files, {"wardens.md": "# Wardens\n\nWardens help the walks only if they stay for years.\n"})
    ingest(root, files)
    head, before = find(root, "Wardens help")
    assert before.labels.condition == "only if they stay for years"
    correct(root, "Wardens help", condition="none", kind="definition")
    corrected = find(root, "Wardens help")[1]

    Corrections(Layout(root)).undo(head.id, corrected)
    ingest(root)

    assert (corrected.kind, corrected.labels.condition) == (Kind.DEFINITION, None)
    assert find(root, "Wardens help")[1] == before


def test_the_digest_of_the_index_tells_of_a_corrected_kind(root: Path) -> None:
    correct(root, COUNTED, kind="finding")
    before = open_index(root).live().digest

    correct(root, COUNTED, kind="definition")

    assert open_index(root).live().digest != before


def test_corrections_that_were_kept_before_kinds_could_be_are_read(root: Path) -> None:
    correct(root, COUNTED, stance="barrier")
    form = json.loads((root / FILE).read_text(encoding="utf-8"))
    for one in form["corrections"]:
        del one["kind"], one["condition"]
    (root / FILE).write_text(json.dumps(form), encoding="utf-8")

    ingest(root, rebuild=True)

    assert find(root, COUNTED)[1].labels.stance is Stance.BARRIER
