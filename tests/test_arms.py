"""Rival designs fuse as they say; what the reader learnt from public sets is known question by question."""

from __future__ import annotations

import json

import pytest

from evals.arms import Hit
from evals.arms.minmax import MinMax
from evals.arms.rrf import RRF
from evals.collections import Collection, Entry
from evals.training.public import LEARNT, drawn, load_public
from tests.conftest import SHARED


class Listed:
    """An arm that gives the same hits to any question, each on a text of its own."""

    def __init__(self, **scores: float) -> None:
        self.name = "listed"
        self._hits = [Hit(source, 0, 9, score) for source, score in scores.items()]

    def search(self, question: str, limit: int) -> list[Hit]:
        return self._hits[:limit]


def found(arm: RRF | MinMax, limit: int = 9) -> dict[str, float]:
    return {hit.source: round(hit.score, 4) for hit in arm.search("?", limit)}


def test_min_max_spreads_each_side_s_scores_before_it_weighs_them() -> None:
    words, meaning = Listed(a=30, b=20, c=10), Listed(c=0.9, b=0.8, d=0.1)

    assert found(MinMax(words, meaning)) == {"b": 0.65, "a": 0.6, "c": 0.4, "d": 0.0}
    assert list(found(MinMax(words, meaning), 2)) == ["b", "a"]


def test_min_max_of_one_hit_or_none_is_no_division_by_nought() -> None:
    assert found(MinMax(Listed(a=3), Listed())) == {"a": 0.6}
    assert found(MinMax(Listed(), Listed(a=0.3, b=0.3))) == {"a": 0.4, "b": 0.4}
    assert found(MinMax(Listed(), Listed())) == {}


def test_ranks_are_fused_whatever_the_scores_are() -> None:
    words, meaning = Listed(a=30, b=20), Listed(b=0.9, a=0.1)

    assert found(RRF(words, meaning)) == {"a": 0.0325, "b": 0.0325}
    assert list(found(RRF(Listed(b=2, a=1), meaning))) == ["b", "a"]


def test_a_collection_keeps_all_its_texts_for_some_of_its_questions() -> None:
    entries = (Entry("1", "", "Boats."), Entry("2", "", "Bread."))
    whole = Collection("village", entries, {"a": "?", "b": "!"}, {"a": {"1": 1}, "b": {"2": 1}})

    part = whole.only({"b", "unknown"})

    assert (part.corpus, part.queries, part.qrels) == (entries, {"b": "!"}, {"b": {"2": 1}})


def test_questions_that_the_reader_learnt_from_are_named() -> None:
    sets = json.loads(LEARNT.read_text(encoding="utf-8"))

    assert {name: len(ids) for name, ids in sets.items()} == {
        "scifact": 200,
        "qmsum-committee": 200,
        "covid-qa": 200,
        "clapnq": 600,
    }
    assert drawn("village") == set()


@pytest.mark.skipif(not (SHARED / "benchmarks").exists(), reason="the public sets are not here")
def test_they_are_those_that_the_draw_takes() -> None:
    from evals.training.fit import Schedule

    mixture = load_public(SHARED / "benchmarks", Schedule().seed)

    for name in ("scifact", "qmsum-committee", "covid-qa"):
        taken = {one.group for one in mixture.rankings if one.group.startswith(f"{name}:")}
        assert taken == {f"{name}:{query}" for query in drawn(name)}
