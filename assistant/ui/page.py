"""The chat page: questions and answers on the left, the open source on the right."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import partial

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from assistant.conversations import Keeping, compare, told
from assistant.errors import AssistantError, ConversationsUnusable
from assistant.messages import lines_of
from assistant.pipeline import Progress
from assistant.records import Answer, Claim, Filter, Status
from assistant.rendering import against_line, narrowed_to
from assistant.ui.drawing import show_arrival, show_claims, show_source, style_page
from assistant.ui.engine import assistant, suggested
from assistant.ui.every_passage import show_every
from assistant.ui.exchange import Asking, Exchange, to_take_up, turns_before
from assistant.ui.history import begin, show_previous
from assistant.ui.leaving import chosen_assistant, offer_model, show_choice
from assistant.ui.narrowing import narrow
from assistant.ui.searched import show_searched
from assistant.ui.views import citations_in_order, claims_view, source_view
from assistant.ui.whole import whole


def main() -> None:
    """Draw the page for one run of the script."""
    st.set_page_config(page_title="Evidence assistant", layout="wide")
    style_page()
    state = st.session_state
    if "exchanges" not in state:
        state.asked = state.arrived = None
        begin()
    left, right = st.columns([5, 3], gap="medium")
    # In a container of its own: at Streamlit's own foot of the page, the page follows its end.
    with st.container(key="ask"):
        ask = partial(_take, "question")
        st.chat_input("Ask about enablers and barriers", key="question", submit_mode="stop", on_submit=ask)
    with left:
        st.title("Evidence assistant", anchor=False)
        st.caption(
            "What helps and what hinders innovation in social care and public services, in the sources' own words."
        )
        within = _show_controls()
        asked = state.asked
        cut_off = to_take_up(state.exchanges, is_more_asked=bool(asked))
        for number, exchange in enumerate(state.exchanges):
            if exchange.cut_off is None:
                _show_exchange(number, exchange, within)
        if state.keeping.problem:
            st.caption(state.keeping.problem)
        offered = st.empty()
        asking = (Asking(asked, within) if isinstance(asked, str) else asked) if asked else cut_off
        if asking is None:
            _offer(offered)
    with right, st.container(key="source-panel"):
        _show_open_source()
    if asking is not None:
        with left:
            _answer(asking)
        st.rerun()


@whole
def _take(key: str) -> None:
    """Keep what was typed or chosen until it is asked: a click elsewhere may end this run before.

    The open source is closed here and nowhere later: what is clicked from now on is to be opened.
    """
    st.session_state.asked = st.session_state[key]
    st.session_state.open = None


def _show_controls() -> Filter | None:
    """What is looked at, previous conversations and a new one: one quiet line."""
    within = None
    with st.container(horizontal=True, key="controls"):
        # What is always there comes first: what keeps its place keeps its state.
        # The place for suggestions says what is wrong with the index.
        with contextlib.suppress(AssistantError):
            within = narrow(assistant().index.live())
            show_every(within)
        show_previous()
        if st.session_state.exchanges:
            st.button("New conversation", type="tertiary", icon=":material/add:", on_click=begin)
        show_choice()
    return within


def _show_exchange(number: int, exchange: Exchange, within: Filter | None) -> None:
    state = st.session_state
    with st.chat_message("user"):
        st.text(exchange.question)
        if number == state.arrived:
            show_arrival("The answer is here.", key=f"{state.opened}-{number}")
            state.arrived = None
    with st.chat_message("assistant"):
        if exchange.error:
            st.warning(exchange.error)
            return
        answer = exchange.answer
        if answer is None:
            st.caption("Stopped. What had been found so far:")
            _show_claims(number, tuple(exchange.claims))
            return
        offer_model(exchange)
        if answer.standalone_question != answer.question:
            _show_reading(number, answer.standalone_question, within)
        if narrowed := narrowed_to(answer):
            st.text(f"Looked only at: {narrowed}")
        if exchange.changes:
            with st.container(border=True):
                st.text("\n".join(exchange.changes))
        lines, rests_on = lines_of(answer.message)
        st.text("\n".join(lines))
        if rests_on:
            st.caption(rests_on)
        _show_claims(number, answer.claims, answer.nearest)
        for line in (*exchange.missing, against_line(answer)):
            if line:
                st.text(line)
        show_searched(number, exchange, answer)


def _show_reading(number: int, standalone: str, within: Filter | None) -> None:
    """How a follow-up was read, and a way to put it otherwise."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"Read as: {standalone}", width="content")
        with st.popover("Change", type="tertiary"), st.form(f"restate-{number}", border=False):
            st.text_area("The question in full", standalone, key=f"meant-{number}")
            st.form_submit_button("Ask this instead", on_click=_restate, args=(f"meant-{number}", within))


