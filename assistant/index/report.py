"""What an ingest did."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Report:
    """What an ingest did, by path.

    `refused` gives reasons; `missing` are files that are gone but kept in the index; `withdrawn` are
    files that hold what was withdrawn, which was left out; `mended` says what was wrong with the index
    before. `bibliographies` tells of each how many documents it describes.
    """

    added: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    bibliographies: dict[str, str] = field(default_factory=dict)
    mended: str | None = None
    generation: str | None = None
