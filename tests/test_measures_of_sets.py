"""Measures of a whole set, and of rankings of a collection, on examples worked out by hand."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.measures import ranking
from evals.measures.whole_set import accuracy, auroc_parts, confusion, kappa, macro_f1, parts_of

SCORES = st.lists(st.integers(0, 5).map(float), min_size=1, max_size=12)

# AUROC


def auroc(positive: dict[str, float], negative: dict[str, float]) -> float:
    return float(np.mean(list(auroc_parts(positive, negative).values())))


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    # Of 4 pairs: 0.9 above both, 0.4 above 0.1 and below 0.5.
    assert auroc({"a": 0.9, "b": 0.4}, {"c": 0.1, "d": 0.5}) == pytest.approx(3 / 4)
    assert auroc({"a": 0.3}, {"b": 0.3}) == 0.5


def test_a_scorer_that_knows_nothing_has_half_and_one_that_turns_all_round_none() -> None:
    assert auroc({"a": 0.5, "b": 0.5}, {"c": 0.5, "d": 0.5}) == 0.5
    assert auroc({"a": 0.1, "b": 0.2}, {"c": 0.8, "d": 0.9}) == 0


def test_auroc_of_one_kind_is_not_judged() -> None:
    assert auroc_parts({"a": 1.0}, {}) == {}
    assert auroc_parts({}, {"a": 1.0}) == {}


@given(SCORES, SCORES)
def test_auroc_is_that_of_counting_every_pair(positive: list[float], negative: list[float]) -> None:
    pairs = [(p > n) + (p == n) / 2 for p in positive for n in negative]
    own = {f"p{at}": score for at, score in enumerate(positive)}
    other = {f"n{at}": score for at, score in enumerate(negative)}

    parts = auroc_parts(own, other)

    assert parts.keys() == own.keys() | other.keys()
    assert np.mean(list(parts.values())) == pytest.approx(sum(pairs) / len(pairs))


# Classes

PAIRS = [("e", "e"), ("e", "b"), ("b", "b"), ("b", "b"), ("n", "e")]


def test_accuracy_is_the_share_that_is_equal() -> None:
    assert accuracy(PAIRS) == pytest.approx(3 / 5)
    assert math.isnan(accuracy([]))


def test_macro_f1_is_the_mean_over_the_classes_that_are_given() -> None:
    # e: 2·1 / (2 + 2); b: 2·2 / (2 + 3); n: never found.
    assert macro_f1(PAIRS) == pytest.approx((1 / 2 + 4 / 5 + 0) / 3)
    assert macro_f1([("e", "e"), ("e", "x")]) == pytest.approx(2 / 3)
    assert math.isnan(macro_f1([]))


def test_kappa_takes_off_what_chance_gives() -> None:
    # Equal 3/5; chance (2·2 + 2·3 + 1·0) / 25 = 2/5.
    assert kappa(PAIRS) == pytest.approx((3 / 5 - 2 / 5) / (1 - 2 / 5))
    assert kappa([("e", "e")] * 4) == 1
    assert kappa([("e", "b"), ("b", "e")]) == pytest.approx(-1)


def test_a_system_that_always_says_the_same_has_no_kappa_and_a_low_f1() -> None:
    same = [("n", "n")] * 8 + [("e", "n"), ("b", "n")]

    assert accuracy(same) == 0.8
    assert kappa(same) == pytest.approx(0)
    assert macro_f1(same) < 0.3


def test_confusion_counts_each_class_against_each() -> None:
    assert confusion(PAIRS) == {
        "b": {"b": 2, "e": 0, "n": 0},
        "e": {"b": 1, "e": 1, "n": 0},
        "n": {"b": 0, "e": 1, "n": 0},
    }


def test_parts_of_a_mean_are_its_items() -> None:
    items = {"a": 0.0, "b": 1.0, "c": 0.5}

    parts = parts_of(items, lambda values: float(np.mean(values)))

    assert parts == pytest.approx(items)


def test_the_spread_of_the_parts_gives_the_standard_error_of_kappa() -> None:
    # Fleiss, Cohen and Everitt's large-sample error (1969) of a two by two table.
    pairs = [("y", "y")] * 40 + [("n", "n")] * 30 + [("y", "n")] * 10 + [("n", "y")] * 20
    items = {str(at): pair for at, pair in enumerate(pairs)}

    parts = list(parts_of(items, kappa).values())

    assert np.mean(parts) == pytest.approx(kappa(pairs), abs=0.01)
    assert np.std(parts, ddof=1) / math.sqrt(len(parts)) == pytest.approx(0.0898, abs=0.003)


# Rankings of a collection

QRELS = {"q1": {"a": 1, "b": 1}, "q2": {"c": 2}}


def test_a_ranking_is_judged_query_by_query() -> None:
    made = ranking.judge(QRELS, {"q1": [("a", 9.0), ("x", 8.0), ("b", 7.0)], "q2": [("x", 1.0), ("c", 0.5)]})

    # q1: hits at ranks 1 and 3 of two; q2: one hit at rank 2.
    assert made["nDCG@10"]["q1"] == pytest.approx(1.5 / (1 + 1 / math.log2(3)))
    assert made["nDCG@10"]["q2"] == pytest.approx(1 / math.log2(3))
    assert made["recall@5"] == {"q1": 1, "q2": 1}
    assert made["reciprocal rank"] == {"q1": 1, "q2": 0.5}


def test_a_query_without_a_ranking_scores_nothing() -> None:
    made = ranking.judge(QRELS, {"q1": [("a", 1.0)]})

    assert {name: scores["q2"] for name, scores in made.items()} == dict.fromkeys(ranking.MEASURES, 0)


def test_equal_scores_keep_the_order_of_the_ranking() -> None:
    tied = [("x", 1.0), ("c", 1.0)]

    assert ranking.judge(QRELS, {"q2": tied})["reciprocal rank"]["q2"] == 0.5
    assert ranking.judge(QRELS, {"q2": tied[::-1]})["reciprocal rank"]["q2"] == 1


def test_a_system_that_ranks_the_other_way_round_is_found_out() -> None:
    own = [("a", 3.0), ("b", 2.0), *((f"x{n}", 1.0) for n in range(20))]
    straight = ranking.judge(QRELS, {"q1": own})
    turned = ranking.judge(QRELS, {"q1": own[::-1]})

    assert straight["nDCG@10"]["q1"] == 1
    for name in ("nDCG@10", "recall@5", "recall@10", "recall@20", "reciprocal rank"):
        assert turned[name]["q1"] < straight[name]["q1"], name


def test_a_run_file_is_as_trec_has_it_and_falls_with_the_rank(tmp_path: Path) -> None:
    ranking.write_trec(tmp_path / "run.txt", {"q1": [("a", 1.0), ("b", 1.0)]}, "ours")

    assert (tmp_path / "run.txt").read_text(encoding="utf-8").splitlines() == [
        "q1 Q0 a 1 1.000000 ours",
        "q1 Q0 b 2 0.500000 ours",
    ]
