"""What can go wrong, written for the person who sees it.

AssistantError
├── SettingsError            a setting is unknown or has a value that cannot be used
├── DocumentRefused          a file was not read; nothing of it is in the index
├── ModelError
│   ├── EncoderUnavailable   the encoder's files are missing or are not what they should be
│   ├── RerankerUnavailable  the configured reranker cannot be loaded or used
│   ├── ModelDamaged         a model that comes with the program is not what its record says
│   └── ChatModelFailed      the configured chat model did not give a usable answer
│       └── MayNotLeave      what it would be sent repeats words that may not leave the machine
├── IndexError_
│   ├── IndexMissing         there is no index yet
│   ├── IndexLocked          another process is writing
│   ├── IndexMismatch        the index was made with another encoder or splitter
│   └── IndexDamaged         the index is not what its record says
├── ConversationsUnusable    saved conversations cannot be read or written; answers do not depend on them
├── NotFound                 a passage, document or file that was asked for does not exist
└── BadInput                 a question, a batch line or an option that cannot be used

Every message says what happened, to what, and what to do. `exit_code` is what the command line
returns: 1 for most, 2 for wrong usage.
"""

from __future__ import annotations

from pathlib import Path


class AssistantError(Exception):
    """Base of all errors that are shown to a person in one sentence."""

    exit_code = 1


class SettingsError(AssistantError):
    """A setting is unknown, or its value cannot be used."""

    exit_code = 2


class DocumentRefused(AssistantError):
    """A file was not read. `reason` says why, `advice` what can be done."""

    def __init__(self, path: Path | str, reason: str, advice: str = "") -> None:
        self.path = str(path)
        self.reason = reason
        self.advice = advice
        super().__init__(f"{self.path}: {reason}" + (f" ({advice})" if advice else ""))

    def reported(self, *, is_kept: bool) -> str:
        """Reason and advice as an ingest reports them beside the path; `is_kept` tells whether the index keeps what
        was read of the file before."""
        told = "; ".join(part for part in (self.reason, self.advice) if part)
        return f"{told}; what was read of it before is kept" if is_kept else told


class ModelError(AssistantError):
    """A model could not be used."""


class EncoderUnavailable(ModelError):
    """The encoder's files are missing or differ from what they should be."""


class RerankerUnavailable(ModelError):
    """The configured reranker cannot be loaded or used."""

    def __init__(self, directory: Path, reason: str) -> None:
        super().__init__(
            f"The reranker in {directory} cannot be used: {reason}. Correct the setting `reranker`, or leave it out."
        )


class ModelDamaged(ModelError):
    """A model that comes with the program is missing or differs from what its record says."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The model {path} cannot be used ({reason}). Install the program again.")


class ChatModelFailed(ModelError):
    """The configured chat model did not give a usable answer.

    `again_after` are seconds after which the same request may do better; None if nothing says so.
    """

    def __init__(self, message: str, again_after: float | None = None) -> None:
        self.again_after = again_after
        super().__init__(message)


class MayNotLeave(ChatModelFailed):
    """What a chat model elsewhere would be sent repeats words that may not leave the machine."""

    def __init__(self, model: str) -> None:
        super().__init__(
            "What you asked, now or before, repeats words of a document that may not leave this machine, so "
            f"{model} was not asked."
        )


class IndexError_(AssistantError):  # noqa: N801 - `IndexError` is Python's own
    """The index cannot be used as asked."""


class IndexMissing(IndexError_):
    """There is no index in the directory."""


class IndexLocked(IndexError_):
    """Another process is writing to the index."""


class IndexMismatch(IndexError_):
    """The index was made with another encoder or splitter than the one asked for."""


class IndexDamaged(IndexError_):
    """The index on disk is not what its own record says."""


class ConversationsUnusable(AssistantError):
    """Saved conversations cannot be read or written. Answers do not depend on them."""


class NotFound(AssistantError):
    """A passage, document or file that was asked for does not exist."""


class BadInput(AssistantError):
    """Input that cannot be used."""

    exit_code = 2