@whole
def _restate(key: str, within: Filter | None) -> None:
    if st.session_state[key].strip():
        st.session_state.asked = Asking(st.session_state[key], within, restated=True)
        st.session_state.open = None


@st.fragment
def _show_claims(number: int, claims: tuple[Claim, ...], nearest: tuple[Claim, ...] = ()) -> None:
    """Claims with their citations.

    A fragment: what is clicked in it waits until an answer that is being made is there. Elsewhere it would end that
    run, and with one that has only just begun Streamlit loses the question; a chat model would be asked, and sent
    sentences, twice.
    """
    if not claims and not nearest:
        return
    key = f"claims-{number}"
    opened = st.session_state.open
    show_claims(
        claims_view(claims, nearest),
        key=key,
        open_number=opened[1] if opened and opened[0] == number else None,
        on_open=lambda: _open(number, st.session_state[key].open),
    )


def _open(exchange: int, citation: int | None) -> None:
    if citation is not None:
        st.session_state.open = (exchange, citation)
        st.rerun()


def _show_open_source() -> None:
    opened = st.session_state.open
    if opened is None:
        if any(exchange.claims for exchange in st.session_state.exchanges):
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
    with st.container(border=True, key="open-source"):
        show_source(
            source_view(citation, head, generation.catalogue.text(citation.document)),
            key=f"source-{citation.passage}-{citation.start}",
            on_close=partial(setattr, st.session_state, "open", None),
        )


def _offer(place: st.delta_generator.DeltaGenerator) -> None:
    """Suggested questions that have an answer; a click asks one."""
    exchanges = st.session_state.exchanges
    try:
        generation = assistant().index.live().name
        claims = exchanges[-1].answer.claims if exchanges and exchanges[-1].answer else ()
        questions = suggested(generation, claims)
    except AssistantError as error:
        place.warning(str(error))
        return
    if questions:
        key = f"suggestions-{len(exchanges)}"
        place.pills("You can ask", questions, key=key, on_change=partial(_take, key), wrap=True)


def _answer(asking: Asking) -> None:
    """Ask, showing the steps; the exchange is in the session from the start, so that a stop loses nothing.

    A click elsewhere ends the run at any call of Streamlit's: the exchange then keeps what was asked, and the
    next run takes it up.
    """
    state = st.session_state
    exchanges, keeping, opened = state.exchanges, state.keeping, state.opened
    state.asked = None
    if exchanges and exchanges[-1].cut_off:
        exchanges.pop()
    previous = turns_before(exchanges)
    exchange = Exchange(asking.question, cut_off=asking)
    exchanges.append(exchange)
    try:
        state.arrived = len(exchanges) - 1
        with st.chat_message("user"):
            st.text(asking.question)
            show_arrival("", key=f"{opened}-{len(exchanges) - 1}-asked")
        with st.chat_message("assistant"):
            chosen, preview = chosen_assistant()
            _follow(
                chosen.stream(asking.question, previous, asking.within, restated=asking.restated), exchange
            )
        exchange.unsent, exchange.asking = tuple(preview.kept), asking
        _keep(exchange, asking, keeping)
        exchange.cut_off = None
    except AssistantError as error:
        exchange.error, exchange.cut_off = str(error), None
    except StopException:
        exchange.cut_off = None
        raise


def _follow(events: Iterator[Progress | Claim | Answer], exchange: Exchange) -> None:
    """Show what comes as it comes."""
    status = st.status("Searching the evidence", type="compact")
    growing = st.empty()
    for event in events:
        if isinstance(event, Progress):
            status.update(label=event.step)
        elif isinstance(event, Claim):
            exchange.claims.append(event)
            growing.text("\n\n".join(f"• {claim.text}" for claim in exchange.claims))
        else:
            exchange.answer = event


def _keep(exchange: Exchange, asking: Asking, keeping: Keeping) -> None:
    """Keep what was answered; say what changed if it was asked before."""
    index, answer = assistant().index, exchange.answer
    assert answer is not None
    saved = keeping.keep(answer, index.live)
    exchange.saved = saved if answer.status is not Status.DECLINED else None
    if asking.before is not None:
        try:
            exchange.changes = told(compare(asking.before, answer, index.live(), index.layout))
        except ConversationsUnusable as error:
            exchange.changes = [str(error)]


main()
