"""The live generation as an ingest finds it: what it holds, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import IndexDamaged, IndexMissing
from assistant.index.catalogue import Catalogue
from assistant.index.generations import CATALOGUE, Layout
from assistant.index.manifest import check_catalogue, read_manifest
from assistant.index.vectors import find_fault


@dataclass(frozen=True, slots=True)
class Before:
    """The live generation that an ingest starts from.

    `catalogue` is None where there is none or it is damaged; `lost` are then the paths of the documents
    and `lost_bibliographies` those of the bibliographies that it held.
    """

    name: str = ""
    catalogue: Catalogue | None = None
    files: dict[str, str] = field(default_factory=dict)
    fault: str | None = None
    lost: tuple[str, ...] = ()
    lost_bibliographies: tuple[Path, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What it was made with, as JSON."""
        return self.catalogue.meta().get("fingerprint", "") if self.catalogue else ""

    def holds_the_same(self, other: Catalogue) -> bool:
        """Whether a catalogue has the same files, documents and refusals, made in the same way."""
        return self.catalogue is not None and _holdings(self.catalogue) == _holdings(other)


def look(layout: Layout) -> Before:
    """What is live. Damage is told, not raised."""
    try:
        directory = layout.live()
        check_catalogue(directory)
        catalogue = Catalogue.open(directory / CATALOGUE)
    except IndexMissing:
        return Before()
    except IndexDamaged:
        name = layout.live_name() or ""
        record = read_manifest(layout.generations / name)
        paths = record.get("paths", ())
        fault = f"the catalogue was missing or altered; {len(paths)} file(s) that it held were read again"
        bibliographies = tuple(Path(path) for path in record.get("bibliographies", ()))
        return Before(name, fault=fault, lost=tuple(paths), lost_bibliographies=bibliographies)
    return Before(directory.name, catalogue, catalogue.files(), find_fault(directory))


def _holdings(catalogue: Catalogue) -> tuple[object, ...]:
    made_with = catalogue.meta().get("fingerprint")
    return made_with, catalogue.files(), catalogue.holdings(), catalogue.refusals()
