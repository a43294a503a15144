"""Plots as inline SVG: intervals, bars with intervals, counts, lines over runs. No script."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evals.intervals import Estimate
from evals.report.markup import Markup, tag

TEXT, ROW = 190, 22


@dataclass(frozen=True, slots=True)
class Bar:
    """A value within 0..1 with its interval, and what it was before, if that is known."""

    name: str
    estimate: Estimate
    before: float | None = None


def interval(bar: Bar, width: int = 180) -> Markup:
    """One measure from 0 to 1: a line for the interval, a dot for the mean, a ring for what it was."""
    one = bar.estimate
    marks = [_line(0, 11, width, 11, "axis"), *(_line(x * width, 7, x * width, 15, "axis") for x in (0, 1))]
    if one.n:
        marks.append(_line(one.low * width, 11, one.high * width, 11, "whisker"))
        if bar.before is not None and not math.isnan(bar.before):
            marks.append(tag("circle", cx=_at(bar.before * width), cy=11, r=5, class_="before"))
        marks.append(tag("circle", cx=_at(one.mean * width), cy=11, r=4, class_="now"))
    return _svg(width, 22, f"{bar.name}: {one}", marks, margin=6)


def bars(rows: Sequence[Bar], label: str, width: int = 180) -> Markup:
    """Horizontal bars from 0 to 1, one a part, with intervals and counts."""
    marks = [
        _line(TEXT + share * width, 0, TEXT + share * width, len(rows) * ROW, "grid")
        for share in (0, 0.25, 0.5, 0.75, 1)
    ]
    for place, bar in enumerate(rows):
        y, one = place * ROW, bar.estimate
        marks.append(_text(TEXT - 8, y + 15, bar.name, "end"))
        marks.append(tag("rect", x=TEXT, y=y + 4, width=_at(one.mean * width), height=ROW - 8, class_="bar"))
        marks.append(_line(TEXT + one.low * width, y + 11, TEXT + one.high * width, y + 11, "whisker"))
        if bar.before is not None and not math.isnan(bar.before):
            x = TEXT + bar.before * width
            marks.append(_line(x, y + 2, x, y + ROW - 2, "was"))
        marks.append(_text(TEXT + width + 10, y + 15, f"{one.mean:.2f}  n={one.n}"))
    return _svg(TEXT + width + 110, len(rows) * ROW, label, marks)


def counts(rows: Sequence[tuple[str, int, int | None]], label: str, width: int = 300) -> Markup:
    """Horizontal bars of counts, each with what it was before, if that is known."""
    most = max((max(now, before or 0) for _, now, before in rows), default=0) or 1
    marks: list[Markup] = []
    for place, (name, now, before) in enumerate(rows):
        y = place * ROW
        marks.append(_text(TEXT - 8, y + 15, name, "end"))
        marks.append(
            tag("rect", x=TEXT, y=y + 4, width=_at(now / most * width), height=ROW - 8, class_="bar")
        )
        if before is not None:
            x = TEXT + before / most * width
            marks.append(_line(x, y + 2, x, y + ROW - 2, "was"))
        told = f"{now}" if before is None else f"{now}  (before {before})"
        marks.append(_text(TEXT + max(now, before or 0) / most * width + 10, y + 15, told))
    return _svg(TEXT + width + 110, len(rows) * ROW, label, marks)


def history(name: str, values: Sequence[tuple[str, Estimate]], width: int = 240, height: int = 90) -> Markup:
    """A measure over runs, oldest first, with intervals; the axis runs from 0 to 1."""
    step = width / max(len(values) - 1, 1)
    places = [
        (place * step, height - one.mean * height, one) for place, (_, one) in enumerate(values) if one.n
    ]
    marks = [_line(0, y, width, y, "grid") for y in (0, height / 2, height)]
    marks += [_text(-8, height + 4, "0", "end"), _text(-8, 4, "1", "end")]
    marks += [
        _line(x, height - one.low * height, x, height - one.high * height, "whisker") for x, _, one in places
    ]
    if len(places) > 1:
        marks.append(
            tag("polyline", points=" ".join(f"{_at(x)},{_at(y)}" for x, y, _ in places), class_="line")
        )
    marks += [tag("circle", cx=_at(x), cy=_at(y), r=4, class_="now") for x, y, _ in places]
    if values:
        marks.append(_text(0, height + 20, values[0][0]))
        marks.append(_text(width, height + 20, values[-1][0], "end"))
    told = ", ".join(f"{run} {one}" for run, one in values)
    return _svg(width, height + 26, f"{name}: {told}", marks, margin=22)


def curve(points: Sequence[tuple[float, float]], label: str, width: int = 240, height: int = 160) -> Markup:
    """A line through points within 0..1, from left to right; both axes run from 0 to 1."""
    marks = [_line(0, y, width, y, "grid") for y in (0, height / 2, height)]
    marks += [_text(-8, height + 4, "0", "end"), _text(-8, 4, "1", "end")]
    marks += [_text(0, height + 20, "0"), _text(width, height + 20, "1", "end")]
    places = " ".join(f"{_at(x * width)},{_at(height - y * height)}" for x, y in points)
    marks.append(tag("polyline", points=places, class_="line"))
    told = ", ".join(f"{x:.2f} {y:.2f}" for x, y in points)
    return _svg(width, height + 26, f"{label}: {told}", marks, margin=22)


def _svg(width: float, height: float, label: str, marks: Sequence[Markup], margin: int = 2) -> Markup:
    box = f"{-margin} -{margin} {_at(width + 2 * margin)} {_at(height + 2 * margin)}"
    return tag(
        "svg",
        tag("title", label),
        *marks,
        viewBox=box,
        width=_at(width + 2 * margin),
        height=_at(height + 2 * margin),
        role="img",
    )


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return tag("line", x1=_at(x1), y1=_at(y1), x2=_at(x2), y2=_at(y2), class_=kind)


def _text(x: float, y: float, words: str, anchor: str = "start") -> Markup:
    return tag("text", words, x=_at(x), y=_at(y), text_anchor=anchor)


def _at(number: float) -> str:
    """A coordinate: short, and the same on every machine."""
    return f"{number:.1f}".removesuffix(".0")
