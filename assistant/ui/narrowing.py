"""A small control that narrows what is looked at, in the words of a practitioner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import streamlit as st

from assistant.index import Generation
from assistant.records import Filter, Sensitivity, Stance, Voice
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


def narrow(live: Generation) -> Filter | None:
    """The filter that the person has chosen; None for everything."""
    sources = [head.source for head in live.heads.values()]
    clusters = {cluster.id: cluster.name for cluster in framework().clusters}
    chosen = sum(bool(st.session_state.get(f"only-{field.name}")) for field in fields(Filter))
    with st.popover(
        f"Look only at … ({chosen})" if chosen else "Look only at …", type="tertiary", icon=":material/tune:"
    ):
        within = Filter(
            country=_several("Country", "country", {n for source in sources for n in source.country}),
            sector=_several("Sector", "sector", {n for source in sources for n in source.sector}),
            kind=_several("Kind of source", "kind", {source.kind for source in sources if source.kind}),
            year=_years([source.year for source in sources if source.year]),
            stance=_named("Side", "stance", STANCES),
            cluster=_named("Part of the framework", "cluster", clusters),
            voice=_named("Whose words", "voice", VOICES),
            sensitivity=_named("Who may see it", "sensitivity", SENSITIVITIES),
        )
    return within if within.stated() else None


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
    """First and last year, both chosen from those that there are."""
    known = sorted(set(years))
    if len(known) < 2:
        return None, None
    first, last = st.columns(2)
    return (
        first.selectbox("From year", known, index=None, key="only-year", placeholder="Any"),
        last.selectbox("To year", known, index=None, key="only-year-to", placeholder="Any"),
    )
