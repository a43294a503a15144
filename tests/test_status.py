"""`assistant status`: what there is, what is wrong, and the command that mends it, which does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from assistant.commands.status import state
from assistant.encoding.minilm import MiniLM
from assistant.framework import load_framework
from assistant.index import Index
from assistant.index.files import find_files
from assistant.index.generations import Layout
from assistant.index.sync import Sync
from assistant.settings import Settings
from tests.indexing import PROCESSES, ingest, write_reports
from tests.program import run

FORM = {"version", "index", "encoder", "reader", "chat_model", "is_being_written", "disk_bytes", "generation",
        "digest", "documents", "files", "refusals", "passages", "sentences", "problems"}  # fmt: skip


@pytest.fixture(scope="module")
def small(encoder: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two reports by the packaged model."""
    place = tmp_path_factory.mktemp("small")
    folder = write_reports(place / "files", range(2))
    Sync(place / "index", encoder, load_framework()).run(find_files([folder])[0])
    return place / "index"


@pytest.fixture
def chosen(small: Path, tmp_path: Path, cache: Path) -> Settings:
    """Settings with a copy of that index, to be damaged."""
    return Settings(index=Path(shutil.copytree(small, tmp_path / "index")), cache=cache)


def live(chosen: Settings) -> Path:
    return Layout(chosen.index).live()


def spoil(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:100] + bytes(byte ^ 0xFF for byte in data[100:200]) + data[200:])


def test_a_sound_index_has_no_problems(chosen: Settings) -> None:
    form = state(chosen)

    assert set(form) == FORM
    assert form["problems"] == []
    assert (form["documents"], form["files"], form["refusals"]) == (2, 2, 0)
    assert form["passages"] > 0
    assert form["sentences"] > form["passages"]
    assert (form["generation"], form["is_being_written"]) == (live(chosen).name, False)
    assert form["disk_bytes"] == sum(p.stat().st_size for p in chosen.index.rglob("*") if p.is_file())


HARM: dict[str, tuple[Callable[[Settings], object], str]] = {
    "a vector file removed": (
        lambda chosen: next(live(chosen).rglob("length.bin")).unlink(),
        "1 vector file(s) are missing or altered, first chroma/",
    ),
    "a vector file altered": (
        lambda chosen: spoil(next(live(chosen).rglob("data_level0.bin"))),
        "1 vector file(s) are missing or altered, first chroma/",
    ),
    "Chroma's database altered": (
        lambda chosen: spoil(live(chosen) / "chroma" / "chroma.sqlite3"),
        "the vector store's database chroma/chroma.sqlite3 is missing or altered",
    ),
    "the manifest removed": (
        lambda chosen: (live(chosen) / "manifest.json").unlink(),
        "the manifest is missing or altered",
    ),
    "the manifest altered": (
        lambda chosen: (live(chosen) / "manifest.json").write_text("{}"),
        "the manifest is missing or altered",
    ),
    "the catalogue altered": (
        lambda chosen: spoil(live(chosen) / "catalogue.sqlite"),
        "catalogue.sqlite is missing or altered",
    ),
    "the catalogue removed": (
        lambda chosen: (live(chosen) / "catalogue.sqlite").unlink(),
        "catalogue.sqlite is missing or altered",
    ),
    "the generation removed": (lambda chosen: shutil.rmtree(live(chosen)), "is missing or altered"),
    "the pointer altered": (lambda chosen: (chosen.index / "current").write_text("x"), "is damaged"),
    "the pointer removed": (lambda chosen: (chosen.index / "current").unlink(), "There is no index in"),
}


@pytest.mark.parametrize("harm", HARM)
def test_each_fault_is_named_and_what_is_named_mends_it(
    chosen: Settings, small: Path, encoder: MiniLM, harm: str
) -> None:
    digest = state(chosen)["digest"]
    do_harm, name = HARM[harm]
    do_harm(chosen)

    [problem] = state(chosen)["problems"]

    assert name in problem
    assert "assistant ingest" in problem
    items, _ = find_files([small.parent / "files"])
    files = items if harm == "the generation removed" else []
    Sync(chosen.index, encoder, load_framework()).run(files, rebuild="--rebuild" in problem)
    assert state(chosen)["problems"] == []
    assert state(chosen)["digest"] == digest


