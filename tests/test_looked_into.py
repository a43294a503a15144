"""Which candidates a search looks into, and that what is farthest moves no other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import retrieval
from assistant.retrieval import FAR, STEEPNESS, WEIGHTS, Retriever, fuse
from tests.builders import index_over
from tests.fakes import FakeEncoder

NOTES = {
    f"{name}.md": f"# The {name}\n\nCoaching {does} in the {name} agency. {more}\n"
    for name, does, more in (
        ("orchard", "helped teams", "Nobody coached before."),
        ("harbour", "failed", "Boats stayed out."),
        ("mill", "was paid for", "A grant came late."),
        ("valley", "lasted", "Leaders stayed."),
        ("bridge", "was refused", "The agency had no time."),
        ("garden", "began", "Carers asked for it."),
    )
}


@pytest.fixture
def retriever(tmp_path: Path) -> Retriever:
    return Retriever(index_over(tmp_path, FakeEncoder(), NOTES), FakeEncoder())


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


def test_the_candidates_that_are_looked_into_come_first_by_words_and_meaning_half_and_half(
    retriever: Retriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "coaching in an agency"
    every = retriever.search(question, 100)
    words, meaning = every.signals["words"], every.signals["meaning"]
    low = np.percentile(meaning, FAR)
    half = words**STEEPNESS + np.maximum((meaning - low) / (meaning.max() - low), 0)
    expected = [every.candidates[place] for place in np.argsort(-half, kind="stable")[:3]]
    monkeypatch.setattr(retrieval, "LOOKED_INTO", 3)

    some = retriever.search(question, 2)

    assert some.candidates == tuple(sorted(expected))
    for place, identity in enumerate(some.candidates):
        before = every.candidates.index(identity)
        for name in ("words", "meaning", "sentence", "tokens"):
            assert some.signals[name][place] == every.signals[name][before]
    for item in some.evidence:
        identity = item.passage.id
        assert some.matches[identity].tolist() == every.matches[identity].tolist()
        assert (some.sentence_vectors[identity] == every.sentence_vectors[identity]).all()
    assert len(retriever.search(question, 5).evidence) == 5, "as many as are asked for"
