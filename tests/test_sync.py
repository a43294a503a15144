from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from assistant.errors import DocumentRefused, IndexMismatch
from assistant.framework import load_framework
from assistant.index import Index
from assistant.index.files import BUNDLED, Item, bundled_files, find_files
from assistant.index.sync import Sync
from assistant.records import Block, Document, Source
from tests.fakes import FakeEncoder
from tests.indexing import ingest, names, open_index, ranked, report, write_reports

REFUSED = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "binary.txt": (b"words\0words", "NUL"),
    "broken.md": (b"---\ntitle: [open\n---\n\nA finding stands here.\n", "YAML"),
    "secret.md": (b"---\nsensitivity: cosmic\n---\n\nA finding stands here.\n", "cosmic"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "files", range(3))


def test_new_files_are_added_and_found(root: Path, folder: Path) -> None:
    made = ingest(root, folder)

    assert made.added == [str(folder / f"report-00{number}.txt") for number in range(3)]
    assert not (made.kept or made.changed or made.removed or made.missing or made.refused or made.warnings)
    assert made.generation == open_index(root).live().name
    assert names(open_index(root)) == ["report-000.txt", "report-001.txt", "report-002.txt"]
    assert all(ranked(open_index(root)))


def test_an_unchanged_second_run_makes_no_generation_and_encodes_nothing(root: Path, folder: Path) -> None:
    first = ingest(root, folder)
    encoder = FakeEncoder()

    second = ingest(root, folder, encoder=encoder)

    assert (second.kept, second.added, second.changed) == (first.added, [], [])
    assert second.generation is None
    assert encoder.encoded == []
    assert open_index(root).live().name == first.generation
    assert not (root / "staging").exists()


def test_a_changed_file_replaces_its_document_and_only_it_is_encoded(root: Path, folder: Path) -> None:
    ingest(root, folder)
    before = ranked(open_index(root), ["zeppelin"])
    (folder / "report-001.txt").write_text("A zeppelin carried the evidence over the valley.\n")
    encoder = FakeEncoder()

    made = ingest(root, folder, encoder=encoder)

    assert made.changed == [str(folder / "report-001.txt")]
    assert len(made.kept) == 2
    assert len(encoder.encoded) == 1
    assert "zeppelin" in encoder.encoded[0]
    assert ranked(open_index(root), ["zeppelin"]) != before
    assert len(names(open_index(root))) == 3


def test_a_file_that_is_gone_is_kept_until_it_is_pruned(root: Path, folder: Path) -> None:
    ingest(root, folder)
    gone = folder / "report-002.txt"
    gone.unlink()

    without = ingest(root, folder)

    assert (without.missing, without.removed, without.generation) == ([str(gone)], [], None)
    assert gone.name in names(open_index(root))

    pruned = ingest(root, folder, prune=True)

    assert (pruned.missing, pruned.removed) == ([], [str(gone)])
    assert gone.name not in names(open_index(root))


def test_pruning_a_folder_leaves_what_lies_elsewhere(root: Path, folder: Path, tmp_path: Path) -> None:
    beside = write_reports(tmp_path / "files-too", [7])
    ingest(root, folder, beside)
    for file in (*folder.iterdir(), *beside.iterdir()):
        file.unlink()

    made = ingest(root, folder, prune=True)

    assert len(made.removed) == 3
    assert names(open_index(root)) == ["report-007.txt"]


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_with_its_reason_and_the_others_are_taken(
    root: Path, folder: Path, name: str
) -> None:
    content, reason = REFUSED[name]
    (folder / name).write_bytes(content)

    made = ingest(root, folder)

    assert list(made.refused) == [str(folder / name)]
    assert reason in made.refused[str(folder / name)]
    assert len(made.added) == 3
    assert open_index(root).live().catalogue.refusals() == made.refused


def test_a_file_that_is_too_large_is_refused_unread(root: Path, folder: Path) -> None:
    large = folder / "large.txt"
    large.touch()
    os.truncate(large, 200_000_001)

    made = ingest(root, folder)

    assert "200,000,001 bytes" in made.refused[str(large)]
    assert len(made.added) == 3


def test_a_refusal_is_recorded_once_and_goes_with_its_file(root: Path, folder: Path) -> None:
    ingest(root, folder)
    bad = folder / "bad.txt"
    bad.write_bytes(b"\0")

    assert ingest(root, folder).generation is not None
    assert ingest(root, folder).generation is None
    assert str(bad) in open_index(root).live().catalogue.refusals()

    bad.unlink()
    ingest(root, folder, prune=True)

    assert open_index(root).live().catalogue.refusals() == {}


def test_a_file_whose_content_becomes_unreadable_loses_its_document(root: Path, folder: Path) -> None:
    ingest(root, folder)
    spoilt = folder / "report-000.txt"
    spoilt.write_bytes(b"\0" * 100)

    made = ingest(root, folder)

    assert list(made.refused) == made.removed == [str(spoilt)]
    assert spoilt.name not in names(open_index(root))

    write_reports(folder, [0])
    mended = ingest(root, folder)

    assert mended.added == [str(spoilt)]
    assert open_index(root).live().catalogue.refusals() == {}


def test_a_file_that_cannot_be_opened_keeps_what_was_read_of_it(root: Path, folder: Path) -> None:
    ingest(root, folder)
    items, _ = find_files([folder])
    (folder / "report-000.txt").unlink()
    (folder / "report-000.txt").mkdir()

    made = Sync(root, FakeEncoder(), load_framework()).run(items)

    assert made.removed == []
    assert "is kept" in made.refused[str(folder / "report-000.txt")]
    assert made.generation is None
    assert len(names(open_index(root))) == 3


