from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import DocumentRefused
from assistant.records import BlockKind, Document, Extent, Sensitivity, Stance, Voice
from tests.reading import read_one, words_of

NOTE = """---
id: small-teams
title: Small teams
doi: 10.1000/abc
read: abstract
study_group: small-teams
---
# A note

An evidence note in our own words.

## What helped

- Trust helped the teams. [section: 4.1; voice: participant; speaker: P4; basis: interviews; stance: enabler; condition: years together; parameter: finance]
- Twelve teams took part. [section: 3; voice: authors; stance: neither; parameter: none]
"""


def sections_of(document: Document) -> list[tuple[tuple[str, ...], str]]:
    return [(block.section, document.text[block.start : block.end]) for block in document.blocks]


def test_headings_are_a_path_and_the_title_is_none(tmp_path: Path) -> None:
    text = "Before.\n\n# Teams\n\nA.\n\n## Results ##\n\nB.\n\n### Trust\n\nC.\n\n## End\n\nD.\n"

    document = read_one(tmp_path, "a.md", text)

    assert document.source.title == "Teams"
    assert sections_of(document) == [
        ((), "Before."),
        ((), "A."),
        (("Results",), "B."),
        (("Results", "Trust"), "C."),
        (("End",), "D."),
    ]


def test_further_headings_of_the_first_level_are_sections(tmp_path: Path) -> None:
    text = "# Teams\n\nA.\n\n# Results\n\nB.\n\n## Trust\n\nC.\n\n# References\n\nDoe A (2020).\n"

    document = read_one(tmp_path, "a.md", text)

    assert sections_of(document)[1:3] == [(("Results",), "B."), (("Results", "Trust"), "C.")]
    assert document.blocks[-1].kind is BlockKind.FURNITURE


def test_the_text_is_the_files_own_with_its_markup(tmp_path: Path) -> None:
    document = read_one(tmp_path, "note.md", NOTE)

    assert document.text == NOTE
    assert words_of(document)[1:] == ["Trust helped the teams.", "Twelve teams took part."]


@pytest.mark.parametrize("text", ["## References\n\nDoe A (2020).", "## 7. Bibliography\n\n- Doe A (2020)."])
def test_a_reference_list_is_left_out(text: str, tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.md", f"# Teams\n\nIt held.\n\n{text}\n\n## Appendix\n\nIt grew.\n")

    assert words_of(document) == ["It held.", "It grew."]


def test_marked_headings_alone_are_headings_where_there_are_any(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.md", "# Teams\n\nTrust and time\n\nIt held.\n")

    assert words_of(document) == ["Trust and time", "It held."]


@pytest.mark.parametrize("line", ["#no heading", "#", "# ", "####### seven marks", "C# and F#"])
def test_a_line_that_only_looks_like_a_heading_is_none(line: str, tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.md", f"# Teams\n\n{line}\nIt held for a year.\n")

    assert {block.section for block in document.blocks} == {()}
    assert document.text[document.blocks[-1].start :].strip().endswith("It held for a year.")


def test_lists_and_tables_are_read_as_such(tmp_path: Path) -> None:
    text = "# Teams\n\n- trust\n* time\n1. money\n\n| What | Helps |\n|---|---|\n| Trust | years |\n"

    document = read_one(tmp_path, "a.md", text)

    assert words_of(document, BlockKind.ITEM) == ["trust", "time", "money"]
    assert words_of(document, BlockKind.ROW) == ["| Trust | years |"]
    assert document.blocks[-1].prefix == "What / Helps"


def test_front_matter_makes_a_file_markdown_under_any_name(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.txt", "---\ntitle: Small teams\nyear: 2020\n---\nIt held.\n")

    assert (document.source.title, document.source.year) == ("Small teams", 2020)
    assert words_of(document) == ["It held."]


def test_a_file_without_title_is_named_for_its_file(tmp_path: Path) -> None:
    assert read_one(tmp_path, "small-teams.md", "It held.\n").source.title == "small-teams"


def test_front_matter_states_the_sensitivity(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.md", "---\nsensitivity: restricted\n---\nIt held.\n")

    assert document.sensitivity is Sensitivity.RESTRICTED


def test_a_file_without_words_is_refused(tmp_path: Path) -> None:
    for text in ("# Teams\n", "---\ntitle: Teams\n---\n", "# Teams\n\n## References\n\nDoe A.\n"):
        with pytest.raises(DocumentRefused, match="no readable text"):
            read_one(tmp_path, "a.md", text)


def test_a_note_is_known_by_its_front_matter(tmp_path: Path) -> None:
    note = read_one(tmp_path, "note.md", NOTE)
    other = read_one(tmp_path, "other.md", NOTE.replace("study_group: small-teams\n", ""))

    assert note.source.is_note
    assert note.source.read is Extent.ABSTRACT
    assert note.source.link == "https://doi.org/10.1000/abc"
    assert not other.source.is_note


def test_the_labels_of_a_finding_are_read_and_left_out_of_its_words(tmp_path: Path) -> None:
    opening, finding, fact = read_one(tmp_path, "note.md", NOTE).blocks

    assert (opening.voice, opening.labels) == (Voice.OTHER, None)
    assert (finding.voice, finding.speaker, finding.original_section) == (Voice.PARTICIPANT, "P4", "4.1")
    assert finding.labels is not None
    assert (finding.labels.stance, finding.labels.condition) == (Stance.ENABLER, "years together")
    assert (finding.labels.parameter, finding.labels.basis) == ("finance", "interviews")
    assert fact.labels is not None
    assert (fact.labels.stance, fact.labels.parameter, fact.labels.origin) == (Stance.NEITHER, None, "note")


@pytest.mark.parametrize(
    ("labels", "why"),
    [
        ("section: 3; mood: good", "label 'mood: good' is not known"),
        ("section: 3; loose", "label 'loose' is not known"),
        ("section: 3; stance: hopeful", "'hopeful' is not a valid Stance"),
        ("section: 3; voice: choir", "'choir' is not a valid Voice"),
    ],
)
def test_a_label_that_is_not_known_is_refused_by_name(labels: str, why: str, tmp_path: Path) -> None:
    text = NOTE.replace("section: 3; voice: authors; stance: neither; parameter: none", labels)

    with pytest.raises(DocumentRefused, match=why):
        read_one(tmp_path, "note.md", text)


def test_brackets_of_a_file_that_is_no_note_are_its_words(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.md", "# Teams\n\n- It held. [mood: good]\n")

    assert words_of(document) == ["It held. [mood: good]"]
    assert document.blocks[0].labels is None
