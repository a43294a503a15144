"""The chat page: questions and answers on the left, the open source on the right."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from assistant.errors import AssistantError
from assistant.pipeline import Progress
from assistant.records import Answer, Claim, Status, Turn
from assistant.rendering import as_markdown
from assistant.ui.drawing import show_claims, show_source
from assistant.ui.engine import assistant, suggested
from assistant.ui.views import citations_in_order, claims_view, source_view

STAYS_IN_SIGHT = (
    "[data-testid='stColumn']:has(.st-key-source-panel) "
    "{ position: sticky; top: 4rem; align-self: flex-start; }"
)


@dataclass
class Exchange:
    """A question and what came of it. Without an answer it was stopped; its claims are kept."""

    question: str
    answer: Answer | None = None
    claims: list[Claim] = field(default_factory=list)
    error: str = ""


def main() -> None:
    """Draw the page for one run of the script."""
    st.set_page_config(page_title="Evidence assistant", layout="wide")
    # The open source stays in sight while the conversation scrolls.
    st.html(f"<style>{STAYS_IN_SIGHT}</style>")
    state = st.session_state
    state.setdefault("exchanges", [])
    state.setdefault("open", None)
    # Outside the columns the input stays at the foot of the window.
    question = st.chat_input("Ask about enablers and barriers", key="question", submit_mode="stop")
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader("Evidence assistant", anchor=False)
        st.caption(
            "What helps and what hinders innovation in social care and public services, in the sources' own words."
        )
        for number, exchange in enumerate(state.exchanges):
            _show_exchange(number, exchange)
        offered = st.empty()
        asked = question or _offer(offered)
        if asked:
            offered.empty()
            _answer(asked)
            st.rerun()
    with right, st.container(key="source-panel"):
        _show_open_source()


def _show_exchange(number: int, exchange: Exchange) -> None:
    with st.chat_message("user"):
        st.text(exchange.question)
    with st.chat_message("assistant"):
        if exchange.error:
            st.warning(exchange.error)
            return
        answer = exchange.answer
        if answer is None:
            st.caption("Stopped. What had been found so far:")
            _show_claims(number, tuple(exchange.claims))
            return
        if answer.standalone_question != answer.question:
            st.caption("Understood as:")
            st.text(answer.standalone_question)
        st.text(answer.message)
        _show_claims(number, answer.claims)
        _show_searched(number, answer)


def _show_claims(number: int, claims: tuple[Claim, ...]) -> None:
    if not claims:
        return
    key = f"claims-{number}"
    opened = st.session_state.open
    show_claims(
        claims_view(claims),
        key=key,
        open_number=opened[1] if opened and opened[0] == number else None,
        on_open=lambda: _open(number, st.session_state[key].open),
    )


def _open(exchange: int, citation: int | None) -> None:
    if citation is not None:
        st.session_state.open = (exchange, citation)


def _show_searched(number: int, answer: Answer) -> None:
    """What was searched, the nearest passages, what was dropped; and the answer to take away."""
    if answer.status is Status.DECLINED:
        return
    label = "Nearest passages" if answer.status is Status.NOT_IN_EVIDENCE else "What was searched"
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


def _show_open_source() -> None:
    opened = st.session_state.open
    if opened is None:
        st.caption("Click a number to see the exact words in their source.")
        return
    exchange: Exchange = st.session_state.exchanges[opened[0]]
    answer = exchange.answer or Answer("", "", Status.ANSWERED, "", tuple(exchange.claims))
    citation = citations_in_order(answer)[opened[1] - 1]
    generation = assistant().index.live()
    head = generation.heads.get(citation.document)
    if head is None:
        st.warning("This source is no longer in the index.")
        return
    with st.container(border=True):
        show_source(
            source_view(citation, head, generation.catalogue.text(citation.document)),
            key=f"source-{citation.passage}-{citation.start}",
        )


def _offer(place: st.delta_generator.DeltaGenerator) -> str | None:
    """Suggested questions that have an answer; the one that was clicked."""
    exchanges = st.session_state.exchanges
    try:
        generation = assistant().index.live().name
        claims = exchanges[-1].answer.claims if exchanges and exchanges[-1].answer else ()
        questions = suggested(generation, claims)
    except AssistantError as error:
        place.warning(str(error))
        return None
    if not questions:
        return None
    return place.pills(
        "You can ask", questions, key=f"suggestions-{len(exchanges)}", label_visibility="visible", wrap=True
    )


def _answer(question: str) -> None:
    """Ask, showing the steps; the exchange is in the session from the start, so that a stop loses nothing."""
    previous = [
        turn
        for exchange in st.session_state.exchanges
        if exchange.answer
        for turn in (
            Turn("user", exchange.answer.standalone_question),
            Turn("assistant", exchange.answer.message),
        )
    ]
    exchange = Exchange(question)
    st.session_state.exchanges.append(exchange)
    st.session_state.open = None
    with st.chat_message("user"):
        st.text(question)
    with st.chat_message("assistant"):
        status = st.status("Searching the evidence", type="compact")
        growing = st.empty()
        try:
            for event in assistant().stream(question, previous):
                if isinstance(event, Progress):
                    status.update(label=event.step)
                elif isinstance(event, Claim):
                    exchange.claims.append(event)
                    growing.text("\n\n".join(f"• {claim.text}" for claim in exchange.claims))
                else:
                    exchange.answer = event
        except AssistantError as error:
            exchange.error = str(error)


main()
