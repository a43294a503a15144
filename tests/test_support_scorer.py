from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from assistant.verification.scorer import RuleScorer, SupportScorer, Verdict

COACHING = "Regular coaching helped 12 teams keep the reflective model for two years."
SCORER: SupportScorer = RuleScorer()


def score(claim: str, *quotes: str) -> Verdict:
    return SCORER.score(claim, quotes)


@limits(deadline=None)  # the stemmer and patterns are made at first use
@given(st.text(max_size=120), st.lists(st.text(max_size=120), max_size=4))
def test_both_are_probabilities_and_leave_room_for_neither(claim: str, quotes: list[str]) -> None:
    verdict = score(claim, *quotes)

    assert 0 <= verdict.support <= 1
    assert 0 <= verdict.contradict <= 1
    assert verdict.support + verdict.contradict <= 1 + 1e-9
    assert verdict == score(claim, *quotes)


def test_nothing_quoted_says_nothing() -> None:
    assert score("Coaching helped teams.") == Verdict(0.0, 0.0)
    assert score("Grants run out.", COACHING) == Verdict(0.0, 0.0)


def test_the_source_s_own_words_are_supported_whole() -> None:
    assert score(COACHING, COACHING) == Verdict(1.0, 0.0)


def test_a_claim_may_rest_on_several_quotations_together() -> None:
    claim = "Coaching and shared meals keep the circles alive."
    parts = ("Coaching helps.", "Shared meals keep the circles alive.")

    assert score(claim, *parts).support > max(score(claim, part).support for part in parts)


def test_another_figure_counts_against_a_claim_and_a_missing_one_does_not() -> None:
    other = score("Coaching helped 15 teams.", COACHING)
    missing = score("Coaching helped 15 teams.", "Regular coaching helped teams keep the model.")

    assert other.support < score("Coaching helped 12 teams.", COACHING).support
    assert other.contradict > 0
    assert missing.contradict == 0


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Coaching hindered the reflective model.", "Coaching helped the reflective model."),
        ("The model was not kept.", "The model was kept."),
        ("The model was kept.", "The model was never kept."),
    ],
)
def test_what_says_the_opposite_contradicts_more_than_it_supports_by_words(claim: str, quote: str) -> None:
    opposed, agreed = score(claim, quote), score(quote, quote)

    assert opposed.contradict > agreed.contradict
    assert opposed.support < agreed.support
