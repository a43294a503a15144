"""Headings: lines set larger or bolder than the text, numbered ones, and those with known names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.reading.pdf import reference_lists
from assistant.reading.pdf.lines import Line
from assistant.reading.structure import KNOWN_HEADINGS

NUMBERED = re.compile(
    r"^(?:(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?|(?:chapter|part|section|appendix) [\dA-Z]{1,3}[.:]?|[IVX]{1,5}\.|[A-Z]\.)"
    r"\s+(?=[A-Z‘“'\"(])",
    re.IGNORECASE,
)
TERMINAL = re.compile(r"[.!;,…]['’”\")\]]*$")
CAPTION = re.compile(
    r"^(?:table|figure|fig\.|box|exhibit|chart|panel)\s*(?:[A-Z]?\d{1,3}|[A-Z])\b[.:|]?", re.IGNORECASE
)
NOT_TITLES = re.compile(r"[=∑∫≤≥→]|https?://|@|\.{4}|[(\[]\d+[)\]]$")
MAX_WORDS, MAX_LETTERS = 18, 150
LARGER = 1.08
MAX_LEVEL = 5


@dataclass
class Styles:
    """How the text of a document is set: the size of its letters, and whether most of it is bold."""

    body: float
    body_is_bold: bool
    # Level of headings set in a style, from those that are numbered.
    levels: dict[tuple[float, bool], int] = field(default_factory=dict)

    def is_larger(self, line: Line) -> bool:
        """Whether a line is set larger than the text."""
        return line.is_drawn and line.size > LARGER * self.body

    def stands_out(self, line: Line) -> bool:
        """Whether a line is set larger or, unlike the text, bold."""
        return self.is_larger(line) or (
            line.bold and not self.body_is_bold and line.is_drawn and line.size > 0.85 * self.body
        )


def styles_of(lines: Iterable[Line]) -> Styles:
    """The size in which most letters of a document are set."""
    sizes: Counter[float] = Counter()
    bold = letters = 0
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
        letters += len(line.text)
        bold += len(line.text) * line.bold
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    return Styles(body or 10.0, bold > 0.5 * letters)


def bare_title(words: str) -> str:
    """A heading without number and end mark, in small letters."""
    return NUMBERED.sub("", words).strip().rstrip(":. ").lower()


def is_known(words: str) -> bool:
    """Whether a line bears a name that headings have."""
    return bare_title(words) in KNOWN_HEADINGS or reference_lists.is_heading(words)


def could_be_title(words: str) -> bool:
    """Whether words could be those of a heading at all."""
    return (
        len(words) <= MAX_LETTERS
        and len(words.split()) <= MAX_WORDS
        and any(mark.isalpha() for mark in words)
        and not words[0].islower()
        and not CAPTION.match(words)
        and not NOT_TITLES.search(words)
        and sum(mark.isalpha() for mark in words) > 0.5 * sum(not mark.isspace() for mark in words)
    )


@dataclass(frozen=True, slots=True)
class TitlePlace:
    """How a line stands among others: with more than the usual space above or below, and ending well
    before its column does."""

    gap_above: bool
    gap_below: bool
    is_short: bool


def is_heading(line: Line, styles: Styles, place: TitlePlace | None) -> bool:
    """Whether a line is a heading: by its style, its name, or its number together with its place."""
    words = line.text
    if place is None or not could_be_title(words):
        return False
    if is_known(words) and (place.is_short or place.gap_above or not line.is_drawn):
        return True
    if TERMINAL.search(words):
        return False
    if styles.is_larger(line) and len(words) > 2:
        return True
    if styles.stands_out(line) and place.is_short:
        return True
    if not (place.is_short and place.gap_above):
        return False
    is_numbered = bool(NUMBERED.match(words)) and len(words.split()) > 1
    return is_numbered or (words.isupper() and len(words) > 5 and len(words.split()) > 1)


def number_depth(words: str) -> int | None:
    """1 for `2`, 2 for `2.1`, and so on; None without a number."""
    match = NUMBERED.match(words)
    if match is None:
        return None
    return match["number"].count(".") + 1 if match["number"] else 1


def levels_of(titles: Sequence[tuple[str, Line]]) -> list[int]:
    """The level, from 1, of each heading of a document in order.

    Numbers decide; a style in which numbered headings are set has their level; other styles rank by
    size among them.
    """
    votes: dict[tuple[float, bool], Counter[int]] = {}
    for words, line in titles:
        depth = number_depth(words)
        if depth is not None:
            votes.setdefault(_style(line), Counter())[depth] += 1
    known = {style: counts.most_common(1)[0][0] for style, counts in votes.items()}
    ranked = sorted({_style(line) for _, line in titles}, reverse=True)
    levels = []
    for words, line in titles:
        depth = number_depth(words)
        style = _style(line)
        if depth is not None:
            level = depth
        elif style in known:
            level = known[style]
        elif known:
            larger = [level for other, level in known.items() if other > style]
            level = max(larger) + 1 if larger else 1
        else:
            level = ranked.index(style) + 1
        levels.append(min(level, MAX_LEVEL))
    return levels


def _style(line: Line) -> tuple[float, bool]:
    return (round(line.size), line.bold) if line.is_drawn else (10.0, False)
