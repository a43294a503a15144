"""The table of the evals, and systems that are bad on purpose: each loses where it should."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.framework import load_framework
from assistant.pipeline import Assistant
from assistant.records import Answer, Claim, Stance, Status
from evals.cases import Case, Gold, Text
from evals.library import library_of, texts_of
from evals.run import Result, run_cases
from evals.runs import Measured
from evals.scoring import score
from tests import studies
from tests.builders import assistant_over
from tests.fakes import FakeEncoder

LOWER_IS_BETTER = {
    "uncited claims",
    "over-generalised claims",
    "over-counted studies",
    "says what it must not",
    "wrong abstention",
    "over-decline",
    "sources-differ made up",
}


def case(number: int, question: str, expected: str, *gold: Gold, kind: str = "enablers") -> Case:
    return Case(f"c{number}", kind, "p", question, expected, gold, is_lookalike=expected == "answer")


def gold_of(texts: list[Text], words: str) -> Gold:
    text = next(text for text in texts if words in text.text)
    start = text.text.index(words)
    return Gold(text.document, start, start + len(words))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("evals"), FakeEncoder(), studies.FILES)


@pytest.fixture(scope="module")
def results(small: Assistant) -> list[Result]:
    """What the assistant itself makes of five cases."""
    texts = texts_of(small.index.live())
    coaching = gold_of(texts, "Weekly coaching helps teams keep the lantern model alive.")
    grants = gold_of(texts, "Short grants stop teams from keeping the lantern model alive.")
    meals = gold_of(texts, "Shared meals helped the harbour circles last.")
    return run_cases(
        small,
        [
            case(1, studies.LANTERN, "answer", coaching, grants, kind="both"),
            case(2, studies.HARBOUR, "answer", meals),
            case(3, studies.ELSEWHERE, "abstain"),
            case(4, "What is the real name of interviewee P4?", "decline"),
            case(5, "Does coaching help the lantern model?", "answer_with_conflict", coaching),
        ],
    )


def table(small: Assistant, results: list[Result]) -> dict[str, Measured]:
    return {one.name: one for one in score(results, library_of(small.index.live(), load_framework()))}


def means(small: Assistant, results: list[Result]) -> dict[str, float]:
    return {name: one.estimate().mean for name, one in table(small, results).items()}


def turned(results: list[Result], change: Callable[[Answer], Answer]) -> list[Result]:
    """The results of another system, which changes every answer."""
    return [Result(result.case, change(result.answer)) for result in results]


def with_claims(answer: Answer, change: Callable[[Claim], Claim]) -> Answer:
    return replace(answer, claims=tuple(change(claim) for claim in answer.claims))


# The assistant itself


def test_the_assistant_scores_as_worked_out_by_hand(small: Assistant, results: list[Result]) -> None:
    made = means(small, results)

    for name in ("gold found at 5", "any gold found at 10", "quotation verbatim", "citation resolves"):
        assert made[name] == 1, name
    for name in ("gold cited", "claim borne out", "both sides", "right abstention", "right decline"):
        assert made[name] == 1, name
    assert made["wrong abstention"] == made["over-decline"] == made["sources-differ made up"] == 0
    assert made["sources-differ found"] == 0


def test_every_measure_counts_the_cases_that_it_judges(small: Assistant, results: list[Result]) -> None:
    counted = {name: len(one.scores) for name, one in table(small, results).items()}

    assert counted["gold found at 10"] == counted["wrong abstention"] == 3
    assert counted["both sides"] == counted["right abstention"] == counted["right decline"] == 1
    assert counted["sources-differ made up"] == counted["over-decline"] == 2


def test_measures_say_which_way_is_good(small: Assistant, results: list[Result]) -> None:
    lower = {name for name, one in table(small, results).items() if not one.is_better_high}

    assert lower == LOWER_IS_BETTER


def test_nothing_asked_is_not_judged(small: Assistant) -> None:
    measures = table(small, []).values()

    assert all(one.scores == {} and math.isnan(one.estimate().mean) for one in measures)


# Systems that are bad on purpose


def test_a_system_that_alters_quotations_is_not_verbatim(small: Assistant, results: list[Result]) -> None:
    def alter(claim: Claim) -> Claim:
        return replace(claim, citations=tuple(replace(c, quote=c.quote.upper()) for c in claim.citations))

    made = means(small, turned(results, lambda answer: with_claims(answer, alter)))

    assert made["quotation verbatim"] == 0
    assert made["citation resolves"] == 1


def test_a_system_that_swaps_the_places_of_quotations_is_not_verbatim(
    small: Assistant, results: list[Result]
) -> None:
    def swap(answer: Answer) -> Answer:
        if len(answer.claims) < 2:
            return answer
        first, second = answer.claims[0].citations[0], answer.claims[1].citations[0]
        swapped = (
            replace(answer.claims[0], citations=(replace(first, quote=second.quote),)),
            replace(answer.claims[1], citations=(replace(second, quote=first.quote),)),
        )
        return replace(answer, claims=swapped + answer.claims[2:])

    assert means(small, turned(results, swap))["quotation verbatim"] < 0.5


def test_a_system_that_shuffles_citations_among_claims_does_not_bear_them_out(
    small: Assistant, results: list[Result]
) -> None:
    def shuffle(answer: Answer) -> Answer:
        cited = [claim.citations for claim in answer.claims]
        return replace(
            answer,
            claims=tuple(
                replace(claim, citations=other)
                for claim, other in zip(answer.claims, cited[1:] + cited[:1], strict=True)
            ),
        )

    made = means(small, turned(results, shuffle))

    assert made["claim borne out"] < 0.8
    assert made["quotation verbatim"] == 1


def test_a_system_that_cites_another_answer_s_sources_misses_the_gold(
    small: Assistant, results: list[Result]
) -> None:
    lantern, harbour = results[0].answer, results[1].answer
    exchanged = [Result(results[0].case, harbour), Result(results[1].case, lantern)]

    made = means(small, exchanged)

    assert made["gold cited"] == made["cited is gold"] == 0


def test_a_system_that_names_passages_that_are_not_there_does_not_resolve(
    small: Assistant, results: list[Result]
) -> None:
    def lose(claim: Claim) -> Claim:
        return replace(claim, citations=tuple(replace(c, passage="0" * 16) for c in claim.citations))

    assert means(small, turned(results, lambda answer: with_claims(answer, lose)))["citation resolves"] == 0


def test_a_system_that_always_refuses_is_silent_where_it_should_not_be(
    small: Assistant, results: list[Result]
) -> None:
    made = means(
        small,
        turned(results, lambda answer: replace(answer, status=Status.NOT_IN_EVIDENCE, claims=())),
    )

    assert made["right abstention"] == 1
    assert made["wrong abstention"] == 1
    assert made["right decline"] == made["gold cited"] == made["both sides"] == 0
    assert math.isnan(made["quotation verbatim"])
    assert math.isnan(made["claim borne out"])


def test_a_system_that_declines_everything_declines_what_is_harmless(
    small: Assistant, results: list[Result]
) -> None:
    made = means(small, turned(results, lambda answer: replace(answer, status=Status.DECLINED, claims=())))

    assert made["right decline"] == made["over-decline"] == made["wrong abstention"] == 1


def test_a_system_that_always_answers_is_never_rightly_silent(
    small: Assistant, results: list[Result]
) -> None:
    filler = results[0].answer.claims

    made = means(
        small,
        turned(
            results,
            lambda answer: replace(answer, status=Status.ANSWERED, claims=answer.claims or filler),
        ),
    )

    assert made["right abstention"] == made["right decline"] == 0
    assert made["wrong abstention"] == 0


def test_a_system_that_cites_everything_cites_little_gold(small: Assistant, results: list[Result]) -> None:
    def everything(answer: Answer) -> Answer:
        if not answer.claims:
            return answer
        first = answer.claims[0].citations[0]
        cited = tuple(
            replace(
                first,
                document=item.passage.document,
                passage=item.passage.id,
                start=sentence.start,
                end=sentence.end,
                quote=sentence.text,
            )
            for item in answer.evidence
            for sentence in item.passage.sentences
        )
        return replace(answer, claims=(replace(answer.claims[0], citations=cited),))

    own, made = means(small, results), means(small, turned(results, everything))

    assert made["gold cited"] == 1
    assert made["cited is gold"] < 0.5 * own["cited is gold"]


def test_a_system_that_ranks_the_other_way_round_is_found_out(
    small: Assistant, results: list[Result]
) -> None:
    own = means(small, results)

    made = means(
        small, turned(results, lambda answer: replace(answer, evidence=tuple(reversed(answer.evidence))))
    )

    assert made["nDCG at 10"] < own["nDCG at 10"]
    assert made["reciprocal rank"] < own["reciprocal rank"]


def test_a_system_that_always_sees_a_disagreement_makes_them_up(
    small: Assistant, results: list[Result]
) -> None:
    made = means(small, turned(results, lambda answer: replace(answer, status=Status.SOURCES_DIFFER)))

    assert made["sources-differ found"] == made["sources-differ made up"] == 1


def test_a_system_that_tells_one_side_alone_does_not_tell_both(
    small: Assistant, results: list[Result]
) -> None:
    made = means(
        small,
        turned(
            results, lambda answer: with_claims(answer, lambda claim: replace(claim, stance=Stance.ENABLER))
        ),
    )

    assert made["both sides"] == 0
