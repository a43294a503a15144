"""Two runs of a suite, item by item: what got better or worse, and whether that is more than noise.

The paired bootstrap (Efron and Tibshirani 1993; for retrieval Sakai 2006, SIGIR): the differences of the
items that both runs judged are drawn again, with a fixed seed. A measure is better or worse where the
95 % interval of the mean difference leaves 0 out; the gate, which looks at many measures at once, asks for
the 99 % interval, so that noise passes.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np

from evals.intervals import RESAMPLES, SEED, Estimate
from evals.lost import Step
from evals.runs import Measured, Run, RunError

WITHIN = (2.5, 97.5)
SURELY = (0.5, 99.5)
# Saved scores are rounded; a smaller difference is none.
NOTHING = 1e-5
ORDER = {"": len(Step), **{step.value: position for position, step in enumerate(Step)}}


class Verdict(enum.StrEnum):
    """What became of a measure."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "no difference"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True, slots=True)
class Change:
    """A measure before and after on the items that both runs judged.

    `difference` is after minus before with its 95 % interval; `is_surely_worse` is the gate's verdict.
    """

    name: str
    before: float
    after: float
    difference: Estimate
    verdict: Verdict
    is_surely_worse: bool
    is_better_high: bool = True
    is_gated: bool = False


@dataclass(frozen=True, slots=True)
class Loss:
    """A question that got worse: the step in which it is lost now and was before ("" if it was right),
    and the gated measures that fell for it, with what they were and are."""

    item: str
    question: str
    before: str
    after: str
    fallen: dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two runs.

    `missing` are gated measures that the first run judged and the second does not judge at all; `unpaired`
    counts the items that stand in one run alone or were changed in between, and are not compared.
    """

    changes: list[Change]
    losses: list[Loss]
    gains: list[str]
    missing: list[str]
    unpaired: int


def compare(before: Run, after: Run) -> Comparison:
    """The second run against the first. Raises RunError if they are of different suites."""
    if before.suite != after.suite:
        raise RunError(f"a run of {after.suite} cannot be compared with one of {before.suite}")
    changed = _changed_items(before, after)
    known = {one.name: one for one in before.measures}
    pairs = [(known[one.name], one) for one in after.measures if one.name in known]
    judged = {one.name for one in after.measures if one.scores}
    earlier, later = ({str(item["id"]) for item in run.items} for run in (before, after))
    losses = _losses(before, after, changed)
    return Comparison(
        [change(one, other, changed) for one, other in pairs],
        losses,
        [loss.item for loss in _losses(after, before, changed)],
        [one.name for one in before.measures if one.is_gated and one.scores and one.name not in judged],
        len((earlier ^ later) | changed),
    )


def change(before: Measured, after: Measured, left_out: set[str] | None = None) -> Change:
    """One measure on the items that both runs judged, without those that are left out."""
    items = sorted((before.scores.keys() & after.scores.keys()) - (left_out or set()))
    old, new = (np.array([one.scores[item] for item in items]) for one in (before, after))
    if not items:
        nothing = float("nan")
        return Change(
            after.name,
            nothing,
            nothing,
            Estimate(nothing, nothing, nothing, 0),
            Verdict.NOT_JUDGED,
            False,
            after.is_better_high,
            after.is_gated,
        )
    differences = new - old
    samples = np.random.default_rng(SEED).integers(0, len(items), size=(RESAMPLES, len(items)))
    means = differences[samples].mean(axis=1)
    low, high, lowest, highest = (float(edge) for edge in np.percentile(means, [*WITHIN, *SURELY]))
    return Change(
        after.name,
        float(old.mean()),
        float(new.mean()),
        Estimate(float(differences.mean()), low, high, len(items)),
        _verdict(low, high, after.is_better_high),
        _verdict(lowest, highest, after.is_better_high) is Verdict.WORSE,
        after.is_better_high,
        after.is_gated,
    )


def faults(run: Run, comparison: Comparison | None = None) -> list[str]:
    """Why the gate fails: a broken promise, a gated measure that is worse, or one that is gone."""
    found = [
        f"{one.name} is {one.estimate().mean:.4f}, it must be 1"
        for one in run.measures
        if one.is_promise and any(score < 1 for score in one.scores.values())
    ]
    if comparison is not None:
        found += [
            f"{one.name} is worse: {one.before:.3f} before, {one.after:.3f} now"
            for one in comparison.changes
            if one.is_gated and one.is_surely_worse
        ]
        found += [f"{name} was judged before and is not judged now" for name in comparison.missing]
    return found


def _verdict(low: float, high: float, is_better_high: bool) -> Verdict:
    if low > 0:
        return Verdict.BETTER if is_better_high else Verdict.WORSE
    if high < 0:
        return Verdict.WORSE if is_better_high else Verdict.BETTER
    return Verdict.SAME


def _changed_items(before: Run, after: Run) -> set[str]:
    """Items of one id that are no longer the same question with the same gold."""
    asked = {str(item["id"]): item.get("case") for item in before.items}
    return {
        str(item["id"])
        for item in after.items
        if str(item["id"]) in asked and asked[str(item["id"])] != item.get("case")
    }


def _losses(before: Run, after: Run, changed: set[str]) -> list[Loss]:
    """Items that were right and are lost, are lost in an earlier step, or are lost in the same step (or in
    none) and fell more than they rose in the gated measures."""
    earlier = {str(item["id"]): item for item in before.items}
    found = []
    for item in after.items:
        identity = str(item["id"])
        if identity not in earlier or identity in changed:
            continue
        was, now = str(earlier[identity].get("step") or ""), str(item.get("step") or "")
        scores = _scores(before, after, identity)
        balance = sum(_gain(one, *pair) for one, pair in scores)
        if ORDER.get(now, 0) < ORDER.get(was, 0) or (was == now and balance < -NOTHING):
            fallen = {one.name: pair for one, pair in scores if _gain(one, *pair) < -NOTHING}
            found.append(Loss(identity, str(item.get("question", "")), was, now, fallen))
    return found


def _scores(before: Run, after: Run, item: str) -> list[tuple[Measured, tuple[float, float]]]:
    """The gated measures that judged an item in both runs, with both scores."""
    known = {one.name: one for one in before.measures}
    return [
        (one, (known[one.name].scores[item], one.scores[item]))
        for one in after.measures
        if one.is_gated and item in one.scores and one.name in known and item in known[one.name].scores
    ]


def _gain(one: Measured, was: float, now: float) -> float:
    return now - was if one.is_better_high else was - now
