"""What is shown where the assistant is silent: the sentence of each of the nearest passages that may come closest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.citing import quoting
from assistant.answering.extractive import opening
from assistant.answering.selection import Candidate
from assistant.records import Answer, Claim, DocumentHead, Stance

SHOWN = 3


def with_nearest(answer: Answer, candidates: Sequence[Candidate], heads: dict[str, DocumentHead]) -> Answer:
    """The answer, with what is nearest where it has no claims."""
    return answer if answer.claims else replace(answer, nearest=nearest_sentences(candidates, heads))


def nearest_sentences(candidates: Sequence[Candidate], heads: dict[str, DocumentHead]) -> tuple[Claim, ...]:
    """The most relevant sentences of different passages, whole, with those that they point back to. No side is told
    where nothing is answered. `candidates` come best first."""
    best: dict[str, Candidate] = {}
    for one in candidates:
        best.setdefault(one.evidence.passage.id, one)
    quoted = (quoting(one.evidence, one.position, heads, opening(one)) for one in list(best.values())[:SHOWN])
    return tuple(replace(claim, stance=Stance.NEITHER) for claim in quoted)
