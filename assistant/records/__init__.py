"""The records that cross module borders: frozen, without I/O.

What holds is stated with each record and checked by property tests. Offsets are counts of Unicode
code points into `Document.text`, start inclusive, end exclusive, as in Python slices.
"""

from __future__ import annotations

from assistant.records.answers import Answer, Citation, Claim, Evidence, Place, Turn
from assistant.records.documents import (
    Block,
    Coding,
    Document,
    DocumentHead,
    Labels,
    Page,
    Passage,
    Sentence,
    Source,
    each_speaker,
    passage_id,
)
from assistant.records.filters import Filter
from assistant.records.parts import PART_FIELDS, Part, part_of, parts_of
from assistant.records.terms import (
    Account,
    BlockKind,
    Extent,
    Kind,
    Origin,
    Sensitivity,
    Stance,
    Status,
    Support,
    Voice,
    stricter,
)

__all__ = [
    "PART_FIELDS",
    "Account",
    "Answer",
    "Block",
    "BlockKind",
    "Citation",
    "Claim",
    "Coding",
    "Document",
    "DocumentHead",
    "Evidence",
    "Extent",
    "Filter",
    "Kind",
    "Labels",
    "Origin",
    "Page",
    "Part",
    "Passage",
    "Place",
    "Sensitivity",
    "Sentence",
    "Source",
    "Stance",
    "Status",
    "Support",
    "Turn",
    "Voice",
    "each_speaker",
    "part_of",
    "parts_of",
    "passage_id",
    "stricter",
]
