"""What passes between the process that reads files and the one that asks for it: framed pickles.

A hostile file may take over the reading process, so the asking one loads nothing but records.
"""

from __future__ import annotations

import io
import pickle
import struct
from typing import Any, BinaryIO

from assistant import records

HEAD = struct.Struct(">Q")
MAX_BYTES = 500_000_000
# What an answer of the reading process is.
DOCUMENTS, REFUSED, FAILED, MORE_TIME = "documents", "refused", "failed", "more time"
# What a document is made of; whatever else a frame names is refused.
ALLOWED = frozenset(
    {
        "Block", "BlockKind", "Coding", "Document", "Extent", "Labels", "Page", "Sensitivity", "Source",
        "Stance", "Voice",
    }
)  # fmt: skip


class Broken(Exception):
    """A frame is cut off, too long or holds what it must not hold."""


def send(stream: BinaryIO, message: Any) -> None:
    """Write one message."""
    data = pickle.dumps(message, protocol=5)
    stream.write(HEAD.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read one message of plain values and records. Raises Broken, also at the stream's end."""
    try:
        return _Unpickler(io.BytesIO(_payload(stream))).load()
    except (pickle.UnpicklingError, ValueError, TypeError, EOFError, AttributeError, KeyError) as error:
        raise Broken(str(error)) from error


def _payload(stream: BinaryIO) -> bytes:
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        raise Broken("the stream ended")
    (length,) = HEAD.unpack(head)
    if length > MAX_BYTES:
        raise Broken(f"a message of {length:,} bytes")
    data = stream.read(length)
    if len(data) < length:
        raise Broken("the stream ended within a message")
    return data


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if not f"{module}.".startswith(f"{records.__name__}.") or name not in ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is no record of a document")
        return getattr(records, name)
