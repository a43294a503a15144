"""Token-wise overlap of what is cited with the gold (Smith and Troynikov 2024, "Evaluating Chunking
Strategies for Retrieval", Chroma technical report): tokens in both, by tokens in either.

It falls for a citation that is too long as well as for one that misses; gold is not all that answers a
question, so 1 is not to be had.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.records import Answer
from evals.cases import Gold
from evals.measures.retrieval import Stretch

TOKEN = re.compile(r"\w+")
Place = tuple[str, int]


def token_iou(answer: Answer, gold: tuple[Gold, ...], texts: Mapping[str, str]) -> float | None:
    """Intersection over union of cited and gold tokens; 0 if nothing is cited, None without gold."""
    return stretch_iou(gold, [citation for claim in answer.claims for citation in claim.citations], texts)


def stretch_iou(gold: Sequence[Gold], found: Sequence[Stretch], texts: Mapping[str, str]) -> float | None:
    """The same of stretches that were found: what a search brings, and how much beside it."""
    if not gold:
        return None
    wanted, brought = _tokens(gold, texts), _tokens(found, texts)
    either = wanted | brought
    return len(wanted & brought) / len(either) if either else None


def stretch_precision(
    gold: Sequence[Gold], found: Sequence[Stretch], texts: Mapping[str, str]
) -> float | None:
    """The share of the tokens found that are gold; None without gold or where nothing was found."""
    brought = _tokens(found, texts)
    return len(_tokens(gold, texts) & brought) / len(brought) if gold and brought else None


def _tokens(stretches: Iterable[Stretch], texts: Mapping[str, str]) -> set[Place]:
    """Each token by document and place; a token that is cut off at the border counts whole."""
    return {
        (stretch.document, stretch.start + match.start())
        for stretch in stretches
        for match in TOKEN.finditer(texts.get(stretch.document, "")[stretch.start : stretch.end])
    }
