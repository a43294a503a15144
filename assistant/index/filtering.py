"""A person's words → a Filter of an index, and the passages that it takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from assistant.errors import BadInput
from assistant.framework import Framework
from assistant.index.naming import documents_called
from assistant.messages import plural
from assistant.records import DocumentHead, Filter, Sensitivity, Stance, Voice
from assistant.records.countries import full_name

if TYPE_CHECKING:
    from assistant.index import Generation

YEARS = re.compile(r"(?P<only>\d{4})|(?P<first>\d{4})?\s*[-–]\s*(?P<last>\d{4})?")
# Names that an error lists before it counts the rest.
LISTED = 20
# What a document need not state.
KNOWN_OF: dict[str, Callable[[DocumentHead], object]] = {
    "kind": lambda head: head.source.kind,
    "year": lambda head: head.source.year,
    "sector": lambda head: head.sectors,
    "country": lambda head: head.countries,
}

Value = TypeVar("Value")


def filter_of(
    wanted: Mapping[str, Sequence[str]], heads: Collection[DocumentHead], framework: Framework
) -> Filter:
    """The filter that words by field (`kind`, `year`, … as in `Filter`) make over documents.

    A word is one of the values that are known, or a part of some, in capitals or not. Raises BadInput with
    the known values if it is none.
    """

    def chosen(field: str, known: Mapping[str, Value]) -> tuple[Value, ...]:
        return _values(field, wanted.get(field, ()), known)

    countries = [full_name(word) for word in wanted.get("country", ())]

    clusters = {c.id: c.id for c in framework.clusters} | {c.name: c.id for c in framework.clusters}
    return Filter(
        source=_sources(wanted.get("source", ()), heads),
        kind=chosen("kind", _themselves(head.source.kind for head in heads)),
        year=_years(wanted.get("year", ()), heads),
        sector=chosen("sector", _themselves(name for head in heads for name in head.sectors)),
        country=_values("country", countries, _themselves(name for head in heads for name in head.countries)),
        sensitivity=chosen("sensitivity", {value.value: value for value in Sensitivity}),
        cluster=chosen("cluster", clusters),
        stance=chosen("stance", {value.value: value for value in Stance}),
        voice=chosen("voice", {value.value: value for value in Voice}),
    )


def allowed_passages(generation: Generation, within: Filter) -> set[str]:
    """Ids of the passages that a filter takes."""
    documents = {head.id for head in generation.heads.values() if within.takes_document(head)}
    labelled = generation.catalogue.labelled(
        stance=within.stance, voice=within.voice, cluster=within.cluster, sensitivity=within.sensitivity
    )
    return {identity for identity, document in labelled if document in documents}


def left_out(within: Filter, heads: Collection[DocumentHead]) -> list[str]:
    """A line for each field of a filter for which documents are left out because it is not known of them."""
    fields = [field for field in within.stated() if field in KNOWN_OF]
    counts = {field: sum(not KNOWN_OF[field](head) for head in heads) for field in fields}
    return [
        f"{count} of {len(heads)} documents {plural(count, 'states', 'state')} no {field} and "
        f"{plural(count, 'is', 'are')} not looked at."
        for field, count in counts.items()
        if count
    ]


def _themselves(names: Iterable[str | None]) -> dict[str, str]:
    return {name: name for name in sorted({name for name in names if name})}


def _values(field: str, words: Sequence[str], known: Mapping[str, Value]) -> tuple[Value, ...]:
    found: list[Value] = []
    for word in words:
        sought = word.strip().casefold()
        equal = [value for name, value in known.items() if name.casefold() == sought]
        named = equal or [value for name, value in known.items() if sought and sought in name.casefold()]
        if not named:
            raise BadInput(f"There is no {field} {word!r} in the index. Known are: {_listed(list(known))}.")
        found += named
    return tuple(dict.fromkeys(found))


def _sources(words: Sequence[str], heads: Collection[DocumentHead]) -> tuple[str, ...]:
    found: list[str] = []
    for word in words:
        named = [head.id for head in documents_called(word, heads)]
        if not named:
            titles = _listed([head.source.title for head in heads])
            raise BadInput(
                f"There is no source {word!r} in the index. Give a title or a part of it, a file's name or an id. "
                f"Known are: {titles}."
            )
        found += named
    return tuple(dict.fromkeys(found))


def _years(words: Sequence[str], heads: Collection[DocumentHead]) -> tuple[int | None, int | None]:
    """First and last year of the one word given, as `2018`, `2015-2020`, `2015-` or `-2020`."""
    if not words:
        return None, None
    if len(words) > 1:
        raise BadInput(f"Give one year or range of years, not {' and '.join(words)}.")
    word = words[0].strip()
    match = YEARS.fullmatch(word)
    years = [int(year) if year else None for year in match.group("only", "first", "last")] if match else []
    only, first, last = years or (None, None, None)
    if not any(years) or (first and last and first > last):
        raise BadInput(f"The year {word!r} cannot be used. Give 2018, 2015-2020, 2015- or -2020.")
    span = (only, only) if only else (first, last)
    known = sorted({head.source.year for head in heads if head.source.year})
    if not any(Filter(year=span).takes_document(head) for head in heads):
        listed = f"{known[0]} to {known[-1]}" if known else "none"
        raise BadInput(f"No document in the index is of the year {word}. Known years: {listed}.")
    return span


def _listed(names: Sequence[str]) -> str:
    if not names:
        return "none"
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {more} more (assistant sources)" if more > 0 else "")
