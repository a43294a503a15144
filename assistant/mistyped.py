"""Words that were mistyped → the words of the sources that were meant: "barrers to inovation", "safegaurding".

A word is mended only if neither an English dictionary nor the index knows it, and one word of the index is nearest
by far. What may be a name, a code, an abbreviation or somebody's exact words stays, and so does whatever is in doubt.
The index has only stems, so that how a word is spelt is looked up in the dictionary, or else in passages that have it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

from assistant.index.catalogue import Catalogue
from assistant.records import Sensitivity
from assistant.spellings import spellings_of
from assistant.words import WORD, stem

# Shorter words have too many neighbours, and most are abbreviations. Only in long ones are two slips told from another
# word; the longest would take too long.
SHORTEST, LONG, LONGEST = 5, 9, 18
# Somebody who writes more words that nobody knows writes another language.
MOST = 4
# So many times as many passages must have the word that is taken as have another as near, and so many times as often
# may English texts use one that no source has: evals/decisions/mistyped.md.
MUCH_MORE = 8
# From how many passages it is learnt how the sources spell a word that the dictionary does not have.
READ = 20
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# A word of small letters, also one part of several that hyphens join; within other signs it is part of a name or an address.
MAY_BE_MISTYPED = re.compile(rf"(?<![\w@./’'])[A-Za-z][a-z]{{{SHORTEST - 1},{LONGEST - 1}}}(?![\w@/’']|\.\w)")
EXACT_WORDS = re.compile(r"[\"“][^\"”]*[\"”]")
# What a sentence begins after, where a capital is no sign of a name.
BEGINS = re.compile(r"(?:^|[.?!:]\s)\W*$")


def mended(question: str, catalogue: Catalogue) -> str:
    """The question with its mistyped words as the sources spell them."""
    exact = [match.span() for match in EXACT_WORDS.finditer(question)]
    strange = {
        match.start(): match.group()
        for match in MAY_BE_MISTYPED.finditer(question)
        if not any(start <= match.start() < end for start, end in exact)
        and (match.group().islower() or BEGINS.search(question, 0, match.start()))
        and not _is_known(match.group().lower(), catalogue)
    }
    if len(strange) > MOST:
        return question
    for start, typed in reversed(strange.items()):
        meant = _meant(typed.lower(), catalogue) or typed
        meant = meant.capitalize() if typed[0].isupper() else meant
        question = f"{question[:start]}{meant}{question[start + len(typed) :]}"
    return question


def _is_known(word: str, catalogue: Catalogue) -> bool:
    return bool(catalogue.words.frequency(word) or _uses(word))


def _meant(typed: str, catalogue: Catalogue) -> str:
    """The word that was meant by one that nobody knows, in small letters; empty if that is in doubt."""
    near = set(_one_slip_from(typed))
    held = _of_index(near, catalogue)
    if len(typed) >= LONG and not held and not any(map(_uses, near)):
        near = {word for one in near for word in _one_slip_from(one)} & _dictionary().keys()
        held = _of_index(near, catalogue)
    best, *others = sorted(held, key=lambda word: (-held[word], word)) or [""]
    if others and held[best] < MUCH_MORE * held[others[0]]:
        return ""
    # A word that the sources do not have may have been meant.
    commonest = max((_uses(word) for word in near), default=0)
    return best if commonest <= MUCH_MORE * _uses(best) else ""


def _of_index(words: Iterable[str], catalogue: Catalogue) -> dict[str, int]:
    """Of the words those that the sources use, of one stem only one, with how many passages have that."""
    held = {word: count for word in set(words) if (count := catalogue.words.frequency(word))}
    best: dict[str, tuple[int, str]] = {}
    for word in held:
        uses = _uses(word)
        if uses or _is_printed(word, catalogue):
            best[stem(word)] = max((uses, word), best.get(stem(word), (0, "")))
    return {word: held[word] for _, word in best.values()}


def _is_printed(word: str, catalogue: Catalogue) -> bool:
    """Whether sources have a word in this very form, in one of the first passages with its stem that may leave this
    machine: a question may be sent elsewhere."""
    ids = [passage for passage, _ in catalogue.words.search([word], READ)]
    return any(
        passage.sensitivity is Sensitivity.PUBLIC and word in map(str.lower, WORD.findall(passage.text))
        for passage in catalogue.passages(ids).values()
    )


def _uses(word: str) -> int:
    """How often English texts use a word, in whichever spelling."""
    return max(_dictionary().get(one, 0) for one in spellings_of(word))


def _one_slip_from(word: str) -> Iterator[str]:
    """What comes of a word by one letter left out, put in, taken for another or swapped with the next."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]


@functools.lru_cache(maxsize=1)
def _dictionary() -> Mapping[str, int]:
    from spellchecker import SpellChecker

    return dict(SpellChecker().word_frequency.dictionary)
