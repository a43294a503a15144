"""Files of one study count once: a document joins the study of the note on the same work, and has the standing that
the note gives it; files of one study share a country and a sector."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from assistant.records import DocumentHead, Origin, Source
from assistant.words import stems

# The bounds here are choices, not measured: they lean to keeping works apart, since two that are taken for one count
# once. From how many words on a title says enough to be held against another, and to be looked for within another.
SHORT_TITLE, LONG_TITLE = 3, 8
# From how many words on parts of a series are known by what they are called together.
SERIES_TITLE = 4
PARTED = re.compile(r"\s[-–—]\s|:\s")
# Which share of the shorter title's words two titles have in common where they have one link.
HALF_THE_WORDS = 0.5
# "Comments on a study of …", "A study of …, part 2": about a work, or another part of it.
ABOUT = frozenset(
    "on to of for from after about following in with and behind beyond versus".split()  # noqa: SIM905 - read as words
)
PART = re.compile(r"\d|^(?:i{2,3}|iv|one|two|three|four|five|first|second|third|fourth|fifth|final|next)$")
# What a note knows of a work that the work's own file does not say.
FILLED = ("year", "country", "sector", "method", "n", "interest")
OWN_ORIGINS = frozenset(origin.value for origin in Origin)

Works = Mapping[str, list[DocumentHead]]
Values = tuple[str, ...]


def with_study_groups(heads: Iterable[DocumentHead]) -> list[DocumentHead]:
    """The documents, each that states no study group with that of another that is the same work, by DOI, title or
    link, or with the other parts of its series; and each that there is a note on with the kind, place, field and
    interest that the note states."""
    known = list(heads)
    works: dict[str, list[DocumentHead]] = {}
    for head in known:
        if head.source.study_group:
            for key in _keys(head.source):
                works.setdefault(key, []).append(head)
    series = Counter(name for head in known if (name := _series(head.source)))
    return [_joined(head, works, series) for head in known]


def with_study_fields(heads: Iterable[DocumentHead]) -> list[DocumentHead]:
    """The documents, each with the country and the sector on which the other files of its work, or else of its study,
    agree, where it states none."""
    known = list(heads)
    countries = _agreed(known, lambda source: source.country)
    sectors = _agreed(known, lambda source: source.sector)
    return [
        replace(
            head,
            study_countries=() if head.source.country else _first(countries, head),
            study_sectors=() if head.source.sector else _first(sectors, head),
        )
        for head in known
    ]


def _agreed(heads: Iterable[DocumentHead], values_of: Callable[[Source], Values]) -> dict[str, Values]:
    """By work and by study what its files state, where all that state something state the same."""
    stated: dict[str, set[Values]] = {}
    for head in heads:
        if values := values_of(head.source):
            for key in _shared_keys(head):
                stated.setdefault(key, set()).add(tuple(sorted(values)))
    return {key: values.pop() for key, values in stated.items() if len(values) == 1}


def _first(agreed: dict[str, Values], head: DocumentHead) -> Values:
    return next((agreed[key] for key in _shared_keys(head) if key in agreed), ())


def _shared_keys(head: DocumentHead) -> list[str]:
    """What it shares with the other files of its work, then with those of its study."""
    same = [key for key in _keys(head.source) if key.startswith(("doi:", "title:"))]
    return [*same, f"study:{head.study_group}"]


def _joined(head: DocumentHead, works: Works, series: Counter[tuple[str, ...]]) -> DocumentHead:
    source = head.source
    if source.is_note:
        return head
    same = [other for other in _same_work(source, works) if other.id != head.id]
    taken: dict[str, Any] = {}
    if not source.study_group and same:
        taken["study_group"] = same[0].source.study_group
    elif not source.study_group and (name := _series(source)) and series[name] > 1:
        taken["study_group"] = name[0]
    if note := next((other.source for other in same if other.source.is_note), None):
        taken |= _told_by(note, source)
    if not taken:
        return head
    origins = dict(source.origins) | dict.fromkeys(taken, Origin.STUDY.value)
    missing = tuple(name for name in source.missing if name not in taken)
    return replace(head, source=replace(source, **taken, missing=missing, origins=tuple(origins.items())))


def _told_by(note: Source, source: Source) -> dict[str, Any]:
    """What a note on a work says of it that the work's own file does not."""
    told = {name: getattr(note, name) for name in FILLED if not getattr(source, name)}
    # A kind in a file's header often names its form alone: "abstract", "start of a report".
    if dict(source.origins).get("kind", Origin.HEADER.value) in OWN_ORIGINS:
        told["kind"] = note.kind
    return {name: value for name, value in told.items() if value}


def _same_work(source: Source, works: Works) -> Iterator[DocumentHead]:
    """Documents that are the same work; one may come twice."""
    for key in _keys(source):
        yield from (other for other in works.get(key, ()) if _fits(source, other.source, key))


def _keys(source: Source) -> Iterator[str]:
    """What the same work may share: DOI and title, which say enough; link and parts of a title, which suggest it."""
    if source.doi:
        yield f"doi:{source.doi.lower()}"
    words = _title(source)
    if len(words) >= SHORT_TITLE:
        yield f"title:{' '.join(words)}"
    if link := _link(source):
        yield f"link:{link}"
    yield from (f"run:{' '.join(run)}" for run in _runs(words))


def _fits(one: Source, other: Source, key: str) -> bool:
    """Whether two sources that have a key in common are one work."""
    if key.startswith("link:"):
        titles = [set(stems(" ".join(_title(source)))) for source in (one, other)]
        shared = len(titles[0] & titles[1])
        return shared > 0 and shared >= HALF_THE_WORDS * min(map(len, titles))
    if key.startswith("run:"):
        return not _contradict(one, other) and _is_whole_in(_title(one), _title(other))
    return True


def _series(source: Source) -> tuple[str, ...] | None:
    """What parts of one series have in common: what they are called together, authors and year."""
    name, *rest = PARTED.split(source.title, maxsplit=1)
    if rest and source.year and source.authors and len(name.split()) >= SERIES_TITLE:
        return (name, str(source.year), *source.authors)
    return None


def _contradict(one: Source, other: Source) -> bool:
    years = {source.year for source in (one, other) if source.year}
    names = [_names(source) for source in (one, other)]
    return len(years) > 1 or (all(names) and names[0].isdisjoint(names[1]))


def _is_whole_in(one: list[str], other: list[str]) -> bool:
    """Whether the shorter of two titles stands whole in the longer, which is no title about it or of a part."""
    short, long = sorted((one, other), key=len)
    for start in range(len(long) - len(short) + 1):
        if long[start : start + len(short)] == short:
            before, after = long[:start], long[start + len(short) :]
            return not ((before and before[-1] in ABOUT) or any(map(PART.search, after)))
    return False


def _title(source: Source) -> list[str]:
    """The words of a title, which survive another case, other punctuation and what is added in brackets."""
    return re.sub(r"\W+", " ", re.sub(r"[\[(].*?[\])]", " ", source.title)).lower().split()


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + LONG_TITLE]) for start in range(len(words) - LONG_TITLE + 1)}


def _link(source: Source) -> str | None:
    """The address of a work without what varies between copies of it; None for the front page of a site."""
    address = re.sub(r"^\w+://(?:www\.)?|#.*$", "", source.url or "").rstrip("/").lower()
    return address if "/" in address else None


def _names(source: Source) -> set[str]:
    """Words of the authors' names."""
    return set(re.findall(r"\b[A-Z][\w’'-]{2,}", " ".join(source.authors)))
