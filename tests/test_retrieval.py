from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import IndexMismatch, IndexMissing
from assistant.index import Index
from assistant.passages import encoded_text
from assistant.retrieval import FIRST, STEEPNESS, WEIGHTS, Retriever, fuse
from tests.builders import index_over
from tests.fakes import FakeEncoder, matched

FILES = {
    f"{topic}.md": f"# About {topic}\n\nThe {topic} story of the {place} agency and its {topic} work.\n\n"
    f"## Later\n\nCoaching came to the {place} agency after the {topic} years ended.\n"
    for topic, place in (
        ("orchard", "northern"),
        ("harbour", "southern"),
        ("quarry", "eastern"),
        ("mill", "western"),
    )
}
SIGNAL = st.lists(st.floats(-10, 10), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_over(tmp_path_factory.mktemp("retrieval"), FakeEncoder(), FILES)


@pytest.fixture(scope="module")
def retriever(index: Index) -> Retriever:
    return Retriever(index, FakeEncoder())


def found(retriever: Retriever, question: str, limit: int = 10) -> list[str]:
    """Ids of what is found; what must hold of any search is checked."""
    evidence = retriever.search(question, limit).evidence
    assert [item.rank for item in evidence] == list(range(1, len(evidence) + 1))
    identities = [item.passage.id for item in evidence]
    assert len(set(identities)) == len(identities) <= limit
    fused = [item.scores["fused"] for item in evidence]
    assert fused == sorted(fused, reverse=True)
    assert all(item.document.id == item.passage.document for item in evidence)
    return identities


# Searching


def test_the_passage_that_the_question_is_about_is_found_first(retriever: Retriever) -> None:
    evidence = retriever.search("What is the harbour story of the southern agency?").evidence

    assert evidence[0].document.name == "harbour.md"
    assert evidence[0].found_by == "both"


def test_every_signal_stands_with_the_evidence(retriever: Retriever) -> None:
    for item in retriever.search("orchard coaching").evidence:
        assert set(item.scores) == {"words", "meaning", "sentence", "tokens", "likeness", "fused"}


def test_likeness_is_the_cosine_with_the_mean_of_the_passages_that_come_first_by_the_other_scores(
    retriever: Retriever, index: Index
) -> None:
    result = retriever.search("coaching in an agency")

    others = {name: values for name, values in result.signals.items() if name != "likeness"}
    order = sorted(zip(-fuse(others), result.candidates, strict=True))
    vectors = index.live().catalogue.vectors_of(result.candidates)
    mean = np.mean([vectors[identity] for _, identity in order[:FIRST]], axis=0)
    expected = [float(vectors[identity] @ mean) for identity in result.candidates]
    assert result.signals["likeness"] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_at_most_the_asked_number_of_passages_is_found(retriever: Retriever, limit: int) -> None:
    assert len(found(retriever, "coaching in an agency", limit)) == min(limit, 8)


def test_how_well_words_are_matched_stands_with_each_passage_and_each_of_its_sentences(
    retriever: Retriever,
) -> None:
    question, encoder = "orchard coaching", FakeEncoder()
    result = retriever.search(question)
    asked = encoder.encode_query_tokens(question)

    for item in result.evidence:
        [made] = encoder.encode_passages([encoded_text(item.passage)])
        assert result.matches[item.passage.id].tolist() == matched(asked, made.tokens).tolist()
        [whole] = matched(asked, [np.concatenate(made.tokens)])
        assert item.scores["tokens"] == pytest.approx(whole, abs=1e-4)
    assert max(item.scores["tokens"] for item in result.evidence) > 0.5


def test_the_vectors_of_sentences_come_with_the_passages_that_are_found(retriever: Retriever) -> None:
    result = retriever.search("coaching in an agency", 3)

    assert set(result.sentence_vectors) == {item.passage.id for item in result.evidence}
    for item in result.evidence:
        assert len(result.sentence_vectors[item.passage.id]) == len(item.passage.sentences)


def test_a_question_of_stop_words_alone_is_searched_by_meaning(retriever: Retriever) -> None:
    result = retriever.search("What is it that they do?")

    assert result.terms == ()
    assert result.evidence
    assert {item.found_by for item in result.evidence} == {"meaning"}


@pytest.mark.parametrize(
    "question",
    [
        '"unbalanced quotation',
        "(brackets [and] {braces",
        "coach* ^orchard -mill +harbour",
        "NEAR(orchard mill, 2)",
        "orchard AND OR NOT mill",
        "context:orchard body:mill",
        "''; DROP TABLE words; --",
        "café naïve ŁÓDŹ 漢字 ½ ² Ⅷ",
        "😀 👨‍👩‍👧 🏳️‍🌈",
        "\u202eright to left\u202c\u200b",
        "nul\0byte",
        "don't won’t o'clock",
        "x" * 4000,
        "word" * 1000,
        " ".join(f"term{number}" for number in range(600))[:4000],
        "? ! . , ; :",
        " ",
    ],
)
def test_no_spelling_of_a_question_is_an_error(retriever: Retriever, question: str) -> None:
    assert len(found(retriever, question)) == 8


@given(st.text(max_size=200))
def test_any_text_can_be_searched_for(retriever: Retriever, question: str) -> None:
    assert len(found(retriever, question)) == 8


def test_words_of_the_question_are_searched_as_words_and_not_as_operators(retriever: Retriever) -> None:
    # "NOT" is a stop word here; the question is about both places.
    names = {
        item.document.name
        for item in retriever.search("orchard NOT mill").evidence
        if item.found_by != "meaning"
    }

    assert names == {"orchard.md", "mill.md"}


# The same question


def test_the_same_question_finds_the_same_with_the_same_scores(retriever: Retriever) -> None:
    question = "Which agency had coaching after the quarry years?"

    assert retriever.search(question).evidence == retriever.search(question).evidence


def test_texts_that_are_equal_stand_in_order_of_their_ids(tmp_path: Path) -> None:
    same = {
        f"{year}.md": f"---\ntitle: Coaching\nyear: {year}\n---\n# Coaching\n\nCoaching helps teams.\n"
        for year in range(2001, 2007)
    }
    retriever = Retriever(index_over(tmp_path, FakeEncoder(), same), FakeEncoder())
    evidence = retriever.search("Does coaching help?").evidence

    assert len(evidence) == 6
    assert len({item.scores["fused"] for item in evidence}) == 1
    identities = [item.passage.id for item in evidence]
    assert identities == sorted(identities)


# An index that cannot be searched


def test_a_missing_index_is_told_with_the_command_that_makes_it(tmp_path: Path) -> None:
    retriever = Retriever(Index(tmp_path / "none", "fake:1"), FakeEncoder())

    with pytest.raises(IndexMissing, match="assistant ingest"):
        retriever.search("coaching")


def test_an_index_of_another_encoder_is_not_searched(index: Index) -> None:
    other = FakeEncoder("fake:2")
    retriever = Retriever(Index(index.layout.root, other.fingerprint), other)

    with pytest.raises(IndexMismatch, match="assistant ingest"):
        retriever.search("coaching")
    assert other.asked == []


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    retriever = Retriever(index_over(tmp_path, FakeEncoder(), {}), FakeEncoder())

    assert found(retriever, "coaching") == []


# Fusing


def test_a_fused_score_is_the_weighted_sum_of_words_and_of_meaning_spread_over_0_to_1() -> None:
    # words: by their share to a power; meaning: 1, 0 and 0.36 of 0.76, from the 5th percentile, 0.14, on;
    # sentence: all alike, which tells nothing apart.
    fused = fuse(
        {
            "words": np.array([0.0, 0.1, 0.2]),
            "meaning": np.array([0.9, 0.1, 0.5]),
            "sentence": np.array([7.0, 7.0, 7.0]),
        }
    )

    assert fused == pytest.approx(
        [
            WEIGHTS["meaning"],
            0.1**STEEPNESS * WEIGHTS["words"],
            0.2**STEEPNESS * WEIGHTS["words"] + 0.36 / 0.76 * WEIGHTS["meaning"],
        ]
    )


def test_the_weights_share_out_one() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)


