"""Two runs compared in pairs: a change for the worse is seen, noise is not; the gate's reasons."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evals.__main__ import main
from evals.compare import Comparison, Verdict, change, compare, faults
from evals.lost import Step
from evals.runs import Measured, Run, RunError, save_run
from evals.scoring import DEFINITIONS
from evals.table import comparison_lines

NAMES = [f"c{number:03d}" for number in range(100)]
FOUND, WRONG = "gold found at 10", "wrong abstention"


def measure(
    scores: list[float], name: str = FOUND, is_better_high: bool = True, is_gated: bool = True
) -> Measured:
    return Measured(name, dict(zip(NAMES, scores, strict=False)), is_better_high, is_gated)


def run_of(*measures: Measured, items: list[dict[str, Any]] | None = None, suite: str = "answers") -> Run:
    return Run(suite, {"date": "2026-01-01"}, list(measures), items or [])


def item(name: str, step: str = "", case: str = "same") -> dict[str, Any]:
    return {"id": name, "case": case, "question": f"What of {name}?", "step": step}


def compared(before: list[float], after: list[float], **more: bool) -> Comparison:
    return compare(run_of(measure(before, **more)), run_of(measure(after, **more)))  # type: ignore[arg-type]


HALF = [1.0, 0.0] * 50
WORSE = [0.0 if at < 30 else score for at, score in enumerate(HALF)]


# A measure before and after


def test_a_loss_of_many_items_is_worse_and_a_gain_better() -> None:
    (worse,), (better,) = compared(HALF, WORSE).changes, compared(WORSE, HALF).changes

    assert (worse.before, worse.after) == (0.5, 0.35)
    assert worse.difference.mean == pytest.approx(-0.15)
    assert worse.difference.high < 0
    assert (worse.verdict, worse.is_surely_worse) == (Verdict.WORSE, True)
    assert (better.verdict, better.is_surely_worse) == (Verdict.BETTER, False)


def test_where_lower_is_better_a_rise_is_worse() -> None:
    (rise,) = compared(WORSE, HALF, is_better_high=False).changes

    assert (rise.verdict, rise.is_surely_worse) == (Verdict.WORSE, True)


def test_the_same_scores_are_no_difference() -> None:
    (same,) = compared(HALF, HALF).changes

    assert (same.verdict, same.difference.low, same.difference.high) == (Verdict.SAME, 0, 0)


@pytest.mark.parametrize("seed", range(20))
def test_noise_passes_the_gate(seed: int) -> None:
    # Ten of 100 answers change, each to right or wrong by a coin: what another processor might do.
    drawn = np.random.default_rng(seed)
    after = list(HALF)
    for at in drawn.choice(100, size=10, replace=False):
        after[at] = float(drawn.random() < 0.5)

    assert faults(run_of(measure(after)), compared(HALF, after)) == []


def test_the_comparison_is_of_pairs_and_sees_what_means_alone_do_not() -> None:
    # Every item falls a little: the intervals of both means overlap, that of the difference does not.
    before = [number / 99 for number in range(100)]
    after = [score - 0.02 for score in before]

    (made,) = compared(before, after).changes

    assert measure(before).estimate().low < measure(after).estimate().mean
    assert made.is_surely_worse


def test_a_comparison_looks_at_items_that_both_runs_judged() -> None:
    before = Measured(FOUND, {"a": 1.0, "b": 1.0})
    after = Measured(FOUND, {"b": 0.5, "c": 0.0})

    made = change(before, after)

    assert (made.before, made.after, made.difference.n) == (1, 0.5, 1)


def test_nothing_in_common_is_not_judged() -> None:
    made = change(Measured(FOUND, {"a": 1.0}), Measured(FOUND, {"b": 0.0}))

    assert (made.verdict, made.difference.n, made.is_surely_worse) == (Verdict.NOT_JUDGED, 0, False)


def test_a_comparison_is_the_same_twice() -> None:
    assert compared(HALF, WORSE) == compared(HALF, WORSE)


def test_runs_of_different_suites_are_not_compared() -> None:
    with pytest.raises(RunError, match="a run of retrieval cannot be compared with one of answers"):
        compare(run_of(), run_of(suite="retrieval"))


# The gate


def test_the_gate_names_a_gated_measure_that_is_worse() -> None:
    made = compared(HALF, WORSE)

    assert faults(run_of(measure(WORSE)), made) == ["gold found at 10 is worse: 0.500 before, 0.350 now"]


def test_a_measure_that_is_not_gated_may_be_worse() -> None:
    assert faults(run_of(measure(WORSE)), compared(HALF, WORSE, is_gated=False)) == []


def test_a_loss_that_may_be_noise_among_many_measures_is_told_and_passes_the_gate() -> None:
    made = compared([1.0] * 100, [0.0] * 4 + [1.0] * 96)

    assert (made.changes[0].verdict, made.changes[0].is_surely_worse) == (Verdict.WORSE, False)
    assert faults(run_of(measure(HALF)), made) == []


def test_a_better_run_passes_the_gate() -> None:
    assert faults(run_of(measure(HALF)), compared(WORSE, HALF)) == []


def promise(scores: list[float]) -> Measured:
    return replace(measure(scores, "quotation verbatim"), is_promise=True)


def test_one_broken_promise_fails_without_a_baseline() -> None:
    assert faults(run_of(promise([1.0] * 99 + [0.999]))) == ["quotation verbatim is 1.0000, it must be 1"]
    assert faults(run_of(promise([1.0] * 100))) == []


def test_that_quotations_are_verbatim_and_citations_resolve_is_promised() -> None:
    promised = {one.name for one in DEFINITIONS if one.is_promise}

    assert promised == {"quotation verbatim", "citation resolves"}


def test_a_gated_measure_that_is_no_longer_judged_fails() -> None:
    before = run_of(measure(HALF), measure(HALF, WRONG, is_gated=False))
    after = run_of(Measured(FOUND, {}, is_gated=True))

    assert faults(after, compare(before, after)) == [f"{FOUND} was judged before and is not judged now"]


# Questions


def test_questions_that_are_lost_earlier_in_the_path_got_worse() -> None:
    before = run_of(items=[item("a"), item("b", Step.NOT_CHOSEN), item("c", Step.NOT_RETRIEVED), item("d")])
    after = run_of(items=[item("a", Step.NOT_CHOSEN), item("b", Step.NOT_RETRIEVED), item("c"), item("d")])

    made = compare(before, after)

    assert [(loss.item, loss.before, loss.after) for loss in made.losses] == [
        ("a", "", "retrieved but not chosen"),
        ("b", "retrieved but not chosen", "not retrieved"),
    ]
    assert made.gains == ["c"]


def test_a_question_that_fell_in_the_same_step_is_told_with_its_measures() -> None:
    before = run_of(Measured(FOUND, {"a": 1.0}, is_gated=True), items=[item("a")])
    after = run_of(Measured(FOUND, {"a": 0.5}, is_gated=True), items=[item("a")])

    (loss,) = compare(before, after).losses

    assert loss.fallen == {FOUND: (1, 0.5)}
    printed = "\n".join(comparison_lines(before, compare(before, after)))
    assert "a: still right  What of a?" in printed
    assert "gold found at 10 1.00 → 0.50" in printed


def test_a_question_that_was_changed_is_not_compared() -> None:
    before = run_of(measure([1.0] * 3), items=[item(name) for name in NAMES[:3]])
    after = run_of(
        measure([0.0, 1.0, 1.0]),
        items=[item(NAMES[0], Step.NOT_RETRIEVED, case="another"), item(NAMES[1]), item("new")],
    )

    made = compare(before, after)

    assert (made.losses, made.changes[0].before, made.changes[0].after) == ([], 1, 1)
    # One was changed, one is gone, one is new.
    assert made.unpaired == 3


# The command


def saved(folder: Path, name: str, scores: list[float], suite: str = "answers") -> Path:
    path = folder / f"{name}.json"
    save_run(path, run_of(measure(scores), suite=suite))
    return path


def test_compare_exits_1_for_the_worse_and_0_for_the_better(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = saved(tmp_path, "good", HALF), saved(tmp_path, "bad", WORSE)

    assert main(["compare", str(good), str(bad)]) == 1
    told = capsys.readouterr()
    assert told.err == "evals: gold found at 10 is worse: 0.500 before, 0.350 now\n"
    assert re.search(r"gold found at 10 +0\.500 +0\.350 +-0\.150 \[.*\] n=100 +worse", told.out)

    assert main(["compare", str(bad), str(good)]) == 0
    assert main(["compare", str(good), str(good)]) == 0


def test_compare_looks_at_the_first_and_the_last(tmp_path: Path) -> None:
    good, bad = saved(tmp_path, "good", HALF), saved(tmp_path, "bad", WORSE)

    assert main(["compare", str(good), str(bad), str(good)]) == 0
    assert main(["compare", str(good), str(good), str(bad)]) == 1


def test_what_cannot_be_compared_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, other = saved(tmp_path, "good", HALF), saved(tmp_path, "other", HALF, suite="labels")

    for arguments, reason in (
        ([good], "name at least two saved runs"),
        ([good, other], "a run of labels cannot be compared with one of answers"),
        ([good, tmp_path / "gone.json"], "gone.json: No such file"),
    ):
        assert main(["compare", *map(str, arguments)]) == 2
        assert reason in capsys.readouterr().err
