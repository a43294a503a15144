"""What the session of a page holds: exchanges, and what is to be asked next."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.conversation import turns_of
from assistant.conversations import Saved
from assistant.records import Answer, Claim, Filter, Turn
from assistant.records.sending import Sending


@dataclass
class Exchange:
    """A question and what came of it. Without an answer it was stopped; its claims are kept.

    `cut_off` is what is being asked, until there is an answer or it is stopped. `saved` is its kept form,
    `changes` say what is new since it was asked before, `missing` what is not shown any more of an answer that
    was opened again. `unsent` are the messages that a chat model elsewhere was not sent for it, `asking` what to ask
    if it is.
    """

    question: str
    answer: Answer | None = None
    claims: list[Claim] = field(default_factory=list)
    error: str = ""
    saved: Saved | None = None
    changes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    cut_off: Asking | None = None
    unsent: tuple[Sending, ...] = ()
    asking: Asking | None = None


@dataclass(frozen=True)
class Asking:
    """What is asked: as written, or `restated` in full by the person; `before` is the earlier answer to it."""

    question: str
    within: Filter | None = None
    restated: bool = False
    before: Saved | None = None


def to_take_up(exchanges: list[Exchange], *, is_more_asked: bool) -> Asking | None:
    """What a click elsewhere cut off, to be asked once more; if something else is asked it is left as stopped."""
    if not exchanges:
        return None
    if is_more_asked:
        exchanges[-1].cut_off = None
    return exchanges[-1].cut_off


def turns_before(exchanges: list[Exchange]) -> list[Turn]:
    """The history of the next question."""
    return [turn for exchange in exchanges if exchange.answer for turn in turns_of(exchange.answer)]
