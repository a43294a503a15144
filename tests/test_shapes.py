"""Lists, amounts and comparisons: told from the question, and what the answer then holds and in which order."""

from __future__ import annotations

import pytest

from assistant.answering.extractive import draft
from assistant.answering.intent import Intent
from assistant.answering.selection import Candidate
from assistant.answering.shapes import PLAIN, asks_a_list, compared, counted, counts, enumerates, shape_of
from assistant.framework import load_framework
from tests.builders import candidate, evidence, head, passage


def one(document: str, words: str, relevance: float, start: int = 0) -> Candidate:
    return candidate(evidence(passage(document, words, start=start), head(document)), relevance=relevance)


def answered(question: str, *found: Candidate) -> list[str]:
    """What is chosen for a question, in order; what is found is given with the best first."""
    heads = {entry.evidence.document.id: entry.evidence.document for entry in found}
    claims = draft(Intent.FACT, found, heads, load_framework(), shape=shape_of(question))
    return [claim.text for claim in claims]


@pytest.mark.parametrize(
    "question",
    [
        "List the barriers that Dill names.",
        "Which stages does the analysis have?",
        "Into which six groups are the obstacles sorted?",
        "What prompts does Mulgan list?",
        "what helps? just the list",
        "Name the steps.",
    ],
)
def test_a_question_for_a_list_is_known(question: str) -> None:
    assert asks_a_list(question)


@pytest.mark.parametrize(
    "question",
    [
        "What are the main barriers to change?",
        "Which factors help teams?",
        "Why was respite left off the list?",
        "Are waiting lists a problem?",
        "What is fidelity?",
    ],
)
def test_another_question_is_not_taken_for_one(question: str) -> None:
    assert not asks_a_list(question)


@pytest.mark.parametrize(
    "words",
    [
        "The walk has four parts: gate, hedge, path and pond.",
        "It names trust; time; money.",
        "It rests on trust, time and money.",
        "It (1) opens the gate, (2) walks the path and (3) shuts the gate.",
    ],
)
def test_a_sentence_that_names_several_things_is_known(words: str) -> None:
    assert enumerates(words)


@pytest.mark.parametrize(
    "words",
    [
        "Wardens kept the gate and the path.",
        "Where wardens kept the gate, walks went on.",
        "Respect among wardens, and between wardens and walkers, is a help.",
        "Wardens, who kept the gate, stayed and sang.",
    ],
)
def test_clauses_and_pairs_are_no_list(words: str) -> None:
    assert not enumerates(words)


def test_the_two_things_that_a_question_compares_are_read_from_it() -> None:
    assert compared("How does coaching differ from teaching?") == (frozenset({"coach"}), frozenset({"teach"}))
    assert compared("What is the difference between ponds and lakes?") == (
        frozenset({"pond"}),
        frozenset({"lake"}),
    )
    assert compared("Gwynedd and Argyll: what does each want?") == (
        frozenset({"gwynedd"}),
        frozenset({"argyl"}),
    )
    assert compared("What helps coaching and teaching last?") == ()
    assert compared("What share is set aside to spread ideas?") == ()


@pytest.mark.parametrize(
    "question",
    [
        "What separates ponds from lakes?",
        "What sets ponds apart from lakes?",
        "How warm are ponds compared with lakes?",
        "Set ponds beside lakes.",
        "Ponds, set against lakes: which is warm?",
    ],
)
def test_a_comparison_is_known_in_other_words(question: str) -> None:
    one, other = compared(question)

    assert "pond" in one
    assert other == {"lake"}


def test_a_sentence_with_the_asked_amount_comes_first() -> None:
    vague = one("a", "Walking the path was dear for all.", 0.9)
    number = one("b", "Some 40 wardens joined a walk.", 0.85)
    priced = one("c", "A season came to £40 for each.", 0.8)

    made = answered("How much did the walks cost?", vague, number, priced)

    assert made[0] == "A season came to £40 for each."
    assert made[1:] == ["Walking the path was dear for all.", "Some 40 wardens joined a walk."]


