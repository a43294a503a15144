"""How good rankings of a collection's entries are, query by query, by ir-measures (as trec_eval counts)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import ir_measures
from ir_measures import RR, R, nDCG

MEASURES = {
    "nDCG@10": nDCG @ 10,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    "recall@20": R @ 20,
    "recall@100": R @ 100,
    "reciprocal rank": RR,
}
Ranked = Sequence[tuple[str, float]]
Qrels = Mapping[str, Mapping[str, int]]


def judge(qrels: Qrels, rankings: Mapping[str, Ranked]) -> dict[str, dict[str, float]]:
    """Measure → query → score, 0..1, for every query of `qrels`; one without a ranking scores 0.

    The order of a ranking counts, not its scores: equal scores would be put in an order of their own.
    """
    run = [
        ir_measures.ScoredDoc(query, entry, float(-place))
        for query, ranked in rankings.items()
        for place, (entry, _) in enumerate(ranked)
    ]
    gold = [
        ir_measures.Qrel(query, entry, grade)
        for query, entries in qrels.items()
        for entry, grade in entries.items()
    ]
    scores = {name: dict.fromkeys(qrels, 0.0) for name in MEASURES}
    names = {measure: name for name, measure in MEASURES.items()}
    for metric in ir_measures.iter_calc(list(MEASURES.values()), gold, run):
        if metric.query_id in qrels:
            scores[names[metric.measure]][metric.query_id] = float(metric.value)
    return scores


def write_trec(path: Path, rankings: Mapping[str, Ranked], tag: str) -> None:
    """A run file as TREC has it: query, Q0, entry, rank from 1, score, tag. Scores fall with the rank."""
    lines = []
    for query, ranked in rankings.items():
        for rank, (entry, _) in enumerate(ranked, 1):
            # By rank: programs that read such files sort by score, and break ties as they like.
            lines.append(f"{query} Q0 {entry} {rank} {1 / rank:.6f} {tag}")
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
