"""The parts of the page that show numbers: the table, the parts, the steps, the history."""

from __future__ import annotations

from collections.abc import Sequence

from evals.compare import Change, Comparison, Verdict
from evals.lost import Step
from evals.report.drawing import Bar, bars, counts, history, interval
from evals.report.markup import Markup, tag, together
from evals.runs import PART, Measured, Run

HINT = (
    "A dot is the mean, its line the 95 % bootstrap interval over the items, an orange ring or mark what it "
    "was in the run compared with. “Not judged” is not 0."
)
PARTS_HINT = (
    "Few items stand behind each bar: look at the intervals. An orange mark is the run compared with."
)
# How many measures of the history are drawn.
DRAWN = 12
# Of a measure that the run compared with does not have, or has of no item that stands here too.
NOTHING_BEFORE = "nothing to compare with"


def table_section(run: Run, comparison: Comparison | None) -> Markup:
    """Every measure with its interval, and what changed if there is something to compare with."""
    changes = {one.name: one for one in comparison.changes} if comparison else {}
    names = ["measure", "mean", "95 % interval", "n", "0 to 1"]
    names += ["before", "difference", ""] if comparison else []
    rows = [_row(one, changes.get(one.name), bool(comparison)) for one in run.measures if not one.is_part]
    table = tag("table", tag("thead", tag("tr", *(tag("th", name) for name in names))), tag("tbody", *rows))
    return tag(
        "section", tag("h2", "Measures"), tag("p", HINT, class_="hint"), tag("div", table, class_="scroll")
    )


def steps_section(run: Run, comparison: Comparison | None) -> Markup | None:
    """How many items ended as they must, and where the others were lost."""
    items = [item for item in run.items if "step" in item]
    if not items:
        return None
    before = {one.name: one for one in comparison.changes} if comparison else {}
    lost = [item for item in items if item["step"]]
    steps = [step.value for step in Step]
    steps += sorted({str(item["step"]) for item in lost} - set(steps))
    rows = []
    for step in steps:
        change = before.get(PART.join(["lost", "step", step]))
        was = round(change.before * change.difference.n) if change and change.difference.n else None
        rows.append((step, sum(item["step"] == step for item in lost), was))
    words = f"{len(items) - len(lost)} of {len(items)} questions ended as they must."
    more = f" {len(lost)} did not; the step in which each was lost:" if lost else ""
    return together(
        tag("p", words, more, class_="lead"),
        counts(rows, "questions lost, by step") if lost else None,
    )


def parts_section(run: Run, comparison: Comparison | None) -> Markup | None:
    """Measures of parts of the items: by type, turn and source."""
    changes = {one.name: one for one in comparison.changes} if comparison else {}
    groups: dict[str, list[Bar]] = {}
    for one in run.measures:
        if one.is_part and one.scores and not one.name.startswith(f"lost{PART}"):
            group, _, part = one.name.rpartition(PART)
            group = _said(group.replace(PART, ", by "), one)
            before = changes[one.name].before if one.name in changes else None
            groups.setdefault(group, []).append(Bar(part, one.estimate(), before))
    figures = [tag("figure", tag("figcaption", group), bars(rows, group)) for group, rows in groups.items()]
    if not figures:
        return None
    return tag(
        "section",
        tag("h2", "Parts"),
        tag("p", PARTS_HINT, class_="hint"),
        tag("div", *figures, class_="small"),
    )


def history_section(runs: Sequence[Run]) -> Markup:
    """The main measures over several runs, oldest first."""
    figures = []
    for one in [one for one in runs[-1].measures if not one.is_part and one.scores][:DRAWN]:
        values = [
            (str(run.about.get("date", place + 1)), other.estimate())
            for place, run in enumerate(runs)
            if (other := run.measure(one.name)) is not None
        ]
        figures.append(tag("figure", tag("figcaption", one.name), history(one.name, values)))
    return tag("section", tag("h2", f"Over {len(runs)} runs"), tag("div", *figures, class_="small"))


def _row(one: Measured, change: Change | None, compared: bool) -> Markup:
    estimate = one.estimate()
    name = _said(one.name, one)
    if estimate.n == 0:
        cells = [
            tag("td", name),
            tag("td", "not judged"),
            tag("td"),
            tag("td", "0", class_="number"),
            tag("td"),
        ]
    else:
        before = change.before if change else None
        cells = [
            tag("td", name),
            tag("td", f"{estimate.mean:.3f}", class_="number"),
            tag("td", f"{estimate.low:.3f} – {estimate.high:.3f}", class_="number"),
            tag("td", str(estimate.n), class_="number"),
            # Seconds and sizes have no place between 0 and 1.
            tag("td", interval(Bar(one.name, estimate, before)) if 0 <= estimate.mean <= 1 else None),
        ]
    if compared:
        cells += _change_cells(change)
    return tag("tr", *cells)


def _change_cells(change: Change | None) -> list[Markup]:
    if change is None or change.difference.n == 0:
        return [tag("td"), tag("td"), tag("td", NOTHING_BEFORE)]
    one = change.difference
    kind = change.verdict.value if change.verdict in (Verdict.BETTER, Verdict.WORSE) else None
    return [
        tag("td", f"{change.before:.3f}", class_="number"),
        tag("td", f"{one.mean:+.3f} [{one.low:+.3f}, {one.high:+.3f}]", class_="number"),
        tag("td", change.verdict.value, class_=kind),
    ]


def _said(name: str, one: Measured) -> str:
    """A measure's name, with the way that is good if that is down."""
    return name if one.is_better_high else f"{name} (lower is better)"
