"""What a bibliography file holds: entries of works, and tables about files."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from assistant.notation import DOI, YEAR_OF_A_WORK
from assistant.records import PART_FIELDS

# Fields of a Source by the form of their values; `year`, `read` and `sensitivity` have forms of their own.
TEXTS = ("title", "doi", "url", "licence", "kind", "method", "n", "study_group", "interest")
LISTS = ("authors", "sector", "country", "gaps", *PART_FIELDS)
FIELDS = (*TEXTS, *LISTS, "year", "read", "sensitivity")
MAX_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """A work in a bibliography: `fields` are those of a Source that it gives, as texts, lists and a year.

    `attachments` are the paths of its files as the bibliography writes them.
    """

    fields: Mapping[str, Any]
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """What `sources.toml` says of the files that `pattern` names: a file's name, path or glob."""

    pattern: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bibliography:
    """A file that was read. `notes` tell what in it could not be."""

    path: str
    digest: str
    entries: tuple[Entry, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()


def to_json(bibliography: Bibliography) -> str:
    """A bibliography as JSON with sorted keys."""
    return json.dumps(asdict(bibliography), ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Bibliography:
    """A bibliography from its JSON."""
    form = json.loads(text)
    return Bibliography(
        form["path"],
        form["digest"],
        tuple(Entry(entry["fields"], tuple(entry["attachments"])) for entry in form["entries"]),
        tuple(Table(**table) for table in form["tables"]),
        tuple(form["notes"]),
    )


def entry_of(attachments: Iterable[str] = (), **given: Any) -> Entry:
    """An entry from values as a format gives them; what is empty is left out.

    Texts lose invisible characters and double spaces, a DOI its address, a date all but its year.
    """
    fields: dict[str, Any] = {name: text for name in TEXTS if (text := tidy(given.get(name)))}
    for name in LISTS:
        items = [item for value in given.get(name) or () if (item := tidy(value))]
        if items:
            fields[name] = items
    if year := YEAR_OF_A_WORK.search(str(given.get("year") or "")):
        fields["year"] = int(year.group())
    if doi := plain_doi(fields.pop("doi", "")):
        fields["doi"] = doi
    return Entry(fields, tuple(path for path in map(tidy, attachments) if path))


def tidy(value: Any) -> str:
    """A value as one line without characters that cannot be seen or stored."""
    words = "" if value is None else str(value)
    seen = (mark if unicodedata.category(mark)[0] != "C" else " " for mark in words[: 2 * MAX_LENGTH])
    return " ".join("".join(seen).split())[:MAX_LENGTH]


def plain_doi(words: str) -> str:
    """The DOI in a text, without address and closing punctuation; empty if there is none."""
    found = DOI.search(words)
    return found.group().rstrip(".,;") if found else ""
