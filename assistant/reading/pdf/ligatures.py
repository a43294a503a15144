"""Ligatures that a font's map takes for other marks: `di!culties` for difficulties, `"eld` for field."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from assistant.reading.pdf.spelling import is_word, vocabulary

LIGATURES = ("fi", "ff", "fl", "ffi", "ffl", "ft", "tt", "ti")
# Marks that stand within words in their own right are none.
MARK = r"[^\w\s.,;:/\\'’‘`´()\[\]{}|–—\-\u00ad\u200b-\u200f]"
WITHIN = re.compile(rf"(?<![^\W\d_])(?P<before>[^\W\d_]+)(?P<mark>{MARK})(?P<after>[a-z]+)(?![^\W\d_])")
OPENING = re.compile(rf"(?<!\S)(?P<mark>{MARK})(?P<after>[a-z]{{2,}})(?![^\W\d_])")
CLOSING = re.compile(rf"(?<![^\W\d_])(?P<before>[^\W\d_]{{2,}})(?P<mark>{MARK})(?=[\s.,;:)\]]|$)")
MIN_WORDS, MIN_SHARE = 3, 0.3


def lost_ligatures(lines: Iterable[str]) -> dict[str, str]:
    """Which marks stand for which ligatures in a document, by what makes most words of what is none; empty
    for a document that has lost none."""
    words: set[tuple[str, str, str]] = set()
    for line in lines:
        for match in WITHIN.finditer(line):
            words.add((match["before"].lower(), match["mark"], match["after"]))
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for before, mark, after in words:
        ligature = _mended(before, after)
        if ligature:
            votes[mark][ligature] += 1
    mended = sum(sum(counts.values()) for counts in votes.values())
    if mended < max(MIN_WORDS, MIN_SHARE * len(words)):
        return {}
    return {mark: counts.most_common(1)[0][0] for mark, counts in votes.items()}


def _mended(before: str, after: str) -> str | None:
    """The ligature that makes a word of two parts, the longest if several do."""
    known = vocabulary()
    fitting = [each for each in LIGATURES if f"{before}{each}{after}" in known]
    return max(fitting, key=len, default=None)


def with_ligatures(line: str, lost: Mapping[str, str]) -> str:
    """A line with its ligatures in letters. At a word's edge the mark may be itself, as a quotation mark
    that is closed again; it is replaced where that makes a word of what is none."""
    if not any(mark in line for mark in lost):
        return line

    def within(match: re.Match[str]) -> str:
        if match["mark"] not in lost:
            return match.group()
        # Two fonts may have one mark for two ligatures: what makes a word goes before what is usual.
        ligature = _mended(match["before"].lower(), match["after"]) or lost[match["mark"]]
        return f"{match['before']}{ligature}{match['after']}"

    def opening(match: re.Match[str]) -> str:
        if match["mark"] not in lost:
            return match.group()
        word = lost[match["mark"]] + match["after"]
        is_closed = match["mark"] in line[match.end() :]
        makes_word = is_word(word) or is_word(word.removesuffix("s"))
        is_none = not is_word(match["after"])
        return word if (is_none if is_closed else makes_word or is_none) else match.group()

    def closing(match: re.Match[str]) -> str:
        word = match["before"] + lost.get(match["mark"], match["mark"])
        return word if is_word(word) and not is_word(match["before"]) else match.group()

    return CLOSING.sub(closing, OPENING.sub(opening, WITHIN.sub(within, line)))
