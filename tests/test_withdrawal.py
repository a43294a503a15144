"""Documents and speakers that are withdrawn are gone from every byte of the index, and stay away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.errors import BadInput, IndexDamaged, NotFound
from assistant.index.generations import Layout
from assistant.index.withdrawal import is_due
from assistant.index.withdrawn import FILE
from tests.builders import write_files
from tests.indexing import (
    ingest,
    names,
    open_index,
    proof_of,
    ranked,
    take_out,
    write_reports,
)

INTERVIEW = """Title: Talk at the lighthouse
--------------------

INT: What helped the lighthouse circle begin?

P4: The harbour master lent us his oldest boathouse without rent.

P5: We painted seventeen benches before anybody trusted the idea.

INT: Did the harbour master stay?

P4: He vanished into a better paid post across the estuary. P5 missed him.
"""
SAID_BY_P4 = ("oldest boathouse without rent", "better paid post across the estuary")
SAID_BY_OTHERS = ("painted seventeen benches", "Did the harbour master stay?")
PAPER = """Weekly walks and their keepers

Walking groups lasted where a warden opened the gate each week and knew the names of all who came.

“We kept walking because the gate was never locked on a Tuesday” (P4).

Wardens were paid from a small parish fund, which nobody had to apply for.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_reports(tmp_path / "files", range(2))
    return write_files(tmp_path / "files", {"interview.txt": INTERVIEW, "walks.txt": PAPER})


@pytest.fixture
def root(tmp_path: Path, folder: Path) -> Path:
    ingest(tmp_path / "index", folder)
    return tmp_path / "index"


def bytes_below(root: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file())


def text_of(root: Path, name: str) -> str:
    live = open_index(root).live()
    identity = next(head.id for head in live.heads.values() if head.name == name)
    return live.catalogue.text(identity)


@pytest.mark.parametrize("called", ["interview.txt", "Talk at the lighthouse", "at the LIGHT"])
def test_a_withdrawn_document_is_gone_from_every_byte(root: Path, folder: Path, called: str) -> None:
    assert b"oldest boathouse" in bytes_below(root)
    others = write_reports(root.parent / "others", range(2))
    write_files(others, {"walks.txt": PAPER})
    ingest(root.parent / "without", others)

    outcome = take_out(root, called)

    assert names(open_index(root)) == [f"report-00{n}.txt" for n in range(2)] + ["walks.txt"]
    held = bytes_below(root)
    assert not any(words.encode() in held for words in (*SAID_BY_P4, *SAID_BY_OTHERS, "lighthouse"))
    assert str(folder / "interview.txt").encode() not in held
    assert ranked(open_index(root)) == ranked(open_index(root.parent / "without"))
    assert sorted(path.name for path in root.iterdir()) == [
        "current",
        "generations",
        "withdrawn.json",
        "writer.lock",
    ]
    proof = proof_of(root, outcome)
    assert proof.found == []
    assert (proof.runs > 10, proof.vectors > 8, proof.terms > 20) == (True, True, True)
    assert proof.files == sum(path.is_file() for path in root.rglob("*"))
    assert proof.size == len(held)


def test_a_document_is_withdrawn_by_the_first_digits_of_its_id(root: Path) -> None:
    identity = next(head.id for head in open_index(root).live().heads.values() if head.name == "walks.txt")

    assert take_out(root, identity[:12].upper()).targets[0].document.id == identity


def test_the_next_ingest_of_the_folder_leaves_it_out(root: Path, folder: Path) -> None:
    take_out(root, "interview.txt")
    shutil.copy(folder / "interview.txt", folder / "copy.txt")
    live = open_index(root).live().name

    made = ingest(root, folder)

    assert made.withdrawn == [str(folder / "copy.txt"), str(folder / "interview.txt")]
    assert made.generation is None
    assert open_index(root).live().name == live


@pytest.mark.parametrize(
    "altered",
    [
        INTERVIEW.replace("\n\n", "\n \n") + "\n\n",
        INTERVIEW.replace("He vanished", "He went"),
        INTERVIEW.upper().replace("\n\n", "\n\n\n"),
    ],
)
def test_it_is_known_again_when_its_file_was_edited(root: Path, folder: Path, altered: str) -> None:
    take_out(root, "interview.txt")
    write_files(folder, {"interview.txt": altered})

    assert ingest(root, folder).withdrawn == [str(folder / "interview.txt")]


def test_its_words_are_known_again_under_another_name(root: Path, folder: Path) -> None:
    take_out(root, "interview.txt")
    write_files(folder, {"other.md": INTERVIEW.replace(".\n", ".  \n")})

    assert str(folder / "other.md") in ingest(root, folder).withdrawn


def test_every_document_with_its_words_goes_with_it(root: Path, folder: Path) -> None:
    write_files(folder, {"twin.txt": INTERVIEW + "\n"})
    ingest(root, folder)

    outcome = take_out(root, "interview.txt")

    assert sorted(target.document.name for target in outcome.targets) == ["interview.txt", "twin.txt"]
    assert proof_of(root, outcome).found == []


def test_it_comes_back_when_that_is_allowed(root: Path, folder: Path) -> None:
    before = ranked(open_index(root))
    take_out(root, "interview.txt")

    made = ingest(root, folder, allow_withdrawn=True)

    assert made.added == [str(folder / "interview.txt")]
    assert ranked(open_index(root)) == before
    assert ingest(root, folder).withdrawn == []


