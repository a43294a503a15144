"""A run as one page to look at: no script, nothing from elsewhere, everything escaped.

It shows passages, also of documents that may not be quoted: it is for this machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evals.compare import Comparison
from evals.report.figures import SHOWN, figures_section
from evals.report.lost_cases import losses_section, lost_section
from evals.report.markup import Markup, tag, together
from evals.report.measures import history_section, parts_section, steps_section, table_section
from evals.runs import Run

STYLE = Path(__file__).with_name("page.css")
# Nothing may be fetched or run, whatever a document's words are.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write_report(
    path: Path, run: Run, comparison: Comparison | None = None, history: Sequence[Run] = ()
) -> None:
    """Write the page of a run, with what changed since another and over several, if given. Raises OSError."""
    path.write_text(page(run, comparison, history), encoding="utf-8")


def page(run: Run, comparison: Comparison | None = None, history: Sequence[Run] = ()) -> str:
    """The page as HTML."""
    title = f"Evals: {run.suite}"
    head = tag(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        tag("title", title),
        tag("style", Markup(STYLE.read_text(encoding="utf-8"))),
    )
    body = tag(
        "body",
        tag("h1", title),
        tag(
            "p",
            " · ".join(f"{key}: {_plain(value)}" for key, value in run.about.items() if key not in SHOWN),
            class_="about",
        ),
        steps_section(run, comparison),
        table_section(run, comparison),
        figures_section(run),
        losses_section(comparison) if comparison else None,
        parts_section(run, comparison),
        history_section(history) if len(history) > 1 else None,
        lost_section(run),
    )
    return "<!doctype html>\n" + tag("html", together(head, body), lang="en") + "\n"


def _plain(value: object) -> str:
    return ", ".join(str(part) for part in value) if isinstance(value, (list, tuple)) else str(value)
