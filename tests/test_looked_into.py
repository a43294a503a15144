"""Which candidates a search looks into, and that what is farthest moves no other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.encoding import unit
from assistant.retrieval import FAR, STEEPNESS, WEIGHTS, fuse, looked_into


@given(farther=st.floats(0, 0.1))
def test_how_far_the_farthest_are_moves_no_other(farther: float) -> None:
    many = {name: np.linspace(0.2, 0.8, 100) for name in WEIGHTS}
    with_one = {name: np.append(values, 0.15) for name, values in many.items()}
    with_another = {name: np.append(values, farther) for name, values in many.items()}

    assert (fuse(with_one)[:100] == fuse(with_another)[:100]).all()
    assert fuse(with_one)[:100] == pytest.approx(fuse(many), abs=0.01)


def test_nearly_all_as_near_as_the_nearest_are_told_from_one_that_is_not() -> None:
    fused = fuse({"meaning": np.array([0.1, *[0.9] * 30])})

    assert fused.tolist() == [0] + [WEIGHTS["meaning"]] * 30


def test_the_candidates_that_are_looked_into_come_first_by_words_and_meaning_half_and_half() -> None:
    generator = np.random.default_rng(7)
    whole = {f"p{n:02d}": unit(generator.standard_normal(16)) for n in reversed(range(40))}
    vector, most = unit(generator.standard_normal(16)), 20.0
    by_words = {identity: float(generator.uniform(0, most)) for identity in list(whole)[::2]}

    names, scores = looked_into(by_words, whole, vector, most, 9)

    every = sorted(whole)
    words = np.array([by_words.get(identity, 0.0) for identity in every]) / most
    meaning = np.round(np.array([whole[identity] @ vector for identity in every], dtype=np.float64), 6)
    low = np.percentile(meaning, FAR)
    half = words**STEEPNESS + np.maximum((meaning - low) / (meaning.max() - low), 0)
    first = sorted(np.argsort(-half, kind="stable")[:9])
    assert names == [every[place] for place in first]
    assert scores["words"].tolist() == words[first].tolist()
    assert scores["meaning"] == pytest.approx(meaning[first], abs=2e-6)


def test_of_equals_those_first_by_id_are_looked_into() -> None:
    whole = {name: np.eye(4, dtype=np.float32)[0] for name in "cabd"}

    assert looked_into({}, whole, np.eye(4, dtype=np.float32)[0], 1.0, 2)[0] == ["a", "b"]
