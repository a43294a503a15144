"""Means with bootstrap intervals.

The percentile bootstrap over cases (Efron and Tibshirani 1993, chapter 13), with a fixed seed: the same
scores give the same interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2000
SEED = 20261122


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `n` cases with its 95 % interval. With n = 0 nothing was judged, which is not 0."""

    mean: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        if self.n == 0:
            return "not judged"
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}] n={self.n}"


def estimate(scores: Sequence[float]) -> Estimate:
    """The mean of scores and its interval."""
    if not scores:
        return Estimate(float("nan"), float("nan"), float("nan"), 0)
    values = np.asarray(scores, dtype=float)
    generator = np.random.default_rng(SEED)
    samples = generator.integers(0, len(values), size=(RESAMPLES, len(values)))
    means = values[samples].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(float(values.mean()), float(low), float(high), len(values))
