from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from assistant.bibliography import missing_fields, templates_for
from assistant.bibliography.tables import tables_of
from assistant.commands.sources import find_document, run_sources
from assistant.errors import NotFound
from assistant.framework import load_framework
from assistant.index import Index
from assistant.index.files import find_bibliographies, find_files
from assistant.index.sync import Sync
from assistant.pipeline import Assistant
from assistant.records import DocumentHead, Extent, Sensitivity, Source
from tests.builders import head
from tests.fakes import FakeEncoder
from tests.program import run

PAPER = "Title: Small teams in the valley\nYear: 2019\n-----\n\nTrust grew slowly in the small teams of the valley.\n"
RIS = "TY  - RPRT\nTI  - Small teams in the valley\nAU  - Example, Ann\nPY  - 2018\nER  -\n"
TABLES = '["paper.txt"]\nstudy_group = "valley"\nread = "full"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "paper.txt").write_text(PAPER)
    (folder / "sources.toml").write_text(TABLES)
    return folder


@pytest.fixture
def over_folder(folder: Path, fake_encoder: FakeEncoder) -> Assistant:
    """An assistant over the folder, its bibliography read."""
    root = folder.parent / "index"
    Sync(root, fake_encoder, load_framework()).run(find_files([folder])[0], find_bibliographies([folder]))
    return Assistant(Index(root, fake_encoder.fingerprint), fake_encoder, load_framework())


def test_a_source_tells_where_each_field_comes_from(
    over_folder: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    run_sources(over_folder, "paper.txt", incomplete=False, as_json=False)
    shown = capsys.readouterr().out
    run_sources(over_folder, "paper.txt", incomplete=False, as_json=True)
    (source,) = json.loads(capsys.readouterr().out)["sources"]

    assert "title: Small teams in the valley  [file header]" in shown
    assert "year: 2019  [file header]" in shown
    assert "study group: valley  [sources.toml]" in shown
    assert "country: not given" in shown
    assert "sensitivity: public  [rule of its kind]" in shown
    assert dict(source["origins"])["read"] == "sources.toml"


def test_what_is_missing_is_asked_for_with_a_table_to_fill_in(
    over_folder: Assistant, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_sources(over_folder, None, incomplete=True, as_json=False)
    shown = capsys.readouterr().out
    run_sources(over_folder, None, incomplete=True, as_json=True)
    form = json.loads(capsys.readouterr().out)

    ((path, table),) = form["templates"].items()
    assert path == str(folder / "sources.toml")
    assert table in shown + "\n"
    assert "lacks authors, kind, country, sector, method, n, interest" in shown
    assert form["incomplete"][0]["missing"] == [
        "authors", "kind", "country", "sector", "method", "n", "interest",
    ]  # fmt: skip
    assert tomllib.loads(table)["paper.txt"]["authors"] == []


def test_bibliographies_elsewhere_are_named_and_a_bad_one_stops_nothing(
    environment: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    bad, library = tmp_path / "bad.bib", tmp_path / "library.ris"
    bad.write_text("nothing")
    library.write_text(RIS)

    done = run(environment, "ingest", folder, "--bibliography", bad, "--bibliography", library)

    assert (done.returncode, done.stderr) == (1, "")
    assert f"refused {bad}: no entry in it can be read" in done.stdout
    assert f"{library}: 1 entry, 1 document described" in done.stdout
    assert "1 added" in done.stdout
    assert "authors: Example, Ann  [library.ris]" in run(environment, "sources", "paper.txt").stdout


def test_a_document_is_found_by_name_path_part_and_first_digits_of_its_id() -> None:
    heads = [
        head("aaaa1"),
        head("aaaa2"),
        DocumentHead("b", "aaaa1.md", "/x", Source("t"), Sensitivity.PUBLIC),
    ]

    assert find_document(heads, "aaaa2.md") is find_document(heads, "/files/aaaa2.md") is heads[1]
    assert find_document(heads[:1], "AAAA") is heads[0]
    assert find_document(heads, "a2.M") is heads[1]
    for several in ("aaaa1.md", "aaaa"):
        with pytest.raises(NotFound, match="Several"):
            find_document(heads, several)
    with pytest.raises(NotFound, match="no document"):
        find_document(heads, "zzz")


def test_a_template_can_be_pasted_as_it_is_and_says_nothing() -> None:
    odd = DocumentHead(
        "a", 'odd "name"\n.pdf', '/files/odd "name"\n.pdf', Source("A title\n# b"), Sensitivity.PUBLIC
    )

    ((path, text),) = templates_for([odd, head("two")]).items()

    assert path == "/files/sources.toml"
    first, second = tables_of(text)
    assert (first.fields, second.fields, second.pattern) == ({}, {}, "two.md")
    assert list(tomllib.loads(text)) == [odd.name, "two.md"]


def test_what_is_given_is_not_asked_for_and_talk_is_asked_for_less() -> None:
    whole = head(
        authors=("A",), year=2019, kind="trial", country=("B",), sector=("c",), method="m", n="2",
        read=Extent.FULL, study_group="g", interest="none stated",
    )  # fmt: skip
    talk = DocumentHead("a", "a", "/a", Source("t"), Sensitivity.RESTRICTED, is_transcript=True)
    bundled = DocumentHead("b", "b", "corpus:b.md", Source("t"), Sensitivity.PUBLIC)

    assert missing_fields(whole) == ()
    assert missing_fields(talk) == ("year", "kind", "country", "sector", "method", "study_group")
    assert len(missing_fields(bundled)) == 10
    assert templates_for([whole, bundled]) == {}
