"""How well stretches that a search found meet exact gold: by overlap, so that splitters can be compared.

The first five or ten stretches show more words where a splitter cuts longer ones. So some measures stand twice:
by stretches, and by what is found in the first so many words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from evals.cases import Gold
from evals.measures import retrieval, tokens
from evals.measures.retrieval import Stretch
from evals.spans import Ask

WORD = re.compile(r"\S+")
# Words shown: as many as about four and seven pieces of plain pipelines have.
SHOWN = (600, 1000)
Judged = dict[str, dict[str, float]]


def judge_spans(
    asks: Sequence[Ask], found: Mapping[str, Sequence[Stretch]], texts: Mapping[str, str]
) -> Judged:
    """Measure → question → score, 0..1, by how far the stretches found cover the gold, and how closely."""
    scores: Judged = {}
    for ask in asks:
        for name, score in _scores(ask.gold, found[ask.id], texts).items():
            if score is not None:
                scores.setdefault(name, {})[ask.id] = score
    return scores


def first_words(ranked: Sequence[Stretch], texts: Mapping[str, str], words: int) -> list[Gold]:
    """The first stretches that have together so many words; the last of them ends where the count is reached.

    A word that stands in two stretches counts twice, since it is shown twice.
    """
    shown: list[Gold] = []
    left = words
    for stretch in ranked:
        found = list(WORD.finditer(texts.get(stretch.document, ""), stretch.start, stretch.end))[:left]
        if not found:
            continue
        shown.append(Gold(stretch.document, stretch.start, found[-1].end()))
        left -= len(found)
        if not left:
            break
    return shown


def _scores(
    gold: Sequence[Gold], ranked: Sequence[Stretch], texts: Mapping[str, str]
) -> dict[str, float | None]:
    scores = {
        **{f"recall@{k}": retrieval.recall(gold, ranked, k) for k in (5, 10, 20)},
        "nDCG@10": retrieval.ndcg(gold, ranked),
        "any gold@10": retrieval.any_found(gold, ranked, 10),
        "all gold@10": retrieval.all_found(gold, ranked, 10),
        "reciprocal rank": retrieval.reciprocal_rank(gold, ranked),
        "token precision@5": tokens.stretch_precision(gold, ranked[:5], texts),
        "token IoU@5": tokens.stretch_iou(gold, ranked[:5], texts),
    }
    for words in SHOWN:
        shown = first_words(ranked, texts, words)
        scores[f"recall in {words} words"] = retrieval.recall(gold, shown, len(shown))
        scores[f"token IoU in {words} words"] = tokens.stretch_iou(gold, shown, texts)
    return scores
