from __future__ import annotations

from textwrap import fill

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reading.structure import blocks_of, heading_of, paragraphs_of, without_closing_marks
from assistant.records import Block, BlockKind
from tests.generated import paragraphs, texts

LONG = "Teams that talk to each other every week keep new practice going for longer than teams that do not. "


def words_of(text: str, **options: bool) -> list[str]:
    return [" ".join(text[block.start : block.end].split()) for block in blocks_of(text, **options)]


def kinds_of(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, text[block.start : block.end]) for block in blocks_of(text)]


def sections_of(text: str) -> dict[str, tuple[str, ...]]:
    """The section of each block by its first word."""
    return {text[block.start : block.end].split(maxsplit=1)[0]: block.section for block in blocks_of(text)}


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    first, second = (
        (LONG * 3).strip(),
        ("Staff who leave take with them what they learnt in it. " * 4).strip(),
    )
    text = f"{fill(first, 70)}\n\n{fill(second, 70)}"

    assert words_of(text) == [first, second]


def test_a_line_is_a_paragraph_where_lines_are_not_wrapped() -> None:
    lines = [(LONG * 2).strip(), "It held.", (LONG * 3).strip(), "It ended."]

    assert words_of("\n".join(lines)) == lines


@given(st.lists(paragraphs, min_size=3, max_size=6), st.integers(50, 100))
@settings(deadline=None, max_examples=60)
def test_wrapping_loses_and_moves_no_words(made: list[str], width: int) -> None:
    text = "\n\n".join(fill(f"So {paragraph}", width, break_on_hyphens=False) for paragraph in made)

    assert " ".join(paragraph.text for paragraph in paragraphs_of(text)).split() == text.split()


def test_a_number_at_the_start_of_a_wrapped_line_is_no_heading() -> None:
    text = fill(LONG * 3, 70) + "\n\nThe study of the teams took place in the north of the country in\n"
    text += "12 Local authorities that had asked for it and in two that had not\nasked but were glad.\n"

    assert len(blocks_of(text)) == 2
    assert {block.section for block in blocks_of(text)} == {()}


def test_a_numbered_heading_within_wrapped_lines_begins_a_section() -> None:
    text = f"{fill(LONG * 3, 70)}\n2.1 The teams\n{fill(LONG * 2, 70)}"

    assert [block.section for block in blocks_of(text)] == [(), ("2.1 The teams",)]


def test_numbered_headings_make_a_path_by_their_depth() -> None:
    text = "1. Aims\n\nA b.\n\n2. Results\n\nB c.\n\n2.1. Teams\n\nC d.\n\n2.1.3 Small teams\n\nD e.\n\n3 End\n\nE f."

    assert sections_of(text) == {
        "A": ("1. Aims",),
        "B": ("2. Results",),
        "C": ("2. Results", "2.1. Teams"),
        "D": ("2. Results", "2.1. Teams", "2.1.3 Small teams"),
        "E": ("3 End",),
    }


def test_known_and_marked_headings_begin_sections() -> None:
    text = "ABSTRACT\nA b.\n\nResults:\n\nB c.\n\n## What helped ##\n\nC d.\n\nConclusion\n\nD e."

    assert sections_of(text) == {
        "A": ("ABSTRACT",),
        "B": ("Results",),
        "C": ("Results", "What helped"),
        "D": ("Conclusion",),
    }


@pytest.mark.parametrize(
    "line",
    [
        "Small teams in the north",
        "Employee-driven innovation (EDI)",
        "What “helped” the teams",
    ],
)
def test_a_short_line_that_stands_alone_is_a_heading(line: str) -> None:
    assert heading_of(line, alone=True) == (9, line)
    assert heading_of(line, alone=False) is None


@pytest.mark.parametrize(
    "line",
    [
        "It held.",
        "Did it hold?",
        "These were:",
        "“It held.”",
        "It held. (P4)",
        "We had no time (P4)",
        "We had no time. (P4, team manager)",
        "Trust grew. [3, 4]",
        "Read on at https://example.org/teams",
        "small teams",
        "Trust | Time",
        "One two three four five six seven eight nine ten eleven twelve thirteen",
        "It is\nso",
        "A" * 141,
        "",
    ],
)
def test_a_sentence_an_address_a_row_or_a_long_line_is_no_heading(line: str) -> None:
    assert heading_of(line, alone=True) is None


def test_a_short_quotation_between_paragraphs_is_kept_as_words() -> None:
    assert words_of(f"{LONG}\n\nWe had no time. (P4)\n\n{LONG}")[1] == "We had no time. (P4)"


