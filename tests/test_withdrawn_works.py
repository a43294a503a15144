"""What bibliographies say of a withdrawn document goes with it and stays away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.commands.withdraw import print_proof
from assistant.errors import NotFound
from assistant.framework import load_framework
from assistant.index.byte_search import Needles
from assistant.index.files import find_bibliographies, find_files
from assistant.index.generations import Layout
from assistant.index.proof import Proof
from assistant.index.sync import Report, Sync
from assistant.index.withdrawal import is_due
from tests.builders import write_files
from tests.fakes import FakeEncoder
from tests.indexing import open_index, proof_of, take_out

TITLE = "Lanterns along the quiet estuary at night"
RIS = (
    f"TY  - RPRT\nTI  - {TITLE}\nAU  - Xample, Ann\nPY  - 2019\nKW  - zebrafinch\nER  - \n\n"
    "TY  - RPRT\nTI  - Ferries and their keepers in winter\nAU  - Quill, Bea\nPY  - 2020\nER  - \n"
)
TABLES = (
    '["lanterns.txt"]\ncountry = ["Zebraland"]\n\n["*.txt"]\nsector = ["walks"]\n\n["ferries.txt"]\nn = "4"\n'
)
FILES = {
    "lanterns.txt": f"{TITLE}\n\nWe walked with lanterns every night. Nobody was afraid of the tide.\n",
    "ferries.txt": "Ferries and their keepers in winter\n\nFerries ran late. The keepers were paid by the crossing.\n",
    "works.ris": RIS,
    "sources.toml": TABLES,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "files", FILES)


@pytest.fixture
def root(tmp_path: Path, folder: Path) -> Path:
    ingest(tmp_path / "index", folder)
    return tmp_path / "index"


def ingest(root: Path, folder: Path, *, allow_withdrawn: bool = False) -> Report:
    sync = Sync(root, FakeEncoder(), load_framework())
    bibliographies = sorted(find_bibliographies([folder]))
    return sync.run(find_files([folder])[0], bibliographies, allow_withdrawn=allow_withdrawn)


def held(root: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file())


def test_its_entry_and_its_own_table_go_with_it(root: Path) -> None:
    assert TITLE.encode() in held(root)

    outcome = take_out(root, "lanterns.txt")

    assert not any(
        words in held(root) for words in (TITLE.encode(), b"Zebraland", b"lanterns.txt", b"Xample")
    )
    assert all(words in held(root) for words in (b"Ferries and their keepers", b"walks", b"ferries.txt"))
    assert proof_of(root, outcome).found == []
    (head,) = open_index(root).live().heads.values()
    assert (head.source.authors, head.source.sector, head.source.n) == (("Quill, Bea",), ("walks",), "4")


def test_they_stay_away_when_the_bibliography_changes(root: Path, folder: Path) -> None:
    outcome = take_out(root, "lanterns.txt")
    write_files(folder, {"works.ris": RIS.replace(TITLE, TITLE.upper()).replace("zebrafinch", "walks")})
    write_files(folder, {"sources.toml": TABLES.replace('"4"', '"5"')})

    made = ingest(root, folder)

    assert made.withdrawn == [str(folder / "lanterns.txt")]
    assert TITLE.upper().encode() not in held(root)
    assert b"Zebraland" not in held(root)
    assert proof_of(root, outcome).found == []
    assert ingest(root, folder).generation is None


def test_they_come_back_with_it_when_that_is_allowed(root: Path, folder: Path) -> None:
    take_out(root, "lanterns.txt")

    ingest(root, folder, allow_withdrawn=True)

    sources = {head.name: head.source for head in open_index(root).live().heads.values()}
    assert sources["lanterns.txt"].authors == ("Xample, Ann",)
    assert sources["lanterns.txt"].country == ("Zebraland",)


def test_an_entry_that_describes_a_document_that_stays_is_kept(root: Path, folder: Path) -> None:
    write_files(folder, {"copy.txt": f"{TITLE}\n\nA summary by others of what was done. It is short.\n"})
    ingest(root, folder)

    outcome = take_out(root, "lanterns.txt")

    sources = {head.name: head.source for head in open_index(root).live().heads.values()}
    assert sources["copy.txt"].authors == ("Xample, Ann",)
    proof = proof_of(root, outcome)
    assert (proof.found, proof.shared > 0) == ([], True)


def test_the_words_of_a_speaker_take_no_entry_with_them(root: Path, folder: Path) -> None:
    write_files(
        folder, {"lanterns.txt": FILES["lanterns.txt"] + "\n“The tide took my lantern twice” (P4).\n"}
    )
    ingest(root, folder)

    take_out(root, "P4", within=["lanterns.txt"])

    assert TITLE.encode() in held(root)
    with pytest.raises(NotFound):
        take_out(root, "P4", within=["lanterns.txt"])


def test_a_bibliography_that_still_tells_of_it_is_found_by_the_proof(root: Path) -> None:
    outcome = take_out(root, "lanterns.txt")
    (root / "old.ris").write_text(RIS, encoding="utf-8")

    (found,) = proof_of(root, outcome).found

    assert "run(s) of words in" in found
    assert "old.ris" in found


def test_an_index_that_still_tells_of_it_is_seen_and_finished(root: Path) -> None:
    shutil.copytree(root, root.parent / "before")
    take_out(root, "lanterns.txt")
    assert not is_due(Layout(root))
    # As an older release left it: the document gone, what was said of it still there.
    listed = (root / "withdrawn.json").read_bytes()
    other = root.parent / "before"
    take_out(other, "lanterns.txt")
    (other / "withdrawn.json").unlink()
    ingest(other, folder_of(root, "ferries.txt", "works.ris"))
    (other / "withdrawn.json").write_bytes(listed)

    assert is_due(Layout(other))
    ingest(other, folder_of(root, "ferries.txt"))

    assert not is_due(Layout(other))
    assert TITLE.encode() not in held(other)


def folder_of(root: Path, *names: str) -> Path:
    """A new folder with some of the files."""
    return write_files(root.parent / "-".join(names), {name: FILES[name] for name in names})


def test_what_was_looked_at_is_told_by_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index, cache = tmp_path / "index", tmp_path / "cache"
    write_files(index, {"conversations.sqlite": "12345", "current": "1"})
    write_files(cache, {"model.onnx": "123"})
    (tmp_path / "index.ledger.jsonl").write_text("1234", encoding="utf-8")
    places = [index, cache, tmp_path / "none", tmp_path / "index.ledger.jsonl"]
    seen = Needles().search(places)

    counts = ((2, 6), (1, 3), (0, 0), (1, 4))
    assert seen.folders == dict(zip(map(str, places), counts, strict=True))
    print_proof(Proof(seen.files, seen.size, 1, 2, 3, looked=seen.folders))
    printed = capsys.readouterr().out
    assert "looked at every byte of 4 files (13 bytes) and at 3 terms" in printed
    assert f"{index}: 2 files, 6 bytes (conversations.sqlite, current)" in printed
    assert f"{cache}: 1 files, 3 bytes (model.onnx)" in printed
    assert f"{tmp_path / 'index.ledger.jsonl'}: 1 files, 4 bytes\n" in printed
