"""Cases through the assistant, and scores out of what came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.encoding.minilm import MiniLM
from assistant.framework import load_framework
from assistant.index import Generation, Index
from assistant.index.files import bundled_files, find_files
from assistant.index.sync import Sync
from assistant.pipeline import Assistant
from assistant.records import Answer, Passage
from assistant.resources import corpus_directory
from evals.cases import Case, Text
from evals.intervals import Estimate, estimate
from evals.measures import anchoring, outcome, retrieval


@dataclass(frozen=True, slots=True)
class Result:
    """A case and what came of it."""

    case: Case
    answer: Answer


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. `is_better_high` tells which way is good."""

    name: str
    estimate: Estimate
    is_better_high: bool = True


def build(index: Path, cache: Path, documents: Sequence[Path]) -> Assistant:
    """An assistant over the bundled notes and the given documents, indexed in `index`."""
    encoder, framework = MiniLM(cache), load_framework()
    items = bundled_files(corpus_directory())
    if documents:
        items += find_files(documents)[0]
    Sync(index, encoder, framework).run(items)
    return Assistant(Index(index, encoder.fingerprint), encoder, framework)


def texts_of(generation: Generation) -> list[Text]:
    """The documents of an index, as cases refer to them."""
    return [
        Text(head.id, head.name, generation.catalogue.text(head.id)) for head in generation.heads.values()
    ]


def run_cases(assistant: Assistant, cases: Iterable[Case]) -> list[Result]:
    """Ask every case."""
    return [Result(case, assistant.ask(case.question, case.previous)) for case in cases]


def score(results: Sequence[Result], generation: Generation) -> list[Row]:
    """The table: every measure with n and its interval."""
    texts = {text.document: text.text for text in texts_of(generation)}
    passages = {
        passage.id: passage for document in texts for passage in generation.catalogue.passages_of(document)
    }

    def per_case(measure: Callable[[Case, Answer], float | None]) -> Estimate:
        scores = [measure(result.case, result.answer) for result in results]
        return estimate([value for value in scores if value is not None])

    def found(k: int) -> Callable[[Case, Answer], float | None]:
        return lambda case, answer: (
            retrieval.recall(case.gold, _ranked(answer), k) if case.must_be_answered else None
        )

    answers = [result.answer for result in results]
    return [
        Row("gold found at 5", per_case(found(5))),
        Row("gold found at 10", per_case(found(10))),
        Row("gold found at 20", per_case(found(20))),
        Row(
            "any gold found at 10",
            per_case(lambda c, a: _judged(c, retrieval.any_found(c.gold, _ranked(a), 10))),
        ),
        Row("nDCG at 10", per_case(lambda c, a: _judged(c, retrieval.ndcg(c.gold, _ranked(a))))),
        Row(
            "reciprocal rank",
            per_case(lambda c, a: _judged(c, retrieval.reciprocal_rank(c.gold, _ranked(a)))),
        ),
        Row("quotation verbatim", estimate([s for a in answers for s in anchoring.verbatim(a, texts)])),
        Row("citation resolves", estimate([s for a in answers for s in anchoring.resolves(a, passages)])),
        Row("gold cited", per_case(lambda c, a: _judged(c, anchoring.gold_cited(a, c.gold)))),
        Row("cited is gold", per_case(lambda c, a: _judged(c, anchoring.gold_of_cited(a, c.gold)))),
        Row("claim borne out", per_case(lambda c, a: anchoring.borne_out(a))),
        Row("both sides", per_case(outcome.both_sides)),
        Row("right abstention", per_case(outcome.right_abstention)),
        Row("wrong abstention", per_case(outcome.wrong_abstention), is_better_high=False),
        Row("right decline", per_case(outcome.right_decline)),
        Row("over-decline", per_case(outcome.over_decline), is_better_high=False),
        Row("sources-differ found", per_case(outcome.conflict_found)),
        Row("sources-differ made up", per_case(outcome.false_conflict), is_better_high=False),
    ]


def _ranked(answer: Answer) -> list[Passage]:
    return [item.passage for item in answer.evidence]


def _judged(case: Case, value: float | None) -> float | None:
    """Retrieval is judged where an answer is expected: nothing need be found for the rest."""
    return value if case.must_be_answered else None
