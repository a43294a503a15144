"""An amount that a question takes for granted, and that what is found gives otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.presumed import amounts_in, presumed_amounts, with_amount_told
from assistant.answering.selection import Candidate
from assistant.records import Answer, Claim, Status
from tests import invariants
from tests.builders import assistant_over, candidate, citation, claim, evidence, head, passage
from tests.fakes import FakeEncoder

QUESTION = "Why did each household in Larkfield get £900?"


def one(words: str, document: str = "a", title: str = "Larkfield") -> Candidate:
    return candidate(evidence(passage(document, words), head(document, title=title)))


def told(question: str, *found: Candidate, claims: tuple[Claim, ...] = ()) -> Answer:
    status = Status.ANSWERED if claims else Status.NOT_IN_EVIDENCE
    answer = Answer(question, question, status, "As before.", claims=claims)
    return with_amount_told(
        answer, found, {item.evidence.document.id: item.evidence.document for item in found}
    )


def test_another_amount_of_the_same_is_told_and_shown_where_nothing_is_answered() -> None:
    made = told(QUESTION, one("Boats were blue.", "b"), one("Each household had £90 to spend."))

    assert made.message == "“£900” is not what is quoted here: that gives £90. As before."
    assert [shown.text for shown in made.nearest] == ["Each household had £90 to spend."]
    assert made.claims == ()


def test_it_stands_in_an_answer_once() -> None:
    words = "Each household had £90 to spend."
    quoted = claim(words, [citation(words, "a")])
    other = claim("Boats were blue.", [citation("Boats were blue.", "b")])

    assert told(QUESTION, one(words), claims=(quoted,)).claims == (quoted,)
    assert [shown.text for shown in told(QUESTION, one(words), claims=(other,)).claims] == [other.text, words]


@pytest.mark.parametrize(
    "found",
    [
        [one("Each household had £900 to spend."), one("A household may save £90.")],
        [one("Each council had £90 to spend.")],
        [one("Each household had £90 to spend.", title="Hillside")],
        [one("Each household had 90 visits.")],
        [one("Each household had €90 to spend.")],
        [],
    ],
)
def test_nothing_is_told_of_what_stands_there_of_another_subject_or_of_another_kind(
    found: list[Candidate],
) -> None:
    assert told(QUESTION, *found).message == "As before."


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("How was the £2.5m found?", "£2.5m"),
        ("Each household got £900. What did they buy?", "£900"),
        ("Given that 60 per cent of staff left, was it worth it?", "60 per cent"),
        ("And why did 60% leave in the US?", "60%"),
    ],
)
def test_what_is_taken_for_granted_is_known(question: str, written: str) -> None:
    assert list(presumed_amounts(question).values()) == [written]


@pytest.mark.parametrize(
    "question",
    [
        "Did each household get £900?",
        "If each got £900, why?",
        "Why would 60% leave?",
        "How much of the £900 was spent?",
        "Why do budgets under £900 fail?",
        "Why did £100 to £200 go to each?",
        "Why did we get £900?",
        "Why was £900 given here and £90 there?",
        "What does “a £900 gift” mean?",
    ],
)
def test_what_is_supposed_asked_after_rough_or_the_asker_s_own_is_not(question: str) -> None:
    assert presumed_amounts(question) == {}


def test_amounts_are_the_same_however_they_are_written() -> None:
    assert amounts_in("£2,000").keys() == amounts_in("2000 pounds").keys() == amounts_in("£2k").keys()
    assert amounts_in("40%").keys() == amounts_in("forty per cent").keys()


def test_the_assistant_tells_it_with_the_sentence(tmp_path: Path) -> None:
    words = "Each household in Larkfield had £90 to spend on what it wanted."
    small = assistant_over(tmp_path, FakeEncoder(), {"a.txt": f"Title: Larkfield\n---\n\n{words}\n"})

    answer = small.ask(QUESTION)

    assert answer.message.startswith("“£900” is not what is quoted here: that gives £90.")
    assert words in [shown.text for shown in (*answer.claims, *answer.nearest)]
    invariants.check(answer, small)
