"""JSON Lines in and out for the batch forms."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import BadInput
from assistant.questions import MAX_QUESTION
from assistant.records import Turn

ROLES = ("user", "assistant")


@dataclass(frozen=True, slots=True)
class Line:
    """One question of a batch. `id` is whatever the file gives, and is passed through."""

    number: int
    id: Any
    question: str
    previous: tuple[Turn, ...] = ()


def read_lines(path: Path) -> list[Line]:
    """The questions of a JSON Lines file. Raises BadInput with the number of a line that is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} cannot be read: it is not UTF-8 ({error.reason}).") from error
    # Not splitlines: a JSON string may hold line separators of Unicode.
    rows = enumerate(text.split("\n"), 1)
    return [_line(path, number, row) for number, row in rows if row.strip()]


def run_batch(batch: Path, output: Path | None, answer: Callable[[Line], dict[str, Any]]) -> int:
    """Answer every line of `batch` into `output`, whole or not at all; the number of lines.

    Raises BadInput if a line cannot be used, with its number, or if `output` cannot be written.
    """
    if output is None:
        raise BadInput("A batch needs --output OUT.jsonl.")
    lines = read_lines(batch)
    target = output.resolve()
    if target.exists() and not target.is_file():
        raise BadInput(f"{output} cannot be written: it is not a regular file.")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        # Before any work, so that nobody waits for answers that have no place to go.
        part.touch()
        rows = [json.dumps(_answered(batch, line, answer), ensure_ascii=False) for line in lines]
        # Half of a surrogate pair in an id goes out as the escape that it came in as.
        part.write_text("".join(row + "\n" for row in rows), encoding="utf-8", errors="backslashreplace")
        part.replace(target)
    except OSError as error:
        raise BadInput(f"{output} cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return len(lines)


def _answered(batch: Path, line: Line, answer: Callable[[Line], dict[str, Any]]) -> dict[str, Any]:
    try:
        return answer(line)
    except BadInput as error:
        raise BadInput(f"{batch}, line {line.number}: {error}") from error


def _line(path: Path, number: int, row: str) -> Line:
    try:
        entry = json.loads(row)
        if not isinstance(entry, dict) or entry.get("id") is None:
            raise ValueError("it has no id")
        if not isinstance(entry.get("question"), str):
            raise ValueError("it has no question")
        return Line(number, entry["id"], entry["question"], _turns(entry.get("previous")))
    except ValueError as error:
        raise BadInput(f"{path}, line {number}: give an object with id and question ({error}).") from error


def _turns(previous: Any) -> tuple[Turn, ...]:
    """The turns before a question. Raises ValueError if they are not in the documented form."""
    try:
        turns = tuple(Turn(turn["role"], turn["content"]) for turn in previous or ())
    except (KeyError, TypeError):
        raise ValueError("previous turns are objects with role and content") from None
    if not all(turn.role in ROLES and isinstance(turn.content, str) for turn in turns):
        raise ValueError("a previous turn has the role user or assistant, and text as its content")
    if any(turn.role == "user" and len(turn.content) > MAX_QUESTION for turn in turns):
        raise ValueError(f"a question before it has more than {MAX_QUESTION:,} characters")
    return tuple(Turn(turn.role, turn.content.encode(errors="replace").decode()) for turn in turns)
