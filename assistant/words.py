"""Words of a text: which carry content, and their stems."""

from __future__ import annotations

import functools
import re
from typing import Any

STOP_WORDS = frozenset(
    """
    a about after again all also am an and any are as at be because been before being between both
    but by can could did do does doing don down during each few for from further get give had has
    have having he her here hers him his how i if in into is it its itself just let me more most my
    no nor not now of off on once only or other our ours out over own please pls said same say says
    she should so some such tell than that the their theirs them then there these they this those
    through to too under until up us very was we were what whats when where which while who whom why
    will with would you your yours anything something thing things vs
    """.split()  # noqa: SIM905 - read as words
)
WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")


def content_words(text: str) -> list[str]:
    """The words of a text that carry content, lower case, each once, in order."""
    words = [word.lower().replace("’", "'") for word in WORD.findall(text)]
    return list(dict.fromkeys(word for word in words if word not in STOP_WORDS))


def content_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each word of a text that carries content, in order."""
    return [
        match.span()
        for match in WORD.finditer(text)
        if match.group().lower().replace("’", "'") not in STOP_WORDS
    ]


def stems(text: str) -> list[str]:
    """English stems of the content words of a text, each once, in order."""
    return [found for found in dict.fromkeys(map(_content_stem, WORD.findall(text))) if found]


def stem(word: str) -> str:
    """The English stem of one word."""
    return str(_stemmer().stemWord(word.lower()))


@functools.lru_cache(maxsize=50_000)
def _content_stem(word: str) -> str:
    """The stem of a word as it stands in a text; empty if it carries no content."""
    plain = word.lower().replace("’", "'")
    return "" if plain in STOP_WORDS else stem(plain)


@functools.lru_cache(maxsize=1)
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
