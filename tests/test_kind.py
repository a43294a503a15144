"""What kind of sentence it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.selection import kind_asked
from assistant.labelling.kind import kind_of
from assistant.records import Kind, Stance, Voice


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Fidelity is defined as keeping to the parts of a model that make it work.", Kind.DEFINITION),
        ("The term adaptation refers to changes that a team makes on purpose.", Kind.DEFINITION),
        ("A family meeting is a meeting in which relatives make the plan.", Kind.DEFINITION),
        ("Twelve managers were interviewed by telephone.", Kind.METHOD),
        ("We searched four databases for articles in English.", Kind.METHOD),
        ("The trial randomised 40 teams.", Kind.METHOD),
        ("Transcripts were coded by thematic analysis.", Kind.METHOD),
        ("About 35% of teams kept the model.", Kind.NUMBER),
        ("The pilot cost £4,000 in all.", Kind.NUMBER),
        ("The authors found that coaching was welcome.", Kind.FINDING),
        ("The valley lies in the north.", Kind.STATEMENT),
        ("In 2019 the valley had a new bridge.", Kind.STATEMENT),
        ("What is fidelity?", Kind.STATEMENT),
    ],
)
def test_the_kind_of_a_sentence_is_read_from_its_words(words: str, kind: Kind) -> None:
    assert kind_of(words, (), Stance.NEITHER, Voice.AUTHORS) is kind


def test_what_helps_is_a_finding_however_it_was_found() -> None:
    words = "Staff who were interviewed were helped by coaching."

    assert kind_of(words, (), Stance.ENABLER, Voice.AUTHORS) is Kind.FINDING
    assert kind_of(words, ("Methods",), Stance.NEITHER, Voice.AUTHORS) is Kind.METHOD


def test_a_section_on_methods_tells_of_methods_unless_somebody_is_quoted() -> None:
    words = "The valley was walked twice by both of us."

    assert kind_of(words, ("2. Methods",), Stance.NEITHER, Voice.AUTHORS) is Kind.METHOD
    assert kind_of(words, ("2. Methods",), Stance.NEITHER, Voice.PARTICIPANT) is Kind.STATEMENT


@given(st.text(max_size=300), st.sampled_from(Stance))
def test_furniture_is_of_no_kind(words: str, stance: Stance) -> None:
    assert kind_of(words, ("Methods",), stance, Voice.OTHER) is Kind.STATEMENT


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What is fidelity?", Kind.DEFINITION),
        ("What does implementation science mean?", Kind.DEFINITION),
        ("How was the study carried out?", Kind.METHOD),
        ("Which databases were searched?", Kind.METHOD),
        ("What helps a new model last?", None),
        ("How many families took part?", None),
    ],
)
def test_a_question_for_a_definition_or_a_method_is_known(question: str, kind: Kind | None) -> None:
    assert kind_asked(question) is kind
