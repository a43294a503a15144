"""Previous conversations in the page: a list to open and to delete, and whether this one is kept."""

from __future__ import annotations

import textwrap

import streamlit as st

from assistant.conversations import WORDS_NOT_KEPT, Conversation, Keeping, Store, opened
from assistant.errors import AssistantError, ConversationsUnusable
from assistant.ui.engine import assistant, settings
from assistant.ui.exchange import Exchange
from assistant.ui.whole import whole

SHOWN = 20
TITLE = 48


@whole
def begin() -> None:
    """Start a conversation without turns."""
    state = st.session_state
    state.exchanges, state.open, state.deleting = [], None, None
    state.opened = state.get("opened", 0) + 1
    state.keeping = Keeping.of(
        settings().index, settings().user, saves=state.get("keeps", True) and _may_keep()
    )


def show_previous() -> None:
    """The control with the list; nothing where nothing is kept."""
    if not _may_keep():
        return
    store = Store(settings().index, settings().user)
    try:
        found = store.conversations()
    except ConversationsUnusable as error:
        st.caption(str(error))
        return
    if not found:
        return
    # Another conversation gets a control of its own, which is closed.
    key = f"previous-{st.session_state.opened}"
    with st.popover("Previous conversations", type="tertiary", icon=":material/history:", key=key):
        for one in found[:SHOWN]:
            _show_row(store, one)
        if len(found) > SHOWN:
            st.caption(f"{len(found) - SHOWN} older ones: assistant conversations list")
        st.toggle("Keep what I ask", value=True, key="keeps", on_change=_switch)


def _show_row(store: Store, one: Conversation) -> None:
    title = textwrap.shorten(one.title, TITLE, placeholder=" …")
    left, right = st.columns([5, 2], vertical_alignment="center", wrap=False)
    if st.session_state.deleting == one.id:
        left.text("Delete it for good?")
        left.button("Keep it", key=f"keep-{one.id}", on_click=_ask_to_delete, args=(None,))
        right.button("Delete", key=f"sure-{one.id}", on_click=_delete, args=(store, one.id))
        return
    left.button(
        f"{one.last[:10]}  {title}",
        key=f"open-{one.id}",
        help="Open this conversation and go on with it",
        type="tertiary",
        on_click=_open,
        args=(store, one.id),
        width="stretch",
    )
    right.button(
        "Delete",
        key=f"delete-{one.id}",
        help=f"Delete “{title}”",
        type="tertiary",
        icon=":material/delete:",
        on_click=_ask_to_delete,
        args=(one.id,),
    )


@whole
def _open(store: Store, conversation: int) -> None:
    """Put a kept conversation in place of this one, and go on with it."""
    state = st.session_state
    try:
        live = assistant().index.live()
        exchanges = []
        for saved in store.turns(conversation):
            found = opened(saved, live)
            exchanges.append(
                Exchange(
                    saved.question,
                    found.answer,
                    saved=saved if saved.question != WORDS_NOT_KEPT else None,
                    missing=found.what_is_missing(),
                )
            )
    except AssistantError as error:
        exchanges = [Exchange("", error=str(error))]
    state.exchanges, state.open, state.opened = exchanges, None, state.opened + 1
    state.arrived = len(exchanges) - 1
    state.keeping = Keeping(store if state.get("keeps", True) else None, conversation)


def _ask_to_delete(conversation: int | None) -> None:
    st.session_state.deleting = conversation


@whole
def _delete(store: Store, conversation: int) -> None:
    st.session_state.deleting = None
    store.delete([conversation])
    if st.session_state.keeping.conversation == conversation:
        begin()


def _switch() -> None:
    """Keep the turns from now on, or keep none of them."""
    state = st.session_state
    store = Store(settings().index, settings().user) if state.keeps else None
    state.keeping = Keeping(store, state.keeping.conversation)


def _may_keep() -> bool:
    return settings().save_conversations
