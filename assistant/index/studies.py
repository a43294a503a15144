"""Files of one study count once: a document joins the study of the note that has its DOI or title. They share a
country and a sector."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from assistant.records import DocumentHead, Origin, Source

Values = tuple[str, ...]


def with_study_groups(heads: Iterable[DocumentHead]) -> list[DocumentHead]:
    """The documents, each that states no study group with that of another with its DOI or title."""
    known = list(heads)
    groups = {
        key: head.source.study_group
        for head in known
        if head.source.study_group
        for key in _keys(head.source)
    }
    return [_joined(head, groups) for head in known]


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
    return [*_keys(head.source), f"study:{head.study_group}"]


def _joined(head: DocumentHead, groups: dict[str, str]) -> DocumentHead:
    if head.source.study_group:
        return head
    group = next((groups[key] for key in _keys(head.source) if key in groups), None)
    if group is None:
        return head
    origins = (*head.source.origins, ("study_group", Origin.STUDY.value))
    return replace(head, source=replace(head.source, study_group=group, origins=origins))


def _keys(source: Source) -> list[str]:
    """DOI and title in a form that survives case, punctuation and added subtitles in brackets."""
    keys = [f"doi:{source.doi.lower()}"] if source.doi else []
    title = re.sub(r"\W+", " ", re.sub(r"[\[(].*?[\])]", " ", source.title)).strip().lower()
    if len(title.split()) >= 3:
        keys.append(f"title:{title}")
    return keys
