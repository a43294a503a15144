"""Codes and names of speakers, and which interviews are refused for the latter."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import DocumentRefused
from assistant.reading import read
from assistant.reading.speakers import is_code, must_be_pseudonymised, refuse_names

TALK = (
    "{name}: We tried the new form and it helped.\n\nINT: What helped?\n\n"
    "{name}: That they listened.\n\nINT: I see.\n"
)
HEADER = "Title: A talk\n{line}\n--------------------\n\n"


@pytest.mark.parametrize(
    "speaker",
    ["P4", "INT", "Q", "A", "FG 2", "SW-3", "12a", "Speaker 1", "Interviewer", "Social worker 2", "Team leader",
     "Focus group", "Manager", "P13b", "Member of staff", "Reablement manager", "Head of service"],
)  # fmt: skip
def test_codes_and_roles_are_no_names(speaker: str) -> None:
    assert is_code(speaker)


@pytest.mark.parametrize(
    "speaker",
    [
        "Katharine Xample",
        "Ada",
        "ADALIND",
        "Dr Xample",
        "Professor Quill",
        "Quill 2",
        "Éa Ünal",
        "李明",
        "Ada of Xample",
        "Quill the manager’s friend",
    ],
)
def test_names_are_no_codes(speaker: str) -> None:
    assert not is_code(speaker)


@pytest.mark.parametrize(
    ("name", "line", "is_refused"),
    [
        ("Katharine Xample", "Kind: interview", True),
        ("P4", "Kind: interview", False),
        ("Katharine Xample", "Url: https://example.org/talk", False),
        ("Katharine Xample", "Source: doi 10.1234/abc", False),
        ("Katharine Xample", "Sensitivity: public", False),
        ("Katharine Xample", "Sensitivity: team", True),
    ],
)
def test_interviews_with_names_are_refused_and_published_talks_are_not(
    tmp_path: Path, name: str, line: str, is_refused: bool
) -> None:
    (tmp_path / "a.txt").write_text(HEADER.format(line=line) + TALK.format(name=name), encoding="utf-8")

    assert must_be_pseudonymised(read(tmp_path / "a.txt")[0]) is is_refused


@pytest.mark.parametrize(("mark", "is_refused"), [("", False), ("[sensitivity: team] ", True)])
def test_a_closed_part_of_a_published_talk_is_refused_for_its_names(
    tmp_path: Path, mark: str, is_refused: bool
) -> None:
    talk = TALK.format(name="Katharine Xample").replace("That they", f"{mark}That they")
    (tmp_path / "a.txt").write_text(HEADER.format(line="Sensitivity: public") + talk, encoding="utf-8")

    assert must_be_pseudonymised(read(tmp_path / "a.txt")[0]) is is_refused


def test_a_paper_is_not_refused_for_names_before_a_colon(tmp_path: Path) -> None:
    words = "On trust\n\nKatharine Xample: a life in walks.\n\nTrust grew where people met. It stayed.\n"
    (tmp_path / "a.txt").write_text(words, encoding="utf-8")

    assert not must_be_pseudonymised(read(tmp_path / "a.txt")[0])


def test_the_refusal_does_not_tell_the_names(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALK.format(name="Katharine Xample"), encoding="utf-8")

    with pytest.raises(DocumentRefused, match=r"1 speaker\(s\).*pseudonymise.*--keep-names") as refusal:
        refuse_names(tmp_path / "a.txt", read(tmp_path / "a.txt"))
    assert "Xample" not in str(refusal.value)


def test_a_map_is_never_read_as_a_document(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text('[speakers]\n"Katharine Xample" = "P4"\n', encoding="utf-8")

    with pytest.raises(DocumentRefused, match="a map of names"):
        read(tmp_path / "map.toml")
