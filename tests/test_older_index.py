"""An index that the version before made: other tables, and no files to read again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.errors import IndexMismatch
from tests.builders import write_files
from tests.indexing import ingest, make_older, open_index, proof_of, ranked, take_out, write_reports

INTERVIEW = """INT: What helped the lighthouse circle begin?

P4: The harbour master lent us his oldest boathouse without rent.

P5: We painted seventeen benches before anybody trusted the idea.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_reports(tmp_path / "files", range(2))
    return write_files(tmp_path / "files", {"interview.txt": INTERVIEW})


@pytest.fixture
def root(tmp_path: Path, folder: Path) -> Path:
    ingest(tmp_path / "index", folder)
    return tmp_path / "index"


def test_an_index_of_an_older_make_is_made_anew_without_its_files(root: Path, folder: Path) -> None:
    before = ranked(open_index(root))
    make_older(root)
    with pytest.raises(IndexMismatch):
        open_index(root).live()
    shutil.rmtree(folder)

    ingest(root)

    assert ranked(open_index(root)) == before


def test_what_is_withdrawn_from_an_index_of_an_older_make_is_gone_and_can_be_proven(root: Path) -> None:
    make_older(root)

    outcome = take_out(root, "P4", within=["interview.txt"])

    assert outcome.sought.tokens
    assert proof_of(root, outcome).found == []
    text = open_index(root).live().catalogue.text(outcome.targets[0].document.id)
    assert "oldest boathouse without rent" not in text
    assert "painted seventeen benches" in text
