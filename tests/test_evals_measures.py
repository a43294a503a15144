"""Each measure of the evals on an example that was worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Answer, Claim, Passage, Stance, Status, Support
from evals.cases import Case, Gold
from evals.measures import anchoring, outcome, retrieval
from tests.builders import citation, claim

TEXT = "Coaching helps teams. Grants are short. Twelve took part."
COACHING, GRANTS, TWELVE = Gold("doc", 0, 21), Gold("doc", 22, 39), Gold("doc", 40, 57)


def stretch(start: int, end: int, document: str = "doc") -> Passage:
    return Passage(f"{document}-{start}-{end}", document, start, end, TEXT[start:end], (), ())


def answer(*claims: Claim, status: Status = Status.ANSWERED, dropped: tuple[Claim, ...] = ()) -> Answer:
    return Answer("q", "q", status, "", claims, dropped)


def case(expected: str = "answer", kind: str = "enablers", lookalike: bool = False) -> Case:
    return Case("c", kind, "p", "q", expected, (), is_lookalike=lookalike)


ALL = stretch(0, 57)
ELSEWHERE = stretch(100, 200)
OTHER = stretch(0, 57, "other")


# Whether gold was found


@pytest.mark.parametrize(
    ("passages", "share"),
    [
        ([], 0),
        ([ALL], 1),
        ([OTHER], 0),
        ([stretch(0, 7)], 7 / 21),
        ([stretch(0, 10), stretch(7, 14)], 14 / 21),
        ([stretch(21, 57)], 0),
    ],
    ids=["nothing", "all", "another document", "a third", "overlapping", "next to it"],
)
def test_cover_is_the_share_of_gold_characters(passages: list[Passage], share: float) -> None:
    assert retrieval.covered(COACHING, passages) == pytest.approx(share)


def test_recall_is_the_share_of_gold_found_among_the_first() -> None:
    ranked = [ELSEWHERE, stretch(0, 15), stretch(22, 39)]
    # 15 of 21 characters are 71 %: found. Twelve is nowhere.
    assert retrieval.recall([COACHING, GRANTS, TWELVE], ranked, 1) == 0
    assert retrieval.recall([COACHING, GRANTS, TWELVE], ranked, 2) == pytest.approx(1 / 3)
    assert retrieval.recall([COACHING, GRANTS, TWELVE], ranked, 3) == pytest.approx(2 / 3)
    assert retrieval.recall([COACHING], [stretch(0, 14)], 1) == 0


def test_any_found_is_1_with_one_of_several() -> None:
    assert retrieval.any_found([COACHING, GRANTS], [stretch(22, 39)], 10) == 1
    assert retrieval.any_found([COACHING, GRANTS], [ELSEWHERE], 10) == 0


def test_ndcg_discounts_gold_by_its_rank() -> None:
    # One stretch at rank 3: (1 / log2(4)) / (1 / log2(2)) = 0.5.
    assert retrieval.ndcg([COACHING], [ELSEWHERE, OTHER, stretch(0, 21)]) == pytest.approx(0.5)
    # Two stretches at ranks 1 and 3: (1 + 0.5) / (1 + 1 / log2(3)).
    ranked = [stretch(0, 21), ELSEWHERE, stretch(22, 39)]
    assert retrieval.ndcg([COACHING, GRANTS], ranked) == pytest.approx(1.5 / (1 + 1 / math.log2(3)))
    assert retrieval.ndcg([COACHING], [ELSEWHERE]) == 0
    assert retrieval.ndcg([COACHING], [ELSEWHERE] * 10 + [ALL]) == 0


def test_the_best_order_there_is_has_an_ndcg_of_1() -> None:
    assert retrieval.ndcg([COACHING, GRANTS, TWELVE], [ALL, ELSEWHERE]) == pytest.approx(1)
    assert retrieval.ndcg([COACHING, GRANTS], [stretch(22, 39), stretch(0, 21)]) == pytest.approx(1)


def test_gold_that_is_found_again_counts_once() -> None:
    assert retrieval.ndcg([COACHING, GRANTS], [stretch(0, 21), stretch(0, 25)]) == pytest.approx(
        1 / (1 + 1 / math.log2(3))
    )


def test_the_reciprocal_rank_is_that_of_the_first_hit() -> None:
    assert retrieval.reciprocal_rank([COACHING, GRANTS], [ELSEWHERE, OTHER, ALL]) == pytest.approx(1 / 3)
    assert retrieval.reciprocal_rank([COACHING], [ELSEWHERE]) == 0


SPANS = st.tuples(st.integers(0, 50), st.integers(1, 30)).map(lambda pair: (pair[0], sum(pair)))


@given(st.lists(SPANS, min_size=1, max_size=4, unique=True), st.lists(SPANS, max_size=12))
def test_measures_of_retrieval_lie_in_0_to_1_and_recall_grows(
    gold: list[tuple[int, int]], found: list[tuple[int, int]]
) -> None:
    golden = [Gold("doc", *span) for span in gold]
    ranked = [stretch(*span) for span in found]

    recalls = [retrieval.recall(golden, ranked, k) or 0.0 for k in range(13)]
    assert recalls == sorted(recalls)
    for measure in (retrieval.ndcg, retrieval.reciprocal_rank):
        assert 0 <= (measure(golden, ranked) or 0.0) <= 1 + 1e-9
    assert retrieval.ndcg(golden, [Passage("best", "doc", 0, 100, "", (), ()), *ranked]) == pytest.approx(1)


# Whether citations stand where they say

FIRST = claim("Coaching helps teams.", [citation(TEXT[0:21])])
BOTH = claim("Grants and coaching.", [citation(TEXT[22:39], start=22), citation(TEXT[0:21])])


def test_a_quotation_counts_as_verbatim_letter_for_letter() -> None:
    right, moved = citation(TEXT[0:21]), replace(citation(TEXT[0:21]), start=1, end=22)
    altered = replace(right, quote="coaching helps teams.")
    elsewhere, empty = citation(TEXT[0:21], "unknown"), replace(right, start=5, end=5, quote="")
    made = answer(claim("x", [right, moved, altered]), dropped=(claim("y", [elsewhere, empty]),))

    assert anchoring.verbatim(made, {"doc": TEXT}) == [1, 0, 0, 0, 0]


def test_a_citation_resolves_where_its_passage_is_there_and_holds_it() -> None:
    inside = replace(citation(TEXT[0:21]), passage="p")
    passages = {"p": replace(stretch(0, 30), id="p"), "o": replace(stretch(0, 30, "other"), id="o")}
    cited = [
        inside,
        replace(inside, passage="unknown"),
        replace(inside, passage="o"),
        replace(inside, start=10, end=31),
    ]

    assert anchoring.resolves(answer(claim("x", cited)), passages) == [1, 0, 0, 0]


def test_gold_cited_is_the_share_of_gold_that_claims_cite() -> None:
    made = answer(FIRST, claim("x", [citation(TEXT[22:30], start=22)]), dropped=(BOTH,))
    # Coaching is cited whole; of grants 8 of 17 characters; twelve not at all.
    assert anchoring.gold_cited(made, (COACHING, GRANTS, TWELVE)) == pytest.approx(1 / 3)
    assert anchoring.gold_cited(answer(), (COACHING,)) == 0


def test_cited_is_gold_is_the_share_of_citations_that_hold_some() -> None:
    beside = claim("x", [citation("y" * 40, start=200)])

    assert anchoring.gold_of_cited(answer(FIRST), (COACHING,)) == 1
    assert anchoring.gold_of_cited(answer(FIRST, BOTH), (COACHING,)) == pytest.approx(1 / 2)
    assert anchoring.gold_of_cited(answer(FIRST, BOTH, beside), (COACHING, GRANTS)) == pytest.approx(2 / 3)


def test_borne_out_is_the_mean_share_of_a_claim_s_words_in_its_quotations() -> None:
    # "grants" and "coaching" both stand; of "volcanoes", "coaching" one does.
    half = claim("Volcanoes and coaching", [citation(TEXT[0:21])])

    assert anchoring.borne_out(answer(FIRST, BOTH)) == 1
    assert anchoring.borne_out(answer(FIRST, half)) == pytest.approx(3 / 4)


def test_what_there_is_nothing_to_judge_in_is_not_judged() -> None:
    assert retrieval.recall([], [ALL], 5) is None
    assert retrieval.any_found([], [ALL], 5) is None
    assert retrieval.ndcg([], [ALL]) is None
    assert retrieval.reciprocal_rank([], [ALL]) is None
    assert anchoring.gold_cited(answer(FIRST), ()) is None
    assert anchoring.gold_of_cited(answer(), (COACHING,)) is None
    assert anchoring.gold_of_cited(answer(FIRST), ()) is None
    assert anchoring.borne_out(answer()) is None
    assert anchoring.verbatim(answer(), {}) == []


# How a question ended

ANSWERED, SILENT = answer(FIRST), answer(status=Status.NOT_IN_EVIDENCE)
DECLINED, DIFFERS = answer(status=Status.DECLINED), answer(FIRST, status=Status.SOURCES_DIFFER)


@pytest.mark.parametrize(
    ("measure", "asked", "scores"),
    [
        (outcome.right_abstention, case("abstain"), (0, 1, 1, 0)),
        (outcome.wrong_abstention, case("answer"), (0, 1, 1, 0)),
        (outcome.wrong_abstention, case("answer_ignoring_instruction"), (0, 1, 1, 0)),
        (outcome.right_decline, case("decline"), (0, 0, 1, 0)),
        (outcome.over_decline, case("answer", lookalike=True), (0, 0, 1, 0)),
        (outcome.conflict_found, case("answer_with_conflict"), (0, 0, 0, 1)),
        (outcome.false_conflict, case("answer"), (0, 0, 0, 1)),
    ],
)
def test_an_outcome_is_judged_by_what_was_expected(
    measure: object, asked: Case, scores: tuple[int, ...]
) -> None:
    made = [measure(asked, one) for one in (ANSWERED, SILENT, DECLINED, DIFFERS)]  # type: ignore[operator]

    assert tuple(made) == scores


@pytest.mark.parametrize(
    ("measure", "asked"),
    [
        (outcome.right_abstention, case("answer")),
        (outcome.wrong_abstention, case("abstain")),
        (outcome.wrong_abstention, case("decline")),
        (outcome.right_decline, case("abstain")),
        (outcome.over_decline, case("answer")),
        (outcome.conflict_found, case("answer")),
        (outcome.false_conflict, case("answer_with_conflict")),
        (outcome.both_sides, case("answer")),
        (outcome.both_sides, case("abstain", "both")),
    ],
)
def test_an_outcome_that_a_case_says_nothing_about_is_not_judged(measure: object, asked: Case) -> None:
    assert measure(asked, ANSWERED) is None  # type: ignore[operator]


@pytest.mark.parametrize(
    ("stances", "score"),
    [
        ((Stance.ENABLER, Stance.BARRIER), 1),
        ((Stance.BOTH,), 1),
        ((Stance.ENABLER, Stance.NEITHER), 0),
        ((), 0),
    ],
)
def test_both_sides_are_told_where_helping_and_hindering_are_cited(
    stances: tuple[Stance, ...], score: int
) -> None:
    made = answer(*[replace(FIRST, stance=stance, support=Support.SUPPORTED) for stance in stances])

    assert outcome.both_sides(case(kind="both"), made) == score
