from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.intervals import estimate

SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=60)


def test_nothing_judged_is_not_nought() -> None:
    nothing = estimate([])

    assert math.isnan(nothing.mean)
    assert nothing.n == 0
    assert str(nothing) == "not judged"
    assert str(estimate([0.0])) == "0.000 [0.000, 0.000] n=1"


@given(SCORES)
def test_the_same_scores_give_the_same_interval_around_their_mean(scores: list[float]) -> None:
    one, again = estimate(scores), estimate(scores)

    assert one == again
    assert one.mean == pytest.approx(sum(scores) / len(scores))
    assert min(scores) - 1e-9 <= one.low <= one.mean + 1e-9
    assert one.mean - 1e-9 <= one.high <= max(scores) + 1e-9
    assert one.n == len(scores)


@given(st.floats(0, 1), st.integers(1, 40))
def test_scores_that_are_all_alike_leave_no_doubt(score: float, n: int) -> None:
    alike = estimate([score] * n)

    assert alike.low == pytest.approx(score)
    assert alike.high == pytest.approx(score)


def test_the_interval_is_near_that_of_the_normal_approximation() -> None:
    # 100 of 200: 0.5 ± 1.96 × √(0.25 / 200) = 0.431 to 0.569.
    half = estimate([0.0, 1.0] * 100)

    assert half.low == pytest.approx(0.431, abs=0.01)
    assert half.high == pytest.approx(0.569, abs=0.01)


def test_more_cases_make_a_narrower_interval() -> None:
    few, many = estimate([0.0, 1.0] * 5), estimate([0.0, 1.0] * 200)

    assert many.high - many.low < (few.high - few.low) / 3
