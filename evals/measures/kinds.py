"""Gold found by the kind of source in which it stands: a search that is blind for one kind shows here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.records import DocumentHead
from evals.cases import Gold
from evals.measures.retrieval import Stretch, recall

UNKNOWN = "kind not stated"


def found_by_kind(
    gold: Sequence[Gold], ranked: Sequence[Stretch], heads: Mapping[str, DocumentHead], k: int
) -> dict[str, float]:
    """Kind → share of the gold stretches in sources of that kind found among the first k passages."""
    stretches: dict[str, list[Gold]] = {}
    for stretch in gold:
        stretches.setdefault(kind_of(heads.get(stretch.document)), []).append(stretch)
    return {kind: recall(of_kind, ranked, k) or 0.0 for kind, of_kind in stretches.items()}


def kind_of(head: DocumentHead | None) -> str:
    """The kind that a document states of itself, in lower case."""
    return ((head.source.kind if head else None) or UNKNOWN).lower()
