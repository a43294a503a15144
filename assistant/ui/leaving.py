"""What would leave this machine for a chat model elsewhere: shown before it does, and left to the person.

Until somebody has chosen, a question is answered without the model, and what that would be sent is kept to be shown.
The choice holds for the session of the page and can be changed.
"""

from __future__ import annotations

import streamlit as st

from assistant.confidentiality.preview import Preview
from assistant.index import Generation
from assistant.pipeline import Assistant
from assistant.records.sending import Sending
from assistant.ui.engine import assistant
from assistant.ui.exchange import Exchange
from assistant.ui.whole import whole


def chosen_assistant() -> tuple[Assistant, Preview]:
    """The assistant, which asks a chat model elsewhere only if the person has chosen so, and what is not sent."""
    every, preview = assistant(), Preview()
    asks = not every.remote_model or st.session_state.get("asks_model")
    return (every if asks else every.recording(preview)), preview


def show_choice() -> None:
    """Whether the chat model is asked, once that has been chosen."""
    if st.session_state.get("asks_model") is not None:
        st.toggle(
            "Ask the chat model",
            st.session_state.asks_model,
            key="asking",
            help=f"Questions and sentences of public sources go to {assistant().remote_model}",
            on_change=lambda: setattr(st.session_state, "asks_model", st.session_state.asking),
        )


def offer_model(exchange: Exchange) -> None:
    """What the chat model would be sent for the last question, and the choice; nothing once it is made."""
    state = st.session_state
    if not exchange.unsent or exchange is not state.exchanges[-1] or state.get("asks_model") is not None:
        return
    live = assistant().index.live()
    with st.container(border=True, key="leaving"):
        st.text(f"{exchange.unsent[0].model} runs elsewhere. Nothing has been sent to it.")
        with st.expander("What would leave this machine"):
            for sending in exchange.unsent:
                st.text(told_of(sending, live))
                with st.container(border=True, height=240):
                    st.text(sending.text)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Ask the model", on_click=_choose, args=(exchange, True))
            st.button("Answer without it", on_click=_choose, args=(exchange, False))
            st.caption("The same is then done with what you ask next, until you close the page.")


def told_of(sending: Sending, live: Generation) -> str:
    """One message in words: how much, of which sources, to which model."""
    passages = live.catalogue.passages(list(sending.passages)).values()
    titles = sorted({live.heads[passage.document].source.title for passage in passages})
    lines = [f"To {sending.model} at {sending.address}: a message of {len(sending.text):,} characters"]
    if not titles:
        return f"{lines[0]}, with your questions and no sentence of a source."
    lines[0] += f", with your question and {sending.sentences} sentence(s) of {len(titles)} source(s):"
    return "\n".join([*lines, *(f"• {title}" for title in titles)])


@whole
def _choose(exchange: Exchange, asks: bool) -> None:
    """Remember the choice; with the model, the question is asked again in place of the answer without it."""
    state = st.session_state
    state.asks_model = asks
    if asks:
        state.exchanges = [one for one in state.exchanges if one is not exchange]
        state.asked, state.open = exchange.asking, None
