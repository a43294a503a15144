"""Names of countries as sources state them: in short, and of what they are a part of.

How questions and texts call them is in `assistant.places`.
"""

from __future__ import annotations

from collections.abc import Iterable

KINGDOM = "United Kingdom"
PARTS_OF_THE_KINGDOM = ("England", "Scotland", "Wales", "Northern Ireland")
ABBREVIATED = {
    "uk": KINGDOM,
    "us": "United States",
    "usa": "United States",
}


def full_name(name: str) -> str:
    """A country's name for its abbreviation, in capitals or not, with dots or without; any other name as it is."""
    return ABBREVIATED.get(name.strip().replace(".", "").casefold(), name)


def with_whole(names: Iterable[str]) -> tuple[str, ...]:
    """Countries by their full names, and the one that they are a part of."""
    full = [full_name(name) for name in names]
    whole = [KINGDOM for name in full if name in PARTS_OF_THE_KINGDOM]
    return tuple(dict.fromkeys([*full, *whole]))
