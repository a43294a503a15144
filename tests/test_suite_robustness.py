"""Answers that must stay what they are, and systems whose answers do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.encoding import Vectors
from assistant.index.files import find_files
from assistant.pipeline import Assistant
from assistant.records import Answer, Status
from evals.cases import Case
from evals.compare import faults
from evals.runs import Run
from evals.suites.robustness import AGAIN, ALL_EQUAL, REBUILT, attempt, measures_of
from tests import studies
from tests.builders import write_files
from tests.fakes import FakeEncoder

ANSWER = Answer("q", "q", Status.ANSWERED, "Coaching helps.")
FOUND = {"": {"a": ANSWER, "b": ANSWER}} | {name: {"a": ANSWER, "b": ANSWER} for name in ALL_EQUAL}


def cases_of(assistant: Assistant) -> Sequence[Case]:
    questions = (studies.LANTERN, studies.HARBOUR, studies.ELSEWHERE)
    return [Case(f"c{n}", "t", "researcher", asked, "answer", ()) for n, asked in enumerate(questions)]


def means(found: dict[str, dict[str, Answer]]) -> dict[str, float]:
    return {one.name: one.estimate().mean for one in measures_of(found)}


def test_the_assistant_gives_the_same_answers_however_its_index_was_made(tmp_path: Path) -> None:
    items = find_files([write_files(tmp_path / "files", studies.FILES)])[0]

    found = attempt(tmp_path, items, FakeEncoder(), cases_of)

    assert means(found) == dict.fromkeys(ALL_EQUAL, 1.0)
    assert any(answer.claims for answer in found[""].values())


class Forgetful(FakeEncoder):
    """An encoder that no longer knows a question that it was asked before."""

    def encode_query(self, text: str) -> Vectors:
        vector = super().encode_query(text)
        return vector if self.asked.count(text) == 1 else -vector


def test_a_system_that_searches_otherwise_the_second_time_is_found_out(tmp_path: Path) -> None:
    items = find_files([write_files(tmp_path / "files", studies.FILES)])[0]

    made = means(attempt(tmp_path, items, Forgetful(), cases_of))

    assert made[AGAIN] < 1
    assert made[REBUILT] < 1


@pytest.mark.parametrize("way", ALL_EQUAL)
def test_one_answer_with_another_word_breaks_the_promise(way: str) -> None:
    other = {"a": ANSWER, "b": replace(ANSWER, message="Coaching helped.")}
    measures = measures_of({**FOUND, way: other})

    assert {one.name for one in measures if one.estimate().mean == 0.5} == {way}
    assert faults(Run("robustness", {}, measures)) == [f"{way} is 0.5000, it must be 1"]
