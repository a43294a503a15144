"""Characters that a person does not see and a program reads: left out of the text, and named.

They carry no words for a reader, and can carry instructions to a model or break a word apart so that
a search does not find it.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

# What is left out, by the name under which it is counted. White space is not among it, but for the
# first half of a Windows line end.
KINDS = {
    "zero-width": "[\u200b-\u200d\u2060-\u2064\ufeff\u180e\u034f]",
    "bidirectional control": "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]",
    "Unicode tag": "[\U000e0000-\U000e007f]",
    "variation selector": "[\ufe00-\ufe0e\U000e0100-\U000e01ef]",
    "filler or annotation": "[\u115f\u1160\u17b4\u17b5\u3164\uffa0\u206a-\u206f\ufff9-\ufffb]",
    "control": "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]",
    "typesetting": "[\u00ad\ufe0f]|\r(?=\n)",
}
# Soft hyphens and emoji styles, of which ordinary files are full: left out too, but not worth a word.
UNNAMED = {"typesetting"}
INVISIBLE = re.compile("|".join(f"(?P<k{n}>{pattern})" for n, pattern in enumerate(KINDS.values())))
NAMES = dict(zip((f"k{n}" for n in range(len(KINDS))), KINDS, strict=True))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without invisible characters. `removed` counts them by kind; `places` are the offsets,
    in the text as it was given, at which one stood, in order."""

    text: str
    removed: Mapping[str, int]
    places: tuple[int, ...]

    def at(self, offset: int) -> int:
        """Where the character at `offset` of the text as given stands in the cleaned one."""
        return offset - bisect.bisect_left(self.places, offset)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was left out, in words; empty if it was nothing of note."""
        return warnings_of(self.removed)


def clean(text: str) -> Cleaned:
    """The text without invisible characters, and what they were."""
    removed: Counter[str] = Counter()
    places = []
    for match in INVISIBLE.finditer(text):
        removed[NAMES[match.lastgroup or ""]] += 1
        places.append(match.start())
    return Cleaned(INVISIBLE.sub("", text) if places else text, removed, tuple(places))


def warnings_of(removed: Mapping[str, int]) -> tuple[str, ...]:
    """One sentence that names the kinds that were left out and how many; empty if there is none."""
    named = [f"{count} {kind}" for kind, count in removed.items() if count and kind not in UNNAMED]
    return (f"invisible characters left out: {', '.join(named)}",) if named else ()
