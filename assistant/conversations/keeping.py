"""Keeping a conversation while it goes on: a store that fails does not stop the talk."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.conversations.forms import WORDS_NOT_KEPT, holdings_of, saved_form
from assistant.conversations.store import Saved, Store
from assistant.errors import ConversationsUnusable
from assistant.index import Generation
from assistant.records import Answer, Filter, Status

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class Keeping:
    """A conversation that is kept turn by turn.

    `conversation` is its id once a turn is kept. After a failure `problem` says what happened, and nothing
    more is kept.
    """

    def __init__(self, store: Store | None, conversation: int | None = None) -> None:
        """Without a store nothing is kept."""
        self._store = store
        self.conversation = conversation
        self.problem = ""

    @classmethod
    def of(cls, directory: Path, user: str, *, saves: bool) -> Keeping:
        """A new conversation of a user over the index in a directory."""
        return cls(Store(directory, user) if saves else None)

    def keep(self, answer: Answer, live: Callable[[], Generation]) -> Saved:
        """Keep a turn, with what the index holds; the turn, kept or not."""
        saved = as_saved(answer, live)
        if self._store is not None:
            try:
                self.conversation = self._store.save(saved, self.conversation)
            except ConversationsUnusable as error:
                self._store = None
                self.problem = f"This conversation is not kept. {error}"
        return saved


def as_saved(answer: Answer, live: Callable[[], Generation]) -> Saved:
    """A turn in the form in which it is kept. The words of a declined question are not."""
    is_declined = answer.status is Status.DECLINED
    documents = None
    if not is_declined and (now := live()).digest == answer.provenance["index"]:
        documents = holdings_of(now)
    return Saved(
        id=0,
        conversation=0,
        time=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        question=WORDS_NOT_KEPT if is_declined else answer.question,
        standalone=WORDS_NOT_KEPT if is_declined else answer.standalone_question,
        status=answer.status.value,
        form=saved_form(answer),
        documents=documents,
    )


def filter_kept(form: Mapping[str, Any]) -> Filter | None:
    """The filter that a kept answer was found within."""
    stated = form["provenance"].get("filter")
    return _filters().validate_python(stated) if stated else None


@functools.cache
def _filters() -> TypeAdapter[Filter]:
    from pydantic import TypeAdapter

    return TypeAdapter(Filter)
