"""What somebody typed → a question that can be read."""

from __future__ import annotations

from assistant.errors import BadInput

MAX_QUESTION = 4000


def checked_question(question: str) -> str:
    """A question in one line. Raises BadInput if it is empty or too long."""
    # Half of a surrogate pair, as from a broken terminal or file, is no text that can be read or printed.
    words = " ".join(question.encode(errors="replace").decode().split())
    if not words:
        raise BadInput("The question is empty. Ask, for example: What helps a new model last?")
    if len(words) > MAX_QUESTION:
        raise BadInput(
            f"The question has {len(words):,} characters; at most {MAX_QUESTION:,} are read. Shorten it."
        )
    return words
