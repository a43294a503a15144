"""Words of a sentence named by their numbers, so that what is kept of them holds none.

"words 4-9 12-15" are the fourth to the ninth word and the twelfth to the fifteenth, whatever white space parts them.
"""

from __future__ import annotations

import re

# What stands between two runs of words, where they are given and where they are shown.
BETWEEN = "…"
PARTS = re.compile(r"…|\.{3}")
NUMBERS = re.compile(r"(\d+)-(\d+)")
# What stands around words and is none of them.
AROUND = "“”\"‘’'()[],.;:!?…–—-"


def runs_of(words: str, sentence: str) -> str | None:
    """The numbers of words in a sentence, whatever their case and the marks around them, or None for words that it has
    not in this order; runs with others between them are parted by "…"."""
    held = _bare(sentence)
    runs = []
    for part in filter(any, map(_bare, PARTS.split(words))):
        starts = range(len(held) - len(part) + 1)
        first = next((start for start in starts if held[start : start + len(part)] == part), None)
        if first is None:
            return None
        runs.append(f"{first + 1}-{first + len(part)}")
    return f"words {' '.join(runs)}" if runs else None


def words_at(runs: str, sentence: str) -> str:
    """The words of a sentence that have these numbers, as they stand there, without marks around a run."""
    held = sentence.split()
    found = (" ".join(held[int(first) - 1 : int(last)]) for first, last in NUMBERS.findall(runs))
    return f" {BETWEEN} ".join(words.strip(AROUND) for words in found)


def _bare(text: str) -> list[str]:
    """The words of a text; a mark that stands alone is one of them, so that numbers are those of the sentence."""
    return [word.casefold().strip(AROUND).replace("’", "'") for word in text.split()]
