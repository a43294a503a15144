"""How many: a claim's figures, what they count, and parts of a whole, against the sentences that it cites."""

from __future__ import annotations

import re

from assistant.numerals import NUMBER, numbers_in, with_figures

OF = re.compile(r"(?<!\d)(?P<part>\d+) (?:out )?of (?:the |its |their |all |these |those )*(?P<whole>\d+)\b")
TIME = re.compile(
    r"(?<!\d)(?P<number>\d+)[ -](?:\w+ )?(?P<unit>second|minute|hour|day|week|month|year|decade)s?\b"
)


def numbers_fault(text: str, quotes: str) -> str | None:
    """A figure that the cited sentences do not have, or have of something else."""
    known = set(numbers_in(quotes))
    missing = [number for number in numbers_in(text) if number not in known]
    if missing:
        return f"the number {missing[0]} is not in the cited sentences"
    told, said = with_figures(text), with_figures(quotes)
    if _spans_of_time(told) - _spans_of_time(said) and _spans_of_time(said):
        return "it counts a time in other units than the cited sentences"
    if _is_whole_for_part(told, said):
        return "it takes the part for the whole that the cited sentences give, or the reverse"
    return None


def _spans_of_time(plain: str) -> set[tuple[str, str]]:
    return {(match["number"], match["unit"]) for match in TIME.finditer(plain)}


def _is_whole_for_part(told: str, said: str) -> bool:
    """Of "14 of 37": whether the claim gives another pair, or the 37 without the 14."""
    pairs = {(match["part"], match["whole"]) for match in OF.finditer(said)}
    given = {(match["part"], match["whole"]) for match in OF.finditer(told)}
    if not pairs:
        return False
    numbers = set(NUMBER.findall(told))
    parts = {part for part, _ in pairs}
    return bool(given - pairs) or any(whole in numbers and not parts & numbers for _, whole in pairs)
