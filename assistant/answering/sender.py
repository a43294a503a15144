"""The one way to a chat model: whatever it is sent goes through `Sender.send`.

What may not leave the machine is not sent, and what leaves is recorded before it does, whoever sends it: the modules
that word prompts do not know the chat model itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answering.chat_models import ChatModel
from assistant.errors import MayNotLeave
from assistant.records import Evidence
from assistant.records.sending import Sending


class Limits(Protocol):
    """What may leave the machine."""

    def may_be_shown(self, item: Evidence) -> bool:
        """Whether a passage may be quoted to a model elsewhere."""

    def repeats_closed(self, text: str) -> bool:
        """Whether a text repeats words that may not leave."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends messages to one chat model. `record` is given each before it is sent, and may stop it by raising
    ChatModelFailed."""

    _model: ChatModel
    _limits: Limits
    _record: Callable[[Sending], None]

    @property
    def name(self) -> str:
        """provider:model, as it is shown and recorded."""
        return self._model.name

    @property
    def is_remote(self) -> bool:
        """Whether what is sent leaves the machine."""
        return self._model.is_remote

    @property
    def prompt_digests(self) -> dict[str, str]:
        """Digest of each prompt that is used with the model."""
        return self._model.prompt_digests

    def recording(self, record: Callable[[Sending], None]) -> Sender:
        """The same, with another `record`."""
        return replace(self, _record=record)

    def may_be_shown(self, item: Evidence) -> bool:
        """Whether the model may be shown a passage: one that runs on this machine may see all."""
        return not self.is_remote or self._limits.may_be_shown(item)

    def send(
        self, text: str, question: str, passages: tuple[str, ...] = (), sentences: int = 0
    ) -> Iterator[str]:
        """The model's answer to a message, in parts; `question`, and the `passages` of which it holds so many
        `sentences`, are what a record of it tells.

        Raises MayNotLeave, before anything is sent or recorded, if a message to a model elsewhere repeats words that
        may not leave the machine, and ChatModelFailed.
        """
        model = self._model
        if model.is_remote and self._limits.repeats_closed(text):
            raise MayNotLeave(model.name)
        self._record(Sending(model.name, model.address, model.is_remote, question, passages, text, sentences))
        yield from model.stream(text)
