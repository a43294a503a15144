"""One writer at a time, in real processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from assistant.index.generations import Layout
from tests.fakes import FakeEncoder
from tests.indexing import PROCESSES, ingest, ingest_reporting, names, open_index, ranked, write_reports


def test_of_four_ingests_at_once_one_works_and_three_say_so(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "files", range(8))
    ingest(tmp_path / "alone", folder)
    root = tmp_path / "index"
    pipes = [PROCESSES.Pipe() for _ in range(4)]
    writers = [
        PROCESSES.Process(target=ingest_reporting, args=(root, folder, there, True)) for _, there in pipes
    ]
    for writer, (_, there) in zip(writers, pipes, strict=True):
        writer.start()
        # A writer that dies before it says anything must not be waited for.
        there.close()

    first = [here.recv() for here, _ in pipes]

    assert sorted(map(str, first))[0] == "0", "the one that holds the lock waits before its first file"
    refused = [answer for answer in first if answer != 0]
    assert len(refused) == 3
    assert set(refused) == {
        f"Another process is writing to the index {root}. Wait until it is done and try again."
    }
    pipes[first.index(0)][0].send("go on")
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * 4
    assert ranked(open_index(root)) == ranked(open_index(tmp_path / "alone"))
    assert open_index(root).live().digest == open_index(tmp_path / "alone").live().digest
    assert open_index(root).live().vectors.fault is None


def test_a_second_ingest_of_the_program_exits_with_one_sentence(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    root = Path(environment["ASSISTANT_INDEX"])
    folder = write_reports(tmp_path / "files", range(2))
    command = [sys.executable, "-m", "assistant", "ingest", str(folder)]

    with Layout(root).writing():
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr == (
        f"assistant: Another process is writing to the index {root}. Wait until it is done and try again.\n"
    )
    assert not (root / "current").exists()


def test_reading_goes_on_while_another_process_writes(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "files", range(3))
    root = tmp_path / "index"
    ingest(root, folder)
    lists = ranked(open_index(root))
    write_reports(folder, [9])
    here, there = PROCESSES.Pipe()
    writer = PROCESSES.Process(target=ingest_reporting, args=(root, folder, there, True))
    writer.start()
    there.close()
    assert here.recv() == 0

    assert open_index(root).layout.is_locked()
    assert not open_index(root).layout.is_cut_off()
    assert ranked(open_index(root)) == lists

    here.send("go on")
    writer.join()
    assert "report-009.txt" in names(open_index(root))
    assert not open_index(root).layout.is_locked()


def test_looking_at_the_lock_leaves_it_as_it_is(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "files", range(2))
    layout = Layout(tmp_path / "index")
    ingest(tmp_path / "index", folder)

    for _ in range(20):
        assert not layout.is_locked()
    with layout.writing():
        assert layout.is_locked()

    assert ingest(tmp_path / "index", folder, encoder=FakeEncoder()).generation is None
