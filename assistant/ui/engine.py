"""The Assistant behind the pages: built once a process, not once a page run."""

from __future__ import annotations

import functools
import threading

from assistant.answering.suggestions import suggestions
from assistant.framework import Framework, load_framework
from assistant.pipeline import Assistant, open_assistant
from assistant.records import Claim, Status
from assistant.settings import Settings, load_settings

_lock = threading.Lock()


def assistant() -> Assistant:
    """The one Assistant of this process; a visitor who clears Streamlit's cache does not drop it."""
    with _lock:
        return _build()


@functools.cache
def settings() -> Settings:
    """The settings of this process."""
    return load_settings()


@functools.cache
def framework() -> Framework:
    """The framework that the settings name."""
    return load_framework(settings().framework)


@functools.lru_cache(maxsize=1)
def _build() -> Assistant:
    return open_assistant(settings())


@functools.lru_cache(maxsize=1)
def _build_selecting() -> Assistant:
    """The same without a chat model."""
    return open_assistant(settings().model_copy(update={"model": None}))


@functools.lru_cache(maxsize=256)
def suggested(generation: str, asked: tuple[Claim, ...] = ()) -> tuple[str, ...]:
    """Questions that have an answer in this generation of the index, at most four.

    After an answer they go on from its claims; before the first they are general. Nobody has asked them, so no
    chat model is sent anything for them.
    """
    found = []
    with _lock:
        selecting = _build_selecting() if settings().model else _build()
    for question in suggestions(framework(), asked):
        if selecting.ask(question).status is not Status.NOT_IN_EVIDENCE:
            found.append(question)
        if len(found) == 4:
            break
    return tuple(found)
