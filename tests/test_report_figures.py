"""Figures of the report: confusion matrices, risk over coverage, and measures that are no shares."""

from __future__ import annotations

import re

from evals.report import page
from evals.report.drawing import curve
from evals.runs import Measured, Run

MATRIX = {"enabler": {"enabler": 3, "<b>": 1}, "<b>": {"enabler": 0, "<b>": 2}}


def test_a_confusion_matrix_is_a_table_and_not_a_line_of_the_head() -> None:
    shown = page(Run("labels", {"cases": 6, "confusion": {"stance": MATRIX}}, []))

    cells = re.findall(r"<td[^>]*>(\d+)</td>", shown)
    assert cells == ["3", "1", "0", "2"]
    assert "<b>" not in shown
    assert "confusion:" not in shown


def test_risk_over_coverage_is_a_line() -> None:
    shown = page(Run("abstention", {"risk by coverage": [[0.5, 0.0], [1.0, 0.25]]}, []))

    assert '<polyline points="120,160 240,120"' in shown
    assert "0.50 0.00, 1.00 0.25" in shown


def test_a_run_without_figures_has_no_section_of_them() -> None:
    assert "Figures" not in page(Run("support", {"cases": 1}, []))


def test_a_measure_beyond_one_is_told_and_not_drawn() -> None:
    slow = Measured("milliseconds", {"a": 40.0}, is_better_high=False)
    share = Measured("share", {"a": 0.5})

    assert "40.000" in page(Run("speed", {}, [slow]))
    assert "<svg" not in page(Run("speed", {}, [slow]))
    assert "<svg" in page(Run("speed", {}, [share]))


def test_a_curve_runs_from_left_to_right_with_its_best_at_the_bottom() -> None:
    assert '"0,160 240,0"' in curve([(0.0, 0.0), (1.0, 1.0)], "a line")
