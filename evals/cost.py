"""What a command costs: seconds, and the most memory that it and its children hold at one time."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROCESSES = Path("/proc")
# How often memory is looked at; a peak that is shorter may be missed. To look takes time from what is measured.
EVERY = 0.25


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock, peak resident bytes (pages that processes share count for each), exit code,
    what it printed, and seconds of processors: those are nearly the same on a machine that others use too."""

    seconds: float
    memory: int
    code: int
    printed: str
    processor: float = 0.0


def cost_of(command: Sequence[str], environment: Mapping[str, str], directory: Path) -> Cost:
    """Run a command to its end. Memory is 0 where the system does not tell (it is read from /proc)."""
    errors = directory / "errors.txt"
    printed = directory / "printed.txt"
    with printed.open("wb") as out, errors.open("wb") as err:
        started, spent = time.perf_counter(), _spent()
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and modules
            command, stdout=out, stderr=err, env={**os.environ, **environment}
        )
        peak = 0
        while process.returncode is None:
            peak = max(peak, resident(process.pid))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(EVERY)
        seconds = time.perf_counter() - started
    words = printed.read_text(encoding="utf-8", errors="replace")
    words = words or errors.read_text(encoding="utf-8", errors="replace")
    return Cost(seconds, peak, process.returncode, words, _spent() - spent)


def _spent() -> float:
    """Seconds of processors that children have taken so far, and theirs, once they have ended."""
    times = os.times()
    return times.children_user + times.children_system


def resident(process: int) -> int:
    """Resident bytes of a process and all below it, now."""
    children: dict[int, list[int]] = {}
    pages: dict[int, int] = {}
    for entry in PROCESSES.glob("[0-9]*"):
        try:
            # The name in brackets may hold spaces: what follows the last bracket is split.
            fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(entry.name))
        pages[int(entry.name)] = int(fields[21])
    total, waiting = 0, [process]
    while waiting:
        one = waiting.pop()
        total += pages.get(one, 0)
        waiting += children.get(one, [])
    return total * os.sysconf("SC_PAGE_SIZE")
