"""What bibliographies say of withdrawn documents: known by hashes, so that it goes and stays away with them."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from assistant.bibliography import Bibliography, Library, Reading
from assistant.bibliography.entries import Entry, Table
from assistant.bibliography.matching import letters
from assistant.index.catalogue import Catalogue
from assistant.index.hashing import exact_hash

# Characters of a document's text in which its own title and DOI stand.
OPENING = 8000


def works_of(catalogue: Catalogue, gone: Set[str]) -> dict[str, tuple[str, ...]]:
    """Document id → hashes of the entries and tables of bibliographies that describe it, and none of the
    documents that stay. `gone` are the ids of those that are withdrawn whole."""
    known = catalogue.bibliographies()
    if not known:
        return {}
    library = Library(known)
    holdings = catalogue.holdings()
    described: dict[str, set[str]] = {}
    for head in catalogue.heads():
        paths = tuple(path for path, held in sorted(holdings.items()) if head.id in held)
        source = catalogue.as_read(head.id).source
        reading = Reading(head.name, paths, source, catalogue.opening(head.id, OPENING))
        is_alone = all(len(holdings[path]) == 1 for path in paths)
        entries, tables = library.describing(reading, is_alone=is_alone)
        described[head.id] = {
            hashed for hashes in (*map(_of_entry, entries), *map(_of_table, tables)) for hashed in hashes
        }
    staying = set().union(*(hashes for identity, hashes in described.items() if identity not in gone), set())
    return {
        identity: tuple(sorted(described[identity] - staying)) for identity in gone if identity in described
    }


def without_works(bibliography: Bibliography, gone: Set[str]) -> Bibliography:
    """A bibliography without entries and tables of these hashes; itself if it has none of them."""
    entries = tuple(entry for entry in bibliography.entries if gone.isdisjoint(_of_entry(entry)))
    tables = tuple(table for table in bibliography.tables if gone.isdisjoint(_of_table(table)))
    if len(entries) == len(bibliography.entries) and len(tables) == len(bibliography.tables):
        return bibliography
    return replace(bibliography, entries=entries, tables=tables)


def _of_entry(entry: Entry) -> Iterator[str]:
    """By its DOI, and by its title with its year."""
    if doi := entry.fields.get("doi"):
        yield exact_hash(f"doi:{str(doi).lower()}")
    if title := letters(str(entry.fields.get("title", ""))):
        yield exact_hash(f"work:{title}:{entry.fields.get('year', '')}")


def _of_table(table: Table) -> Iterator[str]:
    yield exact_hash(f"table:{table.pattern}")
