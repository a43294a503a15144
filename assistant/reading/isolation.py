"""Reading in bounded child processes: a file that crashes, hangs or swells costs itself alone.

A worker is started when it is first needed, reads many files, and is replaced when it dies, has read
its share or has grown. It imports the readers and none of the models.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Self

from assistant.errors import DocumentRefused
from assistant.reading.frames import DOCUMENTS, MORE_TIME, REFUSED, Broken, receive, send
from assistant.reading.reader import ReadOptions
from assistant.records import Document

WORKER = "assistant.reading.worker"
Outcome = tuple[Document, ...] | DocumentRefused


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost, and when a worker is replaced.

    `seconds` of wall clock a file (more where a reader asks for it, as OCR does), `memory` in bytes
    beyond the worker's own, `files` a worker, and the `size` in bytes at which it has grown too large.
    """

    seconds: float = 28.0
    memory: int = 1_000_000_000
    files: int = 500
    size: int = 700_000_000
    longest: float = 3600.0


class _Worker:
    """One child process. Used by one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._files = 0
        self._peak = 0
        self._is_late = False
        self._paths = list(sys.path)
        paths = os.pathsep.join(entry or str(Path.cwd()) for entry in self._paths)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", WORKER, str(limits.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # One thread each: the readers need no more, and threads' stacks count as memory.
            env={**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            start_new_session=True,
        )

    @property
    def is_spent(self) -> bool:
        """Whether it has read its share, has grown too large, has died or would miss a new package."""
        return (
            self._paths != sys.path
            or self._is_late
            or self._files >= self._limits.files
            or self._peak * 1024 > self._limits.size
            or self._process.poll() is not None
        )

    def read(self, path: Path, options: ReadOptions) -> Outcome:
        """The documents of a file, or why there are none. After a fault the worker is dead."""
        self._files += 1
        self._is_late = False
        try:
            return self._exchange(path, options)
        except (Broken, OSError):
            self.close()
            return self._fault(path)
        except BaseException:
            # Its answer would be taken for that of the next file.
            self.close()
            raise

    def _exchange(self, path: Path, options: ReadOptions) -> Outcome:
        requests, answers = self._streams()
        send(requests, (str(path), asdict(options), self._limits.seconds))
        allowed = self._limits.seconds
        total = 0.0
        while True:
            with self._watched(allowed):
                kind, first, second, peak = receive(answers)
            if kind != MORE_TIME:
                break
            total += first
            if total > self._limits.longest:
                raise Broken("asks for more and more time")
            allowed = first
        self._peak = peak
        if kind == DOCUMENTS:
            return tuple(first)
        if kind == REFUSED:
            return DocumentRefused(path, first, second)
        if first == "MemoryError":
            return self._too_large(path)
        return DocumentRefused(
            path, f"its reader failed on it ({first})", "open it elsewhere and save it anew"
        )

    def _streams(self) -> tuple[BinaryIO, BinaryIO]:
        requests, answers = self._process.stdin, self._process.stdout
        if requests is None or answers is None:
            raise Broken("the worker has no streams")
        return requests, answers  # type: ignore[return-value]

    @contextlib.contextmanager
    def _watched(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._run_late)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _run_late(self) -> None:
        self._is_late = True
        self._kill()

    def _kill(self) -> None:
        """End the process and what it has started, such as tesseract."""
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def _fault(self, path: Path) -> DocumentRefused:
        """Why the worker died on a file, in words."""
        code = self._process.returncode or 0
        if self._is_late or code == -getattr(signal, "SIGXCPU", 0):
            return DocumentRefused(
                path,
                f"reading it takes more than {self._limits.seconds:.0f} seconds",
                "split the file into parts, or save it anew",
            )
        return DocumentRefused(
            path, f"its reader crashed on it ({_name(code)})", "open it elsewhere and save it anew"
        )

    def _too_large(self, path: Path) -> DocumentRefused:
        megabytes = self._limits.memory // 1_000_000
        return DocumentRefused(
            path, f"reading it takes more than {megabytes:,} MB of memory", "split the file into parts"
        )

    def close(self) -> None:
        """End the process and release its streams."""
        if self._process.poll() is None:
            self._kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _name(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"


class Workers:
    """A few child processes that read files. Threads may share it; close it, or use it in `with`."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()

    def read(self, path: Path, options: ReadOptions | None = None) -> tuple[Document, ...]:
        """The documents in one file. Raises DocumentRefused with the reason and what to do."""
        outcome = self._outcome(path, options or ReadOptions())
        if isinstance(outcome, DocumentRefused):
            raise outcome
        return outcome

    def read_all(
        self, paths: Iterable[Path], options: ReadOptions | None = None, *, workers: int = 2
    ) -> Iterator[tuple[Path, Outcome]]:
        """Each file with its documents or its refusal, in the order given, while others are being read."""
        chosen = options or ReadOptions()
        ahead: deque[tuple[Path, Future[Outcome]]] = deque()
        pool = ThreadPoolExecutor(workers, thread_name_prefix="reading")
        try:
            for path in paths:
                ahead.append((path, pool.submit(self._outcome, path, chosen)))
                # Not far ahead: read documents wait in memory.
                if len(ahead) > 2 * workers:
                    first, future = ahead.popleft()
                    yield first, future.result()
            while ahead:
                first, future = ahead.popleft()
                yield first, future.result()
        finally:
            pool.shutdown(cancel_futures=True)

    def _outcome(self, path: Path, options: ReadOptions) -> Outcome:
        worker = self._living() or _Worker(self._limits)
        outcome = worker.read(path, options)
        if worker.is_spent:
            worker.close()
        else:
            with self._lock:
                self._idle.append(worker)
        return outcome

    def _living(self) -> _Worker | None:
        """An idle worker that is still alive, taken out of the idle ones."""
        while True:
            with self._lock:
                if not self._idle:
                    return None
                worker = self._idle.pop()
            if not worker.is_spent:
                return worker
            worker.close()

    def close(self) -> None:
        """End the idle processes."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_shared = Workers()
atexit.register(_shared.close)


def read_isolated(path: Path, options: ReadOptions | None = None) -> tuple[Document, ...]:
    """The documents in one file, parsed in a bounded child process that is kept for the next file.

    Raises DocumentRefused with the reason and what to do.
    """
    return _shared.read(path, options)


def read_all_isolated(
    paths: Iterable[Path], options: ReadOptions | None = None, *, workers: int = 2
) -> Iterator[tuple[Path, Outcome]]:
    """Each file with its documents or its refusal, in order, read ahead by several child processes."""
    return _shared.read_all(paths, options, workers=workers)
