"""A document's source from all that tells of it, each field with where it comes from.

What `sources.toml` states goes before the document's own header, that before an entry of a bibliography,
and that before what the file's metadata, first page or name tell. Nothing is worked out from anything else.
Of what is said of who may see it, the stricter holds.
"""

from __future__ import annotations

import fnmatch
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.bibliography.entries import LISTS, Bibliography, Entry, Table
from assistant.bibliography.matching import Matcher, Placed, Reading
from assistant.records import PART_FIELDS, Extent, Origin, Sensitivity, Source, stricter

# Fields that are a single work's: not to be put on all documents of one file.
OF_ONE_WORK = ("title", "doi")


class Library:
    """All bibliographies that an index knows."""

    def __init__(self, bibliographies: Iterable[Bibliography]) -> None:
        self.bibliographies = sorted(bibliographies, key=lambda known: known.path)
        self._matcher = Matcher(self.bibliographies)
        # Bibliography → how many documents it told something of.
        self.described: Counter[str] = Counter()

    def describe(
        self, reading: Reading, sensitivity: Sensitivity, *, is_alone: bool = True
    ) -> tuple[Source, Sensitivity]:
        """Source and tier of a document. `is_alone` says that it is the only one of its file.

        Of several files with the same bytes the strictest tier holds.
        """
        stated = [found for path in reading.paths for found in self._stated(path, reading.name, is_alone)]
        entries = self._matcher.entries_for(reading) if is_alone else []
        self.described.update(
            {known.path for known in self.bibliographies if self._tells(known, reading, entries)}
        )
        fields = {**_from_entries(entries), **_own(reading.source)}
        tiers = [Sensitivity(value) for name, value, _ in stated if name == "sensitivity"]
        # The first file's nearest table comes first; what comes first stays.
        for name, value, origin in reversed(stated):
            if name in PART_FIELDS:
                fields[name] = _with_parts(fields.get(name), value, origin)
            elif name != "sensitivity":
                fields[name] = (value, origin)
        tier = _tier(reading, sensitivity, tiers)
        origins = {"sensitivity": stated_in} if (stated_in := _origin_of(stated, tier)) else {}
        return _described(reading.source, fields, origins), tier

    def describing(self, reading: Reading, *, is_alone: bool) -> tuple[list[Entry], list[Table]]:
        """The entries of a document's work, and the tables that name it and not a group of files."""
        entries = self._matcher.entries_for(reading) if is_alone else []
        tables = [
            table
            for known in self.bibliographies
            for table in known.tables
            for path in reading.paths
            if table.pattern in _known_as(table, Path(known.path).parent, path, reading.name)
        ]
        return [placed.entry for placed in entries], tables

    def unused_tables(self, documents: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
        """Bibliography → its tables that name none of these documents, each a path and a name."""
        known = list(documents)
        unused = {}
        for bibliography in self.bibliographies:
            folder = Path(bibliography.path).parent
            idle = [
                table.pattern
                for table in bibliography.tables
                if not any(_names(table, folder, path, name) for path, name in known)
            ]
            if idle:
                unused[bibliography.path] = idle
        return unused

    @staticmethod
    def _tells(known: Bibliography, reading: Reading, entries: Sequence[Placed]) -> bool:
        folder = Path(known.path).parent
        return any(placed.bibliography == known.path for placed in entries) or any(
            _names(table, folder, path, reading.name) for table in known.tables for path in reading.paths
        )

    def _stated(self, path: str, name: str, is_alone: bool) -> list[tuple[str, Any, str]]:
        """(field, value, origin) that tables state of a file, what holds first.

        The nearest `sources.toml` holds, in it a file's own table, then the last pattern.
        """
        found = []
        for bibliography in sorted(self.bibliographies, key=lambda known: -len(Path(known.path).parts)):
            folder = Path(bibliography.path).parent
            tables = [table for table in bibliography.tables[::-1] if _names(table, folder, path, name)]
            for table in sorted(tables, key=lambda table: _is_glob(table, folder, path, name)):
                found += [
                    (field, value, Path(bibliography.path).name)
                    for field, value in table.fields.items()
                    if is_alone or field not in OF_ONE_WORK
                ]
        return found


def _tier(reading: Reading, own: Sensitivity, tiers: Sequence[Sensitivity]) -> Sensitivity:
    """The strictest of what tables and the document's header state; else its own, which is that of its
    kind."""
    if not tiers or "sensitivity" in dict(reading.source.origins):
        return stricter(own, *tiers)
    return stricter(*tiers)


def _with_parts(known: tuple[Any, str] | None, value: Any, origin: str) -> tuple[Any, str]:
    """Parts that are named in several places are all meant."""
    if known is None:
        return value, origin
    parts = list(dict.fromkeys([*known[0], *value]))
    return parts, origin if origin == known[1] else f"{known[1]}, {origin}"


def _described(source: Source, fields: dict[str, tuple[Any, str]], origins: dict[str, str]) -> Source:
    values: dict[str, Any] = {
        name: tuple(value) if name in LISTS else Extent(value) if name == "read" else value
        for name, (value, _) in fields.items()
    }
    own = dict(source.origins)
    for name, (_, origin) in fields.items():
        own[name] = origin
    newly = {name for name in values if not source.gives(name)}
    missing = tuple(name for name in source.missing if name not in newly)
    return replace(source, **values, missing=missing, origins=tuple({**own, **origins}.items()))


def _from_entries(entries: Sequence[Placed]) -> dict[str, tuple[Any, str]]:
    """Field → (value, origin) of entries of one work; the first that gives a field holds."""
    fields: dict[str, tuple[Any, str]] = {}
    for placed in entries:
        for name, value in placed.entry.fields.items():
            fields.setdefault(name, (value, Path(placed.bibliography).name))
    return fields


def _own(source: Source) -> dict[str, tuple[Any, str]]:
    """Field → (value, origin) of what the document's own header gives.

    A value of which it is not known where it comes from is taken for that.
    """
    origins = dict(source.origins)
    return {
        name: (getattr(source, name), origins.get(name, Origin.HEADER.value))
        for name in Source.__dataclass_fields__
        if name not in ("missing", "is_note", "origins")
        and source.gives(name)
        and origins.get(name, Origin.HEADER) == Origin.HEADER
    }


def _origin_of(stated: Sequence[tuple[str, Any, str]], tier: Sensitivity) -> str | None:
    found = (origin for name, value, origin in stated if name == "sensitivity" and value == tier.value)
    return next(found, None)


def _names(table: Table, folder: Path, path: str, name: str) -> bool:
    """Whether a table is about a document: by its file's path below the table's folder, or by name anywhere
    there. A document of a project has a name of its own (`project.qdpx: Interview 1`)."""
    return any(
        known == table.pattern or fnmatch.fnmatchcase(known, table.pattern)
        for known in _known_as(table, folder, path, name)
    )


def _is_glob(table: Table, folder: Path, path: str, name: str) -> bool:
    return table.pattern not in _known_as(table, folder, path, name)


def _known_as(table: Table, folder: Path, path: str, name: str) -> tuple[str, ...]:
    file = Path(path)
    if not file.is_absolute() or not file.is_relative_to(folder):
        return ()
    below = file.relative_to(folder).as_posix()
    return (below if "/" in table.pattern else file.name, name)
