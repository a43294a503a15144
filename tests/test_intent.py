from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.intent import Intent, intent_of


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("What helps a new practice model survive?", Intent.HELPS),
        ("How do you win over a sceptical team?", Intent.HELPS),
        ("What does it take to make peer support last?", Intent.HELPS),
        ("Why do pilots never last?", Intent.HINDERS),
        ("What gets in the way when agencies share records?", Intent.HINDERS),
        ("What are the main barriers to adoption?", Intent.HINDERS),
        ("Why don't staff use the new tool?", Intent.HINDERS),
        ("What gets in the way of keeping a new way of working?", Intent.HINDERS),
        ("What stops pilots from lasting?", Intent.HINDERS),
        ("What gets in the way, and what works?", Intent.BOTH),
        ("Does more paperwork make it harder or keep people safe?", Intent.BOTH),
        ("Does competition help or hinder innovation?", Intent.BOTH),
        ("What are the enablers and barriers?", Intent.BOTH),
        ("What helps and what stops new ideas?", Intent.BOTH),
        ("How many families took part?", Intent.FACT),
        ("What is a theory of change?", Intent.FACT),
        ("Which databases were searched?", Intent.FACT),
        ("Tell me about Norway", Intent.FACT),
        ("Is fidelity overrated?", Intent.YES_OR_NO),
        ("does inspection kill off new ideas?", Intent.YES_OR_NO),
        ("In the model's stages, does design come first?", Intent.YES_OR_NO),
        ("What helps, is it money?", Intent.HELPS),
        ("What stands in the way of new ideas?", Intent.HINDERS),
        ("What holds good ideas in adult care back?", Intent.HINDERS),
        ("Why do gadgets that promise much come to nothing?", Intent.HINDERS),
        ("What makes meetings tricky?", Intent.HINDERS),
        ("What would make it less frightening to ask?", Intent.HELPS),
        ("How do you stop nurses from leaving?", Intent.HELPS),
        ("How does a rule stop nurses from trying?", Intent.HINDERS),
        ("What doesn't work?", Intent.HINDERS),
        ("What's good about it and where does it go wrong?", Intent.BOTH),
        ("", Intent.FACT),
        ("whats stopping ppl in childrens services from tryng new stuff??", Intent.HINDERS),
        ("whats helping teams keep it going", Intent.HELPS),
    ],
)
def test_the_intent_of_a_question_is_read_from_its_words(question: str, intent: Intent) -> None:
    assert intent_of(question) is intent


@pytest.mark.parametrize(
    "question",
    [
        "Who said that you need room to fail?",
        "Who warned that money runs out and stops good work?",
        "Give me a direct quotation on what hinders trust",
        "Is there a quote about the fear of making mistakes that helps my case?",
    ],
)
def test_who_asks_for_somebodys_words_is_given_them_whatever_their_side(question: str) -> None:
    assert intent_of(question) is Intent.FACT


@pytest.mark.parametrize(
    "question",
    [
        "What does failure demand mean?",
        "What is 'survival mode'?",
        "What share of towns struggled with buying?",
        "Which six groups does the review sort the obstacles into?",
        "Which interviewee envied how quickly firms keep pace?",
        "Give me her exact words on hard times",
        "Why do people keep quiet about it?",
        "Of those sent on the neglect-prevention course, who used it?",
        "How do you find out whether something works?",
        "The pilot failed for lack of support. Who ran it?",
    ],
)
def test_a_word_for_a_side_that_is_not_asked_for_asks_for_no_side(question: str) -> None:
    assert intent_of(question) is Intent.FACT


def test_what_is_so_when_something_happens_is_a_question_for_yes_or_no() -> None:
    assert intent_of("When staff stop leaving, is that good for children?") is Intent.YES_OR_NO


def test_quotations_for_and_against_are_asked_of_both_sides() -> None:
    assert intent_of("Give me quotations for and against competition") is Intent.BOTH


def test_a_question_of_fact_about_what_hinders_asks_for_what_hinders() -> None:
    assert intent_of("What is the biggest obstacle?") is Intent.HINDERS


@given(st.text(max_size=400))
def test_any_question_has_an_intent(question: str) -> None:
    assert intent_of(question) in Intent
