"""Components that draw text as text: an answer with citation buttons, and a source beside it. And the
page's own style."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from typing import Any

import streamlit as st


def _file(name: str) -> str:
    return resources.files("assistant.ui").joinpath("components", name).read_text("utf-8")


_ANSWER = st.components.v2.component(
    "evidence_answer", html="<div class='answer'></div>", css=_file("answer.css"), js=_file("answer.js")
)
_ARRIVAL = st.components.v2.component(
    "evidence_arrival",
    html="<p class='arrival' role='status'></p>",
    css=_file("arrival.css"),
    js=_file("arrival.js"),
)
_SOURCE = st.components.v2.component(
    "evidence_source",
    html="<article class='source'></article>",
    css=_file("source.css"),
    js=_file("source.js"),
)


def style_page() -> None:
    """Where the input, the open source and the suggestions stand."""
    st.html(f"<style>{_file('page.css')}</style>")


def show_arrival(told: str, *, key: str) -> None:
    """Bring the message that this stands in to the top of the window; `told` is for a screen reader."""
    _ARRIVAL(data={"told": told}, key=f"arrived-{key}")


def show_claims(
    groups: list[dict[str, Any]], *, key: str, open_number: int | None, on_open: Callable[[], None]
) -> None:
    """Draw claims; a click on a citation sets `st.session_state[key].open` to its number and calls
    `on_open`."""
    _ANSWER(data={"groups": groups, "open": open_number}, key=key, on_open_change=on_open)


def show_source(view: dict[str, Any], *, key: str, on_close: Callable[[], None]) -> None:
    """Draw a source with the quotation marked in its surroundings; a way to close it calls `on_close`."""
    _SOURCE(data=view, key=key, on_close_change=on_close)
