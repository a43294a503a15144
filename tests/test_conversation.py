from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import MAX_CARRIED, standalone
from assistant.records import Turn

OPENING = "What helps foster carers adopt the reflective supervision model?"


def asked(*questions: str) -> list[Turn]:
    """A conversation in which every question got the same answer."""
    return [
        turn
        for question in questions
        for turn in (Turn("user", question), Turn("assistant", "Zebras graze in Zanzibar."))
    ]


def test_the_first_question_stays_as_it_is() -> None:
    assert standalone("And why is that?", []) == "And why is that?"


@pytest.mark.parametrize(
    "question",
    [
        "Why?",
        "And what gets in the way of it?",
        "What about managers?",
        "Does it also last in small agencies?",
    ],
)
def test_a_follow_up_gets_the_subject_of_the_question_before(question: str) -> None:
    alone = standalone(question, asked(OPENING))

    assert alone.startswith(question)
    for word in ("foster", "carers", "reflective", "supervision"):
        assert word in alone


def test_a_question_with_a_subject_of_its_own_is_left_alone() -> None:
    question = "Which databases were searched for peer mentoring in Norwegian prisons?"

    assert standalone(question, asked(OPENING)) == question


@pytest.mark.parametrize(
    "question",
    ["What is fidelity?", "Who pays for respite?", "What does scaling mean?", "How is trust built?"],
)
def test_a_short_question_that_names_a_thing_is_left_alone(question: str) -> None:
    assert standalone(question, asked(OPENING)) == question


@pytest.mark.parametrize(
    "question", ["What helps?", "What are the barriers?", "In Scotland?", "Which study?"]
)
def test_a_short_question_that_names_no_thing_is_a_follow_up(question: str) -> None:
    assert "supervision" in standalone(question, asked(OPENING))


def test_what_the_assistant_said_is_never_carried_over() -> None:
    alone = standalone("And why?", asked(OPENING))

    assert "Zebras" not in alone
    assert "Zanzibar" not in alone


def test_a_conversation_of_answers_alone_has_no_subject() -> None:
    assert standalone("And why?", [Turn("assistant", "Zebras graze.")]) == "And why?"


def test_a_chain_of_follow_ups_leads_back_to_the_question_with_a_subject() -> None:
    alone = standalone("Any more?", asked(OPENING, "Why?", "And then?"))

    assert "supervision" in alone


def test_a_subject_that_was_added_before_is_not_added_with_its_brackets_again() -> None:
    first = standalone("And why do they leave it?", asked(OPENING))
    second = standalone("What about that?", asked(first))

    assert second.count("(about:") == 1
    assert second.count("supervision") == 1


def test_words_that_the_follow_up_has_itself_are_not_repeated() -> None:
    alone = standalone("But what of the supervision?", asked(OPENING))

    assert alone.count("supervision") == 1


@given(question=st.text(max_size=300), before=st.lists(st.text(max_size=300), max_size=4))
def test_any_conversation_gives_a_question_that_begins_as_it_was_asked(
    question: str, before: list[str]
) -> None:
    alone = standalone(question, asked(*before))

    assert alone == question or alone.startswith(question.rstrip())
    added = alone.removeprefix(question.rstrip())
    assert "Zanzibar" not in added
    assert added.count(" ") <= MAX_CARRIED + 2
