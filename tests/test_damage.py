"""Each file of the live generation damaged in each way: answers stay right or the index is refused by
name, and the next ingest mends it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pytest

from assistant.encoding import PassageVectors, Spans
from assistant.errors import IndexDamaged
from assistant.index import Generation
from tests.fakes import FakeEncoder
from tests.indexing import PROCESSES, ingest, names, open_index, ranked, write_reports

REPORTS = 60


def flip(path: Path) -> None:
    """Alter some bytes of each page."""
    data = bytearray(path.read_bytes())
    for start in range(0, len(data), 4096):
        for position in range(start, min(start + 8, len(data))):
            data[position] ^= 0xFF
    path.write_bytes(data)


def exchange_ids(store: Path) -> None:
    """Leave the database sound, and let two vectors be taken for each other."""
    with sqlite3.connect(store) as db:
        db.execute("UPDATE embeddings SET embedding_id = 'x' WHERE id = 1")
        db.execute("UPDATE embeddings SET embedding_id = '0' || embedding_id WHERE id = 2")
    db.close()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "removed": lambda path: path.unlink(),
    "cut to half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "emptied": lambda path: path.write_bytes(b""),
    "zeroed": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "flipped": flip,
}


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("damage")
    ingest(place / "index", write_reports(place / "files", range(REPORTS)))
    return place / "index"


def vector_files(root: Path) -> list[Path]:
    """The vector files and the manifest, from the index's directory on."""
    live = open_index(root).layout.live()
    files = [path for path in (live / "chroma").rglob("*") if path.is_file()]
    return [path.relative_to(root) for path in [*sorted(files), live / "manifest.json"]]


def damaged_copies(healthy: Path, place: Path) -> dict[str, Path]:
    """What was done → a copy of the index with that damage to its vector files."""
    copies: dict[str, Path] = {}

    def copy(name: str) -> Path:
        copies[name] = Path(shutil.copytree(healthy, place / str(len(copies))))
        return copies[name]

    for file in vector_files(healthy):
        whole = (healthy / file).read_bytes()
        for name, harm in DAMAGE.items():
            if name == "zeroed" and not any(whole):
                continue  # it holds nothing but zeros
            harm(copy(f"{file.name} {name}") / file)
    live = open_index(healthy).layout.live_name() or ""
    shutil.rmtree(copy("chroma removed") / "generations" / live / "chroma")
    exchange_ids(copy("ids exchanged") / "generations" / live / "chroma" / "chroma.sqlite3")
    return copies


def answer_from(roots: Sequence[Path], answers: Connection) -> None:
    """For a process of its own, since damaged vector files can crash one."""
    for root in roots:
        index = open_index(root)
        answers.send((index.live().vectors.fault, ranked(index)))
        index.live().vectors.close()
    answers.send(None)


def test_whatever_happens_to_vector_files_answers_stay_right_and_the_fault_is_named(
    healthy: Path, tmp_path: Path
) -> None:
    copies = damaged_copies(healthy, tmp_path)
    here, there = PROCESSES.Pipe()
    reader = PROCESSES.Process(target=answer_from, args=([healthy, *copies.values()], there))
    reader.start()
    there.close()

    assert here.recv() == (None, lists := ranked(open_index(healthy)))
    for name in copies:
        fault, found = here.recv()
        assert found == lists, name
        assert fault is not None, name
        assert "missing or altered" in fault, name

    assert here.recv() is None
    reader.join()
    assert len(copies) >= 30


def test_vector_files_that_go_missing_under_a_reader_are_noticed(healthy: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(healthy, tmp_path / "index"))
    index = open_index(root)
    generation = index.live()
    assert generation.vectors.fault is None
    shutil.rmtree(generation.directory / "chroma")

    assert ranked(index) == ranked(open_index(healthy))

    assert generation.vectors.fault is not None


@pytest.mark.parametrize("name", ["data_level0.bin", "chroma.sqlite3", "manifest.json"])
def test_a_plain_ingest_mends_damaged_vector_files_without_encoding(
    healthy: Path, tmp_path: Path, name: str
) -> None:
    root = Path(shutil.copytree(healthy, tmp_path / "index"))
    flip(next(root.rglob(name)))
    encoder = FakeEncoder()

    made = ingest(root, encoder=encoder)

    assert made.mended is not None
    assert "missing or altered" in made.mended
    assert encoder.encoded == []
    assert made.generation == open_index(root).live().name
    assert open_index(root).live().vectors.fault is None
    assert open_index(root).live().digest == open_index(healthy).live().digest
    assert ingest(root).generation is None


