"""Found passages in the order that a reader gives them; the reader is a fake that knows words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from assistant.encoding import Vectors
from assistant.reader import CLASSES, Head, Probabilities
from assistant.records import Evidence
from assistant.reranking import (
    JUDGED,
    MOST,
    READ,
    SENTENCES,
    WEIGHT,
    WHOLE,
    ReaderReranker,
    nearest_sentences,
    read_on,
    reorder,
    rerank,
    words_of,
)
from assistant.retrieval import Found
from tests.builders import evidence, passage

QUESTION = "What helped the rota last?"
DIMENSION = 4


class KnowingReranker:
    """Texts with a word are likely answers, others are not; it records what it was asked."""

    def __init__(self, word: str = "rota", likely: float = 0.99, unlikely: float = 0.01) -> None:
        self.read: list[str] = []
        self._word, self._likely, self._unlikely = word, likely, unlikely

    def chances(self, question: str, texts: Sequence[str]) -> list[float]:
        assert question == QUESTION
        self.read += texts
        return [self._likely if self._word in text else self._unlikely for text in texts]


def found_of(*items: Evidence, cosines: dict[str, list[float]] | None = None) -> Found:
    """A search's result in which each sentence is as near to the question as is said, or equally near."""
    vector: Vectors = np.eye(DIMENSION, dtype=np.float32)[0]
    sentences = {
        item.passage.id: np.array(
            [
                [cosine, 0, 0, 0]
                for cosine in (cosines or {}).get(item.passage.id, [0.5] * len(item.passage.sentences))
            ],
            dtype=np.float32,
        )
        for item in items
    }
    matches = {identity: own[:, 0].astype(np.float64) for identity, own in sentences.items()}
    return Found(tuple(items), vector, (), sentences, matches, tuple(sorted(sentences)), {})


def ranked(*words: str, fused: Sequence[float] | None = None) -> list[Evidence]:
    """One passage of one sentence for each, in this order."""
    shares = fused or [1.0] * len(words)
    return [
        evidence(passage(f"doc-{number:02d}", one), rank=number, fused=share)
        for number, (one, share) in enumerate(zip(words, shares, strict=True), 1)
    ]


def names(found: Found) -> list[str]:
    return [item.passage.document for item in found.evidence]


def test_a_passage_that_answers_rises_above_one_that_does_not() -> None:
    items = ranked("The canteen serves soup daily.", "A paid lead kept the rota alive.", fused=[0.9, 0.75])

    done = rerank(QUESTION, found_of(*items), KnowingReranker(), 10)

    assert names(done.found) == ["doc-02", "doc-01"]
    assert [item.rank for item in done.found.evidence] == [1, 2]
    assert done.chances == {(items[0].passage.id, 0): 0.01, (items[1].passage.id, 0): 0.99}


def test_the_reader_is_one_voice_beside_the_fused_score() -> None:
    items = ranked("The canteen serves soup daily.", "A paid lead kept the rota alive.", fused=[1.0, 0.2])

    done = rerank(QUESTION, found_of(*items), KnowingReranker(), 10)

    assert names(done.found) == ["doc-01", "doc-02"]
    assert done.found.evidence[1].scores == {
        "fused": 0.2,
        "reader": 0.99,
        "ranked": pytest.approx(0.2 + WEIGHT * np.log(99), abs=1e-4),
    }


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_certainty_counts_no_more_than_much(chance: float) -> None:
    done = rerank(QUESTION, found_of(*ranked("Some words of no matter.")), KnowingReranker("", chance), 1)

    score = done.found.evidence[0].scores["ranked"]
    assert score == pytest.approx(1 + WEIGHT * MOST * (1 if chance else -1), abs=1e-4)


def test_passages_beyond_those_that_are_read_keep_their_order_after_them() -> None:
    words = ["The canteen serves soup daily."] * READ + ["A paid lead kept the rota alive."] * 2
    reranker = KnowingReranker()

    done = rerank(QUESTION, found_of(*ranked(*words, fused=[0.9] * READ + [0.8, 0.7])), reranker, READ + 2)

    assert names(done.found)[READ:] == [f"doc-{READ + 1}", f"doc-{READ + 2}"]
    assert reranker.read == words[:READ]
    assert "reader" not in done.found.evidence[READ].scores


def test_no_more_are_given_than_asked_for() -> None:
    done = rerank(QUESTION, found_of(*ranked(*["Some words of no matter."] * 5)), KnowingReranker(), 2)

    assert [item.rank for item in done.found.evidence] == [1, 2]


def test_ties_go_by_passage_whatever_the_order_they_came_in() -> None:
    items = ranked("Some words of no matter.", "Other words of no matter.", "More words of no matter.")

    orders = [
        names(rerank(QUESTION, found_of(*given), KnowingReranker(), 9).found)
        for given in (items, items[::-1])
    ]

    assert orders[0] == orders[1] == ["doc-01", "doc-02", "doc-03"]


