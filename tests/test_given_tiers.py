"""A tier that a person gives to an ingest: it closes, opens nothing, and holds until another is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.commands.ingest import run_ingest
from assistant.errors import BadInput
from assistant.framework import load_framework
from assistant.index.files import find_files
from assistant.index.sync import Sync
from assistant.reading.reader import ReadOptions
from assistant.records import Sensitivity
from assistant.settings import Settings
from tests.builders import write_files
from tests.fakes import FakeEncoder
from tests.indexing import open_index
from tests.program import json_of, run
from tests.tiers import ingest, tiers

PUBLIC, TEAM, RESTRICTED = Sensitivity
PAPER = "# Harbour circles\n\nMeals were shared in every harbour of the county.\n\n## Costs\n\nThe fund paid for two years.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "files", {"harbour.md": PAPER})


def test_a_tier_that_is_given_holds_until_another_is(tmp_path: Path, folder: Path) -> None:
    root = tmp_path / "index"
    ingest(root, folder)
    before = open_index(root).live().name

    closed = ingest(root, folder, RESTRICTED)

    assert closed.generation not in (None, before)
    assert set(tiers(root).values()) == {RESTRICTED}
    (head,) = open_index(root).live().heads.values()
    assert head.sensitivity is RESTRICTED
    assert dict(head.source.origins)["sensitivity"] == "given to ingest"
    assert ingest(root, folder).generation is None, "a run that says nothing opens nothing"
    assert ingest(root, folder, RESTRICTED).generation is None
    ingest(root, folder, PUBLIC)
    assert set(tiers(root).values()) == {PUBLIC}


def test_a_tier_that_is_given_closes_and_does_not_open(tmp_path: Path) -> None:
    talk = "P4: We met weekly.\n\nINT: And then?\n\nP4: We stopped.\n\nINT: Why?\n"
    folder = write_files(tmp_path / "files", {"talk.txt": talk})

    ingest(tmp_path / "index", folder, PUBLIC)

    assert set(tiers(tmp_path / "index").values()) == {RESTRICTED}


def test_a_new_file_has_the_tier_that_is_given_at_once_and_keeps_it_when_it_changes(
    tmp_path: Path, folder: Path
) -> None:
    root = tmp_path / "index"
    ingest(root, folder, TEAM)
    assert set(tiers(root).values()) == {TEAM}

    write_files(folder, {"harbour.md": PAPER + "\nOne more line was added here.\n"})
    ingest(root, folder)

    assert set(tiers(root).values()) == {TEAM}


def test_a_given_tier_survives_another_encoder_and_goes_with_its_file(tmp_path: Path, folder: Path) -> None:
    root = tmp_path / "index"
    ingest(root, folder, TEAM)
    Sync(root, FakeEncoder("fake:2"), load_framework()).run(find_files([folder])[0])
    ingest(root, folder)
    assert set(tiers(root).values()) == {TEAM}
    (folder / "harbour.md").unlink()

    Sync(root, FakeEncoder(), load_framework()).run([], prune_under=[str(folder)])

    assert open_index(root).live().catalogue.tiers() == {}


def test_a_tier_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Name the files"):
        run_ingest(
            Settings(index=tmp_path / "index"),
            [],
            prune=False,
            rebuild=False,
            as_json=False,
            options=ReadOptions(sensitivity=TEAM),
        )
    assert not (tmp_path / "index").exists()


@pytest.mark.slow
def test_the_real_program_takes_a_tier_and_keeps_to_it(tmp_path: Path, environment: dict[str, str]) -> None:
    folder = write_files(tmp_path / "files", {"harbour.md": PAPER})

    made = run(environment, "ingest", folder, "--sensitivity", "restricted")

    assert "restricted or stricter from now on: 1 of these files" in made.stdout
    again = run(environment, "ingest", folder)
    assert again.stdout.startswith("0 added, 1 kept")
    (source,) = json_of(environment, "sources")["sources"]
    assert source["sensitivity"] == "restricted"
    found = json_of(environment, "search", "meals in the harbour", "--sensitivity", "public")
    assert found["results"] == []
    assert run(environment, "ingest", folder, "--sensitivity", "secret").returncode == 2
