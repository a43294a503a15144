"""Which kind of amount a question asks for, and which sentences give one."""

from __future__ import annotations

import pytest

from assistant.figures import Amount, amount_asked, gives


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("How much did the walks cost?", Amount.MONEY),
        ("And at what price per warden?", Amount.MONEY),
        ("what do they pay per hour?", Amount.MONEY),
        ("What score out of ten did it get?", Amount.SCORE),
        ("Which share of the wardens left?", Amount.SHARE),
        ("By how much did the walks cut the wait?", Amount.CHANGE),
        ("How much longer did wardens stay?", Amount.CHANGE),
        ("how many fewer wardens left", Amount.CHANGE),
        ("How long did the walks last?", Amount.TIME),
        ("Where were they five years later?", Amount.LATER),
        ("Does it still exist today?", Amount.LATER),
        ("How many wardens left?", Amount.ANY),
        ("Give me the numbers", Amount.ANY),
        ("Who taught number work to the number-crunching team?", None),
        ("And who paid for it?", None),
        ("Any rules on what they can spend it on?", None),
        ("What helps wardens stay?", None),
    ],
)
def test_the_kind_of_amount_is_read_from_the_question(question: str, amount: Amount | None) -> None:
    assert amount_asked(question) is amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Amount.MONEY, "Each walk came to £40."),
        (Amount.MONEY, "It took 40 million pounds."),
        (Amount.MONEY, "It worked at no extra cost."),
        (Amount.SCORE, "Walkers gave it 7 out of 10."),
        (Amount.SHARE, "Some 40% of wardens left."),
        (Amount.SHARE, "53 of 250 wardens left."),
        (Amount.CHANGE, "It was 8.6 percentage points lower with walks."),
        (Amount.CHANGE, "The wait fell from 12 weeks to 9."),
        (Amount.CHANGE, "Wardens stayed 1.5 times as long."),
        (Amount.TIME, "It ran for 10 to 15 years."),
        (Amount.TIME, "The trial ran for one year."),
        (Amount.LATER, "Three years on, the gate was shut."),
        (Amount.ANY, "Seven wardens left."),
    ],
)
def test_a_sentence_that_gives_such_an_amount_is_known(amount: Amount, words: str) -> None:
    assert gives(amount, words)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Amount.MONEY, "Some 40 wardens were paid."),
        (Amount.SCORE, "53 of 250 wardens liked it."),
        (Amount.SHARE, "Some 40 wardens left."),
        (Amount.TIME, "Some 40 wardens left in 2004."),
        (Amount.LATER, "In 2008 the gate was open."),
        (Amount.ANY, "Table 2 of 2004 quotes P13 on wardens."),
    ],
)
def test_another_number_is_none(amount: Amount, words: str) -> None:
    assert not gives(amount, words)
