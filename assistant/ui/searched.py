"""What stands below an answer: what was searched, and the answer to take away or to ask for again."""

from __future__ import annotations

import streamlit as st

from assistant.conversations import filter_kept
from assistant.records import Answer, Status
from assistant.rendering import as_markdown
from assistant.ui.engine import assistant
from assistant.ui.every_passage import offer_every
from assistant.ui.exchange import Asking, Exchange
from assistant.ui.whole import whole


def show_searched(number: int, exchange: Exchange, answer: Answer) -> None:
    """What was searched, the nearest passages, what was dropped; the answer to take away, or to ask for again."""
    if answer.status is Status.DECLINED:
        return
    label = "Nearest passages" if answer.status is Status.NOT_IN_EVIDENCE else "What was searched"
    if answer.dropped:
        label += f", and {len(answer.dropped)} claim(s) that were left out"
    with st.expander(label):
        generation = assistant().index.live()
        st.caption(
            f"{generation.passages} passages of {len(generation.heads)} documents, by words and by meaning; "
            f"index {answer.provenance.get('index', '')}."
        )
        for item in answer.evidence[:8]:
            st.text(f"{item.rank}. {item.document.source.title} — found by {item.found_by}")
        for claim in answer.dropped:
            st.text(f"Dropped: {claim.text} ({claim.reason})")
    with st.container(horizontal=True):
        offer_every(number, answer)
        st.download_button(
            "Save this answer",
            as_markdown(answer),
            file_name="answer.md",
            mime="text/markdown",
            key=f"save-{number}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )
        if exchange.saved is not None:
            st.button(
                "Ask again",
                key=f"again-{number}",
                help="Ask the same of the evidence as it is now, and say what changed",
                on_click=_ask_again,
                args=(exchange,),
                type="tertiary",
                icon=":material/refresh:",
            )


@whole
def _ask_again(exchange: Exchange) -> None:
    saved = exchange.saved
    assert saved is not None
    st.session_state.asked = Asking(saved.standalone, filter_kept(saved.form), restated=True, before=saved)
    st.session_state.open = None
