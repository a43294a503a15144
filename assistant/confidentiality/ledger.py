"""What left the machine: an append-only file beside the index, a line of JSON for each message that was sent.

A line is on the disk before its message is sent; what cannot be recorded is not sent. It holds no words of
documents, but their passages' ids and a digest of the whole message. What is sent to a model on this
machine does not leave it and is not recorded: every line is something that somebody else was shown.
"""

from __future__ import annotations

import datetime
import errno
import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import ChatModelFailed, NotFound
from assistant.permissions import PRIVATE
from assistant.records.sending import Sending


@dataclass(frozen=True, slots=True)
class Entry:
    """One message that left, or was about to: `when` in UTC, `sha256` and `characters` of the whole message."""

    when: str
    model: str
    address: str
    question: str
    passages: tuple[str, ...]
    characters: int
    sha256: str


class Ledger:
    """The file of one index. Nothing in the program takes a line out of it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def beside(cls, index: Path) -> Ledger:
        """The ledger of the index in a directory."""
        return cls(index.with_name(f"{index.name}.ledger.jsonl"))

    def record(self, sending: Sending) -> None:
        """Write down what is about to leave; nothing of what stays. Raises ChatModelFailed if it cannot be."""
        if not sending.is_remote:
            return
        entry = Entry(
            when=datetime.datetime.now(tz=datetime.UTC).isoformat(timespec="seconds"),
            model=sending.model,
            address=sending.address,
            question=sending.question,
            passages=sending.passages,
            characters=len(sending.text),
            sha256=hashlib.sha256(sending.text.encode()).hexdigest(),
        )
        line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
        try:
            self._append(line.encode())
        except OSError as error:
            raise ChatModelFailed(
                f"The chat model {sending.model} was not asked, since what leaves this machine could not be "
                f"recorded in {self.path} ({error.strerror})."
            ) from error

    def read(self) -> tuple[list[Entry], list[int]]:
        """The entries, oldest first, none where nothing has left; and the numbers of lines that are none. Raises
        NotFound if the file cannot be read."""
        try:
            lines = self.path.read_bytes().splitlines()
        except FileNotFoundError:
            return [], []
        except OSError as error:
            raise NotFound(f"{self.path} cannot be read: {error}.") from error
        found, damaged = [], []
        for number, line in enumerate(lines, 1):
            try:
                form = json.loads(line)
                found.append(Entry(**{**form, "passages": tuple(form["passages"])}))
            except (ValueError, KeyError, TypeError):
                damaged.append(number)
        return found, damaged

    def _ends_in_a_line(self) -> bool:
        """Whether the last line is whole: one that a full disk or a crash cut short has no end."""
        with self.path.open("rb") as file:
            if not file.seek(0, os.SEEK_END):
                return True
            file.seek(-1, os.SEEK_END)
            return file.read() == b"\n"

    def _append(self, line: bytes) -> None:
        """One write to the end of the file, on the disk before it returns."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE)
        try:
            os.fchmod(descriptor, PRIVATE)
            if not self._ends_in_a_line():
                line = b"\n" + line
            if os.write(descriptor, line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
