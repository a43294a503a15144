"""Found passages → the same in the order in which a reader finds that their sentences answer the question.

Words and vectors bring most of what answers among the first dozens; which of them answers best is for a
model to tell that reads question and sentence together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.encoding import Signal, Vectors
from assistant.index import Generation
from assistant.reader import Head, Reader
from assistant.records import Evidence, Filter, Passage, Place
from assistant.retrieval import Found, Retriever
from assistant.sentences import points_back

# How many passages are read to put them in order, each by the one sentence that matches the question best:
# evals/decisions/reranking.md.
READ = 16
# What that sentence's log odds weigh beside the fused score: evals/decisions/reranking.md.
WEIGHT = 0.02
# How many sentences of each passage are read for an answer, those nearest to the question:
# evals/decisions/reranking.md.
SENTENCES = 3
# Of how many passages, the first in the new order, all sentences are read for an answer: evals/decisions/reranking.md.
WHOLE = 3
# How many passages a cross-encoder reads.
JUDGED = 24
# Log odds beyond this tell of the reader's certainty and of nothing else.
MOST = 6.0
MIN_WORDS = 4

# Nothing that is asked here is about these: what is read of them comes from how the question is put.
ELSEWHERE = (
    "The benches in the park were painted green in the spring.",
    "Garden benches made of oak last longer than those made of pine.",
    "Benches should be oiled once a year before winter.",
    "Rain collects on the seats of older benches.",
)


class Reranker(Protocol):
    """Tells how likely texts answer a question."""

    @property
    def fingerprint(self) -> str:
        """Which reranker it is: part of an answer's provenance."""

    def chances(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """Within 0..1 for each text. Same question, same texts: same numbers."""


class ReaderReranker:
    """The reader that comes with the program, as a reranker."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @property
    def fingerprint(self) -> str:
        """The reader's."""
        return self._reader.fingerprint

    def chances(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """As the protocol says. Raises ModelDamaged."""
        return [
            float(chance) for [chance] in self._reader.read(Head.RELEVANCE, [(question, t) for t in texts])
        ]


@dataclass(frozen=True, slots=True)
class Reranked:
    """What was found in its new order, and how likely each sentence that was read answers the question, by
    passage and position."""

    found: Found
    chances: dict[Place, float]


class RankedSearch:
    """Searches an index and puts what is found in order. Safe to share by threads."""

    def __init__(
        self, retriever: Retriever, reranker: Reranker | None = None, cross_encoder: Reranker | None = None
    ) -> None:
        """Without a `reranker` the search's own order stands; a `cross_encoder` has the last word."""
        self._retriever = retriever
        self._reranker = reranker
        self._cross_encoder = cross_encoder

    def ranked(
        self, question: str, limit: int, generation: Generation, within: Filter | None = None
    ) -> tuple[Found, dict[Place, float]]:
        """The `limit` best passages, and how likely the sentences that were read for their order answer the
        question."""
        found = self._retriever.search(question, max(limit, JUDGED), generation, within)
        chances: dict[Place, float] = {}
        if self._reranker is not None:
            reranked = rerank(question, found, self._reranker, max(limit, JUDGED))
            found, chances = reranked.found, reranked.chances
        if self._cross_encoder is not None:
            found = reorder(question, found, self._cross_encoder, limit)
        return replace(found, evidence=found.evidence[:limit]), chances

    def read(
        self, question: str, limit: int, generation: Generation, within: Filter | None = None
    ) -> tuple[Found, dict[Place, float] | None]:
        """The same, with more of the sentences read: what an answer is made from. None where nothing reads."""
        found, chances = self.ranked(question, limit, generation, within)
        return found, read_on(question, found, chances, self._reranker) if self._reranker else None

    def beside_others(self, question: str) -> float:
        """How likely sentences on something else answer a question, as the reader has it: what it takes from the
        question alone. 0 where nothing reads."""
        if self._reranker is None:
            return 0.0
        odds = [_log_odds(chance, np.inf) for chance in self._reranker.chances(question, ELSEWHERE)]
        return float(1 / (1 + np.exp(-np.mean(odds))))


def rerank(question: str, found: Found, reranker: Reranker, limit: int) -> Reranked:
    """The `limit` best of what was found. Passages beyond the first `READ` keep their order, after those."""
    read, rest = found.evidence[:READ], found.evidence[READ:]
    places = [
        (item.passage, position)
        for item in read
        for position in _nearest(item.passage, found.matches[item.passage.id], 1)
    ]
    chances = _read(question, places, reranker)
    best = {identity: chance for (identity, _), chance in chances.items()}
    scored = [
        (item.scores["fused"] + WEIGHT * _log_odds(best.get(item.passage.id, 0.0)), item) for item in read
    ]
    ordered = sorted(scored, key=lambda pair: (-round(pair[0], 6), pair[1].passage.id))
    evidence = [_with_scores(item, score, best) for score, item in ordered] + list(rest)
    ranked = tuple(replace(item, rank=rank) for rank, item in enumerate(evidence[:limit], 1))
    return Reranked(replace(found, evidence=ranked), chances)


def read_on(
    question: str, found: Found, chances: Mapping[Place, float], reranker: Reranker
) -> dict[Place, float]:
    """`chances`, with those of further sentences of what was found: so many that an answer can be chosen from them,
    and silence too."""
    places = [
        (item.passage, position)
        for rank, item in enumerate(found.evidence)
        for position in (
            _worth_reading(item.passage)
            if rank < WHOLE
            else nearest_sentences(item.passage, found.sentence_vectors[item.passage.id] @ found.vector)
        )
        if (item.passage.id, position) not in chances
    ]
    return {**chances, **_read(question, places, reranker)}


def reorder(question: str, found: Found, ranker: Reranker, limit: int) -> Found:
    """The `limit` best of what was found, as a configured cross-encoder has it.

    It reads the first `JUDGED` passages whole. What its numbers mean is known to no one here, so they are
    spread over 0..1 as the ranking before them is, and count as much.
    """
    read, rest = found.evidence[:JUDGED], found.evidence[JUDGED:]
    judged = ranker.chances(question, [f"{item.passage.context}. {item.passage.said}" for item in read])
    odds = _spread([_log_odds(chance, np.inf) for chance in judged])
    # Passages that the reader did not read have another score, and stand below those that it read.
    scores = [item.scores.get("ranked", item.scores["fused"]) for item in read]
    before = _spread(np.minimum.accumulate(scores).tolist() if scores else [])
    scored = sorted(
        zip((odds + before) / 2, read, strict=True), key=lambda pair: (-round(pair[0], 6), pair[1].passage.id)
    )
    evidence = [
        replace(item, scores={**item.scores, "reranked": round(float(score), 4)}) for score, item in scored
    ]
    ranked = tuple(replace(item, rank=rank) for rank, item in enumerate([*evidence, *rest][:limit], 1))
    return replace(found, evidence=ranked)


def nearest_sentences(passage: Passage, cosines: Vectors) -> list[int]:
    """Positions of the sentences that are read for an answer, in their order in the passage."""
    return _nearest(passage, cosines, SENTENCES)


def words_of(passage: Passage, position: int) -> str:
    """A sentence, after the one before it if it points back to that."""
    first = position - 1 if position and points_back(passage.sentences[position].text) else position
    return " ".join(sentence.text for sentence in passage.sentences[first : position + 1])


def _nearest(passage: Passage, nearness: Vectors | Signal, count: int) -> list[int]:
    """Positions of so many sentences with the highest nearness, in their order in the passage."""
    worth = _worth_reading(passage)
    return sorted(sorted(worth, key=lambda n: (-round(float(nearness[n]), 6), n))[:count])


def _worth_reading(passage: Passage) -> list[int]:
    return [n for n, sentence in enumerate(passage.sentences) if len(sentence.text.split()) >= MIN_WORDS]


def _read(question: str, places: Sequence[tuple[Passage, int]], reranker: Reranker) -> dict[Place, float]:
    judged = reranker.chances(question, [words_of(passage, position) for passage, position in places])
    return {
        (passage.id, position): float(chance)
        for (passage, position), chance in zip(places, judged, strict=True)
    }


def _with_scores(item: Evidence, score: float, best: dict[str, float]) -> Evidence:
    read = {"reader": round(best.get(item.passage.id, 0.0), 4), "ranked": round(score, 4)}
    return replace(item, scores={**item.scores, **read})


def _spread(values: Sequence[float]) -> NDArray[np.float64]:
    """Over 0..1; all 0 where they are equal."""
    given = np.asarray(values, dtype=np.float64)
    width = float(np.ptp(given)) if len(given) else 0.0
    return np.asarray((given - given.min()) / width) if width else np.zeros(len(given))


def _log_odds(chance: float, most: float = MOST) -> float:
    bounded = min(max(chance, 1e-6), 1 - 1e-6)
    return float(np.clip(np.log(bounded / (1 - bounded)), -most, most))
