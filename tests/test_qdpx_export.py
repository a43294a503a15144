"""Passages as a REFI-QDA project: read by an independent reader, and by our own with the same quotations."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pyrefiqda.refiproject import RefiProject

from assistant.commands.export import Format, run_export
from assistant.errors import BadInput
from assistant.exporting.project import Coded, as_qdpx
from assistant.framework import load_framework
from assistant.index import Generation
from assistant.index.generations import Layout
from assistant.reading import read
from assistant.records import Document
from assistant.settings import Settings
from tests.builders import write_files
from tests.indexing import ingest
from tests.packages import qdpx

PAPER = """Title: Walks & talks
Url: https://example.org/walks
--------------------

1. Findings

Trust in managers helped teams to try the 😀 new model of practice.

“We kept walking because the gate was never locked on a Tuesday” (P4).

A lack of funding was a barrier to the pilot.
"""
TALK = "P4: The boathouse was lent without rent.\n\nINT: By whom?\n\nP4: By the master.\n\nINT: I see.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = write_files(tmp_path / "files", {"walks.txt": PAPER, "talk.txt": TALK})
    text = "People met weekly.\n\nThey also met on Sundays.\n"
    code = '<Code guid="00000000-0000-0000-0000-000000000001" name="Meeting &amp; eating" isCodable="true"/>'
    coding = '<CodeRef targetGUID="00000000-0000-0000-0000-000000000001"/>'
    selection = (
        '<PlainTextSelection guid="00000000-0000-0000-0000-000000000002" startPosition="0" endPosition="18">'
        f'<Coding guid="00000000-0000-0000-0000-000000000003">{coding}</Coding></PlainTextSelection>'
    )
    source = (
        '<TextSource guid="00000000-0000-0000-0000-000000000004" name="Notes" plainTextPath="internal://a.txt">'
        f"{selection}</TextSource>"
    )
    (folder / "p.qdpx").write_bytes(qdpx(source, codes=code, **{"a.txt": text}))
    ingest(tmp_path / "index", folder)
    return Settings(index=tmp_path / "index")


def exported(settings: Settings, to: Path, *, include_restricted: bool = True) -> Path:
    run_export(settings, Format.QDPX, to, include_restricted=include_restricted)
    return to


def quotations(document: Document) -> set[tuple[str, str]]:
    return {(coding.code, document.text[coding.start : coding.end]) for coding in document.codings}


def test_our_own_reader_gives_the_same_texts_and_quotations(settings: Settings, tmp_path: Path) -> None:
    generation = Generation(Layout(settings.index).live())
    held = {head.source.title: head.id for head in generation.heads.values()}

    documents = {
        document.source.title: document for document in read(exported(settings, tmp_path / "a.qdpx"))
    }

    assert documents.keys() == held.keys()
    for title, document in documents.items():
        assert document.text == generation.catalogue.text(held[title])
        sentences = [s for p in generation.catalogue.passages_of(held[title]) for s in p.sentences]
        assert sentences
        expected = {(s.voice.value, s.text) for s in sentences}
        expected |= {(s.labels.stance.value, s.text) for s in sentences if s.labels.stance.value != "neither"}
        expected |= {(s.speaker, s.text) for s in sentences if s.speaker}
        found = quotations(document)
        assert expected <= found
        assert {words for _, words in found} == {s.text for s in sentences}
    assert ("P4", "“We kept walking because the gate was never locked on a Tuesday” (P4).") in quotations(
        documents["Walks & talks"]
    )
    assert ("Meeting & eating", "People met weekly.") in quotations(documents["Notes"])
    assert any(code == "barrier" for code, _ in quotations(documents["Walks & talks"]))


def test_an_independent_reader_opens_it(settings: Settings, tmp_path: Path) -> None:
    path = exported(settings, tmp_path / "a.qdpx")

    project: Any = RefiProject.load(path, extract_dir=tmp_path / "extracted")

    top = {code.name: code for code in project.code_book.codes.code}
    assert {"Voice", "Stance", "Speaker", "Coded before"} <= top.keys()
    assert "P4" in {code.name for code in top["Speaker"].code}
    names = {code.guid: code.name for parent in top.values() for code in (parent, *parent.code)}
    walks = next(source for source in project.sources.text_source if source.name == "Walks & talks")
    text = (
        tmp_path / "extracted" / "sources" / walks.plain_text_path.removeprefix("internal://")
    ).read_text()
    said = [
        text[selection.start_position : selection.end_position]
        for selection in walks.plain_text_selection
        if "P4" in {names.get(coding.code_ref.target_guid) for coding in selection.coding}
    ]
    assert said == ["“We kept walking because the gate was never locked on a Tuesday” (P4)."]


def test_restricted_documents_are_left_out_unless_they_are_asked_for(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = exported(settings, tmp_path / "a.qdpx", include_restricted=False)

    assert [document.source.title for document in read(path)] == ["Walks & talks"]
    assert "2 restricted documents are left out" in capsys.readouterr().err
    with zipfile.ZipFile(path) as archive:
        assert not any(b"boathouse" in archive.read(name) for name in archive.namelist())
    run_export(settings, Format.RIS, None, include_restricted=False)
    assert capsys.readouterr().out.count("TY  - ") == 1
    assert path.stat().st_mode & 0o077 == 0


def test_the_same_export_twice_is_the_same_file(settings: Settings, tmp_path: Path) -> None:
    first, second = (exported(settings, tmp_path / name).read_bytes() for name in ("a.qdpx", "b.qdpx"))

    assert first == second


def test_a_title_with_characters_that_xml_cannot_hold_is_exported(tmp_path: Path) -> None:
    (document,) = read(write_files(tmp_path, {"a.txt": PAPER}) / "a.txt")
    odd = Document(document.id, "\x01.txt", document.source, document.text, document.blocks)

    (tmp_path / "a.qdpx").write_bytes(as_qdpx([Coded(odd, [])], load_framework()))

    assert read(tmp_path / "a.qdpx")[0].text == document.text


def test_a_project_needs_a_file_to_go_to(settings: Settings) -> None:
    with pytest.raises(BadInput, match="--output"):
        run_export(settings, Format.QDPX, None, include_restricted=False)


def test_a_file_that_cannot_be_written_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nowhere/a\.ris cannot be written"):
        run_export(settings, Format.RIS, tmp_path / "nowhere" / "a.ris", include_restricted=False)


def test_the_real_program_exports_the_bundled_sources(over_notes: dict[str, str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "assistant", "export", "--format", "csl-json"]

    made = subprocess.run(command, env=over_notes, capture_output=True, text=True, check=True)

    assert made.stdout.startswith("[")
    assert made.stderr == ""
