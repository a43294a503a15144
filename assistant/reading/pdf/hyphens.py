"""Words that a line's end has cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterable

TRAILING = re.compile(r"(?<![^\W\d_])(?P<head>[^\W\d_]+)-$")
LEADING = re.compile(r"^(?P<tail>[^\W\d_]+(?:-[^\W\d_]+)*)")
COMPOUND = re.compile(r"\b[^\W\d_]+(?:-[^\W\d_]+)+\b")
WORD = re.compile(r"[^\W\d_]+")
# First parts that nearly always keep their hyphen, and those that do where the second part is a word.
_SURE = """
child client cross decision evidence family non peer person real self so user well
"""
_LIKELY = """
all anti co community early ex first five four full half hard high inter large late long low mid multi
new old one part place post pre private public quasi second semi service short six small soft team third
three two
"""
SURE, LIKELY = frozenset(_SURE.split()), frozenset(_LIKELY.split())


class Hyphens:
    """Knows from the rest of the document which compounds keep their hyphen."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.compounds: set[str] = set()
        self.words: set[str] = set()
        for line in lines:
            body = TRAILING.sub("", line.lower())
            self.compounds.update(COMPOUND.findall(body))
            self.words.update(WORD.findall(body))

    def joint(self, before: str, after: str) -> tuple[int, str]:
        """How many characters `before` loses at its end, and what stands between it and `after`."""
        head, tail = TRAILING.search(before), LEADING.match(after)
        if head is None:
            is_open = bool(before) and before[-1] in "-–/" and before[-2:-1].strip() != ""
            return 0, "" if is_open and not before.endswith((" -", " –")) and after[:1].isalnum() else " "
        if tail is None:
            return 0, "" if after[:1].isdigit() else " "
        first, last = head["head"].lower(), tail["tail"].lower()
        if not tail["tail"][:1].islower():
            return 0, ""
        if tail["tail"] in {"and", "or", "to"} and after[len(tail["tail"]) :][:1] == " ":
            return 0, " "  # “short- and long-term”
        if f"{first}-{last}" in self.compounds:
            return 0, ""
        if first + last.split("-")[0] in self.words:
            return 1, ""
        keeps = first in SURE or (first in LIKELY and last in self.words and len(last) > 3)
        return (0, "") if keeps else (1, "")
