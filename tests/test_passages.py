from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.encoding.minilm import MiniLM
from assistant.framework import load_framework
from assistant.passages import Tokeniser, cut, encoded_text
from assistant.records import BlockKind, Document, Passage
from tests.generated import Words, document_of, texts
from tests.odd_texts import UNITS, odd_text

LIMITS = st.integers(62, 256)


def passages_of(text: str, limit: int = 256) -> tuple[Passage, ...]:
    return cut(document_of(text), Words(limit), load_framework())


def check_places(document: Document, passages: tuple[Passage, ...]) -> None:
    """Passages and sentences are the document's own words, by where they start; no sentence stands twice, and
    only an aside stands within another passage's text."""
    position = 0
    spans = [(s.start, s.end) for passage in passages for s in passage.sentences]
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(sorted(spans)))
    for passage in passages:
        assert passage.start < passage.end
        if passage.end > position:
            assert position <= passage.start
        assert document.text[passage.start : passage.end] == passage.text
        inner = passage.start
        for sentence in passage.sentences:
            assert inner <= sentence.start < sentence.end <= passage.end
            assert document.text[sentence.start : sentence.end] == sentence.text
            inner = sentence.end
        position = max(position, passage.end)


def check_coverage(document: Document, passages: tuple[Passage, ...]) -> None:
    """Every word of every block but furniture is in a sentence, and no word of furniture is in a passage."""
    covered = {
        offset
        for passage in passages
        for sentence in passage.sentences
        for offset in range(sentence.start, sentence.end)
    }
    inside = {offset for passage in passages for offset in range(passage.start, passage.end)}
    for block in document.blocks:
        offsets = {o for o in range(block.start, block.end) if not document.text[o].isspace()}
        if block.kind is BlockKind.FURNITURE:
            assert not offsets & inside
        else:
            assert offsets <= covered


def check_sizes(passages: tuple[Passage, ...], tokeniser: Tokeniser) -> None:
    """The encoder can read every passage whole, its context and special tokens included."""
    for passage in passages:
        text, spans = encoded_text(passage)
        assert len(tokeniser.spans(text)) + 2 <= tokeniser.limit
        assert [text[start:end] for start, end in spans] == [s.text for s in passage.sentences]


@given(texts, LIMITS)
@settings(max_examples=150, deadline=None)
def test_passages_are_the_documents_words_and_leave_none_out(text: str, limit: int) -> None:
    document, tokeniser = document_of(text), Words(limit)

    passages = cut(document, tokeniser, load_framework())

    check_places(document, passages)
    check_coverage(document, passages)
    check_sizes(passages, tokeniser)
    assert len({passage.id for passage in passages}) == len(passages)


@given(texts)
@settings(max_examples=60, deadline=None)
def test_a_table_row_stands_alone_with_its_group(text: str) -> None:
    document = document_of(text)
    rows = {b.start: b for b in document.blocks if b.kind is BlockKind.ROW}

    for passage in cut(document, Words(250), load_framework()):
        held = [row for start, row in rows.items() if passage.start <= start < passage.end]
        assert len(held) <= 1
        if held and held[0].prefix:
            assert len(passage.sentences) == 1
            assert "First" in passage.context + passage.text
            assert "Helps" in passage.context


@given(texts)
@settings(max_examples=40, deadline=None)
def test_the_same_text_is_cut_the_same_way(text: str) -> None:
    assert passages_of(text) == passages_of(text)


@given(texts)
@settings(max_examples=50, deadline=None)
def test_the_packaged_encoder_can_read_every_passage(encoder: MiniLM, text: str) -> None:
    document = document_of(text)

    passages = cut(document, encoder, load_framework())

    check_places(document, passages)
    check_coverage(document, passages)
    check_sizes(passages, encoder)


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_odd_text_is_cut_into_passages_that_fit(encoder: MiniLM, unit: str) -> None:
    document = document_of(f"It began so.\n\n{odd_text(unit)}\n\nIt ended so.")

    passages = cut(document, encoder, load_framework())

    check_places(document, passages)
    check_coverage(document, passages)
    check_sizes(passages, encoder)


SECTION = "{}\n\nTeams that talk to each other keep new practice going for longer than others do.\n\n"


def test_a_passage_keeps_its_id_when_its_neighbour_changes() -> None:
    before = document_of(SECTION.format("Results") + "Discussion\n\nTrust took years to grow.")
    after = document_of("A line was put in here.\n\n" + before.text.replace("for longer", "longer"))

    old = cut(before, Words(), load_framework())
    new = cut(replace(after, id=before.id), Words(), load_framework())

    assert old[-1].text == new[-1].text == "Trust took years to grow."
    assert old[-1].id == new[-1].id
    assert old[0].id not in {passage.id for passage in new}


def test_a_passage_of_another_document_has_another_id() -> None:
    one, other = passages_of("It held well."), passages_of("It held well.\n")

    assert one[0].text == other[0].text
    assert one[0].id != other[0].id


def test_equal_texts_in_one_document_have_ids_of_their_own() -> None:
    passages = passages_of(
        SECTION.format("Results") + SECTION.format("Discussion") + SECTION.format("Summary")
    )

    assert len({passage.text for passage in passages}) == 1
    assert len({passage.id for passage in passages}) == len(passages) == 3


def test_a_passage_does_not_run_over_the_end_of_its_section() -> None:
    passages = passages_of("Results\n\nIt held well.\n\nDiscussion\n\nIt held for a year.")

    assert [(p.section, p.text) for p in passages] == [
        (("Results",), "It held well."),
        (("Discussion",), "It held for a year."),
    ]


def test_short_paragraphs_of_one_section_share_a_passage() -> None:
    (passage,) = passages_of("Results\n\nIt held well.\n\nIt held for a year.")

    assert passage.text == "It held well.\n\nIt held for a year."


def test_speakers_do_not_share_a_passage() -> None:
    passages = passages_of("P1: We had time.\n\nP2: We had none.\n\nP1: Then it grew.\n\nP2: It never did.")

    assert [(p.speaker, p.text) for p in passages] == [
        ("P1", "We had time."),
        ("P2", "We had none."),
        ("P1", "Then it grew."),
        ("P2", "It never did."),
    ]


def test_the_context_names_the_row_group_the_section_and_the_title() -> None:
    text = "How it went\n\nResults\n\nArea | What | Keeps it going\n---|---|---\nPeople | Trust | years\nTime | hours"

    first, second = (p for p in passages_of(text) if "|" in p.text)

    assert first.context == "Area / What / Keeps it going. Results. How it went"
    assert second.context.startswith("Area: People; What / Keeps it going. ")


def test_a_long_sentence_is_cut_between_words() -> None:
    text = " ".join(["endless"] * 400) + "."

    passages = passages_of(text, limit=100)

    assert len(passages) > 1
    assert all(set(p.text.rstrip(".").split()) == {"endless"} for p in passages)
