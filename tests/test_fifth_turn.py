"""Silence in a long conversation: what was found for earlier questions answers no question of its own."""

from __future__ import annotations

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
