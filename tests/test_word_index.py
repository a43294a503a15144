"""The words of an index: which passages have them, and the same scores as SQLite's own."""

from __future__ import annotations

import re
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.index.word_index import COUNTED_TO, WordIndex, quoted, write_words

SOME = ("council", "councils", "adapted", "co-production", "co", "production", "Pilot", "café", "the", "2017")
TEXTS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(SOME), max_size=3).map(" ".join),
        st.lists(st.sampled_from(SOME), max_size=12).map(" ".join),
    ),
    max_size=8,
)


def made(
    passages: list[tuple[str, str]], first: int = 1, step: int = 1
) -> tuple[sqlite3.Connection, WordIndex]:
    """An index of passages given as context and body, numbered from `first` on with gaps."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("CREATE TABLE passages (number INTEGER PRIMARY KEY, id TEXT)")
    numbered = [(first + step * place, *words) for place, words in enumerate(passages)]
    db.executemany(
        "INSERT INTO passages VALUES (?, ?)", [(number, f"p{number:02}") for number, *_ in numbered]
    )
    write_words(db, iter(numbered))
    return db, WordIndex(db)


def by_sqlite(db: sqlite3.Connection, terms: list[str], limit: int) -> list[tuple[str, float]]:
    """The same as SQLite scores it whole."""
    return db.execute(
        "SELECT p.id, -bm25(words, 0.6, 1.0) AS score FROM words JOIN passages p ON p.number = words.rowid"
        " WHERE words MATCH ? ORDER BY score DESC, p.id LIMIT ?",
        (" OR ".join(map(quoted, terms)), limit),
    ).fetchall()


@given(passages=TEXTS, terms=st.lists(st.sampled_from(SOME), min_size=1, max_size=4, unique=True))
@settings(max_examples=150, deadline=None)
def test_scores_are_those_of_sqlite(passages: list[tuple[str, str]], terms: list[str]) -> None:
    db, words = made(passages, first=3, step=2)

    found = dict(words.search(terms, 100))

    expected = dict(by_sqlite(db, terms, 100))
    assert found.keys() == expected.keys()
    assert found == pytest.approx(expected)
    assert all(score <= words.most(terms) for score in found.values())
    for term in terms:
        assert words.frequency(term) == len(by_sqlite(db, [term], 100))


def test_the_best_come_first_and_equals_by_id() -> None:
    body = "A council adapted the pilot."
    passages = [("", body), ("", "Nobody did."), ("", body), ("council", body), ("", "A council.")] * 3
    _, words = made(passages)

    every = words.search(["council", "adapted"], 100)

    assert [(-score, identity) for identity, score in every] == sorted((-s, i) for i, s in every)
    assert len(every) == 12
    for limit in range(1, 12):
        assert words.search(["council", "adapted"], limit) == every[:limit]


def test_words_are_found_whatever_their_form() -> None:
    _, words = made([("about councils", "They adapted."), ("", "A COUNCIL’s café"), ("", "Nobody")])

    assert {identity for identity, _ in words.search(["council"], 9)} == {"p01", "p02"}
    assert words.frequency("COUNCILS") == 2
    assert words.frequency("cafe") == 1
    assert words.frequency("haddock") == 0


def test_all_the_words_are_asked_for_each_in_one_of_its_forms() -> None:
    _, words = made([("council", "adapted"), ("", "the council adapted"), ("", "adapted"), ("", "a bo at")])

    assert words.holding([["councils"], ["adapting"]]) == {"p01", "p02"}
    assert words.holding([["boat", "bo at", "councils"]]) == {"p01", "p02", "p04"}


def test_a_word_of_several_parts_is_a_phrase() -> None:
    _, words = made([("", "co production"), ("", "production by a co op"), ("", "co-production")])

    assert {identity for identity, _ in words.search(["co-production"], 9)} == {"p01", "p03"}
    assert words.frequency("co-production") == 2


def test_what_is_kept_with_each_word_agrees_with_the_full_text_index() -> None:
    _, words = made([("a council", "council councils"), ("", ""), ("", "pilot")], first=7, step=5)

    assert words.counted() == words.postings_counted() == {(b"a", 1, 1), (b"council", 1, 3), (b"pilot", 1, 1)}


def test_an_index_of_nothing_finds_nothing() -> None:
    _, words = made([])

    assert words.search(["council"], 9) == []
    assert words.frequency("council") == 0
    assert words.most([]) == 0


@pytest.mark.parametrize(
    "term",
    ['"', "NEAR(", "a*", "col:umn", "AND", "-not", "'; DROP TABLE words; --", "{x}", "", " ", "nul\0byte"],
)
def test_the_syntax_of_the_word_index_is_no_syntax_in_a_term(term: str) -> None:
    words_of_term = " ".join(re.findall(r"\w+", term))
    db, words = made([("", "and not a column x"), ("", words_of_term), ("", "nothing of it")])

    found = words.search([term], 3)

    assert [identity for identity, _ in found] == [identity for identity, _ in by_sqlite(db, [term], 3)]
    assert words.frequency(term) == len(found)
    assert ("p02" in dict(found)) is bool(words_of_term)


def test_a_term_given_twice_counts_twice() -> None:
    _, words = made([("", "a council"), ("", "nothing of it"), ("", "more of nothing")])
    [(_, once)], [(_, twice)] = words.search(["council"], 1), words.search(["council", "council"], 1)

    assert twice == pytest.approx(2 * once)


def test_a_word_too_long_for_the_index_does_no_harm() -> None:
    # Cut by SQLite inside a character.
    word = "ა" * 12_000
    _, words = made([("", f"council {word}"), ("", "nothing of it")])

    assert [identity for identity, _ in words.search([word, "council"], 9)] == ["p01"]
    assert words.frequency(word) == 1
    assert words.counted() == words.postings_counted()


def test_more_than_can_be_counted_counts_as_much_as_can_be() -> None:
    _, words = made([("", "council " * (COUNTED_TO + 5)), ("", "nothing of it"), ("", "more of nothing")])

    assert [identity for identity, _ in words.search(["council"], 9)] == ["p01"]


def test_passages_that_the_catalogue_does_not_hold_are_told() -> None:
    db, words = made([("", "a council"), ("", "nothing of it")])
    assert words.strangers() == set()

    db.execute("DELETE FROM passages WHERE number = 2")

    assert words.strangers() == {2}
