"""All designs on the same cases, corpus and measures, in one table: how "better" is claimed."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from evals.compare import change
from evals.runs import PART, Measured, Run
from evals.suites import citations, retrieval

SUITE = "arms"
OURS = "ours"
ARM = f"{PART}arm{PART}"
# The columns, in their order, as far as a run has them; the second of a pair is their heading.
COLUMNS = {
    "recall@5": "gold found@5",
    "recall@10": "gold found@10",
    "nDCG@10": "nDCG@10",
    "gold cited": "gold cited",
    "cited is gold": "cited is gold",
    "recall in 600 words": "found in 600 words",
    "token precision@5": "token precision@5",
    "token IoU@5": "token IoU@5",
    "token overlap with gold": "cited token overlap",
    "quotation verbatim": "verbatim",
}
NAME, CELL = 44, 25


def run_arms(options: argparse.Namespace) -> Run:
    """The suites of search and, on cases, of citations, with all arms. Raises what they raise."""
    found = retrieval.run(options)
    if options.beir:
        return Run(SUITE, found.about, found.measures, found.items)
    cited = citations.run(options)
    about = {**found.about, "cases": cited.about["cases"]}
    return Run(SUITE, about, found.measures + cited.measures, found.items)


def by_arm(run: Run) -> dict[str, dict[str, Measured]]:
    """Arm → measure → scores, ours first."""
    arms: dict[str, dict[str, Measured]] = {OURS: {}}
    for one in run.measures:
        name, is_arm, arm = one.name.partition(ARM)
        if is_arm and name in COLUMNS:
            arms.setdefault(arm, {})[name] = one
    return arms


def table_lines(run: Run) -> list[str]:
    """One row an arm: mean, 95 % interval and n of each measure; then each arm's difference from ours, in pairs
    of the same case, where it is more than noise."""
    arms = by_arm(run)
    columns = [name for name in COLUMNS if any(name in own for own in arms.values())]
    heading = "".join(f"{COLUMNS[name]:<{CELL}}" for name in columns)
    lines = [f"{'mean [95 % interval] n':<{NAME}}{heading}".rstrip()]
    for arm, own in arms.items():
        lines.append(f"{arm:<{NAME}}{''.join(f'{_cell(own, name):<{CELL}}' for name in columns)}".rstrip())
    lines += ["", f"{'less ours, paired by case':<{NAME}}{heading}".rstrip()]
    for arm, own in arms.items():
        if arm != OURS:
            cells = "".join(f"{_difference(arms[OURS], own, name):<{CELL}}" for name in columns)
            lines.append(f"{arm:<{NAME}}{cells}".rstrip())
    return lines


def _cell(own: Mapping[str, Measured], name: str) -> str:
    estimate = own[name].estimate() if name in own else None
    if estimate is None or estimate.n == 0:
        return "not judged"
    return f"{estimate.mean:.3f} [{estimate.low:.3f}, {estimate.high:.3f}] {estimate.n}"


def _difference(ours: Mapping[str, Measured], own: Mapping[str, Measured], name: str) -> str:
    if name not in ours or name not in own:
        return "not judged"
    difference = change(ours[name], own[name]).difference
    if difference.n == 0:
        return "not judged"
    return f"{difference.mean:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]"