def test_the_same_content_under_two_paths_is_one_document(root: Path, folder: Path) -> None:
    copy = folder / "copy.txt"
    shutil.copy(folder / "report-000.txt", copy)
    encoder = FakeEncoder()

    made = ingest(root, folder, encoder=encoder)

    assert len(made.added) == 4
    assert len(open_index(root).live().heads) == 3
    assert len(encoder.encoded) == len(set(encoder.encoded))

    copy.unlink()
    ingest(root, folder, prune=True)
    assert len(open_index(root).live().heads) == 3

    (folder / "report-000.txt").unlink()
    ingest(root, folder, prune=True)
    assert len(open_index(root).live().heads) == 2


def test_another_encoder_recuts_what_the_index_holds_without_the_files(root: Path, folder: Path) -> None:
    shutil.copy(folder / "report-000.txt", folder / "copy.txt")
    (folder / "bad.txt").write_bytes(b"\0")
    ingest(root, folder)
    held = open_index(root).live()
    files, holdings = held.catalogue.files(), held.catalogue.holdings()
    shutil.rmtree(folder)
    other = FakeEncoder("fake:2")
    with pytest.raises(IndexMismatch, match="assistant ingest"):
        Index(root, other.fingerprint).live()

    made = ingest(root, encoder=other)

    recut = Index(root, other.fingerprint).live()
    assert made.generation == recut.name
    assert len(other.encoded) == len(set(other.encoded)) == recut.passages == held.passages
    assert (recut.catalogue.files(), recut.catalogue.holdings()) == (files, holdings)
    assert list(recut.catalogue.refusals()) == [str(folder / "bad.txt")]
    assert ingest(root, encoder=other).generation is None


def test_a_file_read_by_another_reader_is_read_again(root: Path, tmp_path: Path) -> None:
    # Read as Markdown the heading is a section; read as plain text it is not.
    text = "# Report\n\n## Findings\n\nThe team adapted the pilot with families.\n"
    for name in ("file.md", "file.txt"):
        (tmp_path / name).write_text(text)
    former = Sync(root, FakeEncoder(), load_framework())
    former.fingerprint = former.fingerprint.replace('"reader": "', '"reader": "before ')
    former.run([Item(tmp_path / "file.md", "key")])
    document = next(iter(open_index(root).live().heads))
    assert [p.section for p in open_index(root).live().catalogue.passages_of(document)] == [("Findings",)]

    Sync(root, FakeEncoder(), load_framework()).run([Item(tmp_path / "file.txt", "key")])

    sections = [p.section for p in open_index(root).live().catalogue.passages_of(document)]
    assert sections != [("Findings",)]


def test_bundled_notes_are_known_by_name_wherever_they_lie(root: Path, folder: Path, tmp_path: Path) -> None:
    for place in ("here", "there"):
        write_reports(tmp_path / place / "notes", [])
        for number in (1, 2):
            (tmp_path / place / "notes" / f"n{number}.md").write_text(f"# Note\n\n{report(number)}")
    (tmp_path / "there" / "notes" / "n2.md").unlink()
    ingest(root, folder)
    sync = Sync(root, FakeEncoder(), load_framework())

    first = sync.run(bundled_files(tmp_path / "here"), prune_under=[BUNDLED])
    second = sync.run(bundled_files(tmp_path / "there"), prune_under=[BUNDLED])

    assert first.added == ["corpus:n1.md", "corpus:n2.md"]
    assert (second.kept, second.removed, second.missing) == (["corpus:n1.md"], ["corpus:n2.md"], [])
    assert len(names(open_index(root))) == 4


def test_a_run_that_was_cut_off_is_reported_and_published_as_a_whole(root: Path, folder: Path) -> None:
    ingest(root, folder)
    (folder / "report-000.txt").write_bytes(b"\0")
    write_reports(folder, [5])
    items, _ = find_files([folder])

    def stop_at_the_end(done: int, total: int, name: str) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Sync(root, FakeEncoder(), load_framework()).run(items, progress=stop_at_the_end)
    assert (root / "staging").exists()
    assert "report-000.txt" in names(open_index(root))
    encoder = FakeEncoder()

    made = ingest(root, folder, encoder=encoder)

    assert encoder.encoded == []
    assert made.added == [str(folder / "report-005.txt")]
    assert made.removed == list(made.refused) == [str(folder / "report-000.txt")]
    assert names(open_index(root)) == ["report-001.txt", "report-002.txt", "report-005.txt"]


def test_damaged_work_in_progress_is_thrown_away(root: Path, folder: Path) -> None:
    ingest(root, folder)
    (root / "staging").mkdir()
    (root / "staging" / "catalogue.sqlite").write_bytes(b"no database" * 1000)
    write_reports(folder, [9])

    assert ingest(root, folder).added == [str(folder / "report-009.txt")]
    assert len(names(open_index(root))) == 4


def test_an_index_of_nothing_is_an_index(root: Path, tmp_path: Path) -> None:
    made = ingest(root, tmp_path)

    assert made.generation
    assert open_index(root).live().heads == {}
    assert ranked(open_index(root)) == [[], [], [], []]


def test_text_that_a_database_cannot_give_back_is_a_refusal(root: Path) -> None:
    document = Document("d", "d.pdf", Source("t"), "half \ud800", (Block(0, 6),))

    with pytest.raises(DocumentRefused, match="no characters"):
        Sync(root, FakeEncoder(), load_framework()).encode(document)
