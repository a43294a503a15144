"""A follow-up worded in full by a chat model, which may bring in nothing that the person did not say.

The model sees the person's questions alone, never an answer: neither a quotation nor a restricted text
leaves the machine for it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from assistant.answering.sender import Sender
from assistant.errors import ChatModelFailed, MayNotLeave
from assistant.prompts import Prompt, load_prompt
from assistant.records import Turn
from assistant.words import stems

EARLIER = 6
MAX_CHARACTERS = 400
# Words of its own that a model may need to make a sentence of it.
OWN_WORDS = 3
LEAD = re.compile(r"^\W*(?:(?:standalone |full |rewritten )?question\s*:)?\s*", re.IGNORECASE)
NUMBER = re.compile(r"\d+")
NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w’'-]*|\b\w*[A-Z]\w*[A-Z]\w*\b")


def reword(sender: Sender, question: str, previous: Sequence[Turn]) -> str | None:
    """The question as the model words it; None if it fails, or brings in what was not said, or leaves out
    what was. Raises MayNotLeave if it may not be asked."""
    asked = [turn.content for turn in previous if turn.role == "user"][-EARLIER:]
    prompt = _prompt().fill(earlier="\n".join(f"- «{text}»" for text in asked), question=question)
    try:
        said = "".join(sender.send(prompt, question))
    except MayNotLeave:
        raise
    except ChatModelFailed:
        return None
    lines = [line for line in said.splitlines() if line.strip()]
    worded = LEAD.sub("", lines[0]).strip(" \t\"“”«»'*_") if lines else ""
    return worded if _keeps_to(worded, question, asked) else None


def rewording_digest() -> dict[str, str]:
    """The digest of the prompt, by its name."""
    return {_prompt().name: _prompt().digest}


def _keeps_to(worded: str, question: str, asked: Sequence[str]) -> bool:
    """Whether names and numbers are the person's own, few words are new, and the question's own are there."""
    if not worded or len(worded) > MAX_CHARACTERS:
        return False
    turns = " ".join((*asked, question))
    known = set(stems(turns))
    spoken = turns.casefold()
    if not set(NUMBER.findall(worded)) <= set(NUMBER.findall(turns)):
        return False
    if any(name.casefold() not in spoken for name in NAME.findall(worded)):
        return False
    said = stems(worded)
    asks_the_same = all(word in said for word in stems(question) if word in _stems_of_names(question))
    half = 2 * sum(word in said for word in stems(question)) >= len(stems(question))
    return asks_the_same and half and sum(word not in known for word in said) <= OWN_WORDS


def _stems_of_names(text: str) -> set[str]:
    return {word for name in (*NAME.findall(text), *NUMBER.findall(text)) for word in stems(name)}


@functools.cache
def _prompt() -> Prompt:
    return load_prompt("standalone")
