"""The proof of a withdrawal finds what is planted, in whatever form and file."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.index.byte_search import CHUNK, OVERLAP, Needles, runs
from assistant.index.catalogue import Catalogue
from assistant.index.generations import CATALOGUE, Layout
from assistant.index.withdrawal import Outcome
from tests.builders import write_files
from tests.indexing import ingest, proof_of, take_out, write_reports

SAID = "The ferryman's café kept a “silver ledger” of every promise made on the crossing."
INTERVIEW = (
    f"P4: {SAID}\n\nINT: And who could read it?\n\nP4: Nobody could, until the ferry sank at night.\n\n"
    "INT: Was that long ago?\n"
)


@pytest.fixture(scope="module")
def withdrawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """An index from which an interview was withdrawn, and what a proof looks for."""
    place = tmp_path_factory.mktemp("proof")
    folder = write_reports(place / "files", range(2))
    write_files(folder, {"ferry.txt": INTERVIEW})
    ingest(place / "index", folder)
    shutil.copytree(Layout(place / "index").live(), place / "before")
    return place / "index", take_out(place / "index", "ferry.txt")


@pytest.fixture
def root(withdrawn: tuple[Path, Outcome], tmp_path: Path) -> Path:
    return Path(shutil.copytree(withdrawn[0], tmp_path / "index"))


def plant_in_a_database(root: Path, words: str) -> None:
    db = sqlite3.connect(root / "notes.sqlite")
    db.execute("CREATE TABLE notes (words TEXT)")
    db.execute("INSERT INTO notes VALUES (?)", (words,))
    db.commit()
    db.execute("PRAGMA secure_delete=OFF")
    db.execute("DELETE FROM notes")
    db.commit()
    db.close()


PLANTS: dict[str, Callable[[Path], object]] = {
    "plain": lambda root: (root / "a.log").write_text(f"asked: {SAID}", encoding="utf-8"),
    "in capitals": lambda root: (root / "b").write_text(SAID[20:].upper(), encoding="utf-8"),
    "in UTF-16": lambda root: (root / "generations" / "c").write_bytes(b"x" + SAID.encode("utf-16-be")),
    "in JSON": lambda root: (root / "d.json").write_text(json.dumps({"said": SAID}), encoding="utf-8"),
    "a part of it": lambda root: (root / "e").write_text(SAID[40:], encoding="utf-8"),
    "deleted from a database": lambda root: plant_in_a_database(root, SAID),
    "far into a file": lambda root: (root / "f").write_bytes(bytes(CHUNK - 30) + SAID.encode()),
}


@pytest.mark.parametrize("plant", PLANTS)
def test_planted_words_are_found(withdrawn: tuple[Path, Outcome], root: Path, plant: str) -> None:
    assert proof_of(root, withdrawn[1]).found == []

    PLANTS[plant](root)

    (found,) = proof_of(root, withdrawn[1]).found
    assert re.match(r"\d+ run\(s\) of words in ", found)


def test_the_generation_before_is_found_in_all_its_files(withdrawn: tuple[Path, Outcome], root: Path) -> None:
    shutil.copytree(withdrawn[0].parent / "before", root / "generations" / "000001-00000000")

    found = "\n".join(proof_of(root, withdrawn[1]).found)

    assert "run(s) of words in" in found
    assert re.search(r"vector\(s\) in \S+catalogue\.sqlite", found)
    assert re.search(r"vector\(s\) in \S+data_level0\.bin", found)
    assert re.search(r"vector\(s\) in \S+chroma\.sqlite3", found)


@pytest.mark.parametrize("alter", [lambda v: v, lambda v: v / np.linalg.norm(v) * np.float32(1.0000002)])
def test_a_planted_vector_is_found_at_any_offset(
    withdrawn: tuple[Path, Outcome], root: Path, alter: Callable[[np.ndarray], np.ndarray]
) -> None:
    vector = alter(withdrawn[1].sought.passages[1]).astype(np.float32)
    (root / "cache.bin").write_bytes(b"\1\2\3" + vector.tobytes() + b"\0")

    assert proof_of(root, withdrawn[1]).found == [f"1 vector(s) in {root / 'cache.bin'}"]


def test_a_planted_sentence_vector_is_found(withdrawn: tuple[Path, Outcome], root: Path) -> None:
    (root / "cache.bin").write_bytes(b"\1" + withdrawn[1].sought.sentences[0])

    assert proof_of(root, withdrawn[1]).found == [f"1 vector(s) in {root / 'cache.bin'}"]


@pytest.mark.parametrize("part", [slice(None), slice(0, 400), slice(-400, None)])
def test_planted_tokens_are_found_whole_and_in_part(
    withdrawn: tuple[Path, Outcome], root: Path, part: slice
) -> None:
    longest = max(withdrawn[1].sought.tokens, key=len)
    (root / "cache.bin").write_bytes(b"\1" + longest[part])

    [told] = proof_of(root, withdrawn[1]).found

    assert re.fullmatch(rf"\d+ vector\(s\) in {re.escape(str(root / 'cache.bin'))}", told)


def test_tokens_that_a_document_which_stays_has_too_are_no_finding(
    withdrawn: tuple[Path, Outcome], root: Path
) -> None:
    live = Catalogue.open(Layout(root).live() / CATALOGUE)
    staying = [blob for head in live.heads() for blob in live.token_blobs(head.id)]
    live.close()
    before = proof_of(root, withdrawn[1])
    withdrawn[1].sought.tokens += staying

    assert staying
    after = proof_of(root, withdrawn[1])
    assert after.vectors > before.vectors, "they are looked for"
    assert after.found == before.found == []


def test_a_document_that_quotes_it_at_length_is_named(
    withdrawn: tuple[Path, Outcome], tmp_path: Path
) -> None:
    folder = write_files(tmp_path / "files", {"quotes.txt": f"On ferries\n\nSomebody told us. {SAID}\n"})
    ingest(tmp_path / "index", folder)

    (found,) = proof_of(tmp_path / "index", withdrawn[1]).found

    assert found.startswith("“The ferryman's café")
    assert "stands also in «On ferries», which is still in the index" in found


def test_a_few_everyday_words_in_another_document_are_no_finding(
    withdrawn: tuple[Path, Outcome], tmp_path: Path
) -> None:
    folder = write_files(
        tmp_path / "files", {"a.txt": "On ledgers\n\nThey asked us: And who could read it?\n"}
    )
    ingest(tmp_path / "index", folder)

    proof = proof_of(tmp_path / "index", withdrawn[1])

    assert (proof.found, proof.shared) == ([], 1)


def test_terms_of_the_word_index_that_no_document_has_are_found(
    withdrawn: tuple[Path, Outcome], root: Path
) -> None:
    db = sqlite3.connect(Layout(root).live() / CATALOGUE)
    db.execute("INSERT INTO words (rowid, context, body) VALUES (999, '', 'ferryman ferry')")
    db.commit()
    db.close()

    assert (
        "2 term(s) of the word index are not those of the documents there"
        in proof_of(root, withdrawn[1]).found
    )


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "INSERT INTO postings SELECT CAST('ferryman' AS BLOB), passages, counts FROM postings LIMIT 1",
            "1 term(s) of the word index are not those of the documents there",
        ),
        (
            "DELETE FROM postings WHERE rowid = 1",
            "1 term(s) of the word index are not those of the documents there",
        ),
        (
            "UPDATE lengths SET passages = CAST(passages || x'E7030000' AS BLOB)",
            "1 passage(s) in the word index that are not there",
        ),
    ],
    ids=["a word too many", "a word too few", "a passage too many"],
)
def test_what_is_kept_with_words_is_looked_at_too(
    withdrawn: tuple[Path, Outcome], root: Path, statement: str, found: str
) -> None:
    assert proof_of(root, withdrawn[1]).found == []
    db = sqlite3.connect(Layout(root).live() / CATALOGUE)
    db.execute(statement)
    db.commit()
    db.close()

    assert proof_of(root, withdrawn[1]).found == [found]


@pytest.mark.parametrize("at", [0, 1, 7, CHUNK - 5, CHUNK - OVERLAP, CHUNK + 3])
def test_bytes_are_found_wherever_they_stand(tmp_path: Path, at: int) -> None:
    needles = Needles()
    number = needles.add_words("a silver ledger of promises")
    needles.add_words("a golden ledger of promises")
    (tmp_path / "file").write_bytes(b"\0" * at + b"A Silver Ledger of promises")

    seen = needles.search([tmp_path])

    assert seen.found == {number: {str(tmp_path / "file")}}
    assert (seen.files, seen.size) == (1, at + 27)


def test_runs_cover_every_word_of_longer_pieces() -> None:
    pieces = ["one two three four five six seven eight nine ten eleven", "too few", "these three words"]

    made = list(runs(pieces))

    covered = {word for piece, _, run in made if piece == 0 for word in run.split()}
    assert covered == set(pieces[0].split())
    assert [(piece, run) for piece, _, run in made if piece] == [(2, "these three words")]


@pytest.mark.slow
def test_the_real_program_withdraws_proves_and_fails_when_something_is_planted(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    folder = write_files(tmp_path / "files", {"ferry.txt": INTERVIEW})
    write_reports(folder, range(2))
    # Its own cache, which is looked through too; what models made stays where it is.
    shared, own = Path(environment["ASSISTANT_CACHE"]), tmp_path / "cache"
    own.mkdir()
    for made in (path for path in shared.glob("*") if path.is_file()):
        (own / made.name).symlink_to(made)
    environment = {**environment, "ASSISTANT_CACHE": str(own)}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "assistant", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert run("ingest", str(folder)).returncode == 0

    proved = run("withdraw", "ferry.txt", "--prove")

    assert proved.returncode == 0, proved.stdout + proved.stderr
    assert "(ferry.txt)" in proved.stdout
    assert re.search(
        r"looked at every byte of \d+ files .* for \d+ runs of words and \d+ vectors",
        proved.stdout,
    )
    assert proved.stdout.endswith("nothing was found\n")
    left_out = run("ingest", str(folder))
    assert "0 added, 2 kept, 0 changed, 0 removed, 0 refused, 1 withdrawn" in left_out.stdout
    (tmp_path / "index" / "old.log").write_text(SAID, encoding="utf-8")
    again = run("withdraw", str(folder / "ferry.txt"), "--prove", "--json")
    assert again.returncode == 1
    assert "old.log" in json.loads(again.stdout)["proof"]["found"][0]
    assert len(open_index_names(tmp_path / "index")) == 2


def open_index_names(root: Path) -> list[str]:
    db = sqlite3.connect(Layout(root).live() / CATALOGUE)
    try:
        return [name for (name,) in db.execute("SELECT name FROM documents")]
    finally:
        db.close()
