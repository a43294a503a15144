"""Chosen sentences → the shape that was asked for: rows of one list together, the amount first, both sides of a
comparison."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.merging import Statement
from assistant.answering.parts import Part, gives_part
from assistant.answering.selection import Candidate
from assistant.answering.shapes import Shape, enumerates, names
from assistant.figures import Amount, gives
from assistant.words import stems

# How many rows of one list stand in an answer at most.
ROWS = 8
# A row of the list that a chosen sentence stands in may be this much less relevant than the best.
ROWS_WITHIN = 0.5
# What gives the amount that is asked for comes first unless it is this much less relevant than the best.
AMOUNT_WITHIN = 0.75


def arranged(shape: Shape, groups: Sequence[Statement], side: Sequence[Statement]) -> list[Statement]:
    """The groups that were chosen from `side`, which is ordered by relevance, with what the shape asks for beside
    them and in its order."""
    made = list(groups)
    if not made:
        return made
    if shape.is_list:
        made = _rows(made, side)
    if shape.sides:
        made = _of_each_side(shape.sides, made, side)
    if shape.amount is not None:
        made = _amount_first(shape.amount, made)
    for part in shape.parts:
        made = _part_early(part, len(shape.parts), made, side)
    return made


def _amount_first(amount: Amount, groups: Sequence[Statement]) -> list[Statement]:
    """Groups that give the amount before others, if they are about what is asked for: another thing's price is no
    answer."""
    least = AMOUNT_WITHIN * max(group[0].relevance for group in groups)
    return sorted(
        groups,
        key=lambda group: group[0].relevance < least or not gives(amount, group[0].sentence.text),
    )


def _part_early(
    part: Part, early: int, groups: Sequence[Statement], side: Sequence[Statement]
) -> list[Statement]:
    """What gives a part of the question after the first of the groups, unless one of the `early` ones does; it is
    looked for in the rest where none was chosen."""
    giving = [group for group in groups if _gives(part, group[0])]
    if any(group in giving for group in groups[:early]):
        return list(groups)
    least = AMOUNT_WITHIN * max(group[0].relevance for group in groups)
    brought = (giving or [one for one in side if one[0].relevance >= least and _gives(part, one[0])])[:1]
    first, *rest = groups
    return [first, *brought, *(group for group in rest if group not in brought)]


def _gives(part: Part, candidate: Candidate) -> bool:
    return gives_part(part, candidate.sentence.text, str(candidate.evidence.document.source.year))


def _rows(groups: list[Statement], side: Sequence[Statement]) -> list[Statement]:
    """Where the best sentence names several things itself, such sentences first; else the rows of its list, with
    those that were not chosen. Rows of one list stand in its order."""
    best = groups[0][0]
    is_whole = enumerates(best.sentence.text)
    whole = [group for group in groups if is_whole and enumerates(group[0].sentence.text)]
    rows = [group for group in groups if not is_whole or not enumerates(group[0].sentence.text)]
    if not is_whole:
        has = {one.place for group in groups for one in group}
        rows += [
            group
            for group in side
            if _list_of(group[0]) == _list_of(best)
            and group[0].place not in has
            and group[0].relevance >= ROWS_WITHIN * best.relevance
        ][: max(0, ROWS - len(groups))]
    order = list(dict.fromkeys(_list_of(group[0]) for group in rows))
    rows.sort(key=lambda group: (order.index(_list_of(group[0])), group[0].sentence.start))
    return whole + rows


def _of_each_side(
    sides: Sequence[frozenset[str]], groups: list[Statement], side: Sequence[Statement]
) -> list[Statement]:
    """What names both first, then the best of each; one that nothing chosen names is looked for in the rest."""
    named = {one.place: _sides_in(sides, one) for group in side for one in group}
    for number in range(len(sides)):
        if not any(number in named[one.place] for group in groups for one in group):
            groups += [group for group in side if number in named[group[0].place]][:1]
    seen: set[int] = set()
    first: list[Statement] = []
    rest: list[Statement] = []
    for group in sorted(groups, key=lambda group: -len(named[group[0].place])):
        new = named[group[0].place] - seen
        (first if new else rest).append(group)
        seen |= new
    order = [group[0].place for group in groups]
    return first + sorted(rest, key=lambda group: order.index(group[0].place))


def _sides_in(sides: Sequence[frozenset[str]], candidate: Candidate) -> frozenset[int]:
    """Which sides a sentence speaks of, by its words and by where it stands."""
    item = candidate.evidence
    source = item.document.source
    where = " ".join((*item.passage.section, source.title, *source.authors, *source.country))
    words = frozenset(stems(f"{candidate.sentence.text} {where}"))
    return frozenset(number for number, side in enumerate(sides) if names(side, words))


def _list_of(candidate: Candidate) -> tuple[str, tuple[str, ...], str]:
    """What the rows of one list share: document, headings, and what stands above a row."""
    passage = candidate.evidence.passage
    return passage.document, passage.section, passage.context
