"""Every passage on something, in the page: how many, by whom, who does not mention it, and all of them in pages."""

from __future__ import annotations

import streamlit as st

from assistant.confidentiality import decline
from assistant.confidentiality.declines import CODE
from assistant.conversations import filter_kept
from assistant.counted import INTENT, asked_to_count
from assistant.errors import AssistantError
from assistant.mentions import Mention, Mentions, find_mentions
from assistant.mentions_told import Counted, counts_told, place_of, summary
from assistant.records import Answer, Filter
from assistant.rendering import filter_in_words
from assistant.ui.engine import assistant, framework

SIZE = 10


def show_every(within: Filter | None) -> None:
    """The control, and what it has opened."""
    state = st.session_state
    st.button(
        "Every passage on …",
        key="every",
        help="All passages that speak of something, counted; who does not mention it",
        type="tertiary",
        icon=":material/format_list_numbered:",
        on_click=_open,
        args=("", within),
    )
    if state.get("is_every_open"):
        _show(state.every_within)


def offer_every(number: int, answer: Answer) -> None:
    """Below an answer that was counted: all the passages that it counted."""
    asked = asked_to_count(answer.standalone_question) if answer.provenance.get("intent") == INTENT else None
    if asked is not None:
        st.button(
            "Show every passage",
            key=f"every-{number}",
            type="tertiary",
            icon=":material/format_list_numbered:",
            on_click=_open,
            args=(asked.topic, filter_kept({"provenance": answer.provenance})),
        )


def _open(words: str, within: Filter | None) -> None:
    state = st.session_state
    state.is_every_open, state.every_within, state.every_words = True, within, words


def _close() -> None:
    st.session_state.is_every_open = False


@st.dialog("Every passage", width="large", on_dismiss=_close)
def _show(within: Filter | None) -> None:
    words = st.text_input("Words that it must hold, in any form and spelling", key="every_words")
    if within is not None:
        st.text(f"Looked only at: {filter_in_words(within.stated())}")
    if not words.strip():
        return
    # Everything that one person said, put together, tells who it is.
    if CODE.search(words) and (declined := decline(f"All passages on {words}")):
        st.warning(declined.message)
        return
    try:
        found = find_mentions(assistant().index.live(), framework(), words, within)
    except AssistantError as error:
        st.warning(str(error))
        return
    st.text("\n".join(summary(found, words)))
    counts = counts_told(found)
    passages, *places = st.tabs(["Passages", *(heading for heading, _ in counts)])
    with passages:
        _show_passages(found, words)
    for place, (_, counted) in zip(places, counts, strict=True):
        with place:
            _show_counted(counted)


def _show_passages(found: Mentions, words: str) -> None:
    pages = -(-len(found.mentions) // SIZE)
    page = st.pagination(pages, key=f"every-page-{words}") if pages > 1 else 1
    first = (page - 1) * SIZE
    titles = found.titles
    for number, mention in enumerate(found.mentions[first : first + SIZE], first + 1):
        _show_mention(number, mention, titles[mention.document.id])


def _show_mention(number: int, mention: Mention, title: str) -> None:
    with st.container(border=True):
        st.text(f"{number}. {title}")
        if place := place_of(mention.passage):
            st.text(", ".join(place))
        for sentence in mention.sentences:
            who = f"{sentence.speaker}: " if sentence.speaker else ""
            st.text(f"{who}“{' '.join(sentence.text.split())}”")


def _show_counted(counted: Counted) -> None:
    st.text("\n".join(f"{count}  {name}" if count else name for name, count in counted))
