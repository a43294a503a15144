"""Token-wise overlap of what is cited with the gold (Smith and Troynikov 2024, "Evaluating Chunking
Strategies for Retrieval", Chroma technical report): tokens in both, by tokens in either.

It falls for a citation that is too long as well as for one that misses; gold is not all that answers a
question, so 1 is not to be had.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant.records import Answer
from evals.cases import Gold

TOKEN = re.compile(r"\w+")
Place = tuple[str, int]


def token_iou(answer: Answer, gold: tuple[Gold, ...], texts: Mapping[str, str]) -> float | None:
    """Intersection over union of cited and gold tokens; 0 if nothing is cited, None without gold."""
    if not gold:
        return None
    wanted = _tokens(((stretch.document, stretch.start, stretch.end) for stretch in gold), texts)
    cited = _tokens(((c.document, c.start, c.end) for claim in answer.claims for c in claim.citations), texts)
    either = wanted | cited
    return len(wanted & cited) / len(either) if either else None


def _tokens(spans: Iterable[tuple[str, int, int]], texts: Mapping[str, str]) -> set[Place]:
    """Each token by document and place; a token that is cut off at the border counts whole."""
    return {
        (document, start + match.start())
        for document, start, end in spans
        for match in TOKEN.finditer(texts.get(document, "")[start:end])
    }
