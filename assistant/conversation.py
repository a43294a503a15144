"""Follow-up + history → a question that stands alone, without a model.

A follow-up that leaves its subject out gets it from the last question of the user, never from an
answer: what the assistant said is not evidence. Evidence of earlier turns is not carried over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.records import Turn
from assistant.words import content_words

REFERS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|that|this|these|those|he|she|his|her|there|then|the (?:first|second|last|former|latter|"
    r"other)(?: one)?|one|ones|so|same|else|instead|such)\b",
    re.IGNORECASE,
)
OPENS_AS_FOLLOW_UP = re.compile(
    r"^\s*(?:and|but|so|or|what about|how about|why|why not|how come|which of|any(?:thing)? (?:else|more)|more|really|ok(?:ay)?)\b",
    re.IGNORECASE,
)
# A short question is whole if it asks something of a thing that it names: "What is fidelity?", not "What helps?".
ASKS = re.compile(
    r"^\W*(?:what|who|where|when|how|which|is|are|was|were|do|does|did|can|could|should|has|have|define|list|name|find)\b",
    re.IGNORECASE,
)
OF_NO_SUBJECT = re.compile(
    r"^(?:help|hinder|work|barrier|enabler|obstacle|problem|challenge|driver|facilitator|evidence|example|study|studies|source"
    r"|result|finding|number|figure|mean|matter|happen|cost|main|difference|reason|say|said|know|think|get|way|stop|need)\w*$",
    re.IGNORECASE,
)
MAX_CARRIED = 10


def standalone(question: str, previous: Sequence[Turn]) -> str:
    """The question with the subject of the conversation added where it refers back to it."""
    asked = [turn.content for turn in previous if turn.role == "user"]
    if not asked or not _refers_back(question):
        return question
    own = set(content_words(question))
    # The last question that has a subject of its own: a chain of "and why?" leads back to it.
    subject = next((text for text in reversed(asked) if len(content_words(text)) >= 2), asked[-1])
    carried = [word for word in _subject_words(subject) if word.lower() not in own][:MAX_CARRIED]
    return f"{question.rstrip()} (about: {' '.join(carried)})" if carried else question


def _refers_back(question: str) -> bool:
    words = content_words(question)
    names_a_thing = bool(ASKS.match(question)) and not all(OF_NO_SUBJECT.match(word) for word in words)
    is_short = len(words) <= 3 and not names_a_thing
    return bool(is_short or OPENS_AS_FOLLOW_UP.match(question) or REFERS_BACK.search(question))


def _subject_words(question: str) -> list[str]:
    """Content words of a question as written, without a subject that was added to it before."""
    plain = re.sub(r"\(about: ([^)]*)\)", r"\1", question)
    keep = set(content_words(plain))
    words = re.findall(r"[^\W_]+(?:[’'-][^\W_]+)*", plain)
    return list(
        dict.fromkeys(
            word
            for word in words
            if word.lower().replace("’", "'") in keep or any(part.lower() in keep for part in word.split("-"))
        )
    )
