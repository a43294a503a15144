"""The real program, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "assistant")


def run(
    environment: Mapping[str, str], *arguments: str | Path, given: str = "", cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """What the program does with these arguments: exit code, stdout, stderr."""
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(
        command, env=dict(environment), cwd=cwd, input=given, capture_output=True, text=True, check=False
    )


def json_of(environment: Mapping[str, str], *arguments: str | Path) -> Any:
    """The JSON that the program prints; it must succeed."""
    done = run(environment, *arguments, "--json")
    assert (done.returncode, done.stderr) == (0, ""), done
    return json.loads(done.stdout)


def sentence(done: subprocess.CompletedProcess[str], code: int) -> str:
    """The one sentence on stderr of a run that failed with this code and printed nothing else."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("assistant: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return done.stderr.removeprefix("assistant: ").strip()
