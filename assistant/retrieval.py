"""Question → ranked Evidence: searched by words and by meaning, fused.

Candidates are the best passages by BM25 and by the cosine of their vectors. The first of them by both are looked
into and get four scores (words, meaning of the passage, meaning of its best sentence, and how near its words come to
each of the question's in meaning), and their weighted sum ranks them. What comes first so tells in the sources' own
words what the question is about, and likeness to it is a fifth score.
Meaning is spread over 0..1 among those looked into (min-max, but for the farthest). Words are not: their score is a
share of what a passage with all the question's words could have, and grows faster than that share, so that they
decide where most of them stand together and count for little where hardly any stands anywhere, as with questions in
other words than the sources'. Ties break by passage id, so the same index gives the same list for the same question.
What each part adds is told in evals/decisions/ablation.md, how rival designs fare in evals/decisions/arms.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.encoding import Encoder, Signal, Vectors
from assistant.encoding.late_interaction import highest, match, products
from assistant.index import Generation, Index
from assistant.index.filtering import allowed_passages
from assistant.index.stored_vectors import SentenceVectors
from assistant.records import Evidence, Filter
from assistant.words import content_words

# What each score weighs: evals/decisions/fusion.md.
WEIGHTS = {"words": 0.46, "meaning": 0.07, "sentence": 0.17, "tokens": 0.23, "likeness": 0.07}
# The power of the words' share: evals/decisions/fusion.md.
STEEPNESS = 1.5
# How many passages come first, to which the others are likened: evals/decisions/fusion.md.
FIRST = 3
# How many passages each way of searching brings: evals/decisions/depth.md.
CANDIDATES = 200
# How many of these are looked into, sentence by sentence: evals/decisions/depth.md.
LOOKED_INTO = 300
# How many per cent of passages count as equally far from the question, so that how far off one is, which may be
# planted, hardly moves the others: evals/decisions/asides.md.
FAR = 5


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave: ranked evidence, and the question's vector and words for later steps.

    `signals` holds each score of the candidates that were looked into, in the order of their ids in `candidates`:
    "words" as a share of the most that there could be, the others as cosines. `matches` tells how well the question's
    tokens are matched by each sentence of a passage.
    """

    evidence: tuple[Evidence, ...]
    vector: Vectors
    terms: tuple[str, ...]
    sentence_vectors: dict[str, Vectors]
    matches: dict[str, Signal]
    candidates: tuple[str, ...]
    signals: dict[str, Signal]


class Retriever:
    """Searches an index. Safe to share by threads."""

    def __init__(self, index: Index, encoder: Encoder) -> None:
        self._index = index
        self._encoder = encoder

    def search(
        self,
        question: str,
        limit: int = 10,
        generation: Generation | None = None,
        within: Filter | None = None,
    ) -> Found:
        """The `limit` best passages for a question, best first, from one generation: the live one
        unless another is given. With `within`, of those that the filter takes.

        Raises IndexMissing, IndexMismatch or IndexDamaged.
        """
        generation = generation or self._index.live()
        catalogue = generation.catalogue
        terms = content_words(question)
        vector, tokens = self._encoder.encode_query(question), self._encoder.encode_query_tokens(question)
        by_words, by_meaning = _candidates(generation, terms, vector, within)
        # Exact vectors from the catalogue: the vector store's own are rounded otherwise.
        whole = catalogue.vectors_of([*(by_meaning | by_words.keys())])
        most = catalogue.words.most(terms) or 1.0
        identities, scores = looked_into(by_words, whole, vector, most, max(limit, LOOKED_INTO))
        held = catalogue.sentence_vectors(identities)
        near = products(tokens, held.tokens)
        matched = match(tokens, near, held.tokens_in_passages())
        signals = _signals(scores, [whole[i] for i in identities], vector, matched, held, identities)
        fused = fuse(signals)
        order = _order(fused, identities)[:limit]
        best = [identities[i] for i in order]
        passages = catalogue.passages(best)
        evidence = tuple(
            Evidence(
                rank=rank,
                passage=passages[identities[i]],
                document=generation.heads[passages[identities[i]].document],
                scores=_scores(signals, fused, i),
                found_by=_found_by(identities[i], by_words, by_meaning),
            )
            for rank, i in enumerate(order, 1)
        )
        matches = match(tokens, near, held.tokens_each)
        return Found(
            evidence,
            vector,
            tuple(terms),
            {identities[i]: held.of(i) for i in order},
            {identities[i]: matches[held.places(i)] for i in order},
            tuple(identities),
            signals,
        )


