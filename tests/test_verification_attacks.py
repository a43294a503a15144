"""Claims made to slip through: the rules alone, and the rules with the reader that comes with the program."""

from __future__ import annotations

import pytest

from assistant.reader import TrainedReader
from assistant.records import Claim, Support, Voice
from assistant.verification import verify
from assistant.verification.reading import ReaderScorer
from tests.attacks import ATTACKS, BEYOND_RULES, Attack
from tests.builders import citation, claim
from tests.test_reader_scorer import Believing

RIGHT = [attack for attack in ATTACKS if not attack.fault]
WRONG = [attack for attack in ATTACKS if attack.fault]


def made(attack: Attack) -> Claim:
    return claim(attack.claim, [citation(attack.source, voice=attack.voice, speaker=attack.speaker)])


@pytest.fixture(scope="module")
def reader() -> ReaderScorer:
    return ReaderScorer(TrainedReader())


@pytest.mark.parametrize("attack", RIGHT, ids=lambda one: one.claim)
def test_no_rule_finds_a_fault_in_a_right_claim(attack: Attack) -> None:
    checked = verify(made(attack), Believing())

    assert checked.support is Support.SUPPORTED, checked.reason


@pytest.mark.parametrize("attack", WRONG, ids=lambda one: f"{one.fault}: {one.claim}")
def test_a_rule_finds_the_fault_whatever_a_scorer_says(attack: Attack) -> None:
    checked = verify(made(attack), Believing())

    assert (checked.support is Support.SUPPORTED) is (attack.claim in BEYOND_RULES), checked.reason


@pytest.mark.parametrize("attack", WRONG, ids=lambda one: f"{one.fault}: {one.claim}")
def test_no_wrong_claim_is_supported_with_the_reader(attack: Attack, reader: ReaderScorer) -> None:
    assert verify(made(attack), reader).support is not Support.SUPPORTED


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Thirty-seven teams took part", "37 teams took part."),
        ("Two-thirds of the teams stayed", "Two thirds of the teams stayed until spring."),
        ("Half the teams stayed", "Half of the teams stayed until spring."),
        ("The third sector took part", "The third sector took part in all wards."),
        ("Costs did not rise", "Costs fell."),
        ("Visits are cut by a third", "Visits were cut by one third."),
        ("The pilot ran for 12 months and cost little", "The pilot ran for twelve months and cost little."),
        ("Above all, teams stayed", "Teams stayed, above all in winter."),
        ("We can try things", "We could try things at last."),
    ],
)
def test_the_same_amount_direction_or_certainty_in_other_words_is_no_fault(text: str, quote: str) -> None:
    checked = verify(claim(text, [citation(quote)]), Believing())

    assert checked.support is Support.SUPPORTED, checked.reason


def test_what_several_sentences_say_apart_is_looked_for_in_all() -> None:
    quotes = [citation("Costs fell in the north."), citation("Costs rose in the south.", document="other")]

    assert verify(claim("Costs rose", quotes), Believing()).support is Support.SUPPORTED
    assert verify(claim("Costs rose", quotes[:1]), Believing()).support is Support.UNSUPPORTED


def test_several_speakers_may_be_told_as_several() -> None:
    told = claim(
        "Managers said that trust grew slowly",
        [
            citation("Trust grew slowly here.", voice=Voice.PARTICIPANT, speaker="P1"),
            citation(
                "With us trust grew slowly too.", document="other", voice=Voice.PARTICIPANT, speaker="P2"
            ),
        ],
    )

    assert verify(told, Believing()).support is Support.SUPPORTED
    alone = claim(told.text, told.citations[:1])
    assert "told as those of several" in verify(alone, Believing()).reason
