"""Records ⇄ JSON for the catalogue."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from assistant.records import (
    Block,
    BlockKind,
    Document,
    Extent,
    Labels,
    Page,
    Sensitivity,
    Source,
    Stance,
    Voice,
)


def to_json(record: Any) -> str:
    """A record, or a list of records, as JSON with sorted keys; empty fields are left out."""
    return json.dumps(_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def source_from(text: str) -> Source:
    """A Source from its JSON."""
    fields = json.loads(text)
    for name in ("authors", "sector", "country", "gaps", "missing"):
        fields[name] = tuple(fields.get(name, ()))
    fields["read"] = Extent(fields.get("read", Extent.UNKNOWN))
    return Source(**fields)


def structure_from(text: str) -> tuple[tuple[Block, ...], tuple[Page, ...]]:
    """A document's blocks and pages from their JSON."""
    fields = json.loads(text)
    blocks = tuple(_block(entry) for entry in fields["blocks"])
    return blocks, tuple(Page(**entry) for entry in fields["pages"])


def structure_of(document: Document) -> str:
    """A document's blocks and pages as JSON."""
    blocks = [_plain(block) for block in document.blocks]
    return json.dumps(
        {"blocks": blocks, "pages": [_plain(page) for page in document.pages]},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def labels_from(fields: dict[str, Any]) -> Labels:
    """Labels from a mapping with their fields."""
    return Labels(**{**fields, "stance": Stance(fields.get("stance", Stance.NEITHER))})


def sensitivity_from(word: str) -> Sensitivity:
    """A tier from its word."""
    return Sensitivity(word)


def _block(fields: dict[str, Any]) -> Block:
    labels = fields.get("labels")
    voice = fields.get("voice")
    return Block(
        start=fields["start"],
        end=fields["end"],
        kind=BlockKind(fields.get("kind", BlockKind.PROSE)),
        section=tuple(fields.get("section", ())),
        speaker=fields.get("speaker"),
        voice=Voice(voice) if voice else None,
        labels=labels_from(labels) if labels else None,
        original_section=fields.get("original_section"),
        prefix=fields.get("prefix", ""),
    )


def _plain(record: Any) -> Any:
    """Dataclasses as mappings without their empty fields; zero and False are kept."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        return {
            field.name: _plain(value)
            for field in dataclasses.fields(record)
            if (value := getattr(record, field.name)) not in (None, "", ())
        }
    if isinstance(record, (list, tuple)):
        return [_plain(item) for item in record]
    return record