def _scores(signals: dict[str, Signal], fused: Signal, place: int) -> dict[str, float]:
    """A candidate's scores as they are shown."""
    return {name: round(float(values[place]), 4) for name, values in {**signals, "fused": fused}.items()}


def looked_into(
    by_words: dict[str, float], whole: dict[str, Vectors], vector: Vectors, most: float, count: int
) -> tuple[list[str], dict[str, Signal]]:
    """The candidates that are looked at sentence by sentence, by id, with their scores by words and meaning: those
    that come first by these, half and half."""
    identities = sorted(whole)
    words = np.array([by_words.get(identity, 0.0) for identity in identities]) / most
    meaning = _cosines([whole[identity] for identity in identities], vector)
    kept = sorted(_order(words**STEEPNESS + _spread(meaning), identities)[:count])
    return [identities[i] for i in kept], {"words": words[kept], "meaning": meaning[kept]}


def _signals(
    scores: dict[str, Signal],
    whole: Sequence[Vectors],
    vector: Vectors,
    tokens: Signal,
    held: SentenceVectors,
    identities: Sequence[str],
) -> dict[str, Signal]:
    """Each score of the candidates, whose vectors are given in the order of their ids."""
    sentences = highest(_rounded(held.cosines(vector)), held.sentences_each)
    signals = {**scores, "sentence": sentences, "tokens": tokens}
    best = _order(fuse(signals), identities)[:FIRST]
    middle = np.mean([whole[i] for i in best] or [vector], axis=0)
    return {**signals, "likeness": _cosines(whole, middle)}


def _candidates(
    generation: Generation, terms: Sequence[str], vector: Vectors, within: Filter | None
) -> tuple[dict[str, float], set[str]]:
    """Passages by words, with their scores, and by meaning; however rare among all are those that a
    filter takes, they are found."""
    search = generation.catalogue.words.search
    if within is None or not within.stated():
        return dict(search(terms, CANDIDATES)), set(generation.vectors.search(vector, CANDIDATES))
    allowed = allowed_passages(generation, within)
    by_words = [found for found in search(terms, generation.passages) if found[0] in allowed][:CANDIDATES]
    return dict(by_words), set(generation.vectors.search_exactly(vector, CANDIDATES, allowed))


def _cosines(vectors: Sequence[Vectors], vector: Vectors) -> Signal:
    """The cosine with `vector` of each of several unit vectors."""
    return _rounded(np.asarray(vectors) @ vector) if len(vectors) else np.zeros(0)


def _rounded(cosines: Vectors) -> Signal:
    """So rounded that equal ones stay equal wherever they stand."""
    return np.asarray(np.round(cosines.astype(np.float64), 6))


def _order(scores: Signal, identities: Sequence[str]) -> list[int]:
    """Places by score, the best first, ties by id."""
    return sorted(range(len(identities)), key=lambda i: (-scores[i], identities[i]))


def fuse(signals: dict[str, Signal]) -> Signal:
    """Weighted sum of signals."""
    return np.asarray(sum(shares(signals).values()))


def shares(signals: dict[str, Signal]) -> dict[str, Signal]:
    """What each signal adds to the fused score: words by their share to the power STEEPNESS, meaning spread over
    0..1 among the candidates, and weighted."""
    return {
        name: WEIGHTS[name] * (values**STEEPNESS if name == "words" else _spread(values))
        for name, values in signals.items()
    }


def _spread(values: Signal) -> Signal:
    """Over 0..1, from the value that FAR per cent do not reach to the highest."""
    if not len(values):
        return np.zeros(0)
    low, high = np.percentile(values, FAR), values.max()
    # Where nearly all are as high as the highest, the few others are the farthest.
    low = low if low < high else values.min()
    return np.maximum((values - low) / (high - low), 0.0) if high > low else np.zeros(len(values))


def _found_by(identity: str, by_words: dict[str, float], by_meaning: set[str]) -> str:
    if identity in by_words and identity in by_meaning:
        return "both"
    return "words" if identity in by_words else "meaning"
