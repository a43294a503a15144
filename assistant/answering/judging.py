"""Candidates → candidates in the order in which a trained reader finds that they answer the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.selection import Candidate, is_dangling
from assistant.reader import Head, Reader

# How many of the candidates that seem best are read, and what the reader's word weighs beside that.
JUDGED = 60
WEIGHT = 0.5


def judge(question: str, candidates: Sequence[Candidate], reader: Reader) -> list[Candidate]:
    """The candidates with a relevance that the reader has a part in, best first, ties by passage and place.

    Those that seemed too poor to be read stand as if the reader had found them to answer nothing.
    """
    read = list(candidates[:JUDGED])
    chances = reader.read(Head.RELEVANCE, [(question, words_of(candidate)) for candidate in read])
    judged = [
        replace(candidate, relevance=(1 - WEIGHT) * candidate.relevance + WEIGHT * float(chance))
        for candidate, [chance] in zip(read, chances, strict=True)
    ] + [
        replace(candidate, relevance=(1 - WEIGHT) * candidate.relevance) for candidate in candidates[JUDGED:]
    ]
    return sorted(judged, key=lambda c: (-round(c.relevance, 6), c.evidence.passage.id, c.position))


def words_of(candidate: Candidate) -> str:
    """A candidate's sentence, after the one that it points back to."""
    sentences = candidate.evidence.passage.sentences
    first = max(0, candidate.position - is_dangling(candidate.sentence))
    return " ".join(sentence.text for sentence in sentences[first : candidate.position + 1])
