"""Words of a sentence by their numbers: found whatever their case and marks, and cut out again as they stand."""

from __future__ import annotations

import pytest

from assistant.index.word_runs import runs_of, words_at

SENTENCE = "“Walks don’t last”,\nshe said: only where Wardens stay,  or where the gates – all of them – open."


@pytest.mark.parametrize(
    ("given", "runs", "shown"),
    [
        ("where wardens stay", "words 7-9", "where Wardens stay"),
        ("WHERE THE GATES", "words 11-13", "where the gates"),
        ("walks don't last", "words 1-3", "Walks don’t last"),
        ("wardens stay … gates – all", "words 8-9 13-15", "Wardens stay … gates – all"),
        ("the gates... wardens stay", "words 12-13 8-9", "the gates … Wardens stay"),
        ("said: only", "words 5-6", "said: only"),
    ],
)
def test_words_are_numbered_and_cut_out_again(given: str, runs: str, shown: str) -> None:
    assert runs_of(given, SENTENCE) == runs
    assert words_at(runs, SENTENCE) == shown
    assert words_at(runs, " ".join(SENTENCE.split())) == shown


@pytest.mark.parametrize("given", ["where the wardens", "ward", "wardens stay … never", "–", "…", " "])
def test_words_that_the_sentence_has_not_in_this_order_have_no_numbers(given: str) -> None:
    assert runs_of(given, SENTENCE) is None