def test_a_rebuild_makes_a_new_generation_of_what_the_index_holds(healthy: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(healthy, tmp_path / "index"))
    next(root.rglob("header.bin")).unlink()
    lists = ranked(open_index(healthy))
    encoder = FakeEncoder()

    made = ingest(root, encoder=encoder, rebuild=True)

    assert (made.added, made.changed, made.removed, encoder.encoded) == ([], [], [], [])
    assert ranked(open_index(root)) == lists
    assert open_index(root).live().vectors.fault is None
    assert open_index(root).live().digest == open_index(healthy).live().digest


@pytest.mark.parametrize("harm", DAMAGE)
def test_a_damaged_catalogue_is_refused_by_name_with_what_mends_it(
    healthy: Path, tmp_path: Path, harm: str
) -> None:
    root = Path(shutil.copytree(healthy, tmp_path / "index"))
    DAMAGE[harm](open_index(root).layout.live() / "catalogue.sqlite")

    with pytest.raises(IndexDamaged, match=r"catalogue\.sqlite is missing or altered.* assistant ingest"):
        open_index(root).live()


def test_one_altered_letter_of_a_catalogue_is_noticed(healthy: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(healthy, tmp_path / "index"))
    catalogue = open_index(root).layout.live() / "catalogue.sqlite"
    catalogue.write_bytes(catalogue.read_bytes().replace(b"families", b"Families", 1))
    with sqlite3.connect(catalogue) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()

    with pytest.raises(IndexDamaged):
        open_index(root).live()


@pytest.mark.parametrize("rebuild", [True, False])
def test_an_ingest_reads_the_files_of_a_damaged_catalogue_again(tmp_path: Path, rebuild: bool) -> None:
    folder = write_reports(tmp_path / "files", range(4))
    root = tmp_path / "index"
    ingest(root, folder)
    digest = open_index(root).live().digest
    flip(open_index(root).layout.live() / "catalogue.sqlite")

    made = ingest(root, rebuild=rebuild)

    assert made.mended == "the catalogue was missing or altered; 4 file(s) that it held were read again"
    assert open_index(root).live().digest == digest
    assert ingest(root).generation is None


def test_what_a_damaged_catalogue_held_of_a_file_that_is_gone_is_reported_lost(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "files", range(2))
    root = tmp_path / "index"
    ingest(root, folder)
    (folder / "report-000.txt").unlink()
    (open_index(root).layout.live() / "catalogue.sqlite").unlink()

    made = ingest(root)

    assert made.refused == {str(folder / "report-000.txt"): "cannot be opened: No such file or directory"}
    assert names(open_index(root)) == ["report-001.txt"]


def test_an_index_without_catalogue_and_manifest_is_begun_anew(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "files", range(2))
    root = tmp_path / "index"
    ingest(root, folder)
    for name in ("catalogue.sqlite", "manifest.json"):
        (open_index(root).layout.live() / name).unlink()
    with pytest.raises(IndexDamaged):
        open_index(root).live()

    assert len(ingest(root, folder).added) == 2


class Blank(FakeEncoder):
    """An encoder that has nothing to say about some passages."""

    def encode_passages(self, texts: Sequence[tuple[str, Spans]]) -> list[PassageVectors]:
        made = super().encode_passages(texts)
        return [
            PassageVectors(np.zeros_like(vectors.passage), vectors.sentences, vectors.tokens)
            for vectors in made
        ]


def test_an_index_that_fails_its_audit_is_not_used(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "files", range(3))
    root = tmp_path / "index"
    ingest(root, folder)
    live, lists = open_index(root).live().name, ranked(open_index(root))
    write_reports(folder, [9], paragraphs=12)

    with pytest.raises(IndexDamaged, match="cannot be found by their own vectors"):
        ingest(root, folder, encoder=Blank())

    assert open_index(root).live().name == live
    assert ranked(open_index(root)) == lists
    assert len(ingest(root, folder).added) == 1
    assert isinstance(open_index(root).live(), Generation)
    assert "report-009.txt" in names(open_index(root))
