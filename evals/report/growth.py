"""How search grows with the index, drawn: both axes by tens."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from evals.report.markup import Markup, tag

WIDTH, HEIGHT, MARGIN = 460, 260, 60
COLOURS = ("#1f5f8b", "#b3541e", "#4a7c3a", "#6b4c9a")

Points = Sequence[Sequence[float]]


def write_plot(path: Path, growth: Mapping[str, Points]) -> None:
    """Write the plot as a file of its own. Raises OSError."""
    path.write_text(f"{growth_plot(growth)}\n", encoding="utf-8")


def growth_plot(growth: Mapping[str, Points]) -> Markup:
    """p95 in milliseconds over passages, a line a system, with the figures beside the points."""
    every = [point for points in growth.values() for point in points]
    across = _scale([size for size, _ in every], WIDTH)
    up = _scale([taken for _, taken in every], HEIGHT)
    marks = []
    for place, (system, points) in enumerate(growth.items()):
        colour = COLOURS[place % len(COLOURS)]
        places = [(across(size), HEIGHT - up(taken), taken) for size, taken in points]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
        marks.append(tag("polyline", points=line, fill="none", stroke=colour))
        for x, y, taken in places:
            marks.append(tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=3, fill=colour))
            marks.append(tag("text", f"{taken:.0f}", x=f"{x + 5:.1f}", y=f"{y - 5:.1f}", fill=colour))
        marks.append(tag("text", f"{system}: p95, ms", x=4, y=14 * (place + 1) - 40, fill=colour))
    for size in sorted({size for size, _ in every}):
        marks.append(
            tag("text", f"{size:,.0f}", x=f"{across(size):.1f}", y=HEIGHT + 20, text_anchor="middle")
        )
    marks.append(tag("text", "passages", x=WIDTH, y=HEIGHT + 38, text_anchor="end"))
    box = f"{-MARGIN} {-MARGIN} {WIDTH + 2 * MARGIN} {HEIGHT + 2 * MARGIN}"
    return tag(
        "svg",
        tag("title", "Question to ranked evidence, by passages in the index"),
        tag("line", x1=0, y1=HEIGHT, x2=WIDTH, y2=HEIGHT, stroke="#888"),
        *marks,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=box,
        width=WIDTH + 2 * MARGIN,
        height=HEIGHT + 2 * MARGIN,
        font_size=12,
        role="img",
    )


class _scale:  # noqa: N801 - used as a function
    """Numbers → places from 0 to `length`, by their logarithm."""

    def __init__(self, values: Sequence[float], length: float) -> None:
        self._low, high = math.log10(min(values)), math.log10(max(values))
        self._unit = length / ((high - self._low) or 1.0)

    def __call__(self, value: float) -> float:
        return (math.log10(value) - self._low) * self._unit
