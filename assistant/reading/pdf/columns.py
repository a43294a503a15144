"""The order in which the lines of a page are read: as they are drawn, unless columns are mixed up."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.pdf.lines import Box, Line, median

MIN_SIDE = 4
MAX_CROSSING = 0.3
# Prose fills its column; the cells of a table do not.
PROSE_LETTERS, PROSE_FILL = 16, 0.6
MIXED_SHARE, MIXED_TURNS = 0.15, 3


@dataclass(frozen=True, slots=True)
class _Sides:
    """Lines left and right of a gutter, and those that cross it."""

    left: list[Line]
    right: list[Line]
    crossing: list[Line]


def in_reading_order(lines: Sequence[Line], rules: Sequence[Box]) -> list[Line]:
    """The lines in the order in which they are drawn, or by columns where that order mixes them."""
    drawn = list(lines)
    sides = _best_gutter(drawn)
    if sides is None or not _is_mixed(drawn, sides) or _is_table(sides, rules):
        return _unscrambled(drawn)
    return _by_columns(drawn)


def _best_gutter(lines: list[Line]) -> _Sides | None:
    """The gutter that parts the most lines and crosses the fewest; None if there is none."""
    best: _Sides | None = None
    best_score = 0.0
    for edge in sorted({round(line.left) for line in lines}):
        left = [line for line in lines if line.right <= edge + 1]
        right = [line for line in lines if line.left >= edge - 2]
        crossing = len(lines) - len(left) - len(right)
        score = min(len(left), len(right)) - 0.5 * crossing
        if min(len(left), len(right)) < MIN_SIDE or crossing > MAX_CROSSING * len(lines):
            continue
        if score > best_score and _overlaps(left, right):
            known = {id(line) for line in left} | {id(line) for line in right}
            best, best_score = _Sides(left, right, [ln for ln in lines if id(ln) not in known]), score
    return best


def _overlaps(left: list[Line], right: list[Line]) -> bool:
    """Whether both sides stand beside each other rather than one below the other."""
    top = min(max(line.top for line in left), max(line.top for line in right))
    bottom = max(min(line.bottom for line in left), min(line.bottom for line in right))
    return top - bottom > 3 * median([line.size for line in left], 10.0)


def _is_mixed(lines: list[Line], sides: _Sides) -> bool:
    """Whether prose in columns is drawn to and fro between them."""
    if not (_is_prose(sides.left) and _is_prose(sides.right)):
        return False
    side = dict.fromkeys((id(line) for line in sides.left), 0) | dict.fromkeys(
        (id(line) for line in sides.right), 1
    )
    known = [side[id(line)] for line in lines if id(line) in side]
    turns = sum(before != after for before, after in itertools.pairwise(known))
    return turns > max(MIXED_TURNS, MIXED_SHARE * len(known))


def _is_prose(lines: list[Line]) -> bool:
    left = min(line.left for line in lines)
    width = max(line.right for line in lines) - left
    fill = median([(line.right - left) / max(width, 1.0) for line in lines])
    return median([len(line.text) for line in lines]) >= PROSE_LETTERS and fill >= PROSE_FILL


def _is_table(sides: _Sides, rules: Sequence[Box]) -> bool:
    """Whether rules across the gutter part its lines into rows."""
    left = max(line.right for line in sides.left)
    right = min(line.left for line in sides.right)
    top, bottom = max(line.top for line in sides.left), min(line.bottom for line in sides.left)
    across = {
        round(rule[1]) for rule in rules if rule[0] < left and rule[2] > right and bottom < rule[1] < top
    }
    return len(across) >= 2


def _by_columns(lines: list[Line]) -> list[Line]:
    """Column by column between the lines that cross the gutter; from above where there is none."""
    sides = _best_gutter(lines)
    if sides is None:
        return _unscrambled(sorted(lines, key=lambda line: (-round(line.middle), line.left)))
    ordered: list[Line] = []
    left, right = sides.left, sides.right
    for border in [*sorted(sides.crossing, key=lambda line: -line.middle), None]:
        floor = border.middle if border is not None else float("-inf")
        for side in (left, right):
            ordered += _by_columns([line for line in side if line.middle > floor])
        left, right = ([line for line in side if line.middle <= floor] for side in (left, right))
        if border is not None:
            ordered.append(border)
    return ordered


def _unscrambled(lines: list[Line]) -> list[Line]:
    """Parts of one row from left to right, where they follow each other."""
    ordered: list[Line] = []
    for line in lines:
        place = len(ordered)
        while (
            place
            and line.is_drawn
            and line.right <= ordered[place - 1].left + 1
            and line.stands_beside(ordered[place - 1])
        ):
            place -= 1
        ordered.insert(place, line)
    return ordered
