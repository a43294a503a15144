"""Runs and comparisons as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from evals.compare import Change, Comparison, Loss
from evals.runs import PART, Measured, Run

# How many questions that got worse are printed; the report has all of them.
PRINTED = 30
WIDTH = 46


def run_lines(run: Run, by_part: bool = False) -> list[str]:
    """A run's head and its table; with `by_part` also the measures of parts of the items."""
    lines = [_about(run), ""]
    lines += [_line(one.name, one) for one in run.measures if not one.is_part]
    if by_part:
        lines += _part_lines(run)
    return lines


def comparison_lines(before: Run, comparison: Comparison, by_part: bool = False) -> list[str]:
    """What changed since a run, measure by measure, and the questions that got worse."""
    lines = [f"against {_about(before)}", ""]
    lines.append(f"{'':<{WIDTH}}before   now      difference")
    for one in comparison.changes:
        if by_part or PART not in one.name:
            lines.append(f"{one.name:<{WIDTH - 1}} {change_words(one)}")
    if comparison.unpaired:
        lines += ["", f"{comparison.unpaired} items stand in one run alone or were changed; not compared"]
    lines += ["", f"{len(comparison.losses)} questions got worse, {len(comparison.gains)} better"]
    for loss in comparison.losses[:PRINTED]:
        lines += loss_lines(loss)
    if len(comparison.losses) > PRINTED:
        lines.append(f"  and {len(comparison.losses) - PRINTED} more")
    return lines


def change_words(one: Change) -> str:
    """Before, now, difference with interval, and the verdict."""
    if one.difference.n == 0:
        return one.verdict.value
    difference = one.difference
    interval = f"{difference.mean:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}] n={difference.n}"
    return f"{one.before:.3f}    {one.after:.3f}    {interval:<34}{one.verdict.value}"


def loss_lines(loss: Loss) -> list[str]:
    """A question that got worse, with the step and the measures."""
    lines = [f"  {loss.item}: {way_of(loss)}  {loss.question[:90]}"]
    if loss.fallen:
        fallen = (f"{name} {was:.2f} → {now:.2f}" for name, (was, now) in loss.fallen.items())
        lines.append(f"      {', '.join(fallen)}")
    return lines


def write_lines(lines: Iterable[str]) -> None:
    """Print lines."""
    print("\n".join(lines))


def _about(run: Run) -> str:
    about = run.about
    parts = [f"{run.suite} of {about['date']}" if about.get("date") else run.suite]
    parts += [f"{about[key]} {key}" for key in ("cases", "documents") if key in about]
    parts += [f"index {about['index']}"] if about.get("index") else []
    judged, left = about.get("must not, judged"), about.get("must not, for a reader")
    if left:
        parts.append(f"what it must not say: {judged} cases judged, {left} left to a reader")
    return ", ".join(parts)


def _part_lines(run: Run) -> list[str]:
    groups: dict[str, list[str]] = {}
    for one in (one for one in run.measures if one.is_part):
        group, _, part = one.name.rpartition(PART)
        groups.setdefault(group, []).append(_line(f"  {part}", one))
    return [line for group, own in groups.items() for line in ("", group.replace(PART, ", by "), *own)]


def _line(name: str, one: Measured) -> str:
    return f"{name:<{WIDTH - 1}} {one.estimate()}{'' if one.is_better_high else '   (lower is better)'}"


def way_of(loss: Loss) -> str:
    """The step in which a question was lost and that in which it is, or the one that it is lost in still."""
    before, after = loss.before or "right", loss.after or "right"
    return f"still {after}" if before == after else f"{before} → {after}"
