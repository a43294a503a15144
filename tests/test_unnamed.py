from __future__ import annotations

import pytest

from assistant.answering.unnamed import word_unnamed
from assistant.records import Claim
from tests.builders import citation, claim

COUNTS = {"remot": 1, "work": 300, "team": 200, "trust": 15}


def told(question: str, *quotes: str) -> str:
    claims: list[Claim] = [claim(quote, [citation(quote)]) for quote in quotes]
    return word_unnamed(question, claims, lambda word: COUNTS.get(word, 0), 1000)


def test_the_rarest_thing_that_is_asked_about_is_named_where_no_quotation_has_it() -> None:
    line = "No sentence quoted here has the word “caseload”."

    assert told("What helps teams with a caseload?", "Teams trust each other.") == line
    assert told("What helps teams with a caseload?", "Caseloads of teams fell.") == ""


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What helps teams?", "Short grants hinder."),
        ("What helps?", "Teams trust each other."),
        ("What do studies say?", "Teams trust each other."),
        ("Does trust in remote leaders matter to old firms, new boards and their clerks?", "Teams grew."),
    ],
)
def test_nothing_is_said_of_words_that_are_frequent_mean_little_or_are_one_of_many(
    question: str, quote: str
) -> None:
    assert told(question, quote) == ""


def test_a_word_with_a_hyphen_is_told_whole() -> None:
    assert "“body-worn”" in told("Do body-worn teams work?", "Teams work.")


def test_an_answer_without_claims_says_nothing_of_words() -> None:
    assert told("What helps teams with a caseload?") == ""
