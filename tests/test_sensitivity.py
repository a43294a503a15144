from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import DocumentRefused
from assistant.reading import read
from assistant.reading.sensitivity import folder_tiers, sensitivity_of, stated_tier
from assistant.records import Sensitivity, stricter

PUBLIC, TEAM, RESTRICTED = Sensitivity
PAPER = "Teams that meet weekly share what they learn, and what they learn is kept.\n"
TALK = (
    "P4: We tried the new form and it helped us.\n\n"
    "INT: What helped most of all?\n\n"
    "P4: That our manager listened to us.\n\n"
    "INT: And what did not help?\n"
)
HEADER = "Title: A talk\n{line}\n--------------------\n\n"


@pytest.mark.parametrize(
    ("folder", "from_participants", "link", "tier"),
    [
        ("papers", False, None, PUBLIC),
        ("papers", True, None, RESTRICTED),
        ("papers", True, "https://example.org/talk", PUBLIC),
        ("team", False, None, TEAM),
        ("Team/papers", False, None, TEAM),
        ("RESTRICTED/a/b", False, None, RESTRICTED),
        ("restricted", True, "https://example.org/talk", RESTRICTED),
        ("team", True, None, RESTRICTED),
        ("public", True, None, RESTRICTED),
        ("public", False, None, PUBLIC),
        ("restricted/public", False, None, RESTRICTED),
        ("team/restricted", False, None, RESTRICTED),
        ("restricted-not", False, None, PUBLIC),
    ],
)
def test_the_stricter_of_kind_and_folder_holds(
    folder: str, from_participants: bool, link: str | None, tier: Sensitivity
) -> None:
    path = Path("/studies") / folder / "file.txt"

    assert sensitivity_of(path, {}, from_participants=from_participants, link=link) is tier


@pytest.mark.parametrize("stated", list(Sensitivity))
@pytest.mark.parametrize("folder", ["papers", "public", "team", "restricted"])
def test_what_the_file_states_goes_before_its_kind_and_opens_no_folder(
    stated: Sensitivity, folder: str
) -> None:
    path = Path("/studies") / folder / "file.txt"
    tier = stricter(stated, *folder_tiers(path))

    assert sensitivity_of(path, {"sensitivity": f" {stated.upper()} "}, from_participants=True) is tier


def test_the_name_of_the_file_itself_is_no_folder() -> None:
    assert folder_tiers(Path("/studies/restricted")) == ()


def test_a_relative_path_is_taken_from_where_it_is() -> None:
    assert folder_tiers(Path("team/file.txt")) == (TEAM,)


def test_a_tier_that_is_not_known_is_refused_with_those_that_are() -> None:
    with pytest.raises(DocumentRefused, match=r"'secret' .write one of: public, team, restricted"):
        sensitivity_of(Path("a.txt"), {"sensitivity": "secret"})


def test_the_stricter_of_several_tiers_holds() -> None:
    assert stricter(PUBLIC, TEAM, PUBLIC) is TEAM
    assert stricter(RESTRICTED, TEAM) is RESTRICTED
    assert stated_tier(Path("a.csv"), " Team") is TEAM


def tier_of(path: Path, text: str) -> Sensitivity:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return read(path)[0].sensitivity


def test_a_labelled_transcript_without_a_link_is_restricted(tmp_path: Path) -> None:
    assert tier_of(tmp_path / "interview.txt", TALK) is RESTRICTED


def test_a_transcript_that_names_where_it_is_published_stays_public(tmp_path: Path) -> None:
    header = HEADER.format(line="Source: https://example.org/talks/1")

    assert tier_of(tmp_path / "talk.txt", header + TALK) is PUBLIC


def test_a_transcript_that_states_its_tier_has_it(tmp_path: Path) -> None:
    assert tier_of(tmp_path / "talk.txt", HEADER.format(line="Sensitivity: team") + TALK) is TEAM


@pytest.mark.parametrize("name", ["paper.txt", "paper.md"])
def test_papers_are_public_but_for_their_folder(tmp_path: Path, name: str) -> None:
    assert tier_of(tmp_path / "papers" / name, PAPER) is PUBLIC
    assert tier_of(tmp_path / "Restricted" / "2024" / name, PAPER) is RESTRICTED
    stated = (
        "---\nsensitivity: public\n---\n\n"
        if name.endswith("md")
        else HEADER.format(line="Sensitivity: public")
    )
    assert tier_of(tmp_path / "restricted" / name, stated + PAPER) is RESTRICTED
    assert tier_of(tmp_path / "papers" / name, stated + PAPER) is PUBLIC
