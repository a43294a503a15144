"""An ingest that is killed (SIGKILL) at any moment loses nothing, and the next one finishes its work."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from tests.indexing import PROCESSES, ingest, ingest_reporting, names, open_index, ranked, write_reports
from tests.killing import KILLED, MOMENTS, Moment, copies, kill_at

OLD, NEW = range(3), range(3, 43)
STAGED = random.Random(7).sample(range(1, len(OLD) + len(NEW)), 14)  # noqa: S311 - where to kill, no secret


@dataclass(frozen=True)
class Prepared:
    """An index of a few reports, a folder with many more, and what an undisturbed ingest makes of it."""

    index: Path
    folder: Path
    before: list[list[tuple[str, float]]]
    after: list[list[tuple[str, float]]]
    digest: str


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    place = tmp_path_factory.mktemp("kill")
    folder = write_reports(place / "files", OLD)
    ingest(place / "index", folder)
    before = ranked(open_index(place / "index"))
    write_reports(folder, NEW)
    shutil.copytree(place / "index", place / "undisturbed")
    ingest(place / "undisturbed", folder)
    undisturbed = open_index(place / "undisturbed")
    return Prepared(place / "index", folder, before, ranked(undisturbed), undisturbed.live().digest)


def check_nothing_is_lost_and_finish(root: Path, prepared: Prepared, staged: int) -> None:
    """The live index answers as before (or, if it was switched, as after); the next ingest finishes."""
    live = open_index(root)
    is_switched = len(names(live)) > len(OLD)
    assert ranked(live) == (prepared.after if is_switched else prepared.before)
    assert live.live().vectors.fault is None
    encoder = FakeEncoder()

    made = ingest(root, prepared.folder, encoder=encoder)

    assert len(made.kept if is_switched else made.added) >= len(NEW)
    assert len(encoder.encoded) <= 2 * (len(OLD) + len(NEW) - staged), "what was staged is not encoded again"
    assert open_index(root).live().digest == prepared.digest
    assert ranked(open_index(root)) == prepared.after
    assert open_index(root).live().vectors.fault is None
    assert [path.name for path in (root / "generations").iterdir()] == [open_index(root).live().name]
    assert sorted(path.name for path in root.iterdir()) == ["current", "generations", "writer.lock"]


def kill(root: Path, folder: Path, staged: int, moment: Moment = lambda root, live: True) -> bool:
    """Kill an ingest once `staged` files are staged and `moment` is seen; whether it was still at work."""
    here, there = PROCESSES.Pipe()

    def wait() -> None:
        while here.recv() < staged:
            pass

    return kill_at(root, moment, ingest_reporting, folder, there, wait=wait)


@pytest.mark.parametrize("count", STAGED)
def test_killed_while_it_reads_files(prepared: Prepared, tmp_path: Path, count: int) -> None:
    for root in copies(prepared.index, tmp_path):
        was_at_work = kill(root, prepared.folder, count)
        assert (root / "staging").exists() or len(names(open_index(root))) > len(OLD)
        check_nothing_is_lost_and_finish(root, prepared, staged=count)
        if was_at_work:
            return


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_while_it_publishes(prepared: Prepared, tmp_path: Path, moment: str) -> None:
    for root in copies(prepared.index, tmp_path):
        was_at_work = kill(root, prepared.folder, len(OLD) + len(NEW), MOMENTS[moment])
        check_nothing_is_lost_and_finish(root, prepared, staged=len(OLD) + len(NEW))
        if was_at_work:
            return


def test_killed_again_and_again_it_still_gets_done(prepared: Prepared, tmp_path: Path) -> None:
    root = Path(shutil.copytree(prepared.index, tmp_path / "index"))
    for count in (5, 9, 14, 30):
        kill(root, prepared.folder, count)
        assert ranked(open_index(root)) in (prepared.before, prepared.after)

    check_nothing_is_lost_and_finish(root, prepared, staged=30)


def test_killed_while_it_recuts_it_goes_on_without_the_files(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "files", range(30))
    root = tmp_path / "index"
    ingest(root, folder, encoder=FakeEncoder("fake:0"))
    shutil.rmtree(folder)
    folder.mkdir()
    _, there = PROCESSES.Pipe()
    writer = PROCESSES.Process(target=ingest_reporting, args=(root, folder, there))
    writer.start()
    staging = root / "staging" / "catalogue.sqlite"
    while staged_files(staging) < 10:
        assert not writer.join(0.001)
    writer.kill()
    writer.join()
    staged = staged_files(staging)
    assert 10 <= staged < 30
    encoder = FakeEncoder()

    ingest(root, folder, encoder=encoder)

    assert len(names(open_index(root))) == 30
    assert len(encoder.encoded) < open_index(root).live().passages


def staged_files(staging: Path) -> int:
    """How many files a catalogue in progress holds by now."""
    if not staging.exists():
        return 0
    try:
        db = sqlite3.connect(f"{staging.as_uri()}?mode=ro", uri=True)
        try:
            return int(db.execute("SELECT count(*) FROM files").fetchone()[0])
        finally:
            db.close()
    except sqlite3.OperationalError:
        return 0


@pytest.mark.slow
def test_the_real_program_is_killed_and_finishes_at_the_next_try(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    root = Path(environment["ASSISTANT_INDEX"])
    folder = write_reports(tmp_path / "files", range(20))
    command = [sys.executable, "-m", "assistant", "ingest", str(folder)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as writer:
        while staged_files(root / "staging" / "catalogue.sqlite") < 5:
            with pytest.raises(subprocess.TimeoutExpired):
                writer.wait(0.02)
        writer.kill()
    assert writer.returncode == KILLED
    assert not (root / "current").exists()
    staged = staged_files(root / "staging" / "catalogue.sqlite")
    status = [sys.executable, "-m", "assistant", "status"]
    cut_off = subprocess.run(status, env=environment, capture_output=True, text=True, check=False)
    assert cut_off.returncode == 1
    assert "an ingest was cut off" in cut_off.stdout

    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    assert finished.stdout.startswith("20 added")
    assert staged < 20
    well = subprocess.run(status, env=environment, capture_output=True, text=True, check=False)
    assert (well.returncode, "documents: 20" in well.stdout) == (0, True)
