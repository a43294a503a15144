"""JSON Lines in and out for the batch forms."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assistant.errors import BadInput
from assistant.records import Turn


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file. Raises BadInput with the line's number."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {error}.") from error
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            question = entry["question"]
            if not isinstance(question, str) or "id" not in entry:
                raise KeyError("id")
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput(
                f"{path}, line {number}: give an object with id and question ({error})."
            ) from error
        yield entry


def turns_of(entry: dict[str, Any]) -> list[Turn]:
    """The previous turns of a batch line. Raises BadInput if they are not in the documented form."""
    try:
        return [Turn(str(turn["role"]), str(turn["content"])) for turn in entry.get("previous") or []]
    except (KeyError, TypeError) as error:
        raise BadInput(
            f"{entry['id']}: previous turns are objects with role and content ({error})."
        ) from error


def run_batch(batch: Path, output: Path | None, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Answer every line of `batch` into `output`, whole or not at all; the number of lines."""
    if output is None:
        raise BadInput("A batch needs --output OUT.jsonl.")
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    count = 0
    try:
        with part.open("w", encoding="utf-8") as file:
            for entry in read_lines(batch):
                file.write(json.dumps(answer(entry), ensure_ascii=False) + "\n")
                count += 1
        part.replace(output)
    except OSError as error:
        raise BadInput(f"{output} cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return count
