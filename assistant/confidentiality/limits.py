"""What may leave the machine for a chat model elsewhere: public passages, and no words of any other.

A person may paste words of an interview into a question. So a text that is about to leave is held against every
passage that is not public: eight or more words in a row that stand there, without regard to case, accents and
punctuation, keep it here. Of 2,277 questions that were written for the evals one has eight words in a row with any of
148 documents, 7 have seven and 75 five: fewer would keep back what merely sounds alike, more would let through what is
quoted. Words that stand in a public passage as well, as a printed quotation does, are no secret.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from assistant.index import Generation
from assistant.index.stored_vectors import in_parts
from assistant.records import Evidence, Sensitivity, stricter

RUN = 8
WORD = re.compile(r"[^\W_]+")
# Accents, once they stand apart from their letters, and marks that nobody sees.
UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")
# Multipliers of the places in a run: odd, so that no bit of a word's hash is lost.
PLACES = np.array([pow(0x9E3779B97F4A7C15, n, 1 << 64) for n in range(1, RUN + 1)], np.uint64).view(np.int64)

Hashes = NDArray[np.int64]


class IndexLimits:
    """What may leave of an index as it is now. Safe to share by threads."""

    def __init__(self, live: Callable[[], Generation]) -> None:
        """`live` gives the live generation. Its words are read when a text is first held against them."""
        self._live = live
        self._known: tuple[str, Hashes] = ("", np.zeros(0, np.int64))

    def may_be_shown(self, item: Evidence) -> bool:
        """Whether a passage may be quoted to a model elsewhere: a public one of a public document."""
        return item.sensitivity is Sensitivity.PUBLIC

    def repeats_closed(self, text: str) -> bool:
        """Whether a text has a run of words that stands in a passage that is not public, and in no public one.
        Raises IndexMissing, IndexMismatch or IndexDamaged."""
        generation = self._live()
        words = _words(text)
        places = np.flatnonzero(np.isin(_runs(words), self._closed_runs(generation))).tolist()
        found = {_run(words, place) for place in places}
        return not found <= _public(generation, found)

    def _closed_runs(self, generation: Generation) -> Hashes:
        name, runs = self._known
        if name != generation.name:
            texts = generation.catalogue.closed_texts()
            runs = np.unique(np.concatenate([np.zeros(0, np.int64), *(_runs(_words(one)) for one in texts)]))
            self._known = (generation.name, runs)
        return runs


def _public(generation: Generation, runs: set[str]) -> set[str]:
    """The runs of the public passages that have any of some runs."""
    catalogue = generation.catalogue
    found: set[str] = set()
    for part in in_parts(sorted(runs)):
        for passage in catalogue.passages(sorted(catalogue.words.holding([part]))).values():
            tier = stricter(passage.sensitivity, generation.heads[passage.document].sensitivity)
            if tier is Sensitivity.PUBLIC:
                words = _words(passage.said)
                found.update(_run(words, place) for place in range(len(words) - RUN + 1))
    return found


def _words(text: str) -> list[str]:
    return WORD.findall(UNSEEN.sub("", unicodedata.normalize("NFKD", text)).casefold())


def _run(words: Sequence[str], place: int) -> str:
    return " ".join(words[place : place + RUN])


def _runs(words: Sequence[str]) -> Hashes:
    """A hash of each run of words, in order."""
    each = np.fromiter(map(hash, words), np.int64, len(words))
    if len(each) < RUN:
        return each[:0]
    return np.asarray(sliding_window_view(each, RUN) @ PLACES, np.int64)
