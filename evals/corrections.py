"""Corrected labels → marks, after review.

A correction in an index says how a researcher would label a sentence. Its draft has what was corrected and `?` for
every other label, since what the program says is no gold; a person fills these in. Its kind stands there only if that was
corrected, since marks need none. No words are written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from assistant.index.catalogue import Catalogue
from assistant.index.corrections import NONE, Correction, Corrections
from assistant.index.generations import CATALOGUE, Layout
from assistant.index.hashing import words_hash

OPEN = "?"
LABELS = ("stance", "voice", "cluster", "speaker", "conditional", "hard")


def drafts_of(index: Path) -> list[dict[str, Any]]:
    """A draft for each correction whose sentence stands in the index. Raises AssistantError."""
    layout = Layout(index)
    with closing(Catalogue.open(layout.live() / CATALOGUE)) as catalogue:
        names = {head.id: head.name for head in catalogue.heads()}
        texts = {name: catalogue.text(name) for name in names}
    return [
        _draft(one, names[one.document], texts[one.document][one.start : one.end])
        for one in Corrections(layout).entries
        if one.document in names and words_hash(texts[one.document][one.start : one.end]) == one.words
    ]


def missing_of(draft: Mapping[str, Any]) -> list[str]:
    """The labels that a person must fill in."""
    return [name for name in LABELS if draft[name] == OPEN]


def is_draft_of_marks(draft: Mapping[str, Any]) -> bool:
    """Whether a draft came from a correction, and not from a verdict on a claim."""
    return "words_sha256" in draft


def _draft(one: Correction, file: str, words: str) -> dict[str, Any]:
    given = {name: getattr(one, name, None) for name in LABELS}
    if one.condition is not None:
        given["conditional"] = one.condition != NONE
    if one.kind is not None:
        given["kind"] = one.kind
    place = f"{one.document}\0{one.start}\0{one.end}"
    draft: dict[str, Any] = {
        "id": "fb-" + hashlib.sha256(place.encode()).hexdigest()[:10],
        "file": file,
        "document": one.document,
        "start": one.start,
        "end": one.end,
        "words_sha256": hashlib.sha256(words.encode()).hexdigest(),
        **{
            name: OPEN if value is None else None if value == NONE else value for name, value in given.items()
        },
    }
    feedback = {"by": one.by, "reason": one.reason, "date": one.date}
    return {**draft, "missing": missing_of(draft), "feedback": feedback}
