"""Files of JSON Lines, in which cases, marks, claims, drafts and public sets come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that hold anything, each after its number from 1. Raises OSError and ValueError."""
    # Not splitlines: a JSON string may hold line separators of Unicode.
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            yield number, line


def entries_in(path: Path) -> list[dict[str, Any]]:
    """What the lines of a file hold. Raises OSError and ValueError."""
    return [json.loads(line) for _, line in numbered_lines(path)]
