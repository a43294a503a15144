"""What is typed in haste is read in full, and nothing else is touched."""

from __future__ import annotations

import pytest

from assistant.pipeline import Assistant
from assistant.shorthand import spelt_out


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (
            "whats stopping ppl from trying new things pls",
            "what’s stopping people from trying new things please",
        ),
        ("Cant we keep it going w/o govt money?", "Can’t we keep it going without government money?"),
        ("didnt childrens services mgrs want it", "didn’t children’s services managers want it"),
        ("Ive read it doesnt work, isnt that so", "I’ve read it doesn’t work, isn’t that so"),
    ],
)
def test_short_forms_are_read_in_full(typed: str, read: str) -> None:
    assert spelt_out(typed) == read


@pytest.mark.parametrize(
    "words",
    [
        "What's the barrier? People can't say.",
        "UR and BC are abbreviations of places",
        "the u-turn of b4.org and e.u. rules",
        "What hindered its spread in the different departments?",
        "wont to do so",
    ],
)
def test_what_is_a_word_or_a_name_stays(words: str) -> None:
    assert spelt_out(words) == words


def test_a_question_in_short_forms_gets_the_answer_of_the_full_one(assistant: Assistant) -> None:
    short = assistant.ask("whats stopping ppl in childrens services from trying new things")
    full = assistant.ask("what’s stopping people in children’s services from trying new things")
    assert short.question == "whats stopping ppl in childrens services from trying new things"
    assert short.standalone_question == full.question
    assert short.claims and short.claims == full.claims
