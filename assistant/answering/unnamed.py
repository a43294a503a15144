"""The word on which a question turns, where no sentence of the answer has it: said, since what is quoted may be on
something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answering.selection import word_weights
from assistant.places import PLACE
from assistant.records import Claim
from assistant.spellings import held, terms_of
from assistant.subjects import subject_words
from assistant.words import stem, stems

# Which share of the weight of a question's words one word must have for the question to turn on it:
# evals/decisions/abstention.md.
TURNS_ON = 0.3
# In how many passages of a thousand it may stand: evals/decisions/abstention.md.
RARE = 20


def word_unnamed(
    question: str, claims: Sequence[Claim], frequency: Callable[[str], int], passages: int
) -> str:
    """A line that tells of the rarest word of a question that no sentence quoted has, nor what stands above it; empty
    if there is none."""
    things = subject_words(PLACE.sub(" ", question))
    weights = word_weights(" ".join(things), frequency, passages)
    if not claims or not weights:
        return ""
    rarest = max(weights, key=lambda word: (weights[word], word))
    if weights[rarest] < TURNS_ON * sum(weights.values()) or 1000 * frequency(rarest) > RARE * passages:
        return ""
    part = next((word for word in things if stem(word) == rarest), rarest)
    quoted = " ".join(f"{c.quote} {c.section or ''} {c.title}" for claim in claims for c in claim.citations)
    if rarest in stems(quoted) or held(terms_of(part), quoted):
        return ""
    written = re.search(rf"(?:[\w’']+-)*{re.escape(part)}(?:-[\w’']+)*", question, re.IGNORECASE)
    return f"No sentence quoted here has the word “{written[0] if written else part}”."
