"""A question for a definition is told where none is quoted, and nothing where a quotation may be one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.unnamed import term_asked, term_undefined
from assistant.records import Kind, Passage, Sentence, Voice
from tests.builders import citation, claim


def told(question: str, quote: str, kind: Kind = Kind.FINDING) -> str:
    one = replace(citation(quote), document="d", passage="p", start=0, end=len(quote))
    sentence = Sentence(0, len(quote), quote, Voice.AUTHORS, kind=kind)
    passage = Passage("p", "d", 0, len(quote), quote, (), (sentence,))
    return term_undefined(question, [claim(quote, [one])], lambda ids: {"p": passage} if "p" in ids else {})


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("What is meant by job crafting?", "job crafting"),
        ("What does the term ‘job crafting’ mean?", "job crafting"),
        ("Define job crafting", "job crafting"),
        ("How is job crafting defined in these studies?", "job crafting"),
        ("What’s the definition of a care circle?", "care circle"),
        ("What does that mean?", ""),
        ("What do the results mean?", ""),
        ("What does a lack of money mean for staff?", ""),
        ("What does it mean to lead?", ""),
        ("What helps job crafting?", ""),
    ],
)
def test_a_term_is_asked_for_where_a_question_is_for_its_definition_alone(question: str, term: str) -> None:
    assert term_asked(question) == term


def test_an_answer_that_only_uses_the_term_says_so() -> None:
    line = "No definition of “job crafting” is quoted here."

    assert told("What is meant by job crafting?", "Job crafting grew where leaders stayed.") == line
    assert (
        told("What is meant by job crafting?", "Trust is the practice of trusting.", Kind.DEFINITION) == line
    )


@pytest.mark.parametrize(
    "quote",
    [
        "Job crafting is a way of shaping work.",
        "Job crafting (JC) lasts.",
        "Job-crafting: shaping one’s own work.",
        "By job crafting we mean that people shape their work.",
        "To shape one’s own work is called job crafting.",
        "Crafting, in this review, means shaping work.",
        "Jobcrafting refers to shaping work.",
    ],
)
def test_nothing_is_said_where_a_quotation_may_define_the_term(quote: str) -> None:
    assert told("What is meant by job-crafting?", quote) == ""


def test_a_sentence_that_is_labelled_a_definition_is_one() -> None:
    quote = "People shape their work by job crafting."

    assert told("Define job crafting.", quote) != ""
    assert told("Define job crafting.", quote, Kind.DEFINITION) == ""


def test_an_answer_without_claims_says_nothing_of_definitions() -> None:
    assert term_undefined("Define job crafting.", [], lambda ids: {}) == ""
