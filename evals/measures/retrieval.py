"""Whether the evidence found holds the gold, judged by overlap of spans and not by passage ids.

Ids depend on how documents are cut; spans do not, so that two splitters can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import ir_measures
from ir_measures import RR, nDCG

from evals.cases import Gold

# Share of a gold stretch's characters that must stand in the retrieved passages.
FOUND_AT = 0.7
# From which share on a passage holds part of it, and is relevant: less is the edge of a neighbour.
PARTLY_FOUND_AT = 0.3


class Stretch(Protocol):
    """A part of a document, however it was cut: a passage of ours, a piece of a rival's."""

    @property
    def document(self) -> str:
        """The document's id."""

    @property
    def start(self) -> int:
        """Where it begins in the document's text."""

    @property
    def end(self) -> int:
        """Where it ends."""


def covered(gold: Gold, passages: Sequence[Stretch]) -> float:
    """Share of the gold stretch's characters that stand in the passages; 0..1."""
    marks: set[int] = set()
    for passage in passages:
        if passage.document == gold.document:
            marks.update(range(max(gold.start, passage.start), min(gold.end, passage.end)))
    return len(marks) / max(gold.end - gold.start, 1)


def recall(gold: Sequence[Gold], ranked: Sequence[Stretch], k: int) -> float | None:
    """Share of gold stretches found among the first k passages."""
    if not gold:
        return None
    return sum(covered(stretch, ranked[:k]) >= FOUND_AT for stretch in gold) / len(gold)


def any_found(gold: Sequence[Gold], ranked: Sequence[Stretch], k: int) -> float | None:
    """1 if at least one gold stretch is among the first k passages."""
    share = recall(gold, ranked, k)
    return None if share is None else float(share > 0)


def all_found(gold: Sequence[Gold], ranked: Sequence[Stretch], k: int) -> float | None:
    """1 if every gold stretch is among the first k passages."""
    share = recall(gold, ranked, k)
    return None if share is None else float(share == 1)


def ndcg(gold: Sequence[Gold], ranked: Sequence[Stretch], k: int = 10) -> float | None:
    """nDCG at k (Järvelin and Kekäläinen 2002), by ir-measures.

    A passage is relevant if it holds a gold stretch, or part of one; a stretch counts as one ideal hit.
    """
    return _measured(nDCG @ k, gold, ranked)


def reciprocal_rank(gold: Sequence[Gold], ranked: Sequence[Stretch], k: int = 20) -> float | None:
    """Reciprocal rank of the first relevant passage, by ir-measures."""
    return _measured(RR @ k, gold, ranked)


def _measured(
    measure: ir_measures.measures.Measure, gold: Sequence[Gold], ranked: Sequence[Stretch]
) -> float | None:
    if not gold:
        return None
    # Each gold stretch is one relevant item; the first passage that meets it stands for it. A passage
    # that meets several counts as that many hits in a row, so that the best order there is scores 1.
    names: list[str] = []
    met: set[int] = set()
    for position, passage in enumerate(ranked):
        new = [
            i
            for i, stretch in enumerate(gold)
            if i not in met and covered(stretch, [passage]) > PARTLY_FOUND_AT
        ]
        names += [f"gold-{i}" for i in new] or [f"other-{position}"]
        met.update(new)
    run = [ir_measures.ScoredDoc("q", name, float(-place)) for place, name in enumerate(names)]
    qrels = [ir_measures.Qrel("q", f"gold-{i}", 1) for i in range(len(gold))]
    return float(ir_measures.calc_aggregate([measure], qrels, run)[measure])
