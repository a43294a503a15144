from __future__ import annotations

import pytest

from assistant.reading.structure import blocks_of
from assistant.reading.tables import is_separator, is_table_line
from assistant.records import Block, BlockKind, Stance

GROUPED = """Area | Condition | Facilitators | Barriers |
---|---|---|---|
People | Trust | years together | blame |
Time | an hour a week | haste |
Money | Grants | long ones | short ones |
"""


def rows_of(text: str) -> list[Block]:
    return [block for block in blocks_of(text) if block.kind is BlockKind.ROW]


def words_of(text: str) -> list[str]:
    return [text[block.start : block.end] for block in rows_of(text)]


@pytest.mark.parametrize(
    "line", ["a | b | c", "| a | b |", "|---|---|", "---|---", "| - | - |", "|:--|--:|", "||"]
)
def test_lines_with_two_pipes_and_separators_are_table_lines(line: str) -> None:
    assert is_table_line(line)


@pytest.mark.parametrize("line", ["a | b", "plain", "", "-----", "a | b | c\nd | e | f"])
def test_other_lines_are_no_table_lines(line: str) -> None:
    assert not is_table_line(line)


@pytest.mark.parametrize(
    ("line", "separates"),
    [
        ("|---|---|", True),
        ("-|-", True),
        (": - | - :", True),
        ("|  |", False),
        ("| a |", False),
        ("---", False),
    ],
)
def test_a_separator_is_made_of_dashes_and_pipes(line: str, separates: bool) -> None:
    assert is_separator(line) is separates


def test_a_row_lies_in_the_text_as_it_stands_there() -> None:
    assert words_of(GROUPED) == [
        "People | Trust | years together | blame |",
        "Time | an hour a week | haste |",
        "Money | Grants | long ones | short ones |",
    ]


def test_a_row_with_fewer_cells_belongs_to_the_group_above_it() -> None:
    assert [row.prefix for row in rows_of(GROUPED)] == [
        "Area / Condition / Facilitators / Barriers",
        "Area: People; Condition / Facilitators / Barriers",
        "Area / Condition / Facilitators / Barriers",
    ]


def test_a_row_with_nothing_in_its_first_cell_belongs_to_the_group_above_it() -> None:
    text = "| Area | Condition |\n| --- | --- |\n| People | Trust |\n| | Time |\n| Money | Grants |\n"

    assert [row.prefix for row in rows_of(text)] == [
        "Area / Condition",
        "Area: People; Condition",
        "Area / Condition",
    ]


def test_an_empty_cell_at_the_end_of_an_edged_row_is_a_cell() -> None:
    text = (
        "| Area | Condition | Barriers |\n|---|---|---|\n| People | Trust | blame |\n| Money | Grants | |\n"
    )

    assert rows_of(text)[1].prefix == "Area / Condition / Barriers"


def test_columns_that_help_and_hinder_make_a_row_both_with_its_condition() -> None:
    first, second, _ = (row.labels for row in rows_of(GROUPED))

    assert first is not None
    assert second is not None
    assert (first.stance, first.condition, first.origin) == (
        Stance.BOTH,
        "helps: years together; hinders: blame",
        "table",
    )
    assert second.condition == "helps: an hour a week; hinders: haste"


@pytest.mark.parametrize(
    "columns", ["Area | Number | Share", "Area | Barriers | Number", "Area | Drivers | Number"]
)
def test_other_columns_say_nothing_of_stance(columns: str) -> None:
    assert rows_of(f"{columns}\n---|---|---\nPeople | 4 | 5\n")[0].labels is None


def test_a_row_that_lacks_one_side_says_nothing_of_both() -> None:
    text = "| Area | Drivers | Barriers |\n|---|---|---|\n| People | trust | |\n"

    assert rows_of(text)[0].labels is None


@pytest.mark.parametrize("gap", ["\n", "\n\n", "  \n", " \n \n"])
def test_the_header_is_the_line_above_the_separator(gap: str) -> None:
    text = f"Area | Condition | Number{gap}---|---|---{gap}People | Trust | 4\n"

    assert words_of(text) == ["People | Trust | 4"]
    assert rows_of(text)[0].prefix == "Area / Condition / Number"


def test_a_table_without_header_has_rows_without_prefix() -> None:
    text = "1. | Vision | 4\n2. | Values | 5\n"

    assert words_of(text) == ["1. | Vision | 4", "2. | Values | 5"]
    assert {row.prefix for row in rows_of(text)} == {""}


def test_one_pipe_is_enough_within_a_table() -> None:
    assert words_of("Area | Number\n---|---\nPeople | 4\nMoney | 5\n") == ["People | 4", "Money | 5"]
    assert words_of("It held | or not.\n") == []


def test_prose_ends_a_table() -> None:
    text = f"{GROUPED}\nThat was the table.\n\na | b | c\n"

    assert rows_of(text)[-1].prefix == ""


def test_rows_carry_the_section_of_their_table() -> None:
    assert {row.section for row in rows_of(f"Results\n\n{GROUPED}")} == {("Results",)}


def test_rows_between_wrapped_lines_stay_rows() -> None:
    prose = "Teams that talk to each other each week keep\nnew practice going for longer than the teams\nthat do not.\n"

    assert len(words_of(f"{prose * 3}\n{GROUPED}\n{prose * 3}")) == 3
