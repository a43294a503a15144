"""Figures of a claim against those of the sentences that it cites."""

from __future__ import annotations

import pytest

from assistant.numerals import numbers_in
from assistant.verification.amounts import numbers_fault

QUOTE = "Coaching helps teams, and 14 of them stayed."


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("One team of 14 stayed.", ["14"]),
        ("One team of 214 stayed.", ["214"]),
        ("Of the teams 1 stayed.", ["1"]),
        ("One team of twelve stayed.", ["12"]),
    ],
)
def test_one_as_a_word_is_no_figure_whatever_digits_stand_beside_it(text: str, numbers: list[str]) -> None:
    assert numbers_in(text) == numbers


def test_one_interviewee_beside_a_figure_of_the_source_is_no_fault() -> None:
    assert numbers_fault("One interviewee said that 14 stayed.", QUOTE) is None
    assert numbers_fault("One interviewee said that 15 stayed.", QUOTE) == (
        "the number 15 is not in the cited sentences"
    )
