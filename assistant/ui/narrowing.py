"""A small control that narrows what is looked at, in the words of a practitioner."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import fields
from typing import Any

import streamlit as st

from assistant.index import Generation
from assistant.index.filtering import left_out
from assistant.records import DocumentHead, Filter, Sensitivity, Stance, Voice
from assistant.ui.engine import framework

STANCES = {
    Stance.ENABLER: "What helps",
    Stance.BARRIER: "What hinders",
    Stance.BOTH: "Helps or hinders, depending",
    Stance.NEITHER: "Other statements",
}
VOICES = {
    Voice.PARTICIPANT: "People interviewed",
    Voice.AUTHORS: "Authors",
    Voice.CITED: "Work that authors cite",
    Voice.OTHER: "Others",
}
SENSITIVITIES = {
    Sensitivity.PUBLIC: "Public",
    Sensitivity.TEAM: "Team only",
    Sensitivity.RESTRICTED: "Restricted",
}
# Where a kind of source goes on to tell how much of it is held.
DETAIL = re.compile(r",| \(")


def narrow(live: Generation) -> Filter | None:
    """The filter that the person has chosen; None for everything."""
    heads = live.heads.values()
    clusters = {cluster.id: cluster.name for cluster in framework().clusters}
    chosen = sum(_is_chosen(field.name) for field in fields(Filter))
    with st.popover(
        f"Look only at … ({chosen})" if chosen else "Look only at …", type="tertiary", icon=":material/tune:"
    ):
        within = Filter(
            source=_named("Source", "source", named_sources(heads)),
            country=_several("Country", "country", {name for head in heads for name in head.countries}),
            sector=_several("Sector", "sector", {name for head in heads for name in head.sectors}),
            kind=_kinds([head.source.kind for head in heads if head.source.kind]),
            year=_years([head.source.year for head in heads if head.source.year]),
            stance=_named("Side", "stance", STANCES),
            cluster=_named("Part of the framework", "cluster", clusters),
            voice=_named("Whose words", "voice", VOICES),
            sensitivity=_named("Who may see it", "sensitivity", SENSITIVITIES),
        )
        for line in left_out(within, heads):
            st.caption(line)
    return within if within.stated() else None


def named_sources(heads: Collection[DocumentHead]) -> dict[str, str]:
    """Id → title of each document, with its file and the beginning of its id where another is called so too."""
    titles = {
        head.id: f"Note on: {head.source.title}" if head.source.is_note else head.source.title
        for head in heads
    }
    counts = Counter(titles.values())
    return {
        head.id: titles[head.id] + (f" ({head.name}, {head.id[:8]})" if counts[titles[head.id]] > 1 else "")
        for head in heads
    }


def named_kinds(kinds: Iterable[str]) -> dict[str, set[str]]:
    """Kinds of source by what they are called without details, those that most documents are of first."""
    named: dict[str, list[str]] = {}
    for kind in kinds:
        named.setdefault(DETAIL.split(kind)[0], []).append(kind)
    return {name: set(own) for name, own in sorted(named.items(), key=lambda one: (-len(one[1]), one[0]))}


def _is_chosen(field: str) -> bool:
    return any(st.session_state.get(key) for key in (f"only-{field}", f"only-{field}-to"))


def _kinds(kinds: list[str]) -> tuple[str, ...]:
    named = named_kinds(kinds)
    chosen = _named("Kind of source", "kind", {name: name for name in named})
    return tuple(kind for name in chosen for kind in sorted(named[name]))


def _several(label: str, field: str, values: Iterable[str]) -> tuple[str, ...]:
    return _named(label, field, {value: value for value in sorted(values)})


def _named(label: str, field: str, names: dict[Any, str]) -> tuple[Any, ...]:
    if len(names) < 2:
        return ()
    return tuple(
        st.multiselect(
            label,
            list(names),
            format_func=names.__getitem__,
            key=f"only-{field}",
            placeholder="Any",
            select_all=False,
        )
    )


def _years(years: list[int]) -> tuple[int | None, int | None]:
    """First and last year, both chosen from those that there are, in whichever order."""
    known = sorted(set(years))
    if len(known) < 2:
        return None, None
    left, right = st.columns(2)
    first = left.selectbox("From year", known, index=None, key="only-year", placeholder="Any")
    last = right.selectbox("To year", known, index=None, key="only-year-to", placeholder="Any")
    return (last, first) if first and last and last < first else (first, last)
