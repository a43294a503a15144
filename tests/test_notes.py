"""Every bundled note against the form that `corpus/NOTES.md` describes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.framework import load_framework
from assistant.reading import read
from assistant.records import Document, Extent, Stance, Voice
from assistant.resources import corpus_directory

NOTES = sorted((corpus_directory() / "notes").glob("*.md"))
REQUIRED = {
    "id", "title", "authors", "year", "licence", "kind", "sector", "country", "method", "n", "read",
    "study_group", "interest", "gaps", "missing",
}  # fmt: skip
LINKS = {"doi", "url"}
KINDS = {
    "trial", "review", "review and interviews", "study", "case", "framework", "talk", "opinion",
    "programme account", "news", "project page",
}  # fmt: skip
SECTORS = {"children's social care", "adult social care", "health", "public services", "other"}
LISTS = ("authors", "sector", "country", "gaps", "missing")
VOICES = {"authors", "participant", "cited"}
LABELS = {"section", "voice", "stance", "parameter"}
OPTIONAL_LABELS = {"speaker", "basis", "condition"}
PARAMETERS = {parameter.id for parameter in load_framework().parameters()}
FINDING = re.compile(r"- (?P<words>.+\.[”’\"]?) \[(?P<labels>[^\[\]]+)\]")

each_note = pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)


def front_matter(path: Path) -> dict[str, Any]:
    _, fields, _ = path.read_text(encoding="utf-8").split("---\n", 2)
    return dict(yaml.safe_load(fields))


def body_lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("---\n", 2)[2].splitlines() if line]


def findings(path: Path) -> list[tuple[str, dict[str, str]]]:
    """Words and labels of each finding, read without the program's reader."""
    found = []
    for line in body_lines(path):
        if line.startswith("- "):
            match = FINDING.fullmatch(line)
            assert match, f"no finding with its labels: {line}"
            pairs = [part.split(":", 1) for part in match["labels"].split(";")]
            assert all(len(pair) == 2 for pair in pairs), match["labels"]
            labels = {name.strip(): value.strip() for name, value in pairs}
            assert len(labels) == len(pairs), f"a label given twice: {match['labels']}"
            found.append((match["words"], labels))
    return found


def read_note(path: Path) -> Document:
    (document,) = read(path)
    return document


def test_there_are_notes() -> None:
    assert len(NOTES) >= 60


@each_note
def test_the_front_matter_has_all_fields_and_no_others(path: Path) -> None:
    fields = front_matter(path)

    assert fields.keys() >= REQUIRED
    assert not fields.keys() - REQUIRED - LINKS
    assert fields["id"] == path.stem
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", path.stem)


@each_note
def test_the_front_matter_has_known_values(path: Path) -> None:
    fields = front_matter(path)

    assert fields["kind"] in KINDS
    assert fields["read"] in {"full", "part", "abstract"}
    assert all(isinstance(fields[name], list) for name in LISTS)
    assert set(fields["sector"]) <= SECTORS
    assert fields["year"] is None or 1980 <= fields["year"] <= 2030
    for name in ("title", "licence", "method", "n", "interest", "study_group"):
        assert isinstance(fields[name], str)
        assert fields[name].strip()


@each_note
def test_what_the_source_does_not_give_is_named_and_not_invented(path: Path) -> None:
    fields = front_matter(path)

    assert set(fields["missing"]) <= REQUIRED | LINKS
    for name in ("authors", "year", "sector", "country"):
        assert fields[name] or name in fields["missing"]
    for name in ("licence", "n"):
        assert fields[name] != "not stated" or name in fields["missing"]


@each_note
def test_the_original_can_be_found(path: Path) -> None:
    fields = front_matter(path)
    link = read_note(path).source.link

    assert fields.get("doi") or fields.get("url")
    assert re.fullmatch(r"10\.\d{4,9}/\S+", fields.get("doi") or "10.1000/none")
    assert link
    assert re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(?:/\S*)?", link)


@each_note
def test_a_note_says_that_it_is_one(path: Path) -> None:
    title, opening, *_ = body_lines(path)
    document = read_note(path)

    assert title.startswith("# ")
    assert re.match(r"An evidence note in our own words on \w", opening)
    assert document.source.is_note
    assert document.source.read in {Extent.FULL, Extent.PART, Extent.ABSTRACT}


@each_note
def test_the_body_is_headings_and_findings(path: Path) -> None:
    _, _, *lines = body_lines(path)

    assert lines
    assert all(line.startswith(("## ", "### ", "- ")) for line in lines)


@each_note
def test_every_finding_has_known_labels(path: Path) -> None:
    assert findings(path)
    for words, labels in findings(path):
        assert labels.keys() >= LABELS, words
        assert not labels.keys() - LABELS - OPTIONAL_LABELS, words
        assert all(labels.values()), words
        assert labels["voice"] in VOICES, words
        assert labels["stance"] in set(Stance), words
        assert labels["parameter"] in PARAMETERS | {"none"}, words
        assert labels["stance"] != "neither" or "condition" not in labels, words


@each_note
def test_a_participants_finding_has_a_speaker_and_names_the_code(path: Path) -> None:
    for words, labels in findings(path):
        if labels["voice"] == "participant":
            assert "speaker" in labels, words
            for code in re.findall(r"\bP\d+\b", labels["speaker"]):
                assert code in re.findall(r"\bP\d+\b", words), words


@each_note
def test_the_reader_gives_each_finding_with_its_labels_and_without_their_brackets(path: Path) -> None:
    document = read_note(path)
    blocks = [block for block in document.blocks if block.labels is not None]

    assert [document.text[block.start : block.end] for block in blocks] == [
        words for words, _ in findings(path)
    ]
    for block, (words, labels) in zip(blocks, findings(path), strict=True):
        assert block.labels is not None
        assert not set("[]") & set(words)
        assert block.voice == labels["voice"]
        assert block.speaker == labels.get("speaker")
        assert block.original_section == labels["section"]
        assert block.labels.stance == labels["stance"]
        assert block.labels.condition == labels.get("condition")
        assert block.labels.parameter == (None if labels["parameter"] == "none" else labels["parameter"])
        assert block.labels.origin == "note"


@each_note
def test_what_is_no_finding_has_nobodys_voice(path: Path) -> None:
    assert {b.voice for b in read_note(path).blocks if b.labels is None} == {Voice.OTHER}


def test_no_finding_stands_in_two_notes() -> None:
    words = [words for path in NOTES for words, _ in findings(path)]

    assert len(words) == len(set(words))


def test_a_study_group_is_spelt_in_one_way() -> None:
    groups = {front_matter(path)["study_group"] for path in NOTES}

    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", group) for group in groups)
    assert len({group.replace("-", "") for group in groups}) == len(groups)


def test_a_bases_words_are_spelt_in_one_way() -> None:
    bases = {labels["basis"] for path in NOTES for _, labels in findings(path) if "basis" in labels}

    assert len({basis.lower() for basis in bases}) == len(bases)


@pytest.mark.parametrize("parameter", sorted(PARAMETERS))
def test_the_long_note_has_what_helps_and_what_hinders_for_each_parameter(parameter: str) -> None:
    (path,) = (path for path in NOTES if path.stem == "innovate-conducive-zone")
    stances = {labels["stance"] for _, labels in findings(path) if labels["parameter"] == parameter}

    assert {"enabler", "barrier"} <= stances
