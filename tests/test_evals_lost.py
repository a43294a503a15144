"""In which step a case was lost, step by step, and what is told of it without words of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.framework import load_framework
from assistant.records import Answer, Claim, Document, Passage, Source, Status, Turn
from evals.cases import Case, Gold
from evals.library import Library
from evals.lost import Step, step_of
from evals.run import Result
from evals.telling import digest_of, stretches_of, tell
from tests.builders import citation, claim, evidence, head, passage

TEXT = "Coaching helps teams. Grants are short."
COACHING, GRANTS = Gold("doc", 0, 21), Gold("doc", 22, 39)
PASSAGE = passage("doc", "Coaching helps teams.", "Grants are short.")
SAID = claim("Coaching helps teams.", [citation("Coaching helps teams.")])
BESIDE = claim("Grants are short.", [citation("Grants are short.", start=22)])
CASE = Case("c1", "enablers", "practitioner", "Does coaching help?", "answer", (COACHING,))


def library(*passages: Passage) -> Library:
    document = Document("doc", "doc.md", Source("About doc"), TEXT, ())
    held = {one.id: one for one in passages}
    return Library("digest", load_framework(), {"doc": head("doc")}, {"doc": document}, held)


def answer(
    *claims: Claim,
    status: Status = Status.ANSWERED,
    dropped: Sequence[Claim] = (),
    found: bool = True,
    message: str = "",
) -> Answer:
    return Answer("q", "q", status, message, claims, tuple(dropped), (evidence(PASSAGE),) if found else ())


SILENT, DECLINED = Status.NOT_IN_EVIDENCE, Status.DECLINED


def test_a_case_whose_gold_is_cited_is_not_lost() -> None:
    assert step_of(CASE, answer(SAID), library(PASSAGE)) is None


@pytest.mark.parametrize(
    ("made", "indexed", "step"),
    [
        (answer(BESIDE), (), Step.NOT_IN_INDEX),
        (answer(status=SILENT, found=False), (PASSAGE,), Step.NOT_RETRIEVED),
        (answer(BESIDE), (PASSAGE,), Step.NOT_CHOSEN),
        (answer(BESIDE, dropped=[SAID]), (PASSAGE,), Step.UNSUPPORTED),
        (answer(status=SILENT), (PASSAGE,), Step.WRONGLY_REFUSED),
        (answer(status=DECLINED), (PASSAGE,), Step.WRONGLY_REFUSED),
        (answer(SAID, status=Status.SOURCES_DIFFER), (PASSAGE,), Step.WRONG_OUTCOME),
    ],
)
def test_a_case_is_lost_in_the_first_step_where_its_gold_is_gone(
    made: Answer, indexed: tuple[Passage, ...], step: Step
) -> None:
    assert step_of(CASE, made, library(*indexed)) is step


def test_words_that_must_not_be_said_are_a_wrong_outcome_even_with_gold() -> None:
    warned = replace(CASE, must_not_words=("every tenant",))

    made = answer(SAID, message="Every tenant was cured.")

    assert step_of(warned, made, library(PASSAGE)) is Step.WRONG_OUTCOME


@pytest.mark.parametrize(
    ("expected", "status", "step"),
    [
        ("abstain", SILENT, None),
        ("abstain", DECLINED, None),
        ("abstain", Status.ANSWERED, Step.WRONG_OUTCOME),
        ("decline", DECLINED, None),
        ("decline", SILENT, Step.WRONG_OUTCOME),
        ("answer_with_conflict", Status.SOURCES_DIFFER, None),
        ("answer_with_conflict", Status.ANSWERED, Step.WRONG_OUTCOME),
        ("answer_ignoring_instruction", Status.SOURCES_DIFFER, None),
        ("answer_ignoring_instruction", Status.ANSWERED, None),
    ],
)
def test_an_outcome_is_right_or_wrong_by_what_was_expected(
    expected: str, status: Status, step: Step | None
) -> None:
    must_answer = expected.startswith("answer")
    case = replace(CASE, expected=expected, gold=CASE.gold if must_answer else ())
    claims = (SAID,) if must_answer else ()

    assert step_of(case, answer(*claims, status=status), library(PASSAGE)) is step


def test_one_of_several_gold_stretches_is_enough() -> None:
    assert step_of(replace(CASE, gold=(COACHING, GRANTS)), answer(BESIDE), library(PASSAGE)) is None


def test_a_system_that_always_refuses_loses_every_case_that_has_an_answer() -> None:
    cases = [CASE, replace(CASE, id="c2", gold=()), replace(CASE, id="c3", expected="answer_with_conflict")]

    steps = {step_of(case, answer(status=DECLINED), library(PASSAGE)) for case in cases}

    assert steps == {Step.WRONGLY_REFUSED}


# What is told


def test_an_item_tells_where_gold_was_found_and_whether_it_was_cited() -> None:
    item = tell(Result(replace(CASE, gold=(COACHING, GRANTS)), answer(BESIDE)), library(PASSAGE))

    assert (item["step"], item["status"]) == ("", "answered")
    assert [(gold["rank"], gold["cited"], gold["in the index"]) for gold in item["gold"]] == [
        (1, False, True),
        (1, True, True),
    ]
    assert item["found"] == [PASSAGE.id]


def test_an_item_names_words_of_documents_and_does_not_repeat_them() -> None:
    own = replace(SAID, text="The model's own words.")
    result = Result(CASE, answer(SAID, own))

    item = tell(result, library(PASSAGE))

    assert "Coaching helps teams" not in str(item)
    assert [chosen["words"] for chosen in item["chosen"]] == ["", "The model's own words."]
    shown = stretches_of([result], library(PASSAGE))
    assert {shown[key].words for chosen in item["chosen"] for key in chosen["cited"]} == {
        "Coaching helps teams."
    }
    assert shown[item["gold"][0]["stretch"]].words == "Coaching helps teams."


def test_a_case_keeps_its_digest_unless_what_it_asks_or_expects_is_changed() -> None:
    own = digest_of(CASE, library())

    assert digest_of(replace(CASE, key_facts=("more",)), library()) == own
    others = [
        replace(CASE, question="Another?"),
        replace(CASE, expected="abstain"),
        replace(CASE, gold=(GRANTS,)),
        replace(CASE, previous=(Turn("user", "Who?"),)),
    ]
    assert len({own, *(digest_of(case, library()) for case in others)}) == 5
