"""Whether words are spelt as words are: known to the packaged vocabulary, of letters that follow each other
in languages written in Latin letters."""

from __future__ import annotations

import functools
import itertools
import unicodedata
from collections.abc import Mapping

from assistant.encoding.weights import model_directory
from assistant.errors import EncoderUnavailable
from assistant.reading.pdf.known_words import ENGLISH

# The pairs that make up nine tenths of running text in English, and most of it in twenty other languages.
_PAIRS = """
ab ac ad ag ah ai aj ak al am an ar as at au av az be bi bo bu by ca ce ch ci co ct cu da dd de di do du ea
eb ec ed ee eg ei ek el em en er es et eu ev ex fa fo fr ga ge gh gi go gu gy ha he hi ho ia ic id ie if ig
ik il im in io ir is it iv ja je ka ke ki ko ku la le li ll lo lu ly ma me mi mo mp mu na nc nd ne ng ni nn
no ns nt nu ob oc od of og oi ok ol om on oo op or os ot ou ov ow pa pe pi pl po pp pr qu ra rd re ri rn ro
rs rt sa sc se si so ss st su ta te th ti to tr ts tt tu ty ua uc ue ui uk ul um un ur us ut va ve vi vo wa
we wh wi wo ya yo ys za ze zi
"""
PAIRS = frozenset(_PAIRS.split())
# Letters that are one mark and have no accent to take off.
_WHOLE = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "þ": "th", "ð": "d"})  # fmt: skip
SHORTEST = 3


@functools.lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """Some twenty thousand English words and names, those that the packaged encoder knows whole; empty if
    it is not installed."""
    try:
        path = model_directory() / "vocab.txt"
        entries = path.read_text(encoding="utf-8").splitlines()
    except (EncoderUnavailable, OSError):
        return frozenset()
    return frozenset(entry for entry in entries if len(entry) >= SHORTEST and entry.isalpha())


def is_word(letters: str) -> bool:
    """Whether some letters are an English word that is known, a short one too."""
    word = letters.lower()
    return word in ENGLISH or word in vocabulary()


def familiar_share(words: Mapping[str, int]) -> float:
    """The share of words (in small letters, with how often each occurs) of three Latin letters and more
    that are known; 1 if there are none, or nothing is known."""
    known = vocabulary()
    longer = {word: n for word, n in words.items() if len(word) >= SHORTEST and max(word) < "ɐ"}
    if not longer or not known:
        return 1.0
    found = sum(n for word, n in longer.items() if word in known or word.removesuffix("s") in known)
    return found / sum(longer.values())


def plausible_share(words: Mapping[str, int]) -> float:
    """The share of pairs of neighbouring letters that are common in languages; 1 if there are none."""
    pairs = sum((len(_bare(word)) - 1) * n for word, n in words.items())
    return sum(_common_pairs(word) * n for word, n in words.items()) / pairs if pairs else 1.0


@functools.lru_cache(maxsize=20_000)
def _common_pairs(word: str) -> int:
    return sum(a + b in PAIRS for a, b in itertools.pairwise(_bare(word)))


@functools.lru_cache(maxsize=20_000)
def _bare(word: str) -> str:
    """A word in small letters without accents."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word.translate(_WHOLE))
    return "".join(part for part in parts if not unicodedata.combining(part))


def is_mixed(word: str) -> bool:
    """Whether a word has letters of several scripts, but for those of Chinese, Japanese and Korean."""
    return not word.isascii() and len({_script(mark) for mark in word} - {""}) > 1


@functools.lru_cache(maxsize=20_000)
def _script(mark: str) -> str:
    """The script of a letter; '' for what belongs to several."""
    if not mark.isalpha() or unicodedata.category(mark) == "Lm":
        return ""
    name = unicodedata.name(mark, "UNNAMED").split(maxsplit=1)[0]
    return "CJK" if name in {"HANGUL", "HIRAGANA", "KATAKANA", "CJK", "FULLWIDTH", "HALFWIDTH"} else name
