"""On which side of what a question asks about a claim stands."""

from __future__ import annotations

import pytest

from assistant.answering.sides import sided
from assistant.records import Stance
from tests.builders import citation, claim

QUESTION = "Does competition help or hinder innovation?"


def side(question: str, words: str, stance: Stance) -> Stance:
    return sided(question, claim(words, [citation(words)], stance)).stance


@pytest.mark.parametrize(
    "words",
    [
        "The lack of competition is a major reason why services lag.",
        "Without competition nothing changes.",
        "There is too little real competition in the region.",
    ],
)
def test_what_suffers_without_a_thing_speaks_for_it(words: str) -> None:
    assert side(QUESTION, words, Stance.BARRIER) is Stance.ENABLER


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (QUESTION, "Competition for a lack of money stifles sharing."),
        (QUESTION, "Competition leads to a lack of innovation."),
        ("Does the lack of competition hinder innovation?", "The lack of competition slows services."),
        ("What hinders competition?", "The lack of competition slows services."),
        ("What stops innovation?", "The lack of innovation is a problem."),
    ],
    ids=[
        "of another thing",
        "of what may suffer",
        "the lack is asked about",
        "no yes or no",
        "no thing asked",
    ],
)
def test_what_hinders_stays_on_its_side(question: str, words: str) -> None:
    assert side(question, words, Stance.BARRIER) is Stance.BARRIER


@pytest.mark.parametrize(
    "words",
    [
        "Theorists held that competition drives innovation, a chapter reports and disputes.",
        "The chapter disputes that competition drives innovation.",
        "Competition drives innovation, ministers said; the authors reject this.",
    ],
)
def test_a_view_that_is_disputed_is_on_no_side(words: str) -> None:
    assert side(QUESTION, words, Stance.ENABLER) is Stance.NEITHER


@pytest.mark.parametrize(
    "words", ["Staff rejected the model and its forms.", "Teams that were denied time fell behind."]
)
def test_people_who_reject_a_thing_are_a_barrier_still(words: str) -> None:
    assert side(QUESTION, words, Stance.BARRIER) is Stance.BARRIER
