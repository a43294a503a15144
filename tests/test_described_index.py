from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.bibliography import read_bibliography
from assistant.framework import load_framework
from assistant.index.catalogue import Catalogue
from assistant.index.files import find_bibliographies, find_files
from assistant.index.generations import CATALOGUE, Layout
from assistant.index.sync import Report, Sync
from assistant.passages import encoded_text
from assistant.records import DocumentHead, Extent, Sensitivity
from tests.fakes import FakeEncoder
from tests.indexing import open_index, write_reports

RIS = """TY  - RPRT
TI  - Report number 1 on a pilot in the valley
AU  - Example, Ann
PY  - 2019
DO  - 10.1000/pilot.1
ER  -

"""
TABLES = """
["report-001.txt"]
study_group = "valley"
read = "full"
country = ["Valley"]

["*.txt"]
sector = ["social care"]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "files", range(3))


def ingest(
    root: Path, *paths: Path, encoder: FakeEncoder | None = None, prune: bool = False, rebuild: bool = False
) -> Report:
    """What `assistant ingest PATHS` does, bibliographies among them too."""
    sync = Sync(root, encoder or FakeEncoder(), load_framework())
    prefixes = [str(path.resolve()) for path in paths] if prune else []
    items, _ = find_files(paths)
    return sync.run(items, find_bibliographies(paths), prune_under=prefixes, rebuild=rebuild)


def head(root: Path, name: str = "report-001.txt") -> DocumentHead:
    (found,) = (head for head in open_index(root).live().heads.values() if head.name == name)
    return found


def test_bibliographies_among_the_files_describe_them_and_are_no_documents(root: Path, folder: Path) -> None:
    (folder / "library.ris").write_text(RIS)
    (folder / "sources.toml").write_text(TABLES)

    made = ingest(root, folder)

    assert len(made.added) == 3
    assert (made.refused, made.warnings) == ({}, {})
    assert made.bibliographies == {
        str(folder / "library.ris"): "1 entry, 1 document described",
        str(folder / "sources.toml"): "2 tables, 3 documents described",
    }
    source = head(root).source
    assert (source.authors, source.year, source.doi) == (("Example, Ann",), 2019, "10.1000/pilot.1")
    assert (source.study_group, source.read, source.country) == ("valley", Extent.FULL, ("Valley",))
    assert dict(source.origins) == {
        "title": "library.ris",
        "authors": "library.ris",
        "year": "library.ris",
        "doi": "library.ris",
        "kind": "library.ris",
        "study_group": "sources.toml",
        "read": "sources.toml",
        "country": "sources.toml",
        "sector": "sources.toml",
    }
    other = head(root, "report-002.txt").source
    assert (other.authors, other.year, other.sector) == ((), None, ("social care",))


def test_a_changed_bibliography_changes_documents_that_did_not_change(root: Path, folder: Path) -> None:
    (folder / "sources.toml").write_text(TABLES)
    first = ingest(root, folder)
    (folder / "sources.toml").write_text(TABLES.replace("valley", "hills").replace('read = "full"', ""))
    encoder = FakeEncoder()

    second = ingest(root, folder, encoder=encoder)

    assert second.kept == first.added
    assert second.generation not in (None, first.generation)
    assert (head(root).source.study_group, head(root).source.read) == ("hills", Extent.UNKNOWN)
    assert encoder.encoded == []


def test_another_title_is_encoded_and_found(root: Path, folder: Path) -> None:
    ingest(root, folder)
    (folder / "sources.toml").write_text('["report-001.txt"]\ntitle = "Quokkas in winter"\n')
    encoder = FakeEncoder()

    ingest(root, folder, encoder=encoder)

    generation = open_index(root).live()
    changed = generation.catalogue.passages_of(head(root).id)
    assert all(passage.context.endswith("Quokkas in winter") for passage in changed)
    assert len(encoder.encoded) == len(changed)
    found = {identity for identity, _ in generation.catalogue.words.search(["quokkas"], 10)}
    assert found == {passage.id for passage in changed}
    anew = FakeEncoder().encode_passages([encoded_text(passage) for passage in changed])
    stored = generation.catalogue.vectors_of([passage.id for passage in changed])
    for passage, vectors in zip(changed, anew, strict=True):
        assert (stored[passage.id] == vectors.passage).all()


def test_an_unchanged_second_run_with_a_bibliography_makes_no_generation(root: Path, folder: Path) -> None:
    (folder / "library.ris").write_text(RIS)
    ingest(root, folder)
    encoder = FakeEncoder()

    second = ingest(root, folder, encoder=encoder)

    assert (second.generation, encoder.encoded) == (None, [])
    assert second.bibliographies == {str(folder / "library.ris"): "1 entry, 1 document described"}


def test_what_a_bibliography_said_holds_for_later_ingests_without_it(root: Path, folder: Path) -> None:
    (folder / "library.ris").write_text(RIS)
    ingest(root, folder / "library.ris", folder / "report-002.txt")

    ingest(root, folder / "report-001.txt")

    assert head(root).source.year == 2019


def test_sources_toml_beside_a_file_that_is_given_alone_is_read(root: Path, folder: Path) -> None:
    (folder / "sources.toml").write_text(TABLES)

    ingest(root, folder / "report-001.txt")

    assert head(root).source.study_group == "valley"


def test_a_bibliography_that_is_pruned_takes_its_words_with_it(root: Path, folder: Path) -> None:
    ingest(root, folder)
    plain = head(root)
    (folder / "sources.toml").write_text(TABLES)
    ingest(root, folder)
    (folder / "sources.toml").unlink()

    gone = ingest(root, folder)
    kept = head(root).source.study_group
    ingest(root, folder, prune=True)

    assert gone.missing == [str(folder / "sources.toml")]
    assert kept == "valley"
    assert repr(head(root)) == repr(plain)
    assert open_index(root).live().catalogue.readings() == {}


def test_a_broken_bibliography_is_named_and_the_files_go_on(root: Path, folder: Path) -> None:
    (folder / "broken.ris").write_text("no entry at all\n")
    (folder / "broken.json").write_text("[{")
    (folder / "sources.toml").write_text('["report-001.txt"]\nyaer = 2019\n')

    made = ingest(root, folder)

    assert len(made.added) == 3
    assert made.refused.keys() == {str(folder / "broken.ris"), str(folder / "sources.toml")}
    assert "yaer" in made.refused[str(folder / "sources.toml")]
    assert head(root).sensitivity is Sensitivity.PUBLIC


def test_what_is_broken_later_keeps_what_it_said(root: Path, folder: Path) -> None:
    (folder / "sources.toml").write_text(TABLES)
    ingest(root, folder)
    (folder / "sources.toml").write_text("[")

    made = ingest(root, folder)

    assert made.refused[str(folder / "sources.toml")].endswith("what was read of it before is kept")
    assert head(root).source.study_group == "valley"


def test_tables_that_may_restrict_and_cannot_be_read_restrict(root: Path, folder: Path) -> None:
    (folder / "sources.toml").write_text('["report-001.txt"]\nsensitivity = "team\n')

    made = ingest(root, folder)
    before = head(root).sensitivity
    (folder / "sources.toml").write_text('["report-001.txt"]\nsensitivity = "team"\n')
    ingest(root, folder)

    assert "restricted" in made.refused[str(folder / "sources.toml")]
    assert before is Sensitivity.RESTRICTED
    assert head(root).sensitivity is Sensitivity.TEAM
    assert dict(head(root).source.origins)["sensitivity"] == "sources.toml"
    assert head(root, "report-002.txt").sensitivity is Sensitivity.PUBLIC


def test_a_table_that_fits_no_file_is_told(root: Path, folder: Path) -> None:
    (folder / "sources.toml").write_text('["report-1.txt"]\nyear = 2019\n')

    assert ingest(root, folder).warnings == {str(folder / "sources.toml"): ('["report-1.txt"] fits no file',)}


def test_files_with_the_same_bytes_are_as_closed_as_the_strictest(root: Path, folder: Path) -> None:
    other = folder / "other"
    write_reports(other, [1])
    (other / "sources.toml").write_text('["*"]\nsensitivity = "restricted"\nstudy_group = "other"\n')
    (folder / "sources.toml").write_text('["report-001.txt"]\nsensitivity = "public"\n')

    ingest(root, folder)

    assert head(root).sensitivity is Sensitivity.RESTRICTED


def test_a_rebuild_and_a_damaged_catalogue_keep_the_descriptions(root: Path, folder: Path) -> None:
    (folder / "sources.toml").write_text(TABLES)
    ingest(root, folder)
    described = head(root)

    ingest(root, rebuild=True)
    rebuilt = head(root)
    (Layout(root).live() / CATALOGUE).write_bytes(b"no catalogue")
    ingest(root)

    assert repr(rebuilt) == repr(head(root)) == repr(described)


def test_another_encoder_starts_from_what_documents_say_of_themselves(root: Path, folder: Path) -> None:
    (folder / "sources.toml").write_text(TABLES)
    ingest(root, folder)
    (folder / "sources.toml").write_text("")

    ingest(root, folder / "report-002.txt", encoder=FakeEncoder("fake:2"))

    catalogue = Catalogue.open(Layout(root).live() / CATALOGUE)
    assert len(catalogue.files()) == 3
    assert {head.source.study_group for head in catalogue.heads()} == {None}


def test_json_that_is_no_bibliography_is_left_alone(root: Path, folder: Path) -> None:
    (folder / "settings.json").write_text('{"a": 1}')
    csl = folder / "zotero.json"
    csl.write_text(
        json.dumps(
            [
                {
                    "id": "a",
                    "type": "report",
                    "title": "Report number 1 on a pilot in the valley",
                    "language": "en",
                }
            ]
        )
    )

    made = ingest(root, folder)

    assert list(made.bibliographies) == [str(csl)]
    assert read_bibliography(csl).entries[0].fields["kind"] == "report"
    assert len(made.added) == 3
