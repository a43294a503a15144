"""The record beside a model that comes with the program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.encoding.weights import file_digest


def write_record(path: Path, **facts: Any) -> dict[str, Any]:
    """Write a model's digest, further facts and its size beside it (`.json`); the record."""
    record = {"sha256": file_digest(path), **facts, "bytes": path.stat().st_size}
    path.with_suffix(".json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return record
