"""Questions that ask several things: each date or amount comes early, or is told to be missing."""

from __future__ import annotations

import pytest

from assistant.answering.extractive import draft
from assistant.answering.intent import Intent
from assistant.answering.parts import Part, gives_part, part_untold, parts_asked
from assistant.answering.selection import Candidate
from assistant.answering.shapes import shape_of
from assistant.figures import Amount
from assistant.framework import load_framework
from assistant.records import Claim
from tests.builders import candidate, citation, claim, evidence, head, passage

QUESTION = "Who paid for the pilot, and over which years did it run?"


def one(document: str, words: str, relevance: float) -> Candidate:
    return candidate(evidence(passage(document, words), head(document, year=2021)), relevance=relevance)


def answered(question: str, *found: Candidate) -> list[str]:
    heads = {entry.evidence.document.id: entry.evidence.document for entry in found}
    claims = draft(Intent.FACT, found, heads, load_framework(), shape=shape_of(question))
    return [made.text for made in claims]


def quoted(words: str) -> Claim:
    return claim(words, [citation(words)])


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (QUESTION, [Part("over which years did it run")]),
        ("When did it end and why?", [Part("When did it end")]),
        ("How was it tried, and for how long?", [Part("for how long", Amount.TIME)]),
        ("What is it and what did it cost?", [Part("what did it cost", Amount.MONEY)]),
        ("When did it end?", []),
        ("When do leaders make it fly and when do they sink it?", []),
        ("What is it and who made it?", []),
        ("Who asked for trust and money?", []),
    ],
)
def test_parts_that_ask_for_a_date_or_an_amount_are_known(question: str, asked: list[Part]) -> None:
    assert list(parts_asked(question)) == asked


def test_what_gives_a_part_comes_right_after_what_answers_best() -> None:
    found = [
        one("a", "The council paid for the pilot.", 0.9),
        one("b", "Boards were asked about the pilot, says a report of 2021.", 0.88),
        one("c", "Clerks were told of the pilot.", 0.86),
        one("d", "The pilot ran from 2017 to 2018.", 0.84),
    ]

    assert answered(QUESTION, *found)[:2] == [found[0].sentence.text, found[3].sentence.text]
    assert answered("Who paid for the pilot?", *found)[3] == found[3].sentence.text


def test_it_is_brought_where_it_was_not_chosen_and_is_about_as_relevant() -> None:
    others = [one(f"a{n}", f"The {name} paid for it.", 0.9) for n, name in enumerate("ABCDE")]
    near, far = one("c", "The pilot ended in 2018.", 0.8), one("d", "The pilot ended in 2018.", 0.6)

    assert answered(QUESTION, *others, near)[1] == near.sentence.text
    assert far.sentence.text not in answered(QUESTION, *others, far)


def test_what_gives_a_part_early_stays_where_it_is() -> None:
    found = [
        one("a", "The council paid for the pilot.", 0.9),
        one("b", "The pilot ended in May 2018.", 0.88),
        one("c", "The pilot began in 2017.", 0.86),
    ]

    assert answered(QUESTION, *found) == [entry.sentence.text for entry in found]


def test_a_part_without_a_date_or_amount_is_told() -> None:
    line = "No date is quoted here for “over which years did it run”."

    assert part_untold(QUESTION, [quoted("The council paid for the pilot.")]) == line
    assert part_untold(QUESTION, [quoted("The pilot ran from 2017 to 2018.")]) == ""
    assert part_untold("Who paid for the pilot?", [quoted("The council paid.")]) == ""
    assert part_untold(QUESTION, []) == ""


def test_the_year_of_the_source_is_no_date_of_what_it_tells() -> None:
    part = Part("when did it run")

    assert not gives_part(part, "The pilot went well, says a report of 2021.", "2021")
    assert gives_part(part, "The pilot went well in 2019, says a report of 2021.", "2021")
    assert gives_part(part, "The pilot ended in March.", "2021")
    assert not gives_part(part, "The pilot may end well.", "2021")
