"""Patterns and the functions round them on long odd texts: every one must come to an end.

A pattern that tries out how to divide 20,000 characters among its parts does not come to an end, and
then neither does this test.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from assistant import carrying, confidentiality, figures, pronouns, sentences
from assistant.answering import intent, shapes
from assistant.answering.intent import Intent, intent_of
from assistant.errors import DocumentRefused
from assistant.framework import load_framework
from assistant.labelling import label_sentence, stance, voice
from assistant.labelling.stance import stance_of
from assistant.reading import decode, header, markdown, plain, structure, tables, transcript
from assistant.reading.header import split_front_matter, split_plain_header
from assistant.reading.markdown import read_markdown
from assistant.reading.plain import read_plain
from assistant.reading.structure import heading_of
from assistant.reading.transcript import speakers_of
from assistant.records import Block, Stance
from tests.generated import document_of
from tests.odd_texts import ENDS, LENGTH, STARTS, UNITS, odd_text

MODULES = (
    stance,
    voice,
    intent,
    shapes,
    figures,
    pronouns,
    carrying,
    confidentiality,
    sentences,
    decode,
    header,
    markdown,
    plain,
    structure,
    tables,
    transcript,
)
PATTERNS = {
    f"{module.__name__}.{name}": pattern
    for module in MODULES
    for name, pattern in vars(module).items()
    if isinstance(pattern, re.Pattern)
}
PATTERNS |= {f"comparison {number}": form for number, form in enumerate(shapes.COMPARISONS)}
PATTERNS |= {f"figures.{kind}": form for kind, form in figures.GIVEN.items()}
HERE = Path("made.txt")


def test_there_are_patterns_to_try() -> None:
    assert len(PATTERNS) > 40
    assert {name.rsplit(".", 1)[0] for name in PATTERNS} >= {
        "assistant.labelling.stance",
        "assistant.labelling.voice",
        "assistant.answering.intent",
        "assistant.reading.structure",
        "assistant.reading.transcript",
    }


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_comes_to_an_end_on_long_odd_texts(name: str) -> None:
    pattern = PATTERNS[name]
    for unit, start in itertools.product(UNITS, STARTS):
        # A few thousand characters are enough for a pattern whose time grows with their cube.
        text = odd_text(unit, start, ENDS[len(unit) % len(ENDS)], LENGTH // 4 if start else LENGTH)
        for found in (pattern.search(text), pattern.match(text)):
            assert found is None or found.end() <= len(text)


@pytest.mark.parametrize("unit", UNITS)
def test_labelling_comes_to_an_end_on_long_odd_sentences(unit: str) -> None:
    for end in ENDS:
        text = f"It began so. {odd_text(unit, end=end)} (P4)"
        document = document_of(f"{text}\n\nIt ended so.")

        sentence = label_sentence(document, Block(0, len(text)), 0, len(text), load_framework())

        assert sentence.text == text
        assert stance_of(text).stance in Stance
        assert intent_of(text) in Intent


@pytest.mark.parametrize("unit", UNITS)
def test_reading_comes_to_an_end_on_long_odd_files(unit: str) -> None:
    for end in ENDS:
        text = f"It began so.\n{odd_text(unit, end=end)}"

        assert read_plain(HERE, text, "id", ()).blocks
        assert read_plain(HERE, text, "id", (), told=True).blocks
        assert read_markdown(HERE, text, "id", ()).blocks


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    "start", ["---\n", "title: ", "Title: a\n", "## ", "|---|", "- a [section: 3]", "P1: "]
)
def test_the_parts_of_a_file_come_to_an_end_on_long_odd_texts(unit: str, start: str) -> None:
    text = odd_text(unit, start, "\n-----\n")

    assert split_plain_header(text)[1] <= len(text)
    assert heading_of(text.strip(), alone=True) is None or len(text.strip()) <= 140
    assert isinstance(speakers_of([text], told=True), dict)
    try:
        assert split_front_matter(HERE, text)[1] <= len(text)
    except DocumentRefused as error:
        assert "front matter" in str(error)


@pytest.mark.parametrize("count", [2_000])
def test_a_file_of_many_small_parts_is_read_in_one_go(count: int) -> None:
    rows = "Area | What | Number\n---|---|---\n" + "Trust | years | 4\n" * count
    sections = "".join(f"## Part {number}\n\nIt held.\n\n" for number in range(count))

    assert len(read_plain(HERE, rows, "id", ()).blocks) == count
    assert len(read_markdown(HERE, sections, "id", ()).blocks) == count
