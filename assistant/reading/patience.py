"""Time limits within a reader: an alarm for slow parts, and asking for more time where it is due."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from types import FrameType

# Set by the process that bounds a reading; elsewhere nobody waits.
ask_for_time: ContextVar[Callable[[float], None]] = ContextVar("ask_for_time", default=lambda seconds: None)


class OutOfTime(BaseException):
    """An alarm went off. No `Exception`, so that a library's catch-all does not swallow it."""


@contextlib.contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raises OutOfTime in the body after `seconds`; does nothing outside the main thread or without
    POSIX signals, where only the process's own limits hold."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    # It rings again, should a library swallow the first one.
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.01), 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
