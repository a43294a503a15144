"""`assistant chat` and `assistant conversations`, by the real program over a few made-up studies."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from assistant.conversations import FILE
from tests import studies
from tests.builders import write_files
from tests.program import json_of, run, sentence

FOLLOW_UP = "And what stopped it?"
RESTATED = "What stopped teams from keeping the lantern model alive?"
TALK = f"{studies.LANTERN}\n{FOLLOW_UP}\n= {RESTATED}\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """An index that no test changes, but for what is kept beside it."""
    root = tmp_path_factory.mktemp("chat")
    write_files(root / "files", studies.FILES)
    environment = {**os.environ, "ASSISTANT_INDEX": str(root / "index"), "ASSISTANT_CACHE": str(cache)}
    json_of(environment, "ingest", root / "files")
    return root


@pytest.fixture
def talking(made: Path, environment: dict[str, str]) -> dict[str, str]:
    """Environment with an index of its own."""
    shutil.copytree(made / "index", environment["ASSISTANT_INDEX"])
    return {**environment, "ASSISTANT_USER": "ann"}


def kept(environment: dict[str, str]) -> Path:
    return Path(environment["ASSISTANT_INDEX"]) / FILE


def test_a_conversation_is_read_in_full_restated_kept_shown_asked_again_and_purged(
    talking: dict[str, str],
) -> None:
    said = run(talking, "chat", given=TALK)
    assert (said.returncode, said.stderr) == (0, "")
    assert f"(Read as: {FOLLOW_UP} (about: weekly coaching help teams keep the lantern model" in " ".join(
        said.stdout.split()
    )
    assert "Write = and the question in full" in said.stdout
    assert said.stdout.count("Read as") == 1

    (listed,) = json_of(talking, "conversations", "list")["conversations"]
    assert (listed["title"], listed["turns"]) == (studies.LANTERN, 3)
    assert studies.LANTERN[:30] in run(talking, "conversations", "list").stdout

    shown = json_of(talking, "conversations", "show", str(listed["id"]))
    assert [turn["answer"]["question"] for turn in shown["turns"]] == [studies.LANTERN, FOLLOW_UP, RESTATED]
    assert "Weekly coaching helps teams" in run(talking, "conversations", "show", "1").stdout
    assert json_of({**talking, "ASSISTANT_USER": "ben"}, "conversations", "list")["conversations"] == []

    again = json_of(talking, "conversations", "again", "1")["again"]
    assert [one["same"] for one in again] == [True, True, True]
    assert "The same answer as before" in run(talking, "conversations", "again", "1", "--no-save").stdout
    assert json_of(talking, "conversations", "list")["conversations"][0]["turns"] == 6

    assert "1 conversation of ann deleted" in run(talking, "conversations", "purge", "1").stdout
    assert b"lantern" not in kept(talking).read_bytes()


def test_a_chat_looks_only_where_it_is_told(talking: dict[str, str]) -> None:
    given = f"/only country Northvale\n{studies.HARBOUR}\n/only colour red\n/only\n{studies.HARBOUR}\n"

    said = run(talking, "chat", "--no-save", given=given)

    assert (said.returncode, said.stderr) == (0, "")
    assert "Looking only at country Northvale." in said.stdout
    first, second = said.stdout.split("Looking at everything.")
    assert "(Looked only at: country Northvale)" in first
    assert "Shared meals helped" not in first
    assert "Write /only, one of source, kind, year," in first
    assert "Shared meals helped" in second
    assert not kept(talking).exists()


def test_an_option_and_a_setting_keep_nothing_and_json_is_never_kept(talking: dict[str, str]) -> None:
    run(talking, "ask", studies.LANTERN, "--no-save")
    run({**talking, "ASSISTANT_SAVE_CONVERSATIONS": "false"}, "ask", studies.LANTERN)
    json_of(talking, "ask", studies.LANTERN)
    assert not kept(talking).exists()

    run(talking, "ask", studies.LANTERN)

    assert kept(talking).stat().st_mode & 0o777 == 0o600


def test_a_damaged_file_is_told_once_and_the_chat_goes_on(talking: dict[str, str]) -> None:
    kept(talking).write_bytes(b"no database at all " * 400)

    said = run(talking, "chat", given=TALK)

    assert said.returncode == 0
    assert said.stderr.count("This conversation is not kept.") == 1
    assert "move the file away" in said.stderr
    assert "Weekly coaching helps teams" in said.stdout
    assert "damaged" in sentence(run(talking, "conversations", "list"), 1)


def test_what_cannot_be_done_is_said_in_one_sentence(talking: dict[str, str]) -> None:
    assert "Say which" in sentence(run(talking, "conversations", "purge"), 2)
    assert "Say which" in sentence(run(talking, "conversations", "purge", "1", "--all"), 2)
    assert "no saved conversation 7 of ann" in sentence(run(talking, "conversations", "show", "7"), 1)
    assert "No conversation of ann is saved." in run(talking, "conversations", "list").stdout
