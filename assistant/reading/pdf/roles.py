"""Paragraphs of a page, and what each is for."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from assistant.reading.pdf.cells import Table
from assistant.reading.pdf.lines import Line

ENDS_SENTENCE = re.compile(r"[.!?:]['’”\")\]\d,*†]*$")


class Role(enum.Enum):
    """What a paragraph is for."""

    BODY = enum.auto()
    ITEM = enum.auto()
    HEADING = enum.auto()
    TITLE = enum.auto()
    FRONT = enum.auto()
    CAPTION = enum.auto()
    TABLE = enum.auto()
    NOTE = enum.auto()
    CONTENTS = enum.auto()


@dataclass
class Paragraph:
    """Lines that belong together, each with the place of its page (from 0)."""

    role: Role
    lines: list[tuple[int, Line]]
    table: Table | None = None
    level: int = 0

    @property
    def first_page(self) -> int:
        """Where it begins."""
        return self.lines[0][0]

    @property
    def last_page(self) -> int:
        """Where it ends."""
        return self.lines[-1][0]

    @property
    def is_unfinished(self) -> bool:
        """Whether its last line breaks off within a sentence."""
        return not ENDS_SENTENCE.search(self.lines[-1][1].text)
