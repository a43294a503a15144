"""What a suite measured, by item, so that two runs can be compared item by item."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from assistant import __version__
from evals.intervals import Estimate, estimate

# Version of the form on disk.
FORM = 1
# Stands in the name of a measure of part of the items: "gold found at 10 · type · barriers".
PART = " · "
DIGITS = 6


class RunError(Exception):
    """A saved run that cannot be used; says which and why."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure's scores by item id. An item that was not judged has no score, which is not 0.

    `is_better_high` tells which way is good; `is_gated` whether a loss beyond noise fails the gate;
    `is_promise` that the assistant promises 1: one breach is one too many, whatever the baseline was.
    """

    name: str
    scores: dict[str, float]
    is_better_high: bool = True
    is_gated: bool = False
    is_promise: bool = False

    @property
    def is_part(self) -> bool:
        """Whether it measures part of the items, and is shown below the main table."""
        return PART in self.name

    def estimate(self) -> Estimate:
        """The mean and its interval; the order of the items does not matter."""
        return estimate([self.scores[item] for item in sorted(self.scores)])


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a document for a report: where they stand, in words, and what they are."""

    where: str
    words: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a suite. `about` says on what (index, counts, settings); `items` tell of each item.

    An item has at least `id`; of answers also what was asked, found, chosen, cited, and the step in
    which it was lost. `stretches` are the words that items name by key; they are for the report alone
    and are never saved, since documents may not be quoted in files that travel.
    """

    suite: str
    about: dict[str, Any]
    measures: list[Measured]
    items: list[dict[str, Any]] = field(default_factory=list)
    stretches: dict[str, Stretch] = field(default_factory=dict)

    def measure(self, name: str) -> Measured | None:
        """The measure of this name, if the run has it."""
        return next((one for one in self.measures if one.name == name), None)


def measured(
    name: str,
    scores: Iterable[tuple[str, float | None]],
    is_better_high: bool = True,
    is_gated: bool = False,
    is_promise: bool = False,
) -> Measured:
    """A measure from scores of items, without those that were not judged (None), rounded as they are saved."""
    judged = {item: round(float(score), DIGITS) for item, score in scores if score is not None}
    return Measured(name, judged, is_better_high, is_gated, is_promise)


def dated(about: Mapping[str, Any]) -> dict[str, Any]:
    """What a run is about, after the day (UTC) and the program's version."""
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    return {"date": day, "program": __version__, **about}


def save_run(path: Path, run: Run) -> None:
    """Write a run as JSON, a measure and an item a line. The same run gives the same bytes. Raises OSError."""
    head = {"form": FORM, "suite": run.suite, "about": run.about}
    lists = {"measures": [_form_of(one) for one in run.measures], "items": run.items}
    parts = [f"{_json(name)}: {_json(value)}" for name, value in head.items()]
    parts += [
        f"{_json(name)}: [\n" + ",\n".join(_json(entry) for entry in entries) + "\n]"
        for name, entries in lists.items()
    ]
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def _form_of(one: Measured) -> dict[str, Any]:
    """A measure as it is saved: rounded, so that the last digits of a processor do not show."""
    return {**asdict(one), "scores": {item: round(score, DIGITS) for item, score in one.scores.items()}}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def load_run(path: Path) -> Run:
    """A run that was saved. Raises RunError for a file that is missing, damaged or of another form."""
    try:
        form = json.loads(path.read_text(encoding="utf-8"))
        if form["form"] != FORM:
            raise RunError(f"{path}: it is of form {form['form']!r}, this program reads {FORM}")
        measures = [Measured(**{**entry, "scores": dict(entry["scores"])}) for entry in form["measures"]]
        run = Run(form["suite"], dict(form["about"]), measures, [dict(item) for item in form["items"]])
    except OSError as error:
        raise RunError(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunError(f"{path}: it is no saved run ({error!r})") from error
    if not all(_is_score(score) for one in measures for score in one.scores.values()):
        raise RunError(f"{path}: it has scores that are no numbers")
    return run


def _is_score(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
