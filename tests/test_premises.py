"""Words that a question puts into somebody's mouth: held against what stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from assistant.premises import Attribution, attribution_in
from assistant.records import Status
from tests.builders import assistant_over
from tests.fakes import FakeEncoder

FILES = {
    "walks.md": "---\ntitle: Weekly walks\nauthors: [Example, Ann]\n---\n# Walks\n\n"
    "“Wardens were never paid a penny for the gate” (P4).\n\n“Dry days brought the whole valley out walking” (P5).\n",
    "boats.md": "---\ntitle: Boats\nauthors: [Sample, Bob]\n---\n# Boats\n\nThe harbour lent its boats without any rent.\n",
}


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return assistant_over(tmp_path, FakeEncoder(), FILES)


@pytest.mark.parametrize(
    ("question", "who", "claim"),
    [
        (
            "What did P13 mean when she said leaders always block change?",
            "P13",
            "leaders always block change",
        ),
        ("P2 said that money is everything here, didn't they?", "P2", "money is everything here"),
        ("Was it P4 who said bosses never stay long?", "P4", "bosses never stay long"),
        ("Why did Mulgan say that reform is hopeless?", "Mulgan", "reform is hopeless"),
        (
            "Did the Innovate paper find that leaders matter most?",
            "the Innovate paper",
            "leaders matter most",
        ),
        ("Ann Example showed that walks cure asthma, right?", "Ann Example", "walks cure asthma"),
    ],
)
def test_an_attribution_is_read_from_the_question(question: str, who: str, claim: str) -> None:
    assert attribution_in(question) == Attribution(who, claim)


@pytest.mark.parametrize(
    "question",
    [
        "What did P13 say about winning people over?",
        "Who said that leaders come and go?",
        "Did the tender shorten the waiting list?",
        "What helps leaders?",
        "They said that money is short, right?",
        "",
    ],
)
def test_other_questions_attribute_nothing(question: str) -> None:
    assert attribution_in(question) is None


def test_what_somebody_else_said_is_given_to_the_one_who_said_it(assistant: Assistant) -> None:
    answer = assistant.ask("Was it P5 who said wardens were never paid a penny for the gate?")

    assert answer.status is Status.ANSWERED
    assert answer.message.startswith("Nothing in P5’s words here says that.")
    assert "It comes nearest to what P4 is quoted with." in answer.message
    assert [claim.citations[0].speaker for claim in answer.claims] == ["P4", "P5"]


def test_what_nobody_said_is_answered_with_the_nearest_of_their_words(assistant: Assistant) -> None:
    answer = assistant.ask("What did P5 mean when he said zeppelins frighten accountants?")

    assert answer.message.startswith("Nothing in P5’s words here says that. The nearest")
    assert "did not say" not in answer.message
    assert [claim.citations[0].speaker for claim in answer.claims] == ["P5"]


def test_the_words_of_an_author_are_looked_for_in_their_documents(assistant: Assistant) -> None:
    answer = assistant.ask("Sample found that wardens were never paid a penny, didn't he?")

    assert answer.message.startswith("Nothing in what is stored of Sample here says that.")
    assert {claim.citations[0].file for claim in answer.claims} == {"walks.md", "boats.md"}


@pytest.mark.parametrize(
    "question",
    [
        "Was it P4 who said wardens were never paid a penny for the gate?",
        "Was it P77 who said wardens were never paid a penny for the gate?",
    ],
    ids=["they did", "nobody of that code is known"],
)
def test_a_premise_that_may_hold_is_no_matter_for_correction(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert "Nothing in" not in answer.message
    assert answer.provenance["intent"] != "attribution"
