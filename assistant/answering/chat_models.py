"""Chat models: one seam, and any LangChain chat model behind it. The only module that imports LangChain's models.

A provider's client is told to try once and to wait no longer than the settings say; whether it is asked
again is decided in `generative`. What it raises is told in one line, without the key.
"""

from __future__ import annotations

import contextvars
import math
import os
import time
from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from pydantic import SecretStr

from assistant.errors import ChatModelFailed, SettingsError
from assistant.prompts import load_prompt
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# A model that says something may go on for so many times as long as it may keep silent.
PATIENCE = 5
MAX_REASON = 200
# How each of these tells that its answer is complete; a stream that ends without was cut off.
END_OF_ANSWER = {"openai": "finish_reason", "ollama": "done_reason", "anthropic": "stop_reason"}
HIDDEN = "[hidden]"
PROMPTS = ("answer", "answer-again")


class ChatModel(Protocol):
    """A model that completes a prompt."""

    @property
    def name(self) -> str:
        """provider:model, as it is shown and recorded."""

    @property
    def address(self) -> str:
        """Where it is asked, without user name and password."""

    @property
    def is_remote(self) -> bool:
        """Whether what it is sent leaves the machine."""

    @property
    def prompt_digests(self) -> dict[str, str]:
        """Digest of each prompt that is used with it."""

    def complete(self, prompt: str) -> str:
        """The model's answer. Raises ChatModelFailed."""

    def stream(self, prompt: str) -> Iterator[str]:
        """The model's answer in parts, of one request. Raises ChatModelFailed."""


class LangChainModel:
    """Any LangChain chat model behind the `ChatModel` seam."""

    def __init__(
        self,
        model: BaseChatModel,
        name: str,
        *,
        is_remote: bool,
        address: str = "",
        timeout: float = 60.0,
        ends_with: str | None = None,
    ) -> None:
        """`timeout` is in seconds. `ends_with` is the field of a response that tells that it is complete."""
        self._model = model
        self._timeout = timeout
        self._ends_with = ends_with
        self.name = name
        self.address = address
        self.is_remote = is_remote
        self.prompt_digests = {name: load_prompt(name).digest for name in PROMPTS}

    def complete(self, prompt: str) -> str:
        """The model's answer as text. Raises ChatModelFailed with the provider's reason."""
        return "".join(self.stream(prompt))

    def stream(self, prompt: str) -> Iterator[str]:
        """The model's answer in parts, of one request. Raises ChatModelFailed with the provider's reason."""
        until = time.monotonic() + PATIENCE * self._timeout
        is_complete = self._ends_with is None
        try:
            for part in _untraced(self._model.stream(prompt)):
                is_complete = is_complete or bool(part.response_metadata.get(self._ends_with))
                yield str(part.text)
                if time.monotonic() > until:
                    raise TimeoutError
        except Exception as error:  # every provider raises its own
            raise ChatModelFailed(
                f"The chat model {self.name} did not answer ({self._reason(error)}).", _again_after(error)
            ) from error
        if not is_complete:
            raise ChatModelFailed(
                f"The chat model {self.name} did not answer (the connection ended before the answer did)."
            )

    def _reason(self, error: Exception) -> str:
        """What went wrong, in one short line that holds no key."""
        if _is_timeout(error):
            return f"it was still not done after {self._timeout:g} seconds or more"
        told = " ".join(str(error).split()) or type(error).__name__
        if isinstance(error, ValueError):
            told = f"what it sent could not be read: {told}"
        for secret in _secrets(self._model):
            told = told.replace(secret, HIDDEN)
        told = told[:MAX_REASON].rstrip(". ")
        status = getattr(error, "status_code", None)
        if isinstance(status, int):
            told = f"{_in_words(status)}: {told}"
            wait = _header(error, "retry-after")
            told += f"; it asks to wait {wait[:20]} seconds" if wait else ""
        return told


