"""What a run tells beside its measures: confusion matrices, and risk over coverage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evals.report.drawing import curve
from evals.report.growth import growth_plot
from evals.report.markup import Markup, tag
from evals.runs import Run
from evals.speed.search import GROWTH

CONFUSION, RISK = "confusion", "risk by coverage"
SHOWN = (CONFUSION, RISK, GROWTH)
RISK_HINT = "Of the questions that are answered first, the share that the evidence does not answer."


def figures_section(run: Run) -> Markup | None:
    """The figures of a run that has any."""
    figures = [_matrix(name, matrix) for name, matrix in run.about.get(CONFUSION, {}).items()]
    if run.about.get(RISK):
        points = [(coverage, risk) for coverage, risk in run.about[RISK]]
        caption = tag("figcaption", RISK, tag("span", RISK_HINT, class_="where"))
        figures.append(tag("figure", caption, curve(points, RISK)))
    if run.about.get(GROWTH):
        figures.append(
            tag("figure", tag("figcaption", "search by size of the index"), growth_plot(run.about[GROWTH]))
        )
    if not figures:
        return None
    return tag("section", tag("h2", "Figures"), tag("div", *figures, class_="small"))


def _matrix(name: str, matrix: Mapping[str, Mapping[str, Any]]) -> Markup:
    head = tag("tr", tag("th", "given, found"), *(tag("th", found) for found in matrix))
    rows = [
        tag("tr", tag("th", given), *(tag("td", str(count), class_="number") for count in row.values()))
        for given, row in matrix.items()
    ]
    table = tag("table", tag("thead", head), tag("tbody", *rows))
    return tag("figure", tag("figcaption", name), tag("div", table, class_="scroll"))