def test_an_ingest_that_was_cut_off_is_a_problem_and_one_that_runs_is_none(
    chosen: Settings, encoder: MiniLM, small: Path
) -> None:
    def stop(done: int, total: int, name: str) -> None:
        raise KeyboardInterrupt

    sync = Sync(chosen.index, encoder, load_framework())
    with pytest.raises(KeyboardInterrupt):
        sync.run(find_files([small.parent / "files"])[0], progress=stop)

    assert state(chosen)["problems"] == ["an ingest was cut off. Finish it: run the same ingest again"]
    with Layout(chosen.index).writing():
        assert (state(chosen)["problems"], state(chosen)["is_being_written"]) == ([], True)
    sync.run(find_files([small.parent / "files"])[0])
    assert state(chosen)["problems"] == []


def test_an_index_of_another_encoder_is_a_problem(tmp_path: Path, cache: Path) -> None:
    ingest(tmp_path / "index", write_reports(tmp_path / "files", range(2)))

    [problem] = state(Settings(index=tmp_path / "index", cache=cache))["problems"]

    assert "was made with encoder 'fake:1', this program uses 'all-MiniLM-L6-v2:" in problem
    assert problem.endswith("Make it anew from what it holds: assistant ingest")


def test_another_framework_is_a_problem_until_the_next_ingest(
    chosen: Settings, encoder: MiniLM, tmp_path: Path
) -> None:
    bundled = Path(__file__).parent.parent / "corpus" / "framework.toml"
    other = tmp_path / "framework.toml"
    other.write_text(bundled.read_text().replace("trust", "confidence"))
    changed = chosen.model_copy(update={"framework": other})

    assert state(changed)["problems"] == [
        "the index was made with another framework. Bring it up to date: assistant ingest"
    ]

    Sync(chosen.index, encoder, load_framework(other)).run([])
    assert state(changed)["problems"] == []


def test_there_may_be_no_index_yet(tmp_path: Path) -> None:
    form = state(Settings(index=tmp_path / "index", cache=tmp_path / "cache"))

    assert form["reader"].startswith("reader:")
    assert form["disk_bytes"] == 0
    assert form["problems"] == [f"There is no index in {tmp_path / 'index'} yet. Make it: assistant ingest"]
    assert list(tmp_path.iterdir()) == []


def test_the_program_fails_if_something_is_wrong_and_prints_it(
    environment: dict[str, str], small: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(small, tmp_path / "copy"))

    well = run(environment, "status", "--index", root)
    next(root.rglob("header.bin")).unlink()
    ill = run(environment, "--index", root, "status")

    assert (well.returncode, well.stderr) == (0, "")
    assert well.stdout.endswith("nothing is wrong\n")
    assert f"generation: {Layout(root).live_name()}\n" in well.stdout
    assert (ill.returncode, ill.stderr) == (1, "")
    assert "problem: 1 vector file(s) are missing" in ill.stdout
    assert ill.stdout.endswith("Mend it: assistant ingest --rebuild\n")
    assert run(environment, "ingest", "--rebuild", "--index", root).returncode == 0
    assert run(environment, "status", "--index", root).returncode == 0


def state_for_another_user(chosen: Settings, answers: Connection) -> None:
    """For a process of its own, started by root: the problems that a user without any rights is shown."""
    state(chosen)
    os.setgid(65534)
    os.setuid(65534)
    try:
        answers.send(state(chosen)["problems"])
    except Exception as error:
        answers.send(repr(error))


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can become another user")
def test_an_index_that_may_not_be_read_is_a_problem_and_no_failure(chosen: Settings, cache: Path) -> None:
    here, there = PROCESSES.Pipe()
    reader = PROCESSES.Process(target=state_for_another_user, args=(chosen, there))
    reader.start()

    problems = here.recv()
    reader.join()

    assert problems == [f"The index {chosen.index} cannot be read: Permission denied."]


def test_a_reader_and_status_see_the_same_index(chosen: Settings, encoder: MiniLM) -> None:
    generation = Index(chosen.index, encoder.fingerprint).live()

    assert state(chosen)["digest"] == generation.digest
    assert state(chosen)["passages"] == generation.passages
