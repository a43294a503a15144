"""`assistant search --explain`: why each passage stands where it does."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.records import Evidence
from assistant.retrieval import Found, shares
from assistant.words import stem, stems


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a passage was found.

    The question's words that stand in it in any form, those that stand above it alone (title, headings, a
    table row's group), and the rest; by signal its rank among the candidates that were looked into (1 is best,
    equals share one, None where no word stands in it) and what it adds to the fused score; what a reader of the
    question and the sentence that matches it best adds to that, if there is one; the score by which a configured
    cross-encoder has put it in its place, half its own and half the one before it; and the sentence whose meaning
    is nearest, with its cosine.
    """

    words: tuple[str, ...]
    above: tuple[str, ...]
    absent: tuple[str, ...]
    ranks: dict[str, int | None]
    candidates: int
    shares: dict[str, float]
    reader: float | None
    cross_encoder: float | None
    sentence: str
    cosine: float

    def as_json(self) -> dict[str, Any]:
        """The documented JSON form."""
        return {
            "words": list(self.words),
            "above": list(self.above),
            "absent": list(self.absent),
            "ranks": self.ranks,
            "candidates": self.candidates,
            "shares": self.shares,
            "reader": self.reader,
            "cross_encoder": self.cross_encoder,
            "sentence": self.sentence,
            "cosine": self.cosine,
        }

    def as_text(self, width: int) -> str:
        """A few lines for a terminal."""
        ranks = [f"by {name} {rank or 'none'}" for name, rank in self.ranks.items()]
        added = [f"{name} {share:.3f}" for name, share in self.shares.items()]
        if self.reader is not None:
            added.append(f"reader {self.reader:+.3f}")
        order = []
        if self.cross_encoder is not None:
            order = [f"put in order with the configured cross-encoder: {self.cross_encoder:.3f}"]
        stands = [
            f"{place}: {', '.join(words)}"
            for place, words in (("words", self.words), ("above it", self.above), ("absent", self.absent))
            if words
        ]
        lines = [
            "; ".join(stands) or "no words to look for",
            f"rank {', '.join(ranks)}, of {self.candidates}",
            f"score {' + '.join(added)}",
            *order,
            f"nearest sentence ({self.cosine:.2f}): “{' '.join(self.sentence.split())}”",
        ]
        return "\n".join(textwrap.fill(line, width, subsequent_indent="  ") for line in lines)


def explain(found: Found) -> list[Explanation]:
    """An explanation for each piece of evidence, in its order."""
    places = {identity: place for place, identity in enumerate(found.candidates)}
    added = shares(found.signals)
    return [_explained(item, places[item.passage.id], found, added) for item in found.evidence]


def _explained(item: Evidence, place: int, found: Found, added: dict[str, Any]) -> Explanation:
    passage = item.passage
    inside, around = set(stems(passage.said)), set(stems(passage.context))
    words = [word for word in found.terms if stem(word) in inside]
    above = [word for word in found.terms if stem(word) in around - inside]
    cosines = found.sentence_vectors[passage.id] @ found.vector
    nearest = int(np.argmax(cosines))
    ranked = item.scores.get("ranked")
    return Explanation(
        words=tuple(words),
        above=tuple(above),
        absent=tuple(word for word in found.terms if word not in {*words, *above}),
        ranks={name: _rank(name, values, place) for name, values in found.signals.items()},
        candidates=len(found.candidates),
        shares={name: round(float(values[place]), 4) for name, values in added.items()},
        reader=None if ranked is None else round(ranked - item.scores["fused"], 4),
        cross_encoder=item.scores.get("reranked"),
        sentence=passage.sentences[nearest].text,
        cosine=round(float(cosines[nearest]), 4),
    )


def _rank(name: str, values: Any, place: int) -> int | None:
    if name == "words" and values[place] == 0:
        return None
    return int((values > values[place]).sum()) + 1
