"""Documents made by program, with the parts that real ones have, and a tokeniser that counts words."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from assistant.reading.plain import read_plain
from assistant.records import Document

TITLE = "How small teams keep new practice going"
words = st.sampled_from(
    [
        "staff",
        "trust",
        "time",
        "money",
        "new",
        "practice",
        "hinders",
        "helps",
        "the",
        "café",
        "naïve",
        "😀",
        "12",
    ]
)
sentences = st.builds(
    lambda first, rest, end: f"{first} {' '.join(rest)}{end}",
    st.sampled_from(["Leaders", "Teams", "“We", "It", "Élan"]),
    st.lists(words, min_size=2, max_size=30),
    st.sampled_from([".", "!", "?", ". (P3)", " [3, 4].", "…", ".”", ""]),
)
paragraphs = st.lists(sentences, min_size=1, max_size=8).map(" ".join)
headings = st.sampled_from(
    ["Results", "4.1. Mobilisers", "5 Discussion", "# Methods", "Funding", "References"]
)
items = st.lists(sentences, min_size=1, max_size=4).map(lambda made: "\n".join(f"- {one}" for one in made))
tables = st.lists(sentences, min_size=1, max_size=4).map(
    lambda made: "\n".join(
        ["Group | Condition | Helps | Hinders", "---|---|---|---", f"First | {made[0]} | time | haste"]
        + [f"{one} | money | debt" for one in made[1:]]
    )
)
furniture = st.sampled_from(["https://example.org/a/b", "Выпуск журнала открыт", "* * *", "—————"])
unbroken = st.builds(lambda letter, count: letter * count, st.sampled_from("ab(.é"), st.integers(1, 900))
texts = st.lists(
    st.one_of(paragraphs, headings, items, tables, furniture, unbroken), min_size=1, max_size=8
).map(lambda parts: "\n\n".join([TITLE, "Teams talk to each other every week.", *parts]))


@dataclass(frozen=True)
class Words:
    """Counts words and marks; long words count once for each five letters, as parts of words do."""

    limit: int = 120

    def spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(r"\w{1,5}|[^\w\s]", text)]


def document_of(text: str, name: str = "made.txt") -> Document:
    """A text as the reader of plain text gives it."""
    return read_plain(Path(name), text, hashlib.sha256(text.encode()).hexdigest(), ())
