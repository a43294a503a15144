"""Two components that draw text as text: an answer with citation buttons, and a source beside it."""

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
_SOURCE = st.components.v2.component(
    "evidence_source",
    html="<article class='source'></article>",
    css=_file("source.css"),
    js=_file("source.js"),
)


def show_claims(
    groups: list[dict[str, Any]], *, key: str, open_number: int | None, on_open: Callable[[], None]
) -> None:
    """Draw claims; a click on a citation sets `st.session_state[key].open` to its number and calls
    `on_open`."""
    _ANSWER(data={"groups": groups, "open": open_number}, key=key, on_open_change=on_open)


def show_source(view: dict[str, Any], *, key: str) -> None:
    """Draw a source with the quotation marked in its surroundings."""
    _SOURCE(data=view, key=key)