def test_nothing_found_is_nothing_read() -> None:
    done = rerank(QUESTION, found_of(), KnowingReranker(), 5)

    assert (done.found.evidence, done.chances) == ((), {})


def test_the_nearest_sentences_are_read_in_their_order_and_scraps_are_not() -> None:
    long = passage("doc", *[f"This is sentence number {n} of it." for n in range(5)], "Soup daily.")
    cosines = np.array([0.1, 0.9, 0.5, 0.8, 0.7, 1.0], dtype=np.float32)

    assert nearest_sentences(long, cosines) == [1, 3, 4]
    assert len(nearest_sentences(long, cosines)) == SENTENCES


def test_of_each_passage_the_sentence_that_matches_best_is_read_for_its_place() -> None:
    long = evidence(passage("doc", *[f"This is sentence number {n} of it." for n in range(5)], "Soup daily."))
    reranker = KnowingReranker()

    done = rerank(QUESTION, found_of(long, cosines={"doc-0": [0.1, 0.5, 0.9, 0.5, 0.2, 1.0]}), reranker, 9)

    assert list(done.chances) == [(long.passage.id, 2)]
    assert len(reranker.read) == 1


def test_for_an_answer_the_first_passages_are_read_whole_and_of_the_others_the_nearest_sentences() -> None:
    long = [f"This is sentence number {n} of it." for n in range(5)]
    items = [evidence(passage(f"p{n}", *long), rank=n, fused=1 - n / 10) for n in range(WHOLE + 2)]
    reranker = KnowingReranker()
    done = rerank(QUESTION, found_of(*items), reranker, 9)

    chances = read_on(QUESTION, done.found, done.chances, reranker)

    read = Counter(identity for identity, _ in chances)
    assert [read[item.passage.id] for item in items] == [5] * WHOLE + [SENTENCES] * 2
    assert chances.items() >= done.chances.items()
    assert len(reranker.read) == len(chances), "none is read twice"


def test_a_sentence_that_points_back_is_read_after_the_one_before() -> None:
    two = passage("doc", "The rota had a paid lead.", "This kept it alive for years.")

    assert words_of(two, 0) == "The rota had a paid lead."
    assert words_of(two, 1) == "The rota had a paid lead. This kept it alive for years."


class FakeReader:
    """A reader that finds what stands second in the list half likely."""

    fingerprint = "fake"

    def __init__(self) -> None:
        self.asked: list[tuple[Head, list[tuple[str, str]]]] = []

    def read(self, head: Head, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        self.asked.append((head, list(pairs)))
        return np.array([[0.5 if number == 1 else 0.0] for number in range(len(pairs))]).reshape(
            len(pairs), len(CLASSES[head])
        )


def test_the_reader_is_asked_whether_each_text_answers_the_question() -> None:
    reader = FakeReader()

    assert ReaderReranker(reader).chances(QUESTION, ["one", "two"]) == [0.0, 0.5]
    assert reader.asked == [(Head.RELEVANCE, [(QUESTION, "one"), (QUESTION, "two")])]


def test_a_cross_encoder_counts_as_much_as_the_order_before_it() -> None:
    items = ranked("Of soup.", "Of the rota.", "Of coats.", fused=[0.9, 0.8, 0.1])

    done = reorder(QUESTION, found_of(*items), KnowingReranker("rota", 0.9, 0.2), 2)

    assert names(done) == ["doc-02", "doc-01"]
    assert [item.rank for item in done.evidence] == [1, 2]
    assert [item.scores["reranked"] for item in done.evidence] == [0.9375, 0.5]


def test_a_cross_encoder_reads_whole_passages_and_only_the_first_of_them() -> None:
    reranker = KnowingReranker()

    done = reorder(QUESTION, found_of(*ranked(*["Some words of no matter."] * (JUDGED + 3))), reranker, 99)

    assert len(reranker.read) == JUDGED
    assert reranker.read[0].endswith(". Some words of no matter.")
    assert names(done)[JUDGED:] == [f"doc-{number:02d}" for number in (JUDGED + 1, JUDGED + 2, JUDGED + 3)]


def test_a_cross_encoder_orders_nothing_where_nothing_was_found() -> None:
    assert reorder(QUESTION, found_of(), KnowingReranker(), 5).evidence == ()


def test_a_cross_encoder_keeps_passages_that_were_not_read_below_those_that_were() -> None:
    items = ranked(*["Some words of no matter."] * (READ + 2), fused=[0.5] * READ + [0.49, 0.48])
    read = rerank(QUESTION, found_of(*items), KnowingReranker(), READ + 2)

    done = reorder(QUESTION, read.found, KnowingReranker(unlikely=0.5), READ + 2)

    assert names(done)[READ:] == [f"doc-{READ + 1}", f"doc-{READ + 2}"]