@pytest.mark.parametrize(
    ("line", "number"),
    [("3.4 What helped", 2), ("3. What helped", 1), ("1.2.3.4 What helped", 4)],
)
def test_the_level_of_a_numbered_heading_is_its_depth(line: str, number: int) -> None:
    assert heading_of(line, alone=False) == (number, line)


@pytest.mark.parametrize(
    "line", ["12 teams took part", "3.5 million", "2020 Results", "1. What helped?", "4. The | sign"]
)
def test_a_number_alone_makes_no_heading(line: str) -> None:
    assert heading_of(line, alone=False) is None


def test_marked_headings_alone_count_where_headings_are_marked() -> None:
    text = "# Results\n\nSmall teams\n\n2.1 Trust\n\nIt held."

    assert words_of(text, marked=True) == ["Small teams", "2.1 Trust", "It held."]
    assert words_of(text) == ["It held."]


@pytest.mark.parametrize(
    ("title", "bare"),
    [("Results ##", "Results"), ("Results", "Results"), ("C#", "C#"), ("F# ", "F#"), ("##", "")],
)
def test_hashes_that_close_a_heading_are_left_out(title: str, bare: str) -> None:
    assert without_closing_marks(title) == bare


@pytest.mark.parametrize("mark", ["-", "*", "•", "–", "3.", "3)", "(a)", "  -"])
def test_list_items_are_blocks_without_their_marks(mark: str) -> None:
    text = f"These helped:\n{mark} trust in each other\n{mark} time for each other"

    assert kinds_of(text)[1:] == [
        (BlockKind.ITEM, "trust in each other"),
        (BlockKind.ITEM, "time for each other"),
    ]


def test_wrapped_list_items_stay_apart() -> None:
    items = [fill(f"- {LONG}It held.", 40, subsequent_indent="  ") for _ in range(4)]

    assert words_of("\n".join(items)) == [f"{LONG}It held."] * 4


@pytest.mark.parametrize(
    "heading", ["References", "REFERENCES:", "Bibliography", "7. References", "## Works cited"]
)
def test_a_reference_list_is_left_out(heading: str) -> None:
    references = (
        "Doe A (2020) Small teams. Teams 4:1.\n1. Roe B (2019) Trust. doi:10.1000/abc\n2 Poe C. Time 1998"
    )
    text = f"It held.\n\n{heading}\n\n{references}\n\nAppendix A\n\nThe questions."

    assert [kind for kind, _ in kinds_of(text)] == [
        BlockKind.PROSE,
        *[BlockKind.FURNITURE] * 3,
        BlockKind.PROSE,
    ]
    assert blocks_of(text)[-1].section == ("Appendix A",)


def test_a_new_chapter_ends_a_reference_list() -> None:
    text = "1. Teams\n\nIt held.\n\nReferences\n\nDoe A (2020) Teams.\n\n2. Trust\n\nIt grew."

    assert sections_of(text)["It"] == ("2. Trust",)
    assert [kind for kind, _ in kinds_of(text)][1:] == [BlockKind.FURNITURE, BlockKind.PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "Выпуск журнала открыт для всех",
        "本期刊开放获取",
        "https://example.org/a",
        "www.example.org",
        "* * *",
        "12 / 14",
        "——",
    ],
)
def test_other_scripts_addresses_and_ornaments_are_furniture(line: str) -> None:
    assert kinds_of(f"It held.\n\n{line}\n\nIt grew.")[1][0] is BlockKind.FURNITURE


@pytest.mark.parametrize("line", ["Ça a tenu, à vrai dire.", "Łódź, Århus, Ñandú.", "Trust (доверие) grew."])
def test_latin_letters_with_marks_are_no_furniture(line: str) -> None:
    assert kinds_of(f"It held.\n\n{line}")[1] == (BlockKind.PROSE, line)


def test_a_part_of_a_text_is_read_by_its_places_in_the_whole() -> None:
    text = "Left out.\n\nIt held.\n\nLeft out too."

    assert blocks_of(text, 11, 19) == (Block(11, 19),)


@given(texts)
@settings(deadline=None, max_examples=100)
def test_blocks_are_in_order_apart_and_without_white_space_round_them(text: str) -> None:
    position = 0
    for block in blocks_of(text):
        words = text[block.start : block.end]
        assert position <= block.start < block.end
        assert words == words.strip()
        position = block.end


def test_the_mark_of_quoted_lines_is_no_part_of_their_words_but_more_than_is() -> None:
    assert words_of("> “We tried it.”\n\n>> It held.\n\n> 65 years of age was the rule.\n") == [
        "“We tried it.”",
        "It held.",
        "> 65 years of age was the rule.",
    ]
