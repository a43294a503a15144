from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import threading
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from assistant.errors import IndexDamaged, IndexMissing
from assistant.index import Index
from assistant.index.generations import Layout
from assistant.retrieval import Retriever
from tests.fakes import FakeEncoder
from tests.indexing import PROCESSES, ingest, names, open_index, ranked, write_reports

NEW = "report-009.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "files", range(3))


@pytest.fixture
def root(tmp_path: Path, folder: Path) -> Path:
    ingest(tmp_path / "index", folder)
    return tmp_path / "index"


def exchange(folder: Path) -> None:
    """Withdraw one report and add another."""
    (folder / "report-000.txt").unlink()
    write_reports(folder, [9])


def files_holding(root: Path, words: bytes) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file() and words in path.read_bytes()]


def test_a_reader_sees_new_material_and_no_removed_material_at_its_next_question(
    root: Path, folder: Path
) -> None:
    index = open_index(root)
    retriever = Retriever(index, FakeEncoder())
    assert "report-000.txt" in names(index)
    exchange(folder)
    ingest(root, folder, prune=True)

    found = {item.document.name for item in retriever.search("report number pilot valley", 20).evidence}

    assert found == {"report-001.txt", "report-002.txt", NEW}


def answer_names(root: Path, questions: Connection) -> None:
    """For a process of its own: the documents it finds, for each word it is sent."""
    retriever = Retriever(open_index(root), FakeEncoder())
    while (question := questions.recv()) is not None:
        questions.send(sorted({item.document.name for item in retriever.search(question, 20).evidence}))


def test_a_reader_in_another_process_sees_it_too(root: Path, folder: Path) -> None:
    here, there = PROCESSES.Pipe()
    reader = PROCESSES.Process(target=answer_names, args=(root, there))
    reader.start()
    here.send("report pilot valley")
    assert here.recv() == ["report-000.txt", "report-001.txt", "report-002.txt"]
    exchange(folder)
    ingest(root, folder, prune=True)

    here.send("report pilot valley")

    assert here.recv() == ["report-001.txt", "report-002.txt", NEW]
    here.send(None)
    reader.join()


def test_what_was_withdrawn_is_gone_from_the_disk(root: Path, folder: Path) -> None:
    catalogue = open_index(root).live().catalogue
    removed = next(head for head in open_index(root).live().heads.values() if head.name == "report-000.txt")
    passage = catalogue.passages_of(removed.id)[0]
    vector = catalogue.vectors_of([passage.id])[passage.id].tobytes()
    assert files_holding(root, passage.text.encode())
    assert files_holding(root, vector)
    exchange(folder)

    ingest(root, folder, prune=True)

    assert files_holding(root, passage.text.encode()) == []
    assert files_holding(root, vector[:64]) == []
    assert files_holding(root, passage.id.encode()) == []
    assert len(list((root / "generations").iterdir())) == 1


def test_readers_never_fail_while_ingests_replace_the_index(root: Path, folder: Path) -> None:
    allowed = {
        ("report-000.txt", "report-001.txt", "report-002.txt"),
        ("report-001.txt", "report-002.txt", NEW),
    }
    seen: list[tuple[str, ...]] = []
    failures: list[BaseException] = []
    done = threading.Event()

    def read(index: Index) -> None:
        retriever = Retriever(index, FakeEncoder())
        try:
            while not done.is_set():
                found = retriever.search("report number pilot valley", 20).evidence
                seen.append(tuple(sorted({item.document.name for item in found})))
        except BaseException as error:
            failures.append(error)

    shared = open_index(root)
    readers = [threading.Thread(target=read, args=(index,)) for index in (shared, shared, open_index(root))]
    for reader in readers:
        reader.start()
    for turn in range(6):
        if turn % 2:
            (folder / NEW).unlink()
            write_reports(folder, [0])
        else:
            exchange(folder)
        ingest(root, folder, prune=True)
    done.set()
    for reader in readers:
        reader.join()

    assert failures == []
    assert set(seen) == allowed


