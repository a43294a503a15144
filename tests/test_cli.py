"""The command line: how it starts, fails and takes its options."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant import __version__
from assistant.resources import PACKAGE
from tests.program import PROGRAM, json_of, run, sentence

HEAVY = ("chromadb", "langchain", "langchain_core", "numpy", "onnxruntime", "pypdf", "pydantic",
         "sentence_transformers", "streamlit", "tokenizers", "torch")  # fmt: skip
COMMANDS = ("ingest", "search", "mentions", "ask", "chat", "show", "sources", "status", "ui")


def test_starting_imports_no_heavy_library(environment: dict[str, str]) -> None:
    code = f"import sys, assistant.cli; print(sorted(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


def test_help_lists_every_command_and_each_explains_itself(environment: dict[str, str]) -> None:
    help_text = run(environment, "--help")

    assert help_text.returncode == 0
    for command in COMMANDS:
        assert command in help_text.stdout
        explained = run(environment, command, "--help")
        assert (explained.returncode, explained.stderr) == (0, "")
        assert "--debug" in explained.stdout


def test_the_version_is_printed_without_a_command(environment: dict[str, str]) -> None:
    done = run(environment, "--version")

    assert (done.returncode, done.stdout, done.stderr) == (0, f"assistant {__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [["fly"], ["search", "--bogus"], ["search", "trust", "--limit", "0"], ["search", "trust", "--limit", "x"],
     ["show"], ["ui", "--port", "99999"]],
)  # fmt: skip
def test_wrong_usage_exits_with_two_and_says_what_is_wrong(
    environment: dict[str, str], arguments: list[str]
) -> None:
    done = run(environment, *arguments)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "Usage: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["search", "trust"], ["ask", "trust"], ["show", "00aa"], ["sources"], ["ingest", "--rebuild"]],
)
def test_without_an_index_the_command_that_makes_one_is_named(
    environment: dict[str, str], arguments: list[str]
) -> None:
    said = sentence(run(environment, *arguments), code=1)

    assert said == f"There is no index in {environment['ASSISTANT_INDEX']} yet. Make it: assistant ingest"


@pytest.mark.parametrize("command", ["search", "ask"])
@pytest.mark.parametrize("question", [[], [""], [" \n "], ["word " * 1000]])
def test_a_question_that_cannot_be_used_is_wrong_usage(
    environment: dict[str, str], command: str, question: list[str]
) -> None:
    said = sentence(run(environment, command, *question), code=2)

    assert "question" in said


@pytest.mark.parametrize("arguments", [["--debug", "ask", "trust"], ["ask", "trust", "--debug"]])
def test_debug_shows_the_whole_error(environment: dict[str, str], arguments: list[str]) -> None:
    done = run(environment, *arguments)

    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "assistant.errors.IndexMissing" in done.stderr


def test_the_index_is_that_after_the_command_then_before_it_then_of_the_environment(
    environment: dict[str, str], tmp_path: Path
) -> None:
    after, before = ["--index", str(tmp_path / "after")], ["--index", str(tmp_path / "before")]

    for arguments, name in (
        ([*before, "sources", *after], "after"),
        ([*before, "sources"], "before"),
        (["sources", *after], "after"),
        (["sources"], "index"),
    ):
        assert f"no index in {tmp_path / name} yet" in sentence(run(environment, *arguments), code=1)


def test_an_index_in_another_place_is_read(over_notes: dict[str, str], bundled_index: Path) -> None:
    elsewhere = {**over_notes, "ASSISTANT_INDEX": "/nowhere"}

    first = run(elsewhere, "--index", bundled_index, "sources")

    assert first.returncode == 0
    assert first.stdout == run(elsewhere, "sources", "--index", bundled_index).stdout
    assert first.stdout == run(over_notes, "sources").stdout


def test_a_setting_that_is_not_known_is_refused(environment: dict[str, str]) -> None:
    said = sentence(run({**environment, "ASSISTANT_INDX": "x"}, "sources"), code=2)

    assert said.startswith("The environment sets ASSISTANT_INDX, which the assistant does not know.")


@pytest.mark.parametrize("content", ["index = [", "indx = 'a'\n", "model_timeout = -1\n"])
def test_a_settings_file_that_cannot_be_used_is_named(
    environment: dict[str, str], tmp_path: Path, content: str
) -> None:
    (tmp_path / "assistant.toml").write_text(content)
    found = {**environment, "PYTHONPATH": str(PACKAGE.parent)}

    said = sentence(run(found, "sources", cwd=tmp_path), code=2)

    assert "cannot be" in said


def test_a_pipe_that_closes_early_is_no_error(over_notes: dict[str, str]) -> None:
    command = [*PROGRAM, "search", "trust", "--limit", "200", "--json"]
    with subprocess.Popen(
        command, env=over_notes, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline() == "{\n"
        program.stdout.close()
        said = program.stderr.read()

    assert (program.returncode, said) == (0, "")


def test_words_that_are_no_text_are_answered_all_the_same(over_notes: dict[str, str]) -> None:
    command = [*PROGRAM, "search", "--json", "--limit", "1", b"trust \xff"]

    done = subprocess.run(command, env=over_notes, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")
    assert b'"question": "trust ?"' in done.stdout


def test_output_does_not_depend_on_the_terminals_encoding(over_notes: dict[str, str]) -> None:
    plain = {**over_notes, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    for arguments in (["sources"], ["ask", "What helps trust?"]):
        done = run(plain, *arguments)
        assert (done.returncode, done.stderr) == (0, "")


def test_a_framework_that_cannot_be_read_is_named(over_notes: dict[str, str], tmp_path: Path) -> None:
    said = sentence(run({**over_notes, "ASSISTANT_FRAMEWORK": str(tmp_path)}, "ask", "trust"), code=2)

    assert said.startswith(f"The framework {tmp_path} cannot be used")


def test_the_module_and_the_command_are_one_program(over_notes: dict[str, str]) -> None:
    script = Path(sys.executable).with_name("assistant")
    done = subprocess.run(
        [script, "search", "trust", "--json"], env=over_notes, capture_output=True, text=True, check=True
    )

    assert done.stdout == run(over_notes, "search", "trust", "--json").stdout
    assert json_of(over_notes, "search", "trust")["version"] == 1
