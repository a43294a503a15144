"""What an ingest did."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Report:
    """What an ingest did, by path.

    `refused` gives reasons; `missing` are files that are gone but kept in the index; `withdrawn` are
    files that hold what was withdrawn, which was left out; `mended` says what was wrong with the index
    before. `bibliographies` tells of each how many documents it describes. Of the corrections of what changed files
    held before, so many are `carried` over to what they hold now; the others are `waiting` for their words.
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
    carried: int = 0
    waiting: int = 0
    mended: str | None = None
    generation: str | None = None
