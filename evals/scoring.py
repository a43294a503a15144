"""The measures of answers, by name: which way is good, which of them the gate looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.records import Answer, Passage
from evals.judges import own_scorer
from evals.library import Library
from evals.lost import Step, step_of
from evals.measures import (
    anchoring,
    counting,
    facts,
    forbidden,
    generalising,
    kinds,
    outcome,
    placing,
    precision,
    retrieval,
    tokens,
    uncited,
)
from evals.run import Result
from evals.runs import PART, Measured, measured

Judge = Callable[[Result, Library], float | None]


@dataclass(frozen=True, slots=True)
class Definition:
    """A measure of one answer: a score within 0..1, or None where there is nothing to judge."""

    name: str
    judge: Judge
    is_better_high: bool = True
    is_gated: bool = True
    is_promise: bool = False


def score(results: Sequence[Result], library: Library) -> list[Measured]:
    """Every measure with the score of each case that it judges."""
    return [
        measured(
            one.name,
            [(result.case.id, one.judge(result, library)) for result in results],
            one.is_better_high,
            one.is_gated,
            one.is_promise,
        )
        for one in DEFINITIONS
    ]


def break_down(results: Sequence[Result], library: Library) -> list[Measured]:
    """The main measures apart: by type of question, kind of source, first turn or follow-up, and the
    step in which cases were lost. None of them is gated: their numbers are small."""
    parts: list[Measured] = []
    for group, part_of in (("type", _type), ("turn", _turn)):
        for one in (one for one in DEFINITIONS if one.name in APART):
            parts += [
                measured(
                    PART.join([one.name, group, part]),
                    [(r.case.id, one.judge(r, library)) for r in results if part_of(r) == part],
                    one.is_better_high,
                )
                for part in dict.fromkeys(part_of(result) for result in results)
            ]
    parts += _by_kind(results, library)
    steps = {result.case.id: step_of(result.case, result.answer, library) for result in results}
    parts += [
        measured(
            PART.join(["lost", "step", step.value]),
            [(item, float(lost is step)) for item, lost in steps.items()],
            is_better_high=False,
        )
        for step in Step
    ]
    return [part for part in parts if part.scores]


def _by_kind(results: Sequence[Result], library: Library) -> Iterable[Measured]:
    scores: dict[str, dict[str, float]] = {}
    for result in results:
        if result.case.must_be_answered:
            found = kinds.found_by_kind(result.case.gold, _ranked(result.answer), library.heads, 10)
            for kind, share in found.items():
                scores.setdefault(kind, {})[result.case.id] = share
    return [measured(PART.join([FOUND, "source", kind]), scores[kind].items()) for kind in sorted(scores)]


def _type(result: Result) -> str:
    return result.case.type


def _turn(result: Result) -> str:
    return "follow-up" if result.case.previous else "first"


def _ranked(answer: Answer) -> list[Passage]:
    return [item.passage for item in answer.evidence]


def _where_answered(judge: Judge) -> Judge:
    """Judged where an answer is expected: nothing need be found or cited for the rest."""
    return lambda result, library: judge(result, library) if result.case.must_be_answered else None


def _found(k: int) -> Judge:
    return _where_answered(lambda r, _: retrieval.recall(r.case.gold, _ranked(r.answer), k))


def _is_right(result: Result, library: Library) -> float:
    return float(step_of(result.case, result.answer, library) is None)


def _mean(scores: Sequence[float]) -> float | None:
    return sum(scores) / len(scores) if scores else None


# Its agreement with people is what the suite `support` measures.
OWN_SCORER = own_scorer()
FOUND = "gold found at 10"
APART = (
    FOUND,
    "gold cited",
    "key facts told",
    "right abstention",
    "wrong abstention",
    "right decline",
    "says what it must not",
    "case right",
)

DEFINITIONS = (
    Definition("gold found at 5", _found(5), is_gated=False),
    Definition(FOUND, _found(10)),
    Definition("gold found at 20", _found(20)),
    Definition(
        "any gold found at 10",
        _where_answered(lambda r, _: retrieval.any_found(r.case.gold, _ranked(r.answer), 10)),
        is_gated=False,
    ),
    Definition(
        "all gold found at 10",
        _where_answered(lambda r, _: retrieval.all_found(r.case.gold, _ranked(r.answer), 10)),
        is_gated=False,
    ),
    Definition("nDCG at 10", _where_answered(lambda r, _: retrieval.ndcg(r.case.gold, _ranked(r.answer)))),
    Definition(
        "reciprocal rank",
        _where_answered(lambda r, _: retrieval.reciprocal_rank(r.case.gold, _ranked(r.answer))),
        is_gated=False,
    ),
    Definition(
        "quotation verbatim", lambda r, li: _mean(anchoring.verbatim(r.answer, li.texts)), is_promise=True
    ),
    Definition(
        "citation resolves", lambda r, li: _mean(anchoring.resolves(r.answer, li.passages)), is_promise=True
    ),
    Definition("right page", lambda r, li: placing.right_page(r.answer, li.documents)),
    Definition("right speaker", lambda r, li: placing.right_speaker(r.answer, li.documents)),
    Definition("right voice", lambda r, li: placing.right_voice(r.answer, li.documents, li.framework)),
    Definition("gold cited", _where_answered(lambda r, _: anchoring.gold_cited(r.answer, r.case.gold))),
    Definition(
        "cited is gold",
        _where_answered(lambda r, _: anchoring.gold_of_cited(r.answer, r.case.gold)),
        is_gated=False,
    ),
    Definition(
        "token overlap with gold",
        _where_answered(lambda r, li: tokens.token_iou(r.answer, r.case.gold, li.texts)),
        is_gated=False,
    ),
    Definition("key facts told", _where_answered(lambda r, _: facts.facts_told(r.answer, r.case.key_facts))),
    Definition("claim borne out", lambda r, _: anchoring.borne_out(r.answer)),
    Definition(
        "citation bears its claim out", lambda r, _: precision.citation_precision(r.answer, OWN_SCORER)
    ),
    Definition("uncited claims", lambda r, _: uncited.uncited(r.answer), is_better_high=False),
    Definition(
        "over-generalised claims", lambda r, _: generalising.over_generalised(r.answer), is_better_high=False
    ),
    Definition(
        "over-counted studies", lambda r, li: counting.over_counted(r.answer, li.heads), is_better_high=False
    ),
    Definition(
        "says what it must not",
        lambda r, _: forbidden.says_forbidden(r.answer, r.case),
        is_better_high=False,
    ),
    Definition("both sides", lambda r, _: outcome.both_sides(r.case, r.answer)),
    Definition("right abstention", lambda r, _: outcome.right_abstention(r.case, r.answer)),
    Definition("wrong abstention", lambda r, _: outcome.wrong_abstention(r.case, r.answer), False),
    Definition("right decline", lambda r, _: outcome.right_decline(r.case, r.answer)),
    Definition("over-decline", lambda r, _: outcome.over_decline(r.case, r.answer), False),
    Definition("sources-differ found", lambda r, _: outcome.conflict_found(r.case, r.answer)),
    Definition("sources-differ made up", lambda r, _: outcome.false_conflict(r.case, r.answer), False),
    Definition("case right", _is_right),
)
