"""A prune or withdrawal that is killed (SIGKILL) at any moment loses nothing else, and the next run finishes it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.index.withdrawal import Outcome
from assistant.index.withdrawn import FILE
from tests.builders import write_files
from tests.indexing import ingest, names, open_index, proof_of, ranked, take_out, write_reports
from tests.killing import EARLIER, MOMENTS, copies, kill_at

INTERVIEW = (
    "P4: The harbour master lent us his oldest boathouse without rent.\n\nINT: Did he stay?\n\n"
    "P4: He vanished into a better paid post across the estuary.\n\nINT: And then?\n"
)
WITHDRAWAL = {**EARLIER, **MOMENTS}
# A prune takes the way of an ingest, whose every moment has a test of its own.
PRUNING = (
    "work in progress",
    "a place to build",
    "the catalogue begun",
    "its database",
    "its vectors",
    "the manifest",
    "two generations",
    "the pointer switched",
)


@dataclass(frozen=True)
class Prepared:
    """An index of reports and an interview, and what taking the interview out makes of it undisturbed."""

    index: Path
    folder: Path
    before: list[list[tuple[str, float]]]
    after: list[list[tuple[str, float]]]
    outcome: Outcome


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    place = tmp_path_factory.mktemp("kill")
    folder = write_reports(place / "files", range(6))
    write_files(folder, {"interview.txt": INTERVIEW})
    ingest(place / "index", folder)
    shutil.copytree(place / "index", place / "undisturbed")
    outcome = take_out(place / "undisturbed", "interview.txt")
    assert proof_of(place / "undisturbed", outcome).found == []
    before, after = ranked(open_index(place / "index")), ranked(open_index(place / "undisturbed"))
    return Prepared(place / "index", folder, before, after, outcome)


def check_nothing_else_is_lost(root: Path, prepared: Prepared) -> bool:
    """The index answers as before or, if it was switched, as after; whether it was."""
    live = open_index(root)
    held = names(live)
    is_switched = "interview.txt" not in held
    assert held == (["interview.txt"] if not is_switched else []) + [f"report-00{n}.txt" for n in range(6)]
    assert ranked(live) == (prepared.after if is_switched else prepared.before)
    assert live.live().vectors.fault is None
    return is_switched


def check_it_is_finished(root: Path, prepared: Prepared, *others: str) -> None:
    assert check_nothing_else_is_lost(root, prepared)
    assert [path.name for path in (root / "generations").iterdir()] == [open_index(root).live().name]
    assert sorted(path.name for path in root.iterdir()) == sorted(
        ["current", "generations", *others, "writer.lock"]
    )
    assert proof_of(root, prepared.outcome).found == []


@pytest.mark.parametrize("moment", WITHDRAWAL)
def test_a_withdrawal_is_killed_and_the_next_run_finishes_it(
    prepared: Prepared, tmp_path: Path, moment: str
) -> None:
    for attempt, root in enumerate(copies(prepared.index, tmp_path)):
        was_at_work = kill_at(root, WITHDRAWAL[moment], take_out, "interview.txt")
        is_switched = check_nothing_else_is_lost(root, prepared)
        assert (root / FILE).exists() or not was_at_work
        # The same withdrawal again, or any ingest.
        if attempt % 2 and not is_switched:
            take_out(root, "interview.txt")
        else:
            ingest(root, prepared.folder)
        check_it_is_finished(root, prepared, FILE)
        if was_at_work:
            return


def prune(root: Path, folder: Path) -> None:
    ingest(root, folder, prune=True)


@pytest.mark.parametrize("moment", PRUNING)
def test_a_prune_is_killed_and_the_next_finishes_it(prepared: Prepared, tmp_path: Path, moment: str) -> None:
    interview = prepared.folder / "interview.txt"
    words = interview.read_bytes()
    interview.unlink()
    try:
        for root in copies(prepared.index, tmp_path):
            was_at_work = kill_at(root, WITHDRAWAL[moment], prune, prepared.folder)
            check_nothing_else_is_lost(root, prepared)
            prune(root, prepared.folder)
            check_it_is_finished(root, prepared)
            if was_at_work:
                return
    finally:
        interview.write_bytes(words)
