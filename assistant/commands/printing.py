"""What commands print in one way: the documented JSON forms, and lines for a terminal."""

from __future__ import annotations

import json
from typing import Any

import typer

# Columns at which lines for a terminal are broken, whatever its own width: output is the same everywhere.
WIDTH = 96


def print_json(form: Any) -> None:
    """Print one of the documented forms; letters beyond ASCII stand as they are."""
    typer.echo(json.dumps(form, ensure_ascii=False, indent=1))