def test_the_amount_of_another_thing_does_not_come_first() -> None:
    about = one("a", "Walking the path was dear for all.", 0.9)
    priced = one("b", "A boat came to £40 in all.", 0.6)

    assert answered("How much did the walks cost?", about, priced)[0] == about.sentence.text


def test_each_of_two_things_that_are_compared_stands_in_the_answer() -> None:
    topics = ("grow warm soon", "hold many fish", "freeze every winter", "need digging often")
    ponds = [one(f"p{n}", f"Ponds {words}.", 0.9) for n, words in enumerate(topics)]
    lakes = one("lake", "Lakes stay cold until autumn comes.", 0.4)

    assert lakes.sentence.text not in answered("What of ponds?", *ponds, lakes)
    assert answered("How do ponds differ from lakes?", *ponds, lakes)[1] == lakes.sentence.text


def test_the_other_of_two_things_is_quoted_with_what_comes_before_it() -> None:
    made = evidence(
        passage(
            "p", "Ponds and lakes are wet.", "Ponds warm early.", "Lakes warm late.", "Lakes freeze late."
        )
    )
    found = [candidate(made, n, relevance) for n, relevance in enumerate((0.9, 0.8, 0.7, 0.6))]

    assert answered("How do ponds differ from lakes?", *found)[0] == (
        "Ponds and lakes are wet. Ponds warm early. Lakes warm late."
    )
    assert answered("Are they wet?", *found)[0] == "Ponds and lakes are wet. Ponds warm early."


def test_what_names_both_of_what_is_compared_comes_first() -> None:
    ponds = one("p", "Ponds grow warm in spring.", 0.9)
    both = one("both", "Ponds warm before lakes ever do.", 0.8)

    assert answered("How do ponds differ from lakes?", ponds, both)[0] == both.sentence.text
    assert answered("What of ponds?", ponds, both)[0] == ponds.sentence.text


def test_rows_of_one_list_stand_together_in_their_order() -> None:
    third = one("steps", "Then shut every gate well.", 0.9, start=200)
    stranger = one("other", "Gates have steps of oak.", 0.8)
    first = one("steps", "First open up one gate.", 0.7, start=0)
    second = one("steps", "Next walk along the path.", 0.5, start=100)

    made = answered("List the steps of a walk.", third, stranger, first, second)

    assert made == [
        "First open up one gate.",
        "Next walk along the path.",
        "Then shut every gate well.",
        "Gates have steps of oak.",
    ]


def test_a_sentence_that_is_a_list_itself_comes_first_and_brings_no_rows() -> None:
    whole = one("steps", "The steps are opening, walking, resting and shutting.", 0.9, start=200)
    rows = [one("steps", f"Step {word} is taken slowly.", 0.5, start=n * 50) for n, word in enumerate("abc")]

    made = answered("List the steps of a walk.", whole, *rows)

    assert made[0] == whole.sentence.text
    assert len(made) == 1


def test_another_list_does_not_come_before_the_rows_of_the_best() -> None:
    row = one("steps", "Then shut every gate well.", 0.9)
    stranger = one("other", "Oak is used for gates, steps, posts and rails.", 0.8)

    assert answered("List the steps of a walk.", row, stranger) == [row.sentence.text, stranger.sentence.text]


def test_what_a_follow_up_took_over_asks_for_no_shape() -> None:
    assert shape_of("And with relatives? (about: how many children stayed)") == PLAIN


def test_a_question_of_no_shape_is_plain() -> None:
    assert shape_of("Why do wardens stay?") == PLAIN


@pytest.mark.parametrize(
    ("question", "text", "is_counted"),
    [
        ("How many families took part in the trial?", "In total, 1,511 families were randomised.", True),
        ("How many expert informants did it have?", "It counts 20 expert informants.", True),
        ("How many families took part?", "Families were met in 12 councils.", False),
        ("What helped families?", "Twelve families took part.", False),
        ("Of those asked, how many did?", "It had 20 wardens.", False),
    ],
)
def test_what_is_to_be_counted_stands_after_its_number(question: str, text: str, is_counted: bool) -> None:
    assert counts(counted(question), text) is is_counted
