"""Records ⇄ JSON for the catalogue."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from assistant.records import (
    PART_FIELDS,
    Block,
    BlockKind,
    Coding,
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
    """A record, or a list of records, as JSON with sorted keys; fields with their defaults are left out."""
    return json.dumps(_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def source_from(text: str) -> Source:
    """A Source from its JSON."""
    fields = json.loads(text)
    for name in ("authors", "sector", "country", "gaps", *PART_FIELDS, "missing"):
        fields[name] = tuple(fields.get(name, ()))
    fields["origins"] = tuple((field, origin) for field, origin in fields.get("origins", ()))
    fields["read"] = Extent(fields.get("read", Extent.UNKNOWN))
    return Source(**fields)


@dataclasses.dataclass(frozen=True, slots=True)
class Structure:
    """What a document's text is made of."""

    blocks: tuple[Block, ...]
    pages: tuple[Page, ...]
    codings: tuple[Coding, ...]


def structure_from(text: str) -> Structure:
    """A document's structure from its JSON."""
    fields = json.loads(text)
    return Structure(
        blocks=tuple(_block(entry) for entry in fields["blocks"]),
        pages=tuple(Page(**entry) for entry in fields["pages"]),
        codings=tuple(Coding(**entry) for entry in fields["codings"]),
    )


def structure_of(document: Document) -> str:
    """A document's structure as JSON."""
    return to_json(Structure(document.blocks, document.pages, document.codings))


def labels_from(fields: dict[str, Any]) -> Labels:
    """Labels from a mapping with their fields."""
    return Labels(**{**fields, "stance": Stance(fields.get("stance", Stance.NEITHER))})


def _block(fields: dict[str, Any]) -> Block:
    labels = fields.get("labels")
    voice, tier = fields.get("voice"), fields.get("sensitivity")
    return Block(
        start=fields["start"],
        end=fields["end"],
        kind=BlockKind(fields.get("kind", BlockKind.PROSE)),
        section=tuple(fields.get("section", ())),
        speaker=fields.get("speaker"),
        voice=Voice(voice) if voice else None,
        labels=labels_from(labels) if labels is not None else None,
        original_section=fields.get("original_section"),
        prefix=fields.get("prefix", ""),
        time=fields.get("time"),
        sensitivity=Sensitivity(tier) if tier else None,
    )


def _plain(record: Any) -> Any:
    """Dataclasses as mappings without the fields that their constructors would fill in the same way."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        return {
            field.name: _plain(value)
            for field in dataclasses.fields(record)
            if (value := getattr(record, field.name)) != field.default
        }
    if isinstance(record, (list, tuple)):
        return [_plain(item) for item in record]
    return record
