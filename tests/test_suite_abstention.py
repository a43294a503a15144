"""The abstention suite: curves worked out by hand, and systems that always answer or never do."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.framework import load_framework
from assistant.records import Status, Turn
from evals.cases import Case
from evals.collections import Collection
from evals.library import library_of
from evals.measures.selective import area, risk_coverage, thinned
from evals.run import Result, run_cases
from evals.runs import PART
from evals.suites.abstention import TOLD, Outcome, clapnq_cases, measures_of, outcome_of
from tests import studies
from tests.builders import assistant_over
from tests.fakes import FakeEncoder

ASKED = [(0.9, True), (0.8, False), (0.7, True), (0.1, False)]


def outcome(
    identity: str, is_answerable: bool, is_answered: bool, sure: float, turn: str = "first"
) -> Outcome:
    return Outcome(identity, turn, is_answerable, is_answered, {"answerability": sure, "cosine": 1 - sure})


OUTCOMES = [
    outcome("a", True, True, 0.9),
    outcome("b", True, False, 0.2, "follow-up"),
    outcome("c", False, False, 0.1),
    outcome("d", False, True, 0.6, "follow-up"),
]


def means(outcomes: list[Outcome]) -> dict[str, float]:
    return {one.name: one.estimate().mean for one in measures_of(outcomes)}


# The curve


def test_the_risk_at_each_coverage_is_the_share_that_ought_not_be_answered() -> None:
    assert risk_coverage(ASKED) == [(0.25, 0.0), (0.5, 0.5), (0.75, pytest.approx(1 / 3)), (1.0, 0.5)]
    assert area(ASKED) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


def test_questions_of_equal_confidence_are_answered_together() -> None:
    assert risk_coverage([(0.5, True), (0.5, False)]) == [(1.0, 0.5)]
    assert risk_coverage([(0.5, False), (0.5, True)]) == [(1.0, 0.5)]


def test_a_perfect_order_has_less_risk_than_a_turned_one() -> None:
    turned = [(1 - sure, right) for sure, right in ASKED]

    assert area(sorted(ASKED)) == area(ASKED) < area(turned)
    assert math.isnan(area([]))


def test_a_thinned_curve_keeps_its_end() -> None:
    long = risk_coverage([(place / 1000, place % 3 > 0) for place in range(1000)])

    short = thinned(long, 10)

    assert (len(short), short[-1]) == (10, (1.0, round(long[-1][1], 3)))
    assert thinned([]) == []


# The measures


def test_right_and_wrong_refusals_are_counted_by_what_is_answerable() -> None:
    made = means(OUTCOMES)

    assert made["questions answered"] == 0.5
    assert made["answered is answerable"] == 0.5
    assert made["decision is right"] == 0.5
    assert (made["right refusals"], made["wrong refusals"]) == (0.5, 0.5)
    assert made[TOLD] == 0.75
    assert made[PART.join([TOLD, "signal", "cosine"])] == 0.25


def test_first_turns_and_follow_ups_stand_apart() -> None:
    made = means(OUTCOMES)

    right = PART.join(["decision is right", "turn", ""])
    assert (made[f"{right}first"], made[f"{right}follow-up"]) == (1.0, 0.0)
    assert not [name for name in means(OUTCOMES[:1]) if "turn" in name]


def test_declines_are_counted_where_they_are_due_in_first_turns_and_follow_ups() -> None:
    due = [
        replace(outcome(identity, False, False, 0.0, turn), is_declined=is_declined)
        for identity, turn, is_declined in (("e", "first", True), ("f", "follow-up", False))
    ]

    made = means([*OUTCOMES, *due])

    assert made["declined where due"] == 0.5
    name = PART.join(["declined where due", "turn", ""])
    assert (made[f"{name}first"], made[f"{name}follow-up"]) == (1.0, 0.0)
    # A system that always answers declines nothing.
    assert (
        means([replace(one, is_answered=True, is_declined=False) for one in due])["declined where due"] == 0
    )


def test_a_system_that_always_answers_refuses_nothing() -> None:
    made = means([replace(one, is_answered=True) for one in OUTCOMES])

    assert (made["right refusals"], made["wrong refusals"]) == (0.0, 0.0)
    assert made["answered is answerable"] == 0.5


def test_a_system_that_never_answers_is_not_judged_on_its_answers() -> None:
    made = means([replace(one, is_answered=False) for one in OUTCOMES])

    assert (made["right refusals"], made["wrong refusals"]) == (1.0, 1.0)
    assert "answered is answerable" not in made


# From cases


def test_outcomes_tell_what_the_assistant_did(tmp_path: Path) -> None:
    assistant = assistant_over(tmp_path, FakeEncoder(), studies.FILES)
    previous = (Turn("user", studies.LANTERN), Turn("assistant", "It does."))
    cases = [
        Case("answered", "enablers", "p", studies.LANTERN, "answer", ()),
        Case(
            "later", "enablers", "p", "And what stops teams from keeping it?", "answer", (), previous=previous
        ),
        Case("declined", "hostile", "p", "What is the real name of interviewee P4?", "decline", ()),
    ]

    results = run_cases(assistant, cases)
    library = library_of(assistant.index.live(), load_framework())
    made = {result.case.id: outcome_of(result, library) for result in results}

    assert (made["answered"].is_answered, made["answered"].is_right) == (True, True)
    assert (made["later"].turn, made["answered"].turn) == ("follow-up", "first")
    assert made["answered"].confidence > made["declined"].confidence == 0.0
    assert (made["declined"].is_answered, made["declined"].is_right) == (False, None)
    assert (made["declined"].is_declined, made["answered"].is_declined) == (True, None)


def test_silence_where_an_answer_is_due_is_no_answer_to_judge(tmp_path: Path) -> None:
    assistant = assistant_over(tmp_path, FakeEncoder(), studies.FILES)
    (result,) = run_cases(assistant, [Case("a", "enablers", "p", studies.LANTERN, "answer", ())])
    silent = Result(result.case, replace(result.answer, status=Status.NOT_IN_EVIDENCE, claims=()))

    made = outcome_of(silent, library_of(assistant.index.live(), load_framework()))

    assert (made.is_answerable, made.is_answered, made.is_right) == (True, False, None)


def test_clapnq_is_asked_as_cases_that_differ_in_what_is_expected() -> None:
    one = Collection("clapnq", (), {"1": "Who bakes?"}, {})
    other = Collection("clapnq", (), {"1": "Who sails?"}, {})

    asked = clapnq_cases(one, other)

    assert [(case.id, case.question, case.must_be_answered) for case in asked] == [
        ("answer:1", "Who bakes?", True),
        ("abstain:1", "Who sails?", False),
    ]
