"""A word that is looked for → every way in which a text may write it: in one, with a hyphen or apart ("wellbeing",
"well-being", "well being"), and as British or American English spells it. Texts are read as they stand; the index
knows nothing of this."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product
from unicodedata import combining, normalize

from assistant.words import STOP_WORDS, WORD, stem

HYPHEN = "[-\u00ad\u2010-\u2013]"
WRITTEN = re.compile(rf"{WORD.pattern}(?:{HYPHEN}{WORD.pattern})*")
# What may stand between two words: a hyphen, also at the end of a line, or nothing but space.
HYPHENATED = re.compile(rf"{HYPHEN}\s?")
APART = re.compile(rf"{HYPHEN}\s?|[^\S\n]*\n?[^\S\n]*")
# Bounds, chosen and not measured, so that no text makes the work grow without end: so many words joined by hyphens are
# read as one ("state-of-the-art" has four); so long is a word that is looked for apart or in other spellings, which
# ordinary words never reach; and in so many ways is a word of several parts, each with its spellings, looked for.
JOINED = 5
LONGEST, MOST_WAYS = 40, 256
# What is no word by itself, or hardly one: apart, it belongs to the word that follows.
PREFIXES = (
    "anti", "bi", "co", "cross", "inter", "intra", "macro", "meta", "micro", "mid", "mini", "multi", "non", "poly",
    "post", "pre", "pseudo", "quasi", "re", "self", "semi", "socio", "sub", "trans", "ultra", "well",
)  # fmt: skip
# How British and American English spell an ending, and what follows it. A vowel stands before ("four", "prise").
ENDINGS = (
    (r"[^aeou]", "is", "iz", r"(?=e|ing|ation|abl)"),
    (r"l", "ys", "yz", r"(?=e|ing)"),
    (r"[^aeou]", "our", "or", r""),
    (r"[bt]", "re", "er", r"(?=s?$)"),
    (r"[^aeiouy]+[aeiouy]", "ll", "l", r"(?=ed|ing|er|or)"),
    (r"n", "ce", "se", r"(?=s?$)"),
    (r"gram", "me", "", r"(?=s?$)"),
)


def _rules(place: int) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Pattern and replacement of each ending, from the British spelling (0) or from the American one (1)."""
    return tuple(
        (
            re.compile(rf"^(\w*[aeiouy]\w*?{before}){(british, american)[place]}{after}"),
            (american, british)[place],
        )
        for before, british, american, after in ENDINGS
    )


TO_AMERICAN, TO_BRITISH = _rules(0), _rules(1)


@dataclass(frozen=True, slots=True)
class Term:
    """A word as it was `written`, with its `stems` when it stands in one; `apart`, words that stand for it one after
    another; `lookups`, words and phrases by one of which the index finds whatever may hold it."""

    written: str
    stems: frozenset[str]
    apart: tuple[tuple[str, ...], ...]
    lookups: tuple[str, ...]


def terms_of(text: str) -> tuple[Term, ...]:
    """What a text wants looked for: its words that carry content, a hyphenated word being one, each once."""
    words = (word.lower().replace("’", "'") for word in WRITTEN.findall(text))
    return tuple(_term(word) for word in dict.fromkeys(words) if word not in STOP_WORDS)


def held(terms: Sequence[Term], text: str) -> frozenset[Term]:
    """The terms that a text holds, in any form and spelling."""
    matches = list(WORD.finditer(text))
    words = [_plain(match.group()) for match in matches]
    gaps = [text[one.end() : two.start()] for one, two in pairwise(matches)]
    stems = {found for word in words if word not in STOP_WORDS for found in _stems(word)}
    stems.update(found for word in _joined(words, gaps) for found in _stems(word))
    return frozenset(
        term
        for term in terms
        if not term.stems.isdisjoint(stems) or any(_stand(parts, words, gaps) for parts in term.apart)
    )


def _term(written: str) -> Term:
    parts = tuple(_plain(part) for part in re.split(HYPHEN, written))
    word = "".join(parts)
    apart = [parts] if len(parts) > 1 else [
        (prefix, word[len(prefix) :])
        for prefix in PREFIXES
        if word.startswith(prefix) and len(word) > len(prefix) + 2
    ]  # fmt: skip
    spelt = list(spellings_of(word))
    lookups = [written, *spelt] if len(parts) == 1 else spelt
    if len(parts) > 1:
        lookups += [" ".join(one) for one in islice(product(*map(spellings_of, parts)), MOST_WAYS)]
    elif len(word) <= LONGEST:
        lookups += [f"{one[:cut]} {one[cut:]}" for one in spelt for cut in range(1, len(one))]
    return Term(written, _stems(word), tuple(apart), tuple(dict.fromkeys(lookups)))


def _joined(words: Sequence[str], gaps: Sequence[str]) -> Iterator[str]:
    """Words that hyphens join, in one, whichever of a row of them."""
    hyphens = [HYPHENATED.fullmatch(gap) is not None for gap in gaps]
    for first in (place for place, is_hyphen in enumerate(hyphens) if is_hyphen):
        for last in range(first, min(first + JOINED - 1, len(gaps))):
            if not hyphens[last]:
                break
            yield "".join(words[first : last + 2])


def _stand(parts: Sequence[str], words: Sequence[str], gaps: Sequence[str]) -> bool:
    """Whether the parts stand one after another."""
    places = (place for place, word in enumerate(words) if _is_form(word, parts[0]))
    return any(
        place + len(parts) <= len(words)
        and all(APART.fullmatch(gap) for gap in gaps[place : place + len(parts) - 1])
        and all(map(_is_form, words[place + 1 : place + len(parts)], parts[1:]))
        for place in places
    )


def _is_form(word: str, part: str) -> bool:
    """Whether a word is a form of a part; one without content has no other: "well be" is not "well-being"."""
    if word in STOP_WORDS or part in STOP_WORDS:
        return word == part
    return not _stems(word).isdisjoint(_stems(part))


@functools.lru_cache(maxsize=50_000)
def _stems(word: str) -> frozenset[str]:
    """Stems of a word as it is spelt and in American spelling."""
    return frozenset(map(stem, (word, *_spelt_by(TO_AMERICAN, [word]))))


def spellings_of(word: str) -> Iterable[str]:
    """The word as it is spelt, and as others spell it."""
    return dict.fromkeys([word, *_spelt_by(TO_AMERICAN, [word]), *_spelt_by(TO_BRITISH, [word])])


def _spelt_by(rules: Iterable[tuple[re.Pattern[str], str]], words: list[str]) -> list[str]:
    """The words as the rules spell them, with each of them and with several."""
    found = [word for word in words if len(word) <= LONGEST]
    words = found.copy()
    for pattern, ending in rules:
        found += [pattern.sub(rf"\g<1>{ending}", word) for word in found if pattern.search(word)]
    return found[len(words) :]


@functools.lru_cache(maxsize=50_000)
def _plain(word: str) -> str:
    """Lower case, without accents, as the index has it, and without the mark of a possessive."""
    letters = normalize("NFD", word.lower().replace("’", "'").removesuffix("'s"))
    return normalize("NFC", "".join(letter for letter in letters if not combining(letter)))
