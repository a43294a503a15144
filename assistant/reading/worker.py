"""The process in which files are parsed: takes requests on its input and answers on its output.

It is started by `assistant.reading.isolation` and dies with it. Its memory and processor time are
limited by the system; the wall clock is watched from outside.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

from assistant.errors import DocumentRefused
from assistant.reading import read
from assistant.reading.frames import DOCUMENTS, FAILED, MORE_TIME, REFUSED, Broken, receive, send
from assistant.reading.patience import OutOfTime, ask_for_time
from assistant.reading.reader import ReadOptions

try:
    import resource
except ImportError:  # Windows has no such limits; there the wall clock alone holds
    resource = None  # type: ignore[assignment]


def main(memory: int) -> None:
    """Answer requests until the input ends. `memory` is how many bytes a reading may take."""
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not get between the answers.
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    os.dup2(silence, sys.stderr.fileno())
    ask_for_time.set(lambda seconds: _more_time(answers, seconds))
    _limit_memory(memory)
    while True:
        try:
            path, options, seconds = receive(requests)
        except Broken:
            return
        _limit_time(seconds)
        send(answers, (*_answer(Path(path), ReadOptions(**options)), _peak_memory()))


def _answer(path: Path, options: ReadOptions) -> tuple[Any, ...]:
    """What becomes of a file: its documents, a refusal, or the name of what went wrong."""
    try:
        return DOCUMENTS, read(path, options), ""
    except DocumentRefused as refusal:
        return REFUSED, refusal.reason, refusal.advice
    except (Exception, OutOfTime) as error:  # whatever a parser may raise costs this file alone
        return FAILED, type(error).__name__, str(error)[:200]


def _more_time(answers: BinaryIO, seconds: float) -> None:
    _limit_time(seconds)
    send(answers, (MORE_TIME, seconds, "", 0))


def _limit_memory(memory: int) -> None:
    if resource is None:
        return
    limit = _address_space() + memory
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _address_space() -> int:
    """Bytes of address space that the process takes already."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 500_000_000
    return pages * os.sysconf("SC_PAGE_SIZE")


def _limit_time(seconds: float) -> None:
    """The system ends the process after this much more processor time."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 2
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _peak_memory() -> int:
    """The most memory that this process has held, in kilobytes; 0 where the system does not tell.

    The system's count of resources will not do: it starts with what the parent held.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
