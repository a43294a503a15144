"""Answering some questions and not others: how the risk falls as fewer are answered.

Risk and coverage as El-Yaniv and Wiener (2010, JMLR 11) define them; the area under the curve after
Geifman and El-Yaniv (2017, NeurIPS). A question is wrong to answer if the evidence does not answer it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np

Point = tuple[float, float]
Asked = tuple[float, bool]


def risk_coverage(asked: Sequence[Asked]) -> list[Point]:
    """(coverage, risk) as the threshold falls, from questions as (confidence, whether it is right to answer).

    Questions of equal confidence are answered together. Both lie in 0..1; the last coverage is 1.
    """
    points, answered, wrong = [], 0, 0
    for _, group in groupby(sorted(asked, key=lambda one: -one[0]), key=lambda one: one[0]):
        own = [is_right for _, is_right in group]
        answered, wrong = answered + len(own), wrong + own.count(False)
        points.append((answered / len(asked), wrong / answered))
    return points


def area(asked: Sequence[Asked]) -> float:
    """The mean risk over all coverages, 0..1, less is better; NaN without questions."""
    before, total = 0.0, 0.0
    for coverage, risk in risk_coverage(asked):
        total += (coverage - before) * risk
        before = coverage
    return total if asked else float("nan")


def thinned(points: Sequence[Point], steps: int = 20) -> list[Point]:
    """The points of a curve that are nearest to equal steps of coverage, rounded, for a table."""
    if not points:
        return []
    coverages = np.array([coverage for coverage, _ in points])
    places = sorted({int(np.abs(coverages - step / steps).argmin()) for step in range(1, steps + 1)})
    return [(round(points[place][0], 3), round(points[place][1], 3)) for place in places]