class Overtaken(Layout):
    """A layout whose live generation is replaced just after it was looked up, `times` times."""

    def __init__(self, root: Path, folder: Path, times: int) -> None:
        super().__init__(root)
        self._folder = folder
        self._numbers = iter(range(20, 20 + times))

    def live(self) -> Path:
        directory = super().live()
        for number in itertools.islice(self._numbers, 1):
            write_reports(self._folder, [number])
            ingest(self.root, self._folder)
        return directory


def test_a_generation_that_vanishes_between_pointer_and_opening_is_looked_up_again(
    root: Path, folder: Path
) -> None:
    index = open_index(root)
    index.layout = Overtaken(root, folder, times=1)

    assert "report-020.txt" in names(index)


def test_a_question_can_be_finished_on_a_generation_that_was_deleted(root: Path, folder: Path) -> None:
    index = open_index(root)
    held = index.live()
    exchange(folder)
    ingest(root, folder, prune=True)

    found = Retriever(index, FakeEncoder()).search("report pilot valley", 20, held).evidence

    assert {item.document.name for item in found} == {"report-000.txt", "report-001.txt", "report-002.txt"}


def test_an_index_made_anew_in_the_same_place_is_noticed(root: Path, folder: Path) -> None:
    index = open_index(root)
    assert len(names(index)) == 3
    shutil.rmtree(root)
    (folder / "report-000.txt").unlink()
    ingest(root, folder)

    assert len(names(index)) == 2


def test_what_is_made_is_private_and_what_was_opened_to_others_stays_so(root: Path, folder: Path) -> None:
    private = [root, root / "generations"]
    assert [path.stat().st_mode & 0o777 for path in private] == [0o700, 0o700]
    for path in private:
        path.chmod(0o755)
    write_reports(folder, [9])

    ingest(root, folder)

    assert [path.stat().st_mode & 0o777 for path in private] == [0o755, 0o755]


def test_a_lost_pointer_is_found_again_by_the_next_ingest(root: Path, folder: Path) -> None:
    lists = ranked(open_index(root))
    (root / "current").unlink()
    with pytest.raises(IndexMissing, match="assistant ingest"):
        open_index(root).live()
    shutil.rmtree(folder)

    made = ingest(root)

    assert made.generation is None
    assert ranked(open_index(root)) == lists


@pytest.mark.parametrize("pointer", [b"", b"\n", b"000009-aaaaaaaa", b"../../etc", b"\xff\x00\xfe"])
def test_a_damaged_pointer_is_named_and_mended_by_the_next_ingest(root: Path, pointer: bytes) -> None:
    lists = ranked(open_index(root))
    (root / "current").write_bytes(pointer)
    with pytest.raises((IndexMissing, IndexDamaged), match="assistant ingest"):
        open_index(root).live()

    ingest(root)

    assert ranked(open_index(root)) == lists


def test_there_is_no_index_where_none_was_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    for place in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(IndexMissing, match="Make it: assistant ingest"):
            open_index(place).live()


def read_as_another_user(root: Path, answers: Connection) -> None:
    """For a process of its own, started by root: what a user without any rights finds."""
    retriever = Retriever(open_index(root), FakeEncoder())
    retriever.search("warm", 1)
    os.setgid(65534)
    os.setuid(65534)
    try:
        index = open_index(root)
        answers.send((index.live().vectors.fault, ranked(index), index.layout.size() > 0))
    except Exception as error:
        answers.send(repr(error))


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("is_open", [True, False])
def test_a_read_only_index_can_be_read_by_those_it_was_opened_to(root: Path, is_open: bool) -> None:
    lists = ranked(open_index(root))
    here, there = PROCESSES.Pipe()
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        index = Path(shutil.copytree(root, Path(place) / "index"))
        if is_open:
            index.chmod(0o755)
            (index / "generations").chmod(0o755)
        reader = PROCESSES.Process(target=read_as_another_user, args=(index, there))
        reader.start()
        answer = here.recv()
        reader.join()

    if is_open:
        assert answer == (None, lists, True)
    else:
        assert answer == f"IndexError_('The index {index} cannot be read: Permission denied.')"
