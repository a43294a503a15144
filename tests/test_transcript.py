"""Transcripts as documents; `test_transcript_labels.py` has the ways in which turns are labelled."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reading.transcript import speakers_in, transcript_blocks
from assistant.records import BlockKind, Document, Sensitivity, Voice
from tests.generated import document_of, paragraphs
from tests.reading import read_one

TALK = "Title: On teams\nKind: talk\n-----\n\n"


def turns(document: Document) -> list[tuple[str | None, str]]:
    return [(block.speaker, document.text[block.start : block.end]) for block in document.blocks]


def test_a_paragraph_without_a_label_belongs_to_the_speaker_before_it() -> None:
    document = document_of(
        "P1: It held.\n\nFor a year, that is.\n\nP2: Not here.\n\nP1: No.\n\nP2: No, not here."
    )

    assert turns(document)[:3] == [("P1", "It held."), ("P1", "For a year, that is."), ("P2", "Not here.")]
    assert document.is_transcript


def test_words_before_the_first_label_have_no_speaker() -> None:
    document = document_of(TALK + "Welcome to all who came.\n\nAda Made: It held.")

    assert turns(document) == [(None, "Welcome to all who came."), ("Ada Made", "It held.")]


@pytest.mark.parametrize(
    ("label", "asked"),
    [
        ("Q ", "You said that it held."),
        ("Q: ", "You said that it held."),
        ("Q2. ", "You said that it held."),
        ("Question: ", "Did it hold?"),
        ("Question ", "How did it hold?"),
        ("AUDIENCE MEMBER - ", "Did it hold?"),
        ("Delegate: ", "It held with us."),
    ],
)
def test_what_the_audience_asks_is_nobodys_evidence_and_the_speaker_before_goes_on(
    label: str, asked: str
) -> None:
    document = document_of(f"{TALK}AM - Ada Made\n\nAM It held.\n\n{label}{asked}\n\nFor a year.")

    assert turns(document) == [("Ada Made", "It held."), (None, asked), ("Ada Made", "For a year.")]
    assert [block.voice for block in document.blocks] == [None, Voice.OTHER, None]


def test_an_audience_under_a_label_is_no_speaker() -> None:
    document = document_of(TALK + "Ada Made: It held.\n\nAudience: For long?\n\nFor a year.")

    assert [speaker for speaker, _ in turns(document)] == ["Ada Made", None, "Ada Made"]


@pytest.mark.parametrize(
    "words", ["Questions came up.", "Audience Scotland met us.", "Q1 results fell.", "Question it."]
)
def test_words_that_only_begin_like_an_asker_are_the_speakers(words: str) -> None:
    document = document_of(f"{TALK}Ada Made: It held.\n\n{words}")

    assert turns(document)[1] == ("Ada Made", words)


def test_a_file_that_says_it_is_a_talk_needs_one_label_only() -> None:
    assert turns(document_of(TALK + "Ada Made: It held.\n\nFor long.")) == [
        ("Ada Made", "It held."),
        ("Ada Made", "For long."),
    ]
    assert not document_of("Ada Made: It held for a year or so.\n\nFor long.").is_transcript


def test_a_talk_without_labels_is_a_transcript_without_speakers() -> None:
    document = document_of(TALK + "It held for a year.\n\nThen it ended.")

    assert document.is_transcript
    assert turns(document) == [(None, "It held for a year."), (None, "Then it ended.")]


@pytest.mark.parametrize(
    ("kind", "is_talk"),
    [
        ("talk", True),
        ("interview transcript", True),
        ("podcast", True),
        ("focus group", True),
        ("interview study", False),
        ("review and interviews", False),
        ("study", False),
    ],
)
def test_the_kind_tells_whether_a_file_is_talk(kind: str, is_talk: bool) -> None:
    assert (
        document_of(f"Title: On teams\nKind: {kind}\n-----\n\nIt held for a year.").is_transcript is is_talk
    )


def test_headings_of_a_talk_are_sections() -> None:
    document = document_of(TALK + "Ada Made: It held.\n\nWhat comes next\n\nWe grow slowly, I think.")

    assert [block.section for block in document.blocks] == [(), ("What comes next",)]


def test_a_short_answer_within_a_conversation_is_no_heading() -> None:
    document = document_of("P1: It held.\n\nP2: Did it\n\nYes of course\n\nP1: It did.\n\nP2: Good.")

    assert ("P2", "Yes of course") in turns(document)
    assert {block.section for block in document.blocks} == {()}


def test_a_conversation_in_wrapped_lines_keeps_its_turns() -> None:
    turn = "{}: Teams that talk to each other every week keep\nnew practice going for longer than teams\nthat do not.\n"

    document = document_of("\n".join(turn.format(name) for name in ("P1", "P2") * 3))

    assert [speaker for speaker, _ in turns(document)] == ["P1", "P2"] * 3
    assert all(words.endswith("that do not.") for _, words in turns(document))


def test_a_conversation_in_markdown_has_its_speakers(tmp_path: Path) -> None:
    text = "# Talk one\n\n## Start\n\n**P1:** It held.\n\n**Interviewer:** Why?\n\n**P1:** Trust.\n\n**Interviewer:** Ah.\n"

    document = read_one(tmp_path, "talk.md", text)

    assert turns(document)[:2] == [("P1", "It held."), ("Interviewer", "Why?")]
    assert document.is_transcript
    assert document.sensitivity is Sensitivity.RESTRICTED
    assert {block.section for block in document.blocks} == {("Start",)}


def test_what_people_said_is_restricted_unless_it_is_published(tmp_path: Path) -> None:
    words = "Ada Made: It held."

    assert read_one(tmp_path, "a.txt", TALK + words).sensitivity is Sensitivity.RESTRICTED
    published = TALK.replace("Kind", "Url: https://example.org/talk\nKind") + words
    assert read_one(tmp_path, "b.txt", published).sensitivity is Sensitivity.PUBLIC


@given(st.lists(paragraphs, min_size=4, max_size=8))
@settings(deadline=None, max_examples=60)
def test_turns_are_the_files_words_without_labels(made: list[str]) -> None:
    names = ("P1", "Ada Made") * 4
    text = "\n\n".join(f"{name}: {words}" for name, words in zip(names, made, strict=False))

    speakers = speakers_in(text, 0, told=False)
    blocks = transcript_blocks(text, 0, speakers)

    assert [(b.speaker, text[b.start : b.end]) for b in blocks] == list(zip(names, made, strict=False))
    assert {block.kind for block in blocks} == {BlockKind.PROSE}
