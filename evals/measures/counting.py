"""Over-counting: files of one study told as several studies.

The number of independent studies is worked out again, from the documents that are cited and the study
that each belongs to, and compared with what the answer says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant.records import Answer, Citation, DocumentHead

STUDIES = re.compile(r"\b(\d+) (?:(?:independent )?stud(?:y|ies)|independent sources)\b")


def over_counted(answer: Answer, heads: Mapping[str, DocumentHead]) -> float | None:
    """1 if the message or the basis of a claim tells more studies or sources than are cited, else 0. Lower is better.

    None if the answer tells no number of them.
    """
    told = [(answer.message, [c for claim in answer.claims for c in claim.citations])]
    told += [(claim.basis, list(claim.citations)) for claim in answer.claims]
    stated = [
        int(number) > _studies(citations, heads)
        for words, citations in told
        for number in STUDIES.findall(words)
    ]
    return float(any(stated)) if stated else None


def _studies(citations: Iterable[Citation], heads: Mapping[str, DocumentHead]) -> int:
    """How many independent studies are cited; a document that is not in the index is none."""
    return len({heads[c.document].study_group for c in citations if c.document in heads})
