"""What researchers correct of labels: applied, kept through every new making of the index, undone, withdrawn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import BadInput, IndexDamaged
from assistant.framework import load_framework
from assistant.index.corrections import FILE, Correction, Corrections
from assistant.index.generations import Layout
from assistant.index.hashing import words_hash
from assistant.index.sync import Sync
from assistant.records import Stance
from tests.builders import write_files
from tests.corrected import COUNTED, PAPER, correct, find, read_live
from tests.fakes import FakeEncoder
from tests.indexing import ingest, open_index, take_out


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return write_files(
        tmp_path / "files", {"walks.md": PAPER, "other.md": "# Other\n\nNothing of note here.\n"}
    )


@pytest.fixture
def root(tmp_path: Path, files: Path) -> Path:
    ingest(tmp_path / "index", files)
    return tmp_path / "index"


def test_a_correction_is_applied_at_once_and_tells_where_it_comes_from(root: Path) -> None:
    correct(root, COUNTED, stance="barrier", cluster="macro-context", voice="cited", speaker="P7")

    _, sentence = find(root, COUNTED)

    assert (sentence.labels.stance, sentence.labels.cluster) == (Stance.BARRIER, "macro-context")
    assert (sentence.voice, sentence.speaker) == ("cited", "P7")
    assert sentence.labels.origin == "rules; stance, cluster, voice, speaker corrected by A. Marker"
    assert [s.labels.origin for _, _, s in read_live(root)].count("rules") == len(read_live(root)) - 1


def test_the_digest_of_the_index_tells_of_a_correction(root: Path) -> None:
    before = open_index(root).live().digest

    correct(root, COUNTED, stance="barrier")

    assert open_index(root).live().digest != before


@pytest.mark.parametrize("kind", ["again", "rebuild", "new program", "removed and taken in again"])
def test_corrections_survive_every_new_making_of_the_index(root: Path, files: Path, kind: str) -> None:
    correct(root, COUNTED, stance="barrier")

    if kind == "again":
        write_files(files, {"third.md": "# Third\n\nA third report on benches.\n"})
        ingest(root, files)
    elif kind == "rebuild":
        ingest(root, rebuild=True)
    elif kind == "new program":
        ingest(root, encoder=FakeEncoder("fake:2"))
    else:
        (files / "walks.md").rename(files.parent / "walks.md")
        ingest(root, files, prune=True)
        (files.parent / "walks.md").rename(files / "walks.md")
        ingest(root, files)

    assert find(root, COUNTED)[1].labels.stance is Stance.BARRIER


def test_corrections_go_over_to_a_changed_file_by_their_words(root: Path, files: Path) -> None:
    correct(root, COUNTED, stance="barrier")
    correct(root, "Locked gates", stance="both")
    changed = PAPER.replace("# Walks and wardens", "# Walks, wardens and gates").replace("Locked", "Shut")
    write_files(files, {"walks.md": changed})

    report = ingest(root, files)

    assert (report.carried, report.waiting) == (1, 1)
    assert find(root, COUNTED)[1].labels.stance is Stance.BARRIER
    assert find(root, "Shut gates")[1].labels.origin == "rules"


def test_corrections_that_waited_fit_again_where_the_file_is_as_it_was(root: Path, files: Path) -> None:
    correct(root, COUNTED, stance="barrier")
    write_files(files, {"walks.md": PAPER + "\nOne more line on walks.\n"})
    ingest(root, files)
    write_files(files, {"walks.md": PAPER})

    assert ingest(root, files).carried == 1
    assert find(root, COUNTED)[1].labels.stance is Stance.BARRIER


def test_corrections_of_a_copy_that_stays_are_left_where_they_are(root: Path, files: Path) -> None:
    correct(root, COUNTED, stance="barrier")
    write_files(files, {"copy.md": PAPER})
    ingest(root, files)
    write_files(files, {"walks.md": PAPER + "\nOne more line on walks.\n"})

    report = ingest(root, files)

    assert (report.carried, report.waiting) == (0, 0)
    stances = [s.labels.stance for _, _, s in read_live(root) if COUNTED in s.text]
    assert stances.count(Stance.BARRIER) == 1


def test_a_correction_finds_its_sentence_where_other_borders_are_drawn(root: Path) -> None:
    head, sentence = find(root, COUNTED)
    text = open_index(root).live().catalogue.text(head.id)
    wider = Correction(
        head.id,
        sentence.start,
        sentence.end + 1,
        words_hash(text[sentence.start : sentence.end + 1]),
        "A. Marker",
        "",
        "2026-01-02",
        stance="barrier",
    )
    moved = Correction(
        head.id,
        0,
        5,
        words_hash("Locked gates were a barrier to the walks."),
        "A. Marker",
        "",
        "",
        stance="both",
    )
    for one in (wider, moved):
        Corrections(Layout(root)).put(one)
    ingest(root)

    assert find(root, COUNTED)[1].labels.stance is Stance.BARRIER
    assert find(root, "Locked gates")[1].labels.stance is Stance.BOTH
    assert find(root, "A weekly warden")[1].labels.stance is Stance.ENABLER


def test_an_undone_correction_gives_the_labels_of_the_program_back(root: Path) -> None:
    before = read_live(root)
    correct(root, COUNTED, stance="barrier", voice="cited")
    correct(root, "Locked gates", stance="neither")

    head, sentence = find(root, COUNTED)
    assert Corrections(Layout(root)).undo(head.id, sentence)
    ingest(root)

    assert find(root, COUNTED)[1] == next(s for _, _, s in before if COUNTED in s.text)
    assert find(root, "Locked gates")[1].labels.stance is Stance.NEITHER
    assert not Corrections(Layout(root)).undo(head.id, find(root, COUNTED)[1])


def test_the_file_holds_no_word_of_the_document_and_is_private(root: Path) -> None:
    correct(root, COUNTED, stance="barrier")

    written = (root / FILE).read_text(encoding="utf-8")

    assert "counted" not in written and "parish" not in written
    assert (root / FILE).stat().st_mode & 0o077 == 0


def test_a_withdrawn_document_takes_its_corrections_with_it(root: Path) -> None:
    correct(root, COUNTED, stance="barrier")
    head, _ = find(root, COUNTED)

    take_out(root, "walks.md")

    assert head.id not in (root / FILE).read_text(encoding="utf-8")


def test_a_withdrawn_speaker_takes_corrections_of_their_words_with_them(root: Path) -> None:
    correct(root, "never had a key", stance="barrier")
    correct(root, COUNTED, stance="barrier")

    take_out(root, "P4")

    assert len(Corrections(Layout(root)).entries) == 1
    assert find(root, COUNTED)[1].labels.stance is Stance.BARRIER


def test_who_speaks_only_by_a_correction_cannot_be_withdrawn_as_a_speaker(root: Path) -> None:
    correct(root, COUNTED, speaker="P9")

    with pytest.raises(BadInput, match="only by a correction"):
        take_out(root, "P9")


def test_an_unreadable_file_stops_the_writer_and_is_not_overwritten(root: Path, files: Path) -> None:
    (root / FILE).write_text("{broken", encoding="utf-8")

    with pytest.raises(IndexDamaged, match="corrections"):
        Sync(root, FakeEncoder(), load_framework()).run([])
    assert (root / FILE).read_text(encoding="utf-8") == "{broken"


def test_a_second_correction_of_a_sentence_takes_the_place_of_the_first(root: Path) -> None:
    correct(root, COUNTED, stance="barrier")
    correct(root, COUNTED, stance="both")

    assert [one["stance"] for one in json.loads((root / FILE).read_text())["corrections"]] == ["both"]
    assert find(root, COUNTED)[1].labels.stance is Stance.BOTH
