"""How text looks that an engine gave: words of a language, or what remains when decoding failed."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass

from assistant.reading.pdf.known_words import ENGLISH, FOREIGN

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
# What engines write for glyphs whose meaning the file does not tell.
GLYPH_NAME = re.compile(
    r"\(cid:\d+\)|/(?:g|G|C|c|cid|glyph|uni|a|f|B|H|index)[0-9A-Fa-f]{1,4}(?=/|\s|$|[^\w])|/\.notdef"
)
VOWELS = frozenset("aeiouyäöüåæøœáéíóúýàèìòùâêîôûãõëïÿăąęėěįıłőűůōāēīū")
PUNCTUATION = frozenset(".,;:!?-–—_()[]/'\"‘’“”…%&•·*|+=")
FEW_LETTERS = 60
LONG_WORD = 22
MIN_KNOWN = 0.08
MIN_FOREIGN = 0.12


@dataclass(frozen=True, slots=True)
class Quality:
    """What was counted in a text. Shares run from 0 to 1.

    `known` is the share of words that are common in English; `odd` that of characters which stand
    for undecoded glyphs; `doubled` that of words in which each letter stands twice; `glued` that of
    letters in words too long to be one; `loose` that of words of one letter; `voiceless` that of
    words of four Latin letters and more without a vowel; `ragged` that of words with capitals inside;
    `symbols` that of marks which are neither letters nor figures nor the punctuation of prose.
    """

    letters: int
    words: int
    latin: float
    known: float
    foreign: float
    language: str
    odd: float
    doubled: float
    glued: float
    loose: float
    voiceless: float
    ragged: float
    symbols: float

    @property
    def looks_wrong(self) -> bool:
        """Whether another engine should be asked."""
        return (
            self.letters == 0
            or self.odd > 0.01
            or self.doubled > 0.05
            or self.glued > 0.1
            or self.loose > 0.25
            or (self.latin > 0.5 and max(self.known, self.foreign) < 0.25)
        )

    @property
    def is_garbage(self) -> bool:
        """Whether nothing in it can be read: text in Latin letters that is of no language."""
        if self.odd > 0.3 or self.symbols > 0.5:
            return True
        if self.letters < FEW_LETTERS or self.latin < 0.5:
            return False
        if self.known >= MIN_KNOWN or self.foreign >= MIN_FOREIGN:
            return False
        return self.voiceless > 0.15 or self.ragged > 0.25 or self.odd > 0.1 or self.loose > 0.6

    @property
    def score(self) -> float:
        """For comparing two readings of one page: the greater the better."""
        faults = 3 * self.odd + self.doubled + self.glued + 0.5 * self.loose + self.voiceless
        return max(self.known, self.foreign) - faults


def assess(text: str) -> Quality:
    """Count what tells words from garbage."""
    named = sum(len(match) for match in GLYPH_NAME.findall(text))
    bare = GLYPH_NAME.sub(" ", text)
    words = WORD.findall(bare)
    letters = sum(map(len, words))
    lower = [word.lower().replace("’", "'") for word in words]
    long_words = [word for word in lower if len(word) >= 4 and max(word) < "ɐ"]
    language, foreign = _foreign(lower)
    marks = sum(not mark.isspace() for mark in text)
    symbols = sum(not (mark.isalnum() or mark.isspace() or mark in PUNCTUATION) for mark in bare)
    undecoded = sum(_is_undecoded(mark) for mark in bare)
    return Quality(
        letters=letters,
        words=len(words),
        latin=_share(sum(mark < "ɐ" for word in lower for mark in word), letters),
        known=_share(sum(word in ENGLISH for word in lower), len(words)),
        foreign=foreign,
        language=language,
        odd=_share(named + undecoded, marks),
        doubled=_share(sum(_is_doubled(word) for word in long_words), len(long_words)),
        glued=_share(sum(len(word) for word in lower if len(word) > LONG_WORD), letters),
        loose=_share(sum(len(word) == 1 for word in lower), len(words)),
        voiceless=_share(sum(not VOWELS.intersection(word) for word in long_words), len(long_words)),
        ragged=_share(sum(_is_ragged(word) for word in words), len(words)),
        symbols=_share(symbols, marks) if marks >= FEW_LETTERS else 0.0,
    )


def is_better(other: Quality, first: Quality) -> bool:
    """Whether another reading of a page is clearly better than the first one."""
    if other.letters == 0 or first.letters == 0:
        return other.letters > 0
    if other.is_garbage != first.is_garbage:
        return first.is_garbage
    return other.score > first.score + 0.03 and other.letters > 0.5 * first.letters


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _foreign(words: list[str]) -> tuple[str, float]:
    counts = {language: sum(word in own for word in words) for language, own in FOREIGN.items()}
    language = max(counts, key=lambda name: counts[name])
    return language, _share(counts[language], len(words))


def _is_undecoded(mark: str) -> bool:
    if mark in "\n\r\t\f":
        return False
    return mark == "\ufffd" or unicodedata.category(mark) in {"Cc", "Co", "Cn", "Cs"}


def _is_doubled(word: str) -> bool:
    return len(word) % 2 == 0 and word[::2] == word[1::2]


def _is_ragged(word: str) -> bool:
    """A small letter before a capital one: `bHWw`, but neither `McKay` nor `PhD`."""
    return sum(a.islower() and b.isupper() for a, b in itertools.pairwise(word)) > 1
