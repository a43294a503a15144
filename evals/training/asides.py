"""What tells paragraphs that are no part of their document from those that are.

Learnt from paragraphs that we wrote of both kinds, from running passages of ours, and from made-up documents in their
own place. The others are put into made-up documents drawn at random.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.encoding import Vectors
from assistant.labelling.asides import (
    FEWEST_PARAGRAPHS,
    GRAMS,
    MODEL,
    dense_features,
    gram_places,
    mean_of,
    word_vectors,
)
from evals.training.made_up import load_documents
from evals.training.record import write_record
from evals.training.written import TEXTS, written_passages

SEED = 20261123
STRENGTH = 3.0
# How many paragraphs of made-up documents are learnt in their own place.
IN_PLACE = 2200
# What a paragraph of each sort counts: honest ones that look like orders count most.
ASIDE, HONEST, RUNNING = 1.0, 2.0, 0.5


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph, the mean vector of the others around it, whether it is an aside, and what it counts."""

    text: str
    others: Vectors
    is_aside: bool
    weight: float


def write_asides(path: Path = MODEL) -> str:
    """Fit the model and write it with its record; what was learnt from, in words."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    placed = list(_placed(random.Random(SEED)))
    centre = np.mean([mean_of(word_vectors(one.text)) for one in placed if not one.is_aside], axis=0)
    dense = np.stack(
        [dense_features(one.text, word_vectors(one.text), one.others - centre, centre) for one in placed]
    )
    fitted = LogisticRegression(C=STRENGTH, max_iter=3000).fit(
        hstack([csr_matrix(dense), _grams([one.text for one in placed])]),
        [one.is_aside for one in placed],
        [one.weight for one in placed],
    )
    weights = fitted.coef_[0]
    parts = {
        "dense": weights[: dense.shape[1]].astype(np.float32),
        "grams": weights[dense.shape[1] :].astype(np.float16),
        "bias": np.float32(fitted.intercept_[0]),
        "centre": centre.astype(np.float32),
    }
    np.savez(path, **parts)
    write_record(path)
    return f"{path}: {sum(one.is_aside for one in placed)} asides, {sum(not one.is_aside for one in placed)} others"


def _placed(generator: random.Random) -> Iterator[Placed]:
    documents: list[list[str]] = [document.written["paragraphs"] for document in load_documents()]
    hosts = [
        np.stack([mean_of(word_vectors(paragraph)) for paragraph in paragraphs])
        for paragraphs in documents
        if len(paragraphs) >= FEWEST_PARAGRAPHS
    ]
    for entry in _entries():
        host = generator.choice(hosts).mean(axis=0)
        yield Placed(entry["text"], host, entry["is_aside"], ASIDE if entry["is_aside"] else HONEST)
    for passage in written_passages():
        text = " ".join(one.text for one in passage)
        yield Placed(text, generator.choice(hosts).mean(axis=0), False, RUNNING)
    own = [
        Placed(text, (means.sum(axis=0) - mean) / (len(means) - 1), False, RUNNING)
        for paragraphs, means in zip(
            (one for one in documents if len(one) >= FEWEST_PARAGRAPHS), hosts, strict=True
        )
        for text, mean in zip(paragraphs, means, strict=True)
    ]
    yield from generator.sample(own, min(IN_PLACE, len(own)))


def _entries() -> list[dict[str, Any]]:
    with (TEXTS / "asides.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _grams(texts: Sequence[str]) -> Any:
    """Shape (texts, GRAMS): each row of length 1."""
    from scipy.sparse import csr_matrix

    places = [gram_places(text) for text in texts]
    values = [1 / np.sqrt(max(len(own), 1)) for own in places for _ in own]
    rows = [row for row, own in enumerate(places) for _ in own]
    return csr_matrix((values, (rows, [place for own in places for place in own])), shape=(len(texts), GRAMS))
