"""Answerable questions told from others by the best score of a search alone, as plain pipelines set a threshold.

On ClapNQ: nothing is answered, so that it takes no reader; ours stands beside the rivals by its own cosines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assistant.encoding.minilm import MiniLM
from assistant.retrieval import Retriever
from assistant.words import content_words
from evals.arms import Arm, Source
from evals.arms.bm25 import BM25
from evals.arms.dense import Dense
from evals.arms.pieces import left_whole
from evals.collections import Entry
from evals.indexed import document_of, index_of
from evals.measures.whole_set import auroc_parts

# The best score for a question, higher where an answer is likelier.
Score = Callable[[str], float]


def scores_of(entries: Sequence[Entry], cache: Path) -> dict[str, Score]:
    """Arm → its score, over entries as they are."""
    encoder = MiniLM()
    retriever = Retriever(index_of([document_of(entry) for entry in entries], encoder, cache), encoder)
    whole = left_whole([Source(entry.id, entry.whole) for entry in entries])
    words, meaning = BM25(whole), Dense(whole, cache)
    return {
        words.name: lambda question: best(words, question),
        f"{words.name} by content word": lambda question: by_word(words, question),
        f"{meaning.name}, cosine": lambda question: best(meaning, question),
        "ours, cosine of the best passage": lambda question: _ours(retriever, question, "meaning"),
        "ours, cosine of the best sentence": lambda question: _ours(retriever, question, "sentence"),
    }


def best(arm: Arm, question: str) -> float:
    """The score of an arm's first hit; 0 without one."""
    return max((hit.score for hit in arm.search(question, 1)), default=0.0)


def by_word(arm: Arm, question: str) -> float:
    """The same by content word of the question: long questions have higher sums."""
    return best(arm, question) / max(len(content_words(question)), 1)


def told_by(
    scores: Mapping[str, Score], answerable: Mapping[str, str], others: Mapping[str, str]
) -> dict[str, dict[str, float]]:
    """Arm → its AUROC, spread over the questions; each kind of question by id, ids of both differ."""
    return {
        name: auroc_parts(
            {item: score(question) for item, question in answerable.items()},
            {item: score(question) for item, question in others.items()},
        )
        for name, score in scores.items()
    }


def _ours(retriever: Retriever, question: str, signal: str) -> float:
    return float(max(retriever.search(question).signals[signal], default=0.0))
