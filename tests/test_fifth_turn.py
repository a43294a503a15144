"""Silence in a long conversation: what was found for earlier questions answers no question of its own."""

from __future__ import annotations

import pytest

from assistant.conversation import turns_of
from assistant.pipeline import Assistant
from assistant.records import Status, Turn

TURNS = (
    "What helps a new practice model survive the end of its grant?",
    "What about training?",
    "And what hinders it?",
    "Does leadership matter for it?",
)


def test_the_fifth_turn_is_answered_or_refused_by_its_own_evidence(assistant: Assistant) -> None:
    previous: list[Turn] = []
    for question in TURNS:
        answer = assistant.ask(question, previous)
        assert answer.status is not Status.NOT_IN_EVIDENCE
        previous += turns_of(answer)

    for elsewhere in ("And what about drones?", "And in Brazil?", "So what do the sources say about drones?"):
        assert assistant.ask(elsewhere, previous).status is Status.NOT_IN_EVIDENCE, elsewhere
    assert assistant.ask("And for managers?", previous).status is not Status.NOT_IN_EVIDENCE


@pytest.mark.parametrize(
    "questions",
    [
        ("And in Brazil?", "What hinders it?", "Tell me more"),
        ("And drones?", "What hinders them?"),
    ],
)
def test_what_the_evidence_does_not_speak_of_is_refused_in_the_turns_after_it_and_when_restated(
    assistant: Assistant, questions: tuple[str, ...]
) -> None:
    previous = [*turns_of(assistant.ask(TURNS[0]))]

    for question in questions:
        answer = assistant.ask(question, previous)
        assert answer.status is Status.NOT_IN_EVIDENCE, answer.standalone_question
        previous += turns_of(answer)

    again = assistant.ask(answer.standalone_question, previous, restated=True)
    assert again.status is assistant.ask(answer.standalone_question).status is Status.NOT_IN_EVIDENCE
    assert assistant.ask(TURNS[0], previous).status is not Status.NOT_IN_EVIDENCE


def test_a_first_question_about_a_country_is_answered_and_told_where_nothing_is_of_it(
    assistant: Assistant,
) -> None:
    elsewhere = assistant.ask("What helps a new practice model last in Japan?")
    there = assistant.ask("What helps a new practice model last in England?")

    assert elsewhere.status is not Status.NOT_IN_EVIDENCE
    assert elsewhere.message.startswith(
        "You asked about Japan: nothing quoted here is known to be from there"
    )
    assert not there.message.startswith("You asked about")
