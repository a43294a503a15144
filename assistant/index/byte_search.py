"""Words and vectors looked for in the bytes of files, many at once, whatever the files' format.

Words are found in UTF-8, in UTF-16 and as JSON escapes them, in capitals or not. A vector is found by
stretches of its numbers, also where they differ in their last digits, as after being made a unit vector again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.encoding import Vectors

Bytes = npt.NDArray[np.uint8]
CHUNK = 8_000_000
# What is looked for is shorter; so much of each chunk is seen again with the next.
OVERLAP = 4096
WIDTH = 8
EXACT = 0xFFFFFFFFFFFFFFFF
# The last twelve bits of a float32 are not looked at when its neighbourhood is found.
ROUGHLY = 0xFFFFF000FFFFF000
# Numbers of a vector that are looked for together: where a page ends within one, another is whole.
STRETCH = 128
TABLE_BITS = 22
SPREAD = np.uint64(0x9E3779B97F4A7C15)
LOWER = np.array([byte + 32 if 65 <= byte <= 90 else byte for byte in range(256)], dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Needle:
    """Bytes that are looked for on behalf of `number`; the anchor stands `lead` bytes into them."""

    number: int
    content: bytes
    lead: int = 0


@dataclass
class Haystack:
    """What was looked through: counts (in `folders` files and bytes of each), what was found where (number →
    files), and what could not be read."""

    files: int = 0
    size: int = 0
    folders: dict[str, tuple[int, int]] = field(default_factory=dict)
    found: dict[int, set[str]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


class Needles:
    """What is looked for. Each thing that is added has a number, counted from 0."""

    def __init__(self) -> None:
        self.count = 0
        self._words = _Kind(EXACT, is_rough=False)
        self._raw = _Kind(EXACT, is_rough=False)
        self._floats = _Kind(ROUGHLY, is_rough=True)

    def add_words(self, words: str) -> int:
        """Look for words of at least eight bytes, shorter ones are not found; their number."""
        forms = {words.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
        forms.add(json.dumps(words)[1:-1].encode())
        for form in forms:
            self._words.add(Needle(self.count, form.lower()))
        return self._next()

    def add_vector(self, vector: Vectors) -> int:
        """Look for a float32 vector; its number."""
        for start in range(0, max(len(vector) - STRETCH, 0) + 1, STRETCH):
            part = vector[start : start + STRETCH].astype("<f4")
            pairs = np.abs(part[:-1]) + np.abs(part[1:])
            self._floats.add(Needle(self.count, part.tobytes(), 4 * int(np.argmax(pairs))))
        return self._next()

    def add_bytes(self, content: bytes) -> int:
        """Look for these bytes, in parts where they are long; their number."""
        size = 2 * STRETCH
        for start in range(0, max(len(content) - size, 0) + 1, size):
            self._raw.add(Needle(self.count, content[start : start + size]))
        return self._next()

    def search(self, folders: Iterable[Path]) -> Haystack:
        """Look through every file below the folders; a file among them is looked through itself."""
        haystack = Haystack()
        for folder in folders:
            for path in [folder] if folder.is_file() else sorted(folder.rglob("*")):
                if path.is_file() and not path.is_symlink():
                    self._search_file(path, haystack)
            before = [sum(counts) for counts in zip(*haystack.folders.values(), strict=True)] or [0, 0]
            haystack.folders[str(folder)] = haystack.files - before[0], haystack.size - before[1]
        return haystack

    def _search_file(self, path: Path, haystack: Haystack) -> None:
        try:
            with path.open("rb") as file:
                haystack.files += 1
                kept = b""
                while part := file.read(CHUNK):
                    haystack.size += len(part)
                    self._search_bytes(np.frombuffer(kept + part, dtype=np.uint8), str(path), haystack)
                    kept = (kept + part)[-OVERLAP:]
        except OSError as error:
            haystack.unread.append(f"{path} ({error.strerror})")

    def _search_bytes(self, data: Bytes, name: str, haystack: Haystack) -> None:
        for kind, content in ((self._words, LOWER[data]), (self._raw, data), (self._floats, data)):
            for number in kind.found_in(content):
                haystack.found.setdefault(number, set()).add(name)

    def _next(self) -> int:
        self.count += 1
        return self.count - 1


class _Kind:
    """Needles that are found in one way: by eight bytes of each under a mask, then as a whole."""

    def __init__(self, mask: int, *, is_rough: bool) -> None:
        self._mask = np.uint64(mask)
        self._is_rough = is_rough
        self._needles: dict[int, list[Needle]] = {}

    def add(self, needle: Needle) -> None:
        anchor = needle.content[needle.lead : needle.lead + WIDTH]
        if len(anchor) == WIDTH:
            for near in _near(anchor) if self._is_rough else (anchor,):
                key = int(np.frombuffer(near, dtype="<u8")[0] & self._mask)
                if needle not in self._needles.setdefault(key, []):
                    self._needles[key].append(needle)

    def found_in(self, data: Bytes) -> Iterator[int]:
        """Numbers of the needles that stand in these bytes."""
        if not self._needles:
            return
        anchors = np.array(sorted(self._needles), dtype=np.uint64)
        may_be = np.zeros(1 << TABLE_BITS, dtype=bool)
        may_be[_places(anchors)] = True
        for shift in range(WIDTH):
            length = (len(data) - shift) // WIDTH * WIDTH
            if length <= 0:
                return
            words = data[shift : shift + length].view("<u8") & self._mask
            likely = np.flatnonzero(may_be[_places(words)])
            for position in likely[np.isin(words[likely], anchors)]:
                at = shift + WIDTH * int(position)
                for needle in self._needles[int(words[position])]:
                    if self._stands_at(data, at - needle.lead, needle.content):
                        yield needle.number

    def _stands_at(self, data: Bytes, at: int, content: bytes) -> bool:
        there = data[max(at, 0) : at + len(content)].tobytes()
        if len(there) != len(content) or not self._is_rough:
            return there == content
        wanted = np.frombuffer(content, dtype="<f4")
        return bool(np.allclose(np.frombuffer(there, dtype="<f4"), wanted, rtol=1e-3, atol=1e-6))


def _near(anchor: bytes) -> set[bytes]:
    """Two numbers, and both a little more or less: a mask may part what is almost the same."""
    pair = np.frombuffer(anchor, dtype="<f4")
    slips = (np.float32(1 - 1e-6), np.float32(1), np.float32(1 + 1e-6))
    return {(pair * np.array([one, other], dtype="<f4")).tobytes() for one in slips for other in slips}


def _places(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Where words stand in a table of `TABLE_BITS` bits."""
    return (words * SPREAD) >> np.uint64(64 - TABLE_BITS)


def runs(pieces: Sequence[str], length: int = 6, step: int = 3) -> Iterator[tuple[int, int, str]]:
    """(piece, position, run of words) over pieces of text, `length` words each, a new one each `step`
    words; what is shorter as it is, if it has at least three words and twelve characters."""
    for number, piece in enumerate(pieces):
        words = piece.split()
        last = max(len(words) - length, 0)
        starts = sorted({*range(0, last + 1, step), last})
        for position, start in enumerate(starts):
            run = " ".join(words[start : start + length])
            if len(run) >= 12 and len(words[start : start + length]) >= 3:
                yield number, position, run
