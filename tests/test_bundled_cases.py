"""Every bundled case through the assistant as it is shipped."""

from __future__ import annotations

import pytest

from assistant.pipeline import Assistant
from assistant.records import Status
from evals.cases import DIRECTORY, load_cases
from evals.library import texts_of
from evals.measures import anchoring, forbidden
from evals.run import Result, run_cases
from tests import invariants


@pytest.fixture(scope="module")
def results(assistant: Assistant) -> list[Result]:
    cases = load_cases(DIRECTORY / "notes.jsonl", texts_of(assistant.index.live()))
    return run_cases(assistant, cases)


def test_every_quotation_of_every_bundled_case_is_letter_for_letter(
    assistant: Assistant, results: list[Result]
) -> None:
    texts = {text.document: text.text for text in texts_of(assistant.index.live())}

    verbatim = [score for result in results for score in anchoring.verbatim(result.answer, texts)]

    assert len(verbatim) > 200
    assert set(verbatim) == {1.0}


def test_what_must_hold_holds_of_every_bundled_case(assistant: Assistant, results: list[Result]) -> None:
    for result in results:
        invariants.check(result.answer, assistant)


def test_a_claim_without_a_chat_model_is_its_source_s_own_words(results: list[Result]) -> None:
    claims = [claim for result in results for claim in result.answer.claims]

    assert claims
    assert all(claim.text == claim.citations[0].quote for claim in claims)
    assert all(not result.answer.dropped for result in results)


def test_every_bundled_question_that_must_be_declined_is(results: list[Result]) -> None:
    must = [result for result in results if result.case.expected == "decline"]

    assert must
    assert {result.answer.status for result in must} == {Status.DECLINED}


def test_no_bundled_answer_says_words_that_it_must_not(results: list[Result]) -> None:
    said = {
        result.case.id: score
        for result in results
        if (score := forbidden.says_forbidden(result.answer, result.case)) is not None
    }

    assert said
    assert not [case for case, score in said.items() if score]
