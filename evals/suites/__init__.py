"""Suites: each module here measures one thing and defines `SUITE`."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from evals.runs import Run


class CannotRun(Exception):
    """A suite that lacks what it needs (a collection, a folder of documents); says what."""


@dataclass(frozen=True, slots=True)
class Suite:
    """A command of `python -m evals`.

    `add_options` adds the suite's own options; `--save`, `--against` and `--report` are added for all.
    `run` raises CannotRun where what it runs on is missing.
    """

    name: str
    help: str
    add_options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], Run]


def _collect() -> tuple[Suite, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}").SUITE for name in names)


SUITES = _collect()