@given(SIGNAL)
def test_a_fused_score_lies_in_0_to_1_and_keeps_the_order_that_all_signals_agree_on(
    values: list[float],
) -> None:
    signal = np.array(values)
    signals = {**dict.fromkeys(WEIGHTS, signal), "words": np.clip(signal, 0, 1)}
    fused = fuse(signals)

    assert ((fused >= 0) & (fused <= 1 + 1e-9)).all()
    for i in range(len(values)):
        for j in range(len(values)):
            assert not (values[i] > values[j] and fused[i] < fused[j])


@given(SIGNAL, st.floats(0.5, 100), st.floats(-5, 5))
def test_the_scale_of_meaning_does_not_matter(values: list[float], factor: float, shift: float) -> None:
    signal = np.round(np.array(values), 3)
    other = np.zeros_like(signal)
    before = fuse({"words": other, "meaning": signal})
    after = fuse({"words": other, "meaning": signal * factor + shift})

    assert after == pytest.approx(before, abs=1e-6)


def test_words_count_by_how_much_of_the_question_stands_in_a_passage(retriever: Retriever) -> None:
    def most(question: str) -> float:
        return float(retriever.search(question).signals["words"].max(initial=0))

    assert 0.3 < most("orchard story northern") <= 1
    assert 0 < most("orchard vaccination volunteers pandemic rota") < most("orchard story northern") / 2
    assert most("zebra giraffe") == 0


def test_nothing_to_fuse_gives_nothing() -> None:
    assert fuse(dict.fromkeys(WEIGHTS, np.array([]))).shape == (0,)