def test_a_speakers_words_become_blanks_and_those_of_others_stay_where_they_are(root: Path) -> None:
    before = text_of(root, "interview.txt")
    places = [before.index(words) for words in SAID_BY_OTHERS]

    outcome = take_out(root, "P4", within=["interview.txt"])

    after = text_of(root, "interview.txt")
    assert len(after) == len(before)
    assert [after.index(words) for words in SAID_BY_OTHERS] == places
    assert not any(words.encode() in bytes_below(root) for words in SAID_BY_P4)
    assert "P4" not in after
    assert outcome.mentions == {("Talk at the lighthouse", "P4"): 0}
    assert open_index(root).live().catalogue.speakers()[outcome.targets[0].document.id] == {"INT", "P5"}
    assert proof_of(root, outcome).found == []


def test_passages_of_other_speakers_keep_their_ids(root: Path) -> None:
    live = open_index(root).live()
    identity = next(head.id for head in live.heads.values() if head.name == "interview.txt")
    kept = [p.id for p in live.catalogue.passages_of(identity) if p.speaker != "P4"]

    take_out(root, "P4", within=["interview.txt"])

    assert [p.id for p in open_index(root).live().catalogue.passages_of(identity)] == kept


def test_a_quoted_speaker_vanishes_from_a_paper(root: Path) -> None:
    outcome = take_out(root, "P4", within=["walks.txt"])

    text = text_of(root, "walks.txt")
    assert "never locked" not in text
    assert "knew the names of all who came" in text
    assert "which nobody had to apply for" in text
    assert SAID_BY_P4[0] in text_of(root, "interview.txt")
    assert proof_of(root, outcome).found == []


def test_a_withdrawn_speaker_stays_out_when_the_file_changes(root: Path, folder: Path) -> None:
    take_out(root, "P4", within=["interview.txt"])
    write_files(folder, {"interview.txt": INTERVIEW + "\nP5: The benches are still there.\n"})

    made = ingest(root, folder)

    text = text_of(root, "interview.txt")
    assert "benches are still there" in text
    assert not any(words in text for words in SAID_BY_P4)
    assert made.warnings[str(folder / "interview.txt")] == ("a part of it was withdrawn and left out",)
    assert ingest(root, folder, allow_withdrawn=True).generation
    assert SAID_BY_P4[0] in text_of(root, "interview.txt")


def test_a_document_in_which_nobody_else_speaks_goes_as_a_whole(root: Path, folder: Path) -> None:
    write_files(folder, {"alone.txt": "P9: I kept the tide tables.\n\nP9: Nobody else did, for years.\n"})
    ingest(root, folder)

    take_out(root, "P9")

    assert "alone.txt" not in names(open_index(root))
    assert ingest(root, folder).withdrawn == [str(folder / "alone.txt")]


def test_a_named_speaker_leaves_no_label_and_mentions_are_counted(root: Path, folder: Path) -> None:
    words = (
        "Title: Katharine Xample speaks\nSensitivity: public\n--------------------\n\nKX - Katharine Xample\nPQ - Peregrine Quill\n\nKX The orchard was planted in one winter.\n\n"
        "PQ Katharine Xample planted most of it herself.\n\nKX That is kind of you to say.\n"
    )
    write_files(folder, {"orchard.txt": words})
    ingest(root, folder)

    outcome = take_out(root, "Katharine Xample")

    text = text_of(root, "orchard.txt")
    assert "KX" not in text
    assert text.count("Katharine Xample") == 1
    assert outcome.mentions == {("Katharine Xample speaks", "Katharine Xample"): 1}
    live = open_index(root).live()
    assert "[withdrawn] speaks" in [
        head.source.title for head in live.heads.values() if head.name == "orchard.txt"
    ]
    assert bytes_below(root).count(b"Katharine Xample") == 1


@pytest.mark.parametrize(
    ("wanted", "within", "error", "said"),
    [
        ("P4", (), BadInput, "P4 speaks in 2 documents.*--document"),
        ("P77", ("interview.txt",), NotFound, "Nobody called 'P77' speaks there"),
        ("nothing", (), NotFound, "no document and no speaker called 'nothing'"),
        ("Report number", (), BadInput, "can mean 2 documents"),
    ],
)
def test_what_is_not_there_or_can_mean_several_is_refused(
    root: Path, wanted: str, within: tuple[str, ...], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        take_out(root, wanted, within=within)
    assert len(names(open_index(root))) == 4
    assert not (root / FILE).exists()


def test_the_list_holds_no_words_and_is_private(root: Path) -> None:
    take_out(root, "P5", "walks.txt")

    written = (root / FILE).read_text("utf-8")
    assert (root / FILE).stat().st_mode & 0o777 == 0o600
    assert not any(word in written for word in ("P5", "walks", "Weekly", "interview", str(root.parent)))


def test_a_list_that_cannot_be_read_stops_an_ingest(root: Path, folder: Path) -> None:
    take_out(root, "walks.txt")
    (root / FILE).write_text("{", encoding="utf-8")

    with pytest.raises(IndexDamaged, match="what was withdrawn"):
        ingest(root, folder)


def test_a_withdrawn_document_stays_out_of_an_index_whose_catalogue_is_lost(root: Path, folder: Path) -> None:
    take_out(root, "interview.txt")
    (Layout(root).live() / "catalogue.sqlite").unlink()

    ingest(root, folder)

    assert "interview.txt" not in names(open_index(root))
    assert len(names(open_index(root))) == 3


def test_a_withdrawal_that_was_cut_off_is_seen_and_finished_by_an_ingest(root: Path, folder: Path) -> None:
    before = shutil.copytree(root / "generations", root.parent / "generations")
    live = (root / "current").read_bytes()
    take_out(root, "interview.txt")
    assert not is_due(Layout(root))
    shutil.rmtree(root / "generations")
    shutil.copytree(before, root / "generations")
    (root / "current").write_bytes(live)

    assert is_due(Layout(root))
    ingest(root)

    assert not is_due(Layout(root))
    assert "interview.txt" not in names(open_index(root))