def open_chat_model(settings: Settings, *, is_remote: bool) -> LangChainModel:
    """The chat model that the settings name, as `provider:model`. Nothing is sent yet.

    Raises SettingsError if the name has no provider or its package is not installed.
    """
    from langchain.chat_models import init_chat_model

    provider, name = named_in(settings)
    try:
        model = init_chat_model(name, **_options(settings, provider))
        if "max_retries" in type(model).model_fields:
            model = init_chat_model(name, max_retries=0, **_options(settings, provider))
    except ImportError as error:
        raise SettingsError(f"The chat model {name} needs another package: {error}.") from error
    except Exception as error:  # each provider checks its own options
        reason = " ".join(str(error).split()).rstrip(".")
        raise SettingsError(f"The chat model {name} cannot be set up: {reason}.") from error
    return LangChainModel(
        model,
        name,
        is_remote=is_remote,
        address=address_of(settings),
        timeout=settings.model_timeout,
        ends_with=END_OF_ANSWER.get(provider),
    )


def named_in(settings: Settings) -> tuple[str, str]:
    """Provider, and provider:model, of the settings. Raises SettingsError if no provider is named."""
    name = settings.model or ""
    if ":" not in name:
        raise SettingsError(
            f"ASSISTANT_MODEL is {name!r}; write provider:model, for example ollama:llama3.2."
        )
    return name.split(":", 1)[0], name


def address_of(settings: Settings) -> str:
    """Where the chat model of the settings is asked, without user name, password and query."""
    provider = (settings.model or "").split(":", 1)[0]
    given = settings.model_url or (os.environ.get("OLLAMA_HOST") if provider == "ollama" else None)
    if not given:
        return f"the usual address of {provider}"
    parts = urlsplit(given if "://" in given else f"http://{given}")
    return f"{parts.scheme}://{parts.netloc.rsplit('@')[-1]}{parts.path}"


def _options(settings: Settings, provider: str) -> dict[str, Any]:
    """What a provider's client is set up with: one request at a time, and no waiting for ever."""
    options: dict[str, Any] = {"temperature": 0}
    if provider == "ollama":
        options["client_kwargs"] = {"timeout": settings.model_timeout}
    else:
        options["timeout"] = settings.model_timeout
    if settings.model_url:
        options["base_url"] = settings.model_url
    return options


def _untraced(parts: Iterator[Any]) -> Iterator[Any]:
    """The parts of a stream, taken where LangSmith's tracing is off: no prompt goes to a third place."""
    from langsmith import tracing_context

    own = contextvars.copy_context()
    own.run(tracing_context(enabled=False).__enter__)
    while (part := own.run(next, parts, None)) is not None:
        yield part


def _secrets(model: Any) -> list[str]:
    """Keys and the like that a model was set up with."""
    fields = [getattr(model, name, None) for name in getattr(type(model), "model_fields", ())]
    return [one.get_secret_value() for one in fields if isinstance(one, SecretStr) and one.get_secret_value()]


def _is_timeout(error: Exception) -> bool:
    return isinstance(error, TimeoutError) or any("Timeout" in kind.__name__ for kind in type(error).__mro__)


def _in_words(status: int) -> str:
    """A status of HTTP with what it means."""
    known = {one.value: one.phrase.lower() for one in HTTPStatus}
    return f"{status}, {known[status]}" if status in known else str(status)


def _header(error: Exception, name: str) -> str:
    """A header of the response that an error came with, or nothing."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    return str(headers.get(name) or "")


def _again_after(error: Exception) -> float | None:
    """Seconds after which the same request may do better; None if nothing says so."""
    status = getattr(error, "status_code", None)
    wait = _header(error, "retry-after")
    try:
        seconds = float(wait)
    except ValueError:
        seconds = math.nan
    if math.isfinite(seconds) and seconds >= 0:
        return seconds
    return 0.0 if isinstance(status, int) and status >= HTTPStatus.INTERNAL_SERVER_ERROR else None
