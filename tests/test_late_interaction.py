"""Late interaction: which tokens are kept, how a question's are matched, and that nothing else bears on it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.encoding import QueryTokens, Tokens, unit
from assistant.encoding.late_interaction import (
    MODEL,
    SCALE,
    TokenModel,
    content_tokens,
    rounded,
)
from assistant.encoding.minilm import MiniLM
from assistant.encoding.weights import LIMIT
from assistant.errors import ModelDamaged
from assistant.words import STOP_WORDS
from tests.fakes import matched

TEXT = "The council, to be fair, trusted its teams. It did not last!"
SENTENCES = [(0, 43), (44, len(TEXT))]


@pytest.fixture(scope="module")
def encoder() -> MiniLM:
    return MiniLM()


def tokens(*rows: list[float]) -> Tokens:
    return rounded(unit(np.array(rows, dtype=np.float32)))


def question(*rows: list[float], weights: list[float] | None = None) -> QueryTokens:
    return QueryTokens(tokens(*rows), np.array(weights or [1 / len(rows)] * len(rows)))


def test_each_token_is_matched_with_the_nearest_and_weighed() -> None:
    asked = question([1, 0], [0, 1], weights=[0.75, 0.25])

    exact, half, none = matched(
        asked, [tokens([0, 1], [1, 0], [-1, 0]), tokens([1, 0]), np.zeros((0, 2), np.int8)]
    )

    assert exact == pytest.approx((127 / SCALE) ** 2, abs=1e-6)
    assert half == pytest.approx(0.75 * exact, abs=1e-6)
    assert none == 0


def test_nothing_matches_a_question_without_tokens() -> None:
    asked = QueryTokens(np.zeros((0, 2), np.int8), np.zeros(0))

    assert matched(asked, [tokens([1, 0])]).tolist() == [0]
    assert matched(asked, []).shape == (0,)


@given(seed=st.integers(0, 10_000), width=st.sampled_from([2, 16, 96]))
@settings(max_examples=60, deadline=None)
def test_equal_tokens_match_wholly_and_not_more(seed: int, width: int) -> None:
    made = rounded(unit(np.random.default_rng(seed).standard_normal((1, width)).astype(np.float32)))

    assert 0.6 < matched(QueryTokens(made, np.ones(1)), [made])[0] <= 1


@given(seed=st.integers(0, 10_000), count=st.integers(1, 12), width=st.sampled_from([96, 384]))
@settings(max_examples=60, deadline=None)
def test_a_text_gets_the_same_beside_whatever_others(seed: int, count: int, width: int) -> None:
    generator = np.random.default_rng(seed)
    texts = [
        rounded(unit(generator.standard_normal((generator.integers(0, 40), width)))) for _ in range(count)
    ]
    weights = generator.random(7)
    asked = QueryTokens(
        rounded(unit(generator.standard_normal((7, width)).astype(np.float32))), weights / weights.sum()
    )

    together = matched(asked, texts)

    assert together.tolist() == [matched(asked, [text])[0] for text in texts]
    assert (np.abs(together) <= 1).all()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The council trusted it", ["council", "trusted"]),
        ("frontline-staff, and P9's", ["frontline", "staff", "P9's"]),
        ("what was it?", ["what", "was", "it", "?"]),
    ],
)
def test_tokens_of_words_that_carry_content_are_kept(text: str, kept: list[str]) -> None:
    spans = [match.span() for match in re.finditer(r"[\w']+|[^\w\s]", text)]

    assert [text[a:b] for a, b in (spans[place] for place in content_tokens(text, spans))] == kept


def test_a_text_without_tokens_keeps_none() -> None:
    assert content_tokens("", []).tolist() == []


def test_the_tokens_of_each_sentence_are_those_of_its_content_words(encoder: MiniLM) -> None:
    [made] = encoder.encode_passages([(TEXT, SENTENCES)])

    words = [[word.strip(",.!").lower() for word in TEXT[a:b].split()] for a, b in SENTENCES]
    assert [len(part) for part in made.tokens] == [
        sum(word not in STOP_WORDS for word in part) for part in words
    ]
    assert {part.dtype for part in made.tokens} == {np.dtype(np.int8)}
    assert {part.shape[1] for part in made.tokens} == {96}
    assert all(abs(np.linalg.norm(row / SCALE) - 1) < 0.02 for part in made.tokens for row in part)


def test_a_text_gives_the_same_tokens_beside_others(encoder: MiniLM) -> None:
    [alone] = encoder.encode_passages([(TEXT, SENTENCES)])
    _, beside = encoder.encode_passages([("Other words.", [(0, 12)]), (TEXT, SENTENCES)])

    assert [part.tobytes() for part in alone.tokens] == [part.tobytes() for part in beside.tokens]


def test_a_word_is_matched_by_one_that_means_the_same(encoder: MiniLM) -> None:
    text = "Staff left their posts. The building was painted blue."
    [made] = encoder.encode_passages([(text, [(0, 23), (24, len(text))])])

    left, painted = matched(encoder.encode_query_tokens("Why do workers quit their jobs?"), made.tokens)

    assert left > painted + 0.1


def test_rare_words_of_a_question_weigh_more(encoder: MiniLM) -> None:
    asked = encoder.encode_query_tokens("people Buurtzorg")

    assert asked.weights.sum() == pytest.approx(1)
    assert asked.weights[0] < asked.weights[1:].min()


@pytest.mark.parametrize("text", ["", "?", "and so was it", "trust " * 600])
def test_any_question_has_tokens_that_fit(encoder: MiniLM, text: str) -> None:
    asked = encoder.encode_query_tokens(text)

    assert len(asked.vectors) == len(asked.weights) <= LIMIT
    assert np.isfinite(matched(asked, [tokens([1.0] * 96)])).all()


def test_a_question_asked_in_between_changes_nothing(encoder: MiniLM) -> None:
    encoder.encode_query("Something else?")

    made, fresh = (one.encode_query_tokens("What helps teams?") for one in (encoder, MiniLM()))
    assert made.vectors.tobytes() == fresh.vectors.tobytes()
    assert made.weights.tolist() == fresh.weights.tolist()


def test_a_file_that_was_changed_is_refused(tmp_path: Path) -> None:
    for path in (MODEL, MODEL.with_suffix(".json")):
        shutil.copy(path, tmp_path)
    (tmp_path / MODEL.name).write_bytes(MODEL.read_bytes()[:-9] + b"otherwise")

    with pytest.raises(ModelDamaged):
        TokenModel(tmp_path / MODEL.name)
