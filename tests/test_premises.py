"""Words that a question puts into somebody's mouth: held against what stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.attribution import Attribution, attribution_in, words_asked
from assistant.pipeline import Assistant
from assistant.records import Filter, Status, Voice
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
        ("Where is Ann Example’s line about tides and boats?", "Ann Example", "tides and boats"),
        ("Ann Example showed that walks cure asthma, right?", "Ann Example", "walks cure asthma"),
        (
            "P4 complained that the law moves too fast. What else did they say?",
            "P4",
            "the law moves too fast",
        ),
        ("Ann Example said that walks cure asthma. Is that true?", "Ann Example", "walks cure asthma"),
        ("Why did Ann Example call the walks a waste?", "Ann Example", "the walks a waste"),
        ("Did P3 describe leaders as scared?", "P3", "leaders as scared"),
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
        "P4 said that money is short. What helps leaders?",
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


def test_a_statement_before_a_question_that_goes_back_to_it_is_held_against_their_words(
    assistant: Assistant,
) -> None:
    answer = assistant.ask(
        "P5 said that wardens were never paid a penny for the gate. What else did they say?"
    )

    assert answer.message.startswith("Nothing in P5’s words here says that.")
    assert "It comes nearest to what P4 is quoted with." in answer.message


def test_what_nobody_said_is_answered_with_the_nearest_of_their_words(assistant: Assistant) -> None:
    answer = assistant.ask("What did P5 mean when he said zeppelins frighten accountants?")

    assert answer.message.startswith("Nothing in P5’s words here says that. The nearest")
    assert "did not say" not in answer.message
    assert [claim.citations[0].speaker for claim in answer.claims] == ["P5"]


def test_the_words_of_an_author_are_looked_for_in_their_documents(assistant: Assistant) -> None:
    answer = assistant.ask("Sample found that wardens were never paid a penny, didn't he?")

    assert answer.message.startswith("Nothing in what is stored of Sample here says that.")
    assert {claim.citations[0].file for claim in answer.claims} == {"walks.md", "boats.md"}


def test_a_premise_that_holds_is_answered_with_their_words(assistant: Assistant) -> None:
    answer = assistant.ask("Was it P4 who said wardens were never paid a penny for the gate?")

    assert "Nothing in" not in answer.message
    assert [claim.citations[0].speaker for claim in answer.claims] == ["P4"]
    assert answer.provenance["intent"] != "attribution"


def test_words_of_a_code_that_has_none_are_given_to_who_said_them(assistant: Assistant) -> None:
    answer = assistant.ask("Was it P77 who said wardens were never paid a penny for the gate?")

    assert answer.message.startswith(
        "No words under that code stand in what is searched here. It comes nearest"
    )
    assert [claim.citations[0].speaker for claim in answer.claims] == ["P4"]


def test_what_is_denied_of_their_words_is_not_borne_out_by_them(assistant: Assistant) -> None:
    answer = assistant.ask("P4 said that wardens were paid a penny for the gate, right?")

    assert answer.message.startswith("Nothing in P4’s words here says that in so many words;")
    assert [claim.citations[0].speaker for claim in answer.claims] == ["P4"]


@pytest.mark.parametrize(
    ("question", "who", "topic"),
    [
        ("What did P13 say about winning people over?", "P13", "winning people over"),
        ("How does Ann Example feel about rain?", "Ann Example", "rain"),
        ("What do P2 and P8 think of money?", "P2 and P8", "money"),
        ("Has P3 ever said anything about trust?", "P3", "trust"),
        ("What is P21’s view on children?", "P21", "children"),
        ("Give me a quotation from P8 on grants", "P8", "grants"),
        ("According to Mulgan, what stops reform?", "Mulgan", "what stops reform"),
        ("And what did P8 say about it? (about: money for pilots)", "P8", "it money for pilots"),
    ],
)
def test_whose_words_are_asked_for_is_read_from_the_question(question: str, who: str, topic: str) -> None:
    assert words_asked(question) == Attribution(who, topic, is_asserted=False)


@pytest.mark.parametrize(
    "question",
    ["What do the sources say about trust?", "What do parents say about meetings?", "Who said it?"],
)
def test_what_many_say_is_nobodys_words(question: str) -> None:
    assert words_asked(question) is None


def test_what_somebody_said_of_something_is_told_in_their_words_alone(assistant: Assistant) -> None:
    answer = assistant.ask("What did P5 say about walking?")

    assert answer.status is Status.ANSWERED
    assert [claim.citations[0].speaker for claim in answer.claims] == ["P5"]


def test_of_what_nothing_of_theirs_speaks_nobody_elses_words_are_shown(assistant: Assistant) -> None:
    answer = assistant.ask("What did P5 say about the wardens of the gate?")

    assert answer.status is Status.NOT_IN_EVIDENCE
    assert answer.message.startswith("Nothing of P5 on this stands in what is searched here.")
    assert not answer.claims


def test_several_are_asked_together_and_who_is_silent_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("What did P5 and P9 say about walking?")

    assert answer.message.startswith("No words of P9 stand in what is searched here. ““Dry days")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What did P9 say about walking?", "No words under that code stand in what is searched here."),
        (
            "What did Gladstone say about walking?",
            "No words of Gladstone’s own stand in what is searched here.",
        ),
    ],
)
def test_who_has_no_words_here_is_told_as_such(assistant: Assistant, question: str, told: str) -> None:
    answer = assistant.ask(question)

    assert answer.status is Status.NOT_IN_EVIDENCE
    assert answer.message.startswith(told)
    assert not answer.claims


def test_a_filter_that_leaves_their_words_out_is_kept_to(assistant: Assistant) -> None:
    answer = assistant.ask("What did P5 say about walking?", within=Filter(voice=(Voice.AUTHORS,)))

    assert answer.status is Status.NOT_IN_EVIDENCE
