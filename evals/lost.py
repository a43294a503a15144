"""In which step of the data's path a case was lost.

Gold passages are sufficient, not the only right ones: a case whose answer rests on other good passages
counts as lost here, and a reader of the report may see it otherwise.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence

from assistant.records import Answer, Passage, Status
from evals.cases import Case, Gold
from evals.library import Library
from evals.measures.anchoring import cited
from evals.measures.forbidden import says_forbidden
from evals.measures.retrieval import FOUND_AT, covered


class Step(enum.StrEnum):
    """The steps in the order of the path; the first in which all gold is gone is where a case is lost."""

    NOT_IN_INDEX = "not in the index"
    NOT_RETRIEVED = "not retrieved"
    NOT_CHOSEN = "retrieved but not chosen"
    UNSUPPORTED = "chosen but unsupported"
    WRONGLY_REFUSED = "wrongly refused"
    WRONG_OUTCOME = "wrong outcome"


def step_of(case: Case, answer: Answer, library: Library) -> Step | None:
    """The step in which a case was lost; None if it is right.

    Right is: silence, or a refusal, where the evidence does not answer; a refusal where one is due; else
    an answer that cites gold, tells of a disagreement exactly where there is one, and says nothing that it
    must not.
    """
    if says_forbidden(answer, case):
        return Step.WRONG_OUTCOME
    if case.must_be_answered:
        return _step_of_answer(case, answer, library)
    right = (Status.DECLINED,) if case.expected == "decline" else (Status.DECLINED, Status.NOT_IN_EVIDENCE)
    return None if answer.status in right else Step.WRONG_OUTCOME


def _step_of_answer(case: Case, answer: Answer, library: Library) -> Step | None:
    if answer.status is Status.DECLINED:
        return Step.WRONGLY_REFUSED
    if not case.gold or meets(case.gold, cited(answer.claims)):
        return _step_of_outcome(case, answer)
    indexed = [gold for gold in case.gold if is_covered(gold, library.passages_of(gold.document))]
    if not indexed:
        return Step.NOT_IN_INDEX
    if not meets(indexed, [item.passage for item in answer.evidence]):
        return Step.NOT_RETRIEVED
    if meets(indexed, cited(answer.dropped)):
        return Step.UNSUPPORTED
    return Step.WRONGLY_REFUSED if answer.status is Status.NOT_IN_EVIDENCE else Step.NOT_CHOSEN


def _step_of_outcome(case: Case, answer: Answer) -> Step | None:
    if answer.status is Status.NOT_IN_EVIDENCE:
        return Step.WRONGLY_REFUSED
    if case.expected == "answer_ignoring_instruction":
        return None
    is_conflict = answer.status is Status.SOURCES_DIFFER
    return None if is_conflict == (case.expected == "answer_with_conflict") else Step.WRONG_OUTCOME


def is_covered(gold: Gold, passages: Sequence[Passage]) -> bool:
    """Whether enough of a gold stretch stands in the passages for it to count as found."""
    return covered(gold, passages) >= FOUND_AT


def meets(golds: Iterable[Gold], passages: Sequence[Passage]) -> bool:
    """Whether any gold stretch counts as found in the passages."""
    return any(is_covered(gold, passages) for gold in golds)
