"""How text looks that an engine gave: words of a language, or what remains when decoding failed."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.reading.pdf.known_words import ENGLISH, FOREIGN
from assistant.reading.pdf.spelling import familiar_share, is_mixed, plausible_share

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
# What engines write for glyphs whose meaning the file does not tell.
GLYPH_NAME = re.compile(
    r"\(cid:\d+\)|/(?:g|G|C|c|cid|glyph|uni|a|f|B|H|index)[0-9A-Fa-f]{1,4}(?=/|\s|$|[^\w])|/\.notdef"
    r"|(?:(?<=\s)|^)/[A-Z]{1,3}\d{2,6}(?=\s|$)",
    re.MULTILINE,
)
# Words that are nothing else, and what stands for one glyph within a word.
NAMELESS = re.compile(rf"(?<!\S)(?:{GLYPH_NAME.pattern})+(?!\S)", re.MULTILINE)
NUMBERED_GLYPH = re.compile(r"\(cid:\d+\)")
# A glyph without a name at the head of a line, set off from its words, is the mark of a list.
NAMELESS_BULLET = re.compile(rf"^[ \t]*(?:{GLYPH_NAME.pattern})[ \t]+(?=[A-Z])", re.MULTILINE)
VOWELS = frozenset("aeiouyäöüåæøœáéíóúýàèìòùâêîôûãõëïÿăąęėěįıłőűůōāēīū")
PUNCTUATION = frozenset(".,;:!?-–—_()[]/'\"‘’“”…%&•·*|+=")
FEW_LETTERS = 60
LONG_WORD = 22
MIN_KNOWN = 0.08
MIN_FOREIGN = 0.12
# Words of no language: hardly any is known, and their letters do not follow each other as in words.
FAMILIAR, PLAUSIBLE, SOME_FOREIGN, MIN_WORDS = 0.3, 0.62, 0.1, 20
HARDLY_FAMILIAR = 0.05
# So many letters undecoded leave holes in most words.
HOLES = 0.04
# Marks that stand in rows as leaders and rules, and say nothing of the rest.
LEADERS = frozenset("._-…|·•*=")


@dataclass(frozen=True, slots=True)
class Quality:
    """What was counted in a text. Shares run from 0 to 1.

    `known` is the share of words that are common in English; `odd` that of characters which stand
    for undecoded glyphs; `doubled` that of words in which each letter stands twice; `glued` that of
    letters in words too long to be one; `loose` that of words of one letter; `voiceless` that of
    words of four Latin letters and more without a vowel; `ragged` that of words with capitals inside;
    `symbols` that of marks which are neither letters nor figures nor the punctuation of prose;
    `familiar` that of longer words which the vocabulary has; `plausible` that of neighbouring letters
    which languages put together; `alphabetic` that of letters in Cyrillic or Greek; `mixed` that of
    words in letters of several scripts; `marked` that of punctuation but for leaders.
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
    familiar: float
    plausible: float
    alphabetic: float
    mixed: float
    marked: float

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
            or (self.latin > 0.5 and self.familiar < 0.6 and self.foreign < SOME_FOREIGN)
        )

    @property
    def is_garbage(self) -> bool:
        """Whether nothing in it can be read: text in letters of Europe that is of no language."""
        if self.odd > 0.15 or self.symbols > 0.5 or self.marked > 0.4:
            return True
        if self.letters < FEW_LETTERS:
            return False
        if self.latin > 0.5 and self.odd > HOLES and self.familiar < 0.8:
            return True
        if self.mixed > 0.15:
            return True
        if self.latin < 0.5:
            return self.alphabetic > 0.5 and self.words >= MIN_WORDS and self.foreign == 0
        if self.familiar < FAMILIAR and self.foreign < SOME_FOREIGN and self._is_misspelt:
            return True
        if self.known >= MIN_KNOWN or self.foreign >= MIN_FOREIGN:
            return False
        return self.voiceless > 0.15 or self.ragged > 0.25 or self.odd > 0.1 or self.loose > 0.6

    @property
    def _is_misspelt(self) -> bool:
        """Whether words of one language are wrong throughout: a few letters taken for others in English
        leave its shortest words, and few others."""
        if self.plausible < PLAUSIBLE or max(self.ragged, self.glued) > 0.1:
            return True
        return self.words >= MIN_WORDS and (
            self.known > SOME_FOREIGN or (self.familiar < HARDLY_FAMILIAR and self.foreign < HARDLY_FAMILIAR)
        )

    @property
    def score(self) -> float:
        """For comparing two readings of one page: the greater the better."""
        faults = 3 * self.odd + self.doubled + self.glued + 0.5 * self.loose + self.voiceless
        return max(self.known, self.foreign) + 0.5 * self.familiar - faults


