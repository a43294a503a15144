"""What an answer costs: seconds by step on a clock of the test, tokens as they pass, no model is no nought."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import ChatModelFailed
from evals.cases import Case
from evals.steps import READING, CountingModel, Taken, measures_of, peak_memory, take
from tests import studies
from tests.builders import assistant_over, with_model
from tests.fakes import FakeEncoder, QueuedChatModel

TAKEN = [
    Taken("a", {READING: 0.1, "Searching": 0.5}, 0.7, 0.9, 100, 10),
    Taken("b", {READING: 0.3}, None, 0.3, 0, 0),
]


def words(text: str) -> int:
    return len(text.split())


def ticking() -> Callable[[], float]:
    """A clock that goes on by a second each time that it is looked at."""
    seconds = iter(range(10_000))
    return lambda: float(next(seconds))


def case(question: str) -> Case:
    return Case("c", "t", "researcher", question, "answer", ())


def test_steps_add_up_to_the_whole(tmp_path: Path) -> None:
    taken = take(
        assistant_over(tmp_path, FakeEncoder(), studies.FILES), case(studies.LANTERN), clock=ticking()
    )

    assert next(iter(taken.steps)) == READING
    assert {"Searching the evidence", "Choosing sentences"} <= set(taken.steps)
    assert sum(taken.steps.values()) == taken.whole
    assert taken.first_claim is not None
    assert taken.first_claim < taken.whole
    assert (taken.sent, taken.received) == (None, None)


def test_a_question_that_is_declined_ends_in_the_first_step(tmp_path: Path) -> None:
    assistant = assistant_over(tmp_path, FakeEncoder(), studies.FILES)

    taken = take(assistant, case("What is the real name of interviewee P4?"), clock=ticking())

    assert list(taken.steps) == [READING]
    assert taken.first_claim is None


def test_tokens_are_counted_by_question(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    # What names no sentence is of no use, so the model is asked once more.
    model = CountingModel(QueuedChatModel("one two three", "four", "five six", "seven"), words)
    assistant = with_model(assistant_over(tmp_path, encoder, studies.FILES), encoder, model)

    first, second = (take(assistant, case(studies.LANTERN), model) for _ in range(2))

    assert (first.received, second.received) == (4, 3)
    assert first.sent == second.sent
    assert first.sent is not None
    assert first.sent > 100, "the prompt with its sentences"


def test_what_came_before_a_model_broke_off_is_counted() -> None:
    model = CountingModel(QueuedChatModel("one two three", ChatModelFailed("gone")), words)
    stream = model.stream("a prompt of five words")

    next(stream)
    stream.close()
    with pytest.raises(ChatModelFailed):
        model.complete("again")

    assert (model.sent, model.received) == (6, 2)


def test_each_measure_is_over_the_questions_that_it_is_about() -> None:
    made = {one.name: one for one in measures_of(TAKEN)}

    assert made[f"seconds: {READING}"].scores == {"a": 0.1, "b": 0.3}
    assert made["seconds: Searching"].scores == {"a": 0.5}
    assert made["seconds until the first claim"].scores == {"a": 0.7}
    assert made["seconds in all"].estimate().mean == pytest.approx(0.6)
    assert made["tokens to the chat model"].scores == {"a": 100.0, "b": 0.0}
    assert not any(one.is_better_high for one in made.values())


def test_without_a_chat_model_tokens_are_not_judged_which_is_not_nought() -> None:
    alone = [Taken("a", {READING: 0.1}, None, 0.1, None, None)]
    made = {one.name: one for one in measures_of(alone)}

    assert made["tokens to the chat model"].estimate().n == 0


def test_a_slower_system_and_one_that_talks_more_cost_more() -> None:
    slow = [Taken("a", {READING: 5.0, "Searching": 9.0}, 14.0, 15.0, 9000, 900), TAKEN[1]]
    cheap, dear = ({one.name: one.estimate().mean for one in measures_of(own)} for own in (TAKEN, slow))

    for name in (
        "seconds in all",
        "seconds: Searching",
        "tokens to the chat model",
        "tokens from the chat model",
    ):
        assert dear[name] > cheap[name]


def test_memory_that_is_held_raises_the_peak() -> None:
    before = peak_memory()
    held = bytearray(b"x" * (before // 2))

    assert peak_memory() > before, len(held)
