"""What somebody typed → a question that can be read; and the form in which a follow-up says what it takes over."""

from __future__ import annotations

import re

from assistant.errors import BadInput

MAX_QUESTION = 4000
# What a follow-up takes over from the questions before it stands behind it, as `taking_over` puts it there.
TAKEN_OVER = re.compile(r"\s?\(about: (?P<subject>[^()]*)\)")


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


def taking_over(question: str, subject: str) -> str:
    """A follow-up with what it takes over; itself if that is nothing."""
    return f"{question.rstrip()} (about: {subject})" if subject else question