def assess(text: str) -> Quality:
    """Count what tells words from garbage."""
    bare, named = text, 0
    if "/" in text or "(" in text:
        bare = GLYPH_NAME.sub(" ", text)
        named = sum(map(len, GLYPH_NAME.findall(text))) if bare != text else 0
    # Words and characters recur: each is looked at once.
    cased = Counter(WORD.findall(bare))
    words: Counter[str] = Counter()
    for word, times in cased.items():
        words[word.lower().replace("’", "'")] += times
    count = words.total()
    letters = _sum(words, len)
    long_words = Counter({word: n for word, n in words.items() if len(word) >= 4 and max(word) < "ɐ"})
    long_count = long_words.total()
    language, foreign = _foreign(words, count)
    marks = Counter({mark: n for mark, n in Counter(bare).items() if not mark.isspace()})
    total = marks.total() + named
    is_enough = total >= FEW_LETTERS
    return Quality(
        letters=letters,
        words=count,
        latin=_share(_sum(words, lambda word: sum(mark < "ɐ" for mark in word)), letters),
        known=_share(_sum(words, ENGLISH.__contains__), count),
        foreign=foreign,
        language=language,
        odd=_share(named + _sum(marks, _is_undecoded), total),
        doubled=_share(_sum(long_words, _is_doubled), long_count),
        glued=_share(_sum(words, lambda word: len(word) if len(word) > LONG_WORD else 0), letters),
        loose=_share(_sum(words, lambda word: len(word) == 1), count),
        voiceless=_share(_sum(long_words, VOWELS.isdisjoint), long_count),
        ragged=_share(_sum(cased, _is_ragged), count),
        symbols=_share(_sum(marks, _is_symbol), total) if is_enough else 0.0,
        familiar=familiar_share(words),
        plausible=plausible_share(words),
        mixed=_share(_sum(words, is_mixed), count),
        marked=_share(_sum(marks, (PUNCTUATION - LEADERS).__contains__), total) if is_enough else 0.0,
        alphabetic=_share(_sum(words, lambda word: sum("Ͱ" <= mark < "԰" for mark in word)), letters),
    )


def is_better(other: Quality, first: Quality) -> bool:
    """Whether another reading of a page is clearly better than the first one."""
    if other.letters == 0 or first.letters == 0:
        return other.letters > 0
    if other.is_garbage != first.is_garbage:
        return first.is_garbage
    return other.score > first.score + 0.03 and other.letters > 0.5 * first.letters


def without_glyph_names(text: str) -> str:
    """Text without the names of glyphs that say nothing; those at the head of a line become bullets, those
    within words a sign that a letter is missing."""
    if not GLYPH_NAME.search(text):
        return text
    return NUMBERED_GLYPH.sub("\ufffd", NAMELESS.sub("", NAMELESS_BULLET.sub("• ", text)))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _sum(counted: Mapping[str, int], measure: Callable[[str], int]) -> int:
    """A measure of each word or character, as often as it occurs."""
    return sum(measure(each) * times for each, times in counted.items())


def _foreign(words: Counter[str], count: int) -> tuple[str, float]:
    """The language that most words are common in, and their share; letters alone do not make a language."""
    counts = {language: sum(words[word] for word in own) for language, own in FOREIGN.items()}
    language = max(counts, key=lambda name: counts[name])
    longer = sum(len(word) > 1 and word in words for word in FOREIGN[language])
    return language, _share(counts[language], count) if longer > 1 else 0.0


def _is_symbol(mark: str) -> bool:
    return not (mark.isalnum() or mark in PUNCTUATION)


def _is_undecoded(mark: str) -> bool:
    return mark == "\ufffd" or unicodedata.category(mark) in {"Cc", "Co", "Cn", "Cs"}


def _is_doubled(word: str) -> bool:
    return len(word) % 2 == 0 and word[::2] == word[1::2]


def _is_ragged(word: str) -> bool:
    """A small letter before a capital one: `bHWw`, but neither `McKay` nor `PhD`."""
    return sum(a.islower() and b.isupper() for a, b in itertools.pairwise(word)) > 1
