"""A preview of what a chat model would be sent."""

from __future__ import annotations

from assistant.errors import ChatModelFailed
from assistant.records.sending import Sending


class Preview:
    """Stands where messages are recorded before they are sent: keeps each and lets none through."""

    def __init__(self) -> None:
        self.kept: list[Sending] = []

    def __call__(self, sending: Sending) -> None:
        """Keeps the message. Always raises ChatModelFailed, so that it is not sent."""
        self.kept.append(sending)
        raise ChatModelFailed(f"The chat model {sending.model} was not asked.")
