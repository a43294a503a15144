"""The search for the other side of an answer: what counts as such, and how it is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.answering.against import may_be_opposed, opposites, query_against
from assistant.framework import load_framework
from assistant.records import Answer, Claim, Evidence, Sentence, Stance, Status
from assistant.rendering import against_line, answer_json, as_markdown, as_text
from tests.builders import assistant_over, citation, claim, evidence, head, passage, said
from tests.fakes import FakeEncoder

FRAMEWORK = load_framework()
CLAIM = claim(
    "Weekly coaching helps staff keep the lantern model.",
    [citation("Weekly coaching helps staff keep the lantern model.", "a")],
    Stance.ENABLER,
    parameter=FRAMEWORK.parameter_name("knowledge-and-skills"),
)
OTHER = claim("It failed.", [citation("It failed.", "b")], Stance.BARRIER)
WEIGHTS = {"coach": 4.0, "staff": 0.5, "lantern": 5.0, "model": 0.5, "week": 3.0}
AGAINST = said(
    "The lantern model failed for want of skills.", Stance.BARRIER, parameter="knowledge-and-skills"
)


def found(sentence: Sentence, of: str = "b", about: Claim = CLAIM, **source: object) -> list[str]:
    item: Evidence = evidence(passage(of, sentence), head(of, **source))
    vectors = {item.passage.id: np.ones((1, 4), dtype=np.float32)}
    made = opposites(
        "Does coaching keep the lantern model?",
        about,
        [item],
        vectors,
        np.ones(4, dtype=np.float32),
        WEIGHTS,
        FRAMEWORK,
    )
    return [one.sentence.text for one in made]


def test_another_study_that_points_the_other_way_on_the_same_condition_is_found() -> None:
    assert found(AGAINST) == [AGAINST.text]


@pytest.mark.parametrize(
    ("sentence", "of"),
    [
        (AGAINST, "a"),
        (
            said(
                "The lantern model needs skills of its own.", Stance.ENABLER, parameter="knowledge-and-skills"
            ),
            "b",
        ),
        (said("The lantern model failed for want of money.", Stance.BARRIER, parameter="finance"), "b"),
        (
            said("The staff lacked skills for the model.", Stance.BARRIER, parameter="knowledge-and-skills"),
            "b",
        ),
        (
            said("This broke the lantern model at once.", Stance.BARRIER, parameter="knowledge-and-skills"),
            "b",
        ),
    ],
    ids=["same study", "same side", "another condition", "no telling word", "needs what is before"],
)
def test_what_is_no_other_side_is_not_found(sentence: Sentence, of: str) -> None:
    assert found(sentence, of) == []


def test_a_statement_without_a_side_is_held_against_what_denies_it() -> None:
    words = "Weekly coaching changed the lantern model."
    states = claim(words, [citation(words, "a")])

    denies = said("Weekly coaching of the lantern model did not change it.")
    assert found(denies, about=states) == [denies.text]
    assert found(said("Weekly coaching of the lantern model changed it."), about=states) == []


def test_what_shares_no_telling_word_with_the_question_is_not_found() -> None:
    weekly = said(
        "Weekly rounds failed for want of skills.", Stance.BARRIER, parameter="knowledge-and-skills"
    )

    assert found(weekly) == []


def test_it_is_searched_for_with_words_of_the_other_direction() -> None:
    query = query_against("What helps?", [CLAIM, OTHER, CLAIM])

    assert query.startswith("What helps? (Knowledge and skills, ")
    assert "hinders" in query


@pytest.mark.parametrize(
    "question",
    ["What is psychological safety?", "What databases were searched?", "Who said that it failed?"],
)
def test_a_definition_a_method_and_a_quotation_have_no_other_side(question: str) -> None:
    assert not may_be_opposed(question)


def test_what_helps_may_have_another_side() -> None:
    assert may_be_opposed("Does coaching help?")


def told(**more: object) -> Answer:
    return Answer("Q?", "Q?", Status.ANSWERED, "M.", claims=(CLAIM,), **more)  # type: ignore[arg-type]


def test_what_was_found_or_that_nothing_was_stands_in_every_form() -> None:
    nothing = told(tried=2)
    assert "Looked for evidence against it in other studies: none found." in as_text(nothing)
    assert "none found" in as_markdown(nothing)

    something = told(tried=2, against=(OTHER,))
    assert "“It failed.” — one study" in against_line(something)
    assert answer_json(something)["against"][0]["text"] == "It failed."
    assert answer_json(something)["tried"] == 2


def test_what_stands_in_the_answer_already_is_not_told_twice() -> None:
    line = against_line(told(tried=1, against=(CLAIM,)))

    assert line.endswith(
        "found on the other side of the same conditions, which need not contradict it: what stands above on the other side"
    )


def test_no_line_where_no_search_was_made() -> None:
    assert against_line(told()) == ""


def test_every_answer_has_had_the_search(tmp_path: Path) -> None:
    files = {
        "a.md": "# A\n\nWeekly coaching by leaders helps staff keep the lantern model.\n",
        "b.md": "# B\n\nPoor coaching by leaders was a barrier to the lantern model.\n",
    }
    assistant = assistant_over(tmp_path, FakeEncoder(), files)

    answer = assistant.ask("Does weekly coaching by leaders help staff keep the lantern model?")

    assert answer.claims
    assert answer.tried == len(answer.claims[:3])
