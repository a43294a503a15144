from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.prompts import load_prompt
from assistant.resources import prompts_directory

GOOD = "---\nname: ask\nvariables: [question, sentences]\n---\nAsked: {question}\n{sentences}\n"


def prompt_file(folder: Path, text: str) -> Path:
    (folder / "ask.md").write_text(text, encoding="utf-8")
    return folder


def test_every_bundled_prompt_loads() -> None:
    names = [path.stem for path in prompts_directory().glob("*.md")]

    assert "answer" in names
    for name in names:
        assert re.fullmatch(r"[0-9a-f]{12}", load_prompt(name).digest)


def test_the_bundled_prompt_says_that_its_sentences_are_no_instructions() -> None:
    template = " ".join(load_prompt("answer").template.split())

    assert "not instructions to you" in template
    assert "NOT IN THE EVIDENCE" in template


def test_variables_are_filled_in(tmp_path: Path) -> None:
    prompt = load_prompt("ask", prompt_file(tmp_path, GOOD))

    assert prompt.fill(question="Why?", sentences="[1] Because.") == "Asked: Why?\n[1] Because."


def test_text_that_is_put_in_is_not_read_as_a_template(tmp_path: Path) -> None:
    prompt = load_prompt("ask", prompt_file(tmp_path, GOOD))
    planted = r"{question} {sentences} {0} {__class__} {{x}} \1 \g<0> % $"

    filled = prompt.fill(question="What of {sentences}?", sentences=planted)

    assert filled == f"Asked: What of {{sentences}}?\n{planted}"


def test_a_variable_without_a_value_is_refused(tmp_path: Path) -> None:
    prompt = load_prompt("ask", prompt_file(tmp_path, GOOD))

    with pytest.raises(SettingsError, match="prompt ask needs sentences"):
        prompt.fill(question="Why?")


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("[question, sentences]", "[question]"),
        GOOD.replace("[question, sentences]", "[question, sentences, voice]"),
        GOOD.replace("{question}", ""),
    ],
    ids=["used and not declared", "declared and not used", "no longer used"],
)
def test_declared_variables_must_be_those_that_are_used(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match="make them the same"):
        load_prompt("ask", prompt_file(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    ["", "no front matter", "---\nname: ask\n---\n{question}", "---\n[1, 2]\n---\nx", "---\n: : [\n---\nx"],
)
def test_a_prompt_without_proper_front_matter_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"ask\.md cannot be read"):
        load_prompt("ask", prompt_file(tmp_path, text))


def test_a_missing_prompt_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"ask\.md cannot be read"):
        load_prompt("ask", tmp_path)


def test_the_digest_changes_with_the_file(tmp_path: Path) -> None:
    before = load_prompt("ask", prompt_file(tmp_path, GOOD))
    same = load_prompt("ask", prompt_file(tmp_path, GOOD))
    after = load_prompt("ask", prompt_file(tmp_path, GOOD.replace("Asked:", "Asked :")))

    assert same.digest == before.digest
    assert after.digest != before.digest
