"""Support as the reader judges it, and what becomes of a claim by it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.reader import CLASSES, Head, Probabilities, TrainedReader
from assistant.records import Stance, Support
from assistant.verification import BORNE_OUT_AT, OPPOSED_AT, PARTLY_BORNE_OUT_AT, verify
from assistant.verification.reading import ALONE, ReaderScorer
from assistant.verification.scorer import RuleScorer, Verdict
from tests.builders import citation, claim

QUOTE = "Regular coaching helps teams keep a new practice model in use."
CLAIM = "Teams hold on to a new way of working when they are coached often"
TURNED = "Regular coaching makes teams give up a new practice model"


class Believing:
    """A scorer that finds everything borne out."""

    def score(self, claim: str, quotes: Sequence[str]) -> Verdict:
        """Support, whatever it is."""
        return Verdict(1.0, 0.0)


class Saying:
    """A scorer that says what it is told to; it keeps what it was asked."""

    def __init__(self, support: float, contradict: float) -> None:
        self._verdict = Verdict(support, contradict)
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def score(self, claim: str, quotes: Sequence[str]) -> Verdict:
        """The same each time."""
        self.asked.append((claim, tuple(quotes)))
        return self._verdict


class ByQuote:
    """A reader that knows by a quotation's first word what to say of it; it keeps the pairs that it was given."""

    fingerprint = "fake"

    def __init__(self, **said: tuple[float, float, float]) -> None:
        self._said = said
        self.pairs: list[tuple[str, str]] = []

    def read(self, head: Head, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        """Supports, contradicts, neither."""
        assert head is Head.SUPPORT
        assert CLASSES[head] == ("supports", "contradicts", "neither")
        self.pairs += pairs
        return np.array([self._said[quote.split()[0].rstrip(".")] for quote, _ in pairs])


# What a verdict makes of a claim


@pytest.mark.parametrize(
    ("support", "contradict", "expected"),
    [
        (1.0, 0.0, Support.SUPPORTED),
        (BORNE_OUT_AT, 0.0, Support.SUPPORTED),
        (BORNE_OUT_AT - 0.01, 0.0, Support.PARTLY),
        (PARTLY_BORNE_OUT_AT, 0.0, Support.PARTLY),
        (PARTLY_BORNE_OUT_AT - 0.01, 0.0, Support.UNSUPPORTED),
        (0.7, OPPOSED_AT, Support.UNSUPPORTED),
        (0.0, 0.9, Support.UNSUPPORTED),
    ],
)
def test_a_claim_in_other_words_stands_as_its_scorer_finds_it(
    support: float, contradict: float, expected: Support
) -> None:
    scorer = Saying(support, contradict)
    checked = verify(claim(CLAIM, [citation(QUOTE)]), scorer)

    assert checked.support is expected
    assert checked.reason
    assert scorer.asked == [(CLAIM, (QUOTE,))]


def test_a_scorer_is_not_asked_where_a_rule_has_decided() -> None:
    scorer = Saying(1.0, 0.0)

    assert verify(claim(QUOTE, [citation(QUOTE)]), scorer).support is Support.SUPPORTED
    assert verify(claim(CLAIM, []), scorer).support is Support.UNSUPPORTED
    assert verify(claim(f"{CLAIM} in 40 towns", [citation(QUOTE)]), scorer).support is Support.UNSUPPORTED
    assert verify(claim(CLAIM, [citation(QUOTE)], Stance.BARRIER), scorer).support is Support.UNSUPPORTED
    assert scorer.asked == []


# How quotations are read


def test_nothing_quoted_says_nothing_and_is_not_read() -> None:
    reader = ByQuote()

    assert ReaderScorer(reader).score(CLAIM, []) == Verdict(0.0, 0.0)
    assert reader.pairs == []


def test_each_quotation_is_read_alone_and_the_closest_together() -> None:
    reader = ByQuote(First=(0.2, 0.1, 0.7), Second=(0.6, 0.3, 0.1))

    verdict = ReaderScorer(reader).score("Second plan", ["First plan.", "Second plan."])

    assert verdict == Verdict(0.6, 0.3)
    assert [quote for quote, _ in reader.pairs] == [
        "Second plan.",
        "First plan.",
        "First plan. Second plan.",
    ]
    assert {said for _, said in reader.pairs} == {"Second plan"}


def test_a_quotation_that_has_no_word_of_the_claim_is_not_read() -> None:
    reader = ByQuote(Second=(0.6, 0.3, 0.1))

    verdict = ReaderScorer(reader).score("Second plan", ["Carers stayed.", "Second plan."])

    assert verdict == Verdict(0.6, 0.3)
    assert [quote for quote, _ in reader.pairs] == ["Second plan."]
    assert ReaderScorer(ByQuote()).score("Second plan", ["Carers stayed."]) == Verdict(0.0, 0.0)


def test_what_one_quotation_bears_out_leaves_less_to_contradict() -> None:
    verdict = ReaderScorer(ByQuote(For=(0.9, 0.0, 0.1), Against=(0.0, 0.8, 0.2))).score(
        "The plan", ["For the plan.", "Against the plan."]
    )

    assert verdict.support == 0.9
    assert verdict.contradict == pytest.approx(0.1)


def test_of_more_quotations_than_are_read_words_must_bear_the_claim_out_too() -> None:
    quotes = [f"Q{number} names leaders." for number in range(ALONE + 1)]
    reader = ByQuote(**{f"Q{number}": (0.9, 0.1, 0.0) for number in range(ALONE + 1)})
    scorer = ReaderScorer(reader)

    foreign, claim = "Leaders kept their promises to carers", "Q3 names leaders"

    assert scorer.score(foreign, quotes[:ALONE]).support == 0.9
    assert scorer.score(foreign, quotes).support == RuleScorer().score(foreign, quotes).support < 0.5
    assert scorer.score(claim, quotes) == Verdict(pytest.approx(0.95), pytest.approx(0.05))


def test_the_reader_is_heard_however_many_quotations_there_are() -> None:
    quotes = [f"Q{number} tells nothing." for number in range(30)]
    reader = ByQuote(**{f"Q{number}": (0.1, 0.6, 0.3) for number in range(30)})

    verdict = ReaderScorer(reader).score("Q29 tells nothing", quotes)

    assert verdict == Verdict(pytest.approx(0.55), pytest.approx(0.45))
    assert verdict.contradict >= OPPOSED_AT
    assert reader.pairs[0][0] == quotes[29]
    assert len(reader.pairs) == ALONE + 1


# The reader that comes with the program


@pytest.fixture(scope="module")
def shipped() -> ReaderScorer:
    return ReaderScorer(TrainedReader())


def test_the_shipped_reader_finds_a_paraphrase_better_borne_out_than_its_reverse(
    shipped: ReaderScorer,
) -> None:
    right, turned = (shipped.score(text, [QUOTE]) for text in (CLAIM, TURNED))

    assert right.support > turned.support
    assert turned.contradict > right.contradict
    assert verify(claim(CLAIM, [citation(QUOTE)]), shipped).support is not Support.UNSUPPORTED


def test_a_claim_that_is_turned_round_is_refused_with_the_shipped_reader(shipped: ReaderScorer) -> None:
    assert verify(claim(TURNED, [citation(QUOTE)]), shipped).support is Support.UNSUPPORTED
