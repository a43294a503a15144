from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.words import STOP_WORDS, content_words, stem, stems


def test_stop_words_carry_no_content() -> None:
    assert content_words("What is it that they do, and why?") == []
    assert content_words("What helps the staff?") == ["helps", "staff"]


def test_each_word_stands_once_in_its_first_place() -> None:
    assert content_words("Trust builds trust; TRUST lasts") == ["trust", "builds", "lasts"]


def test_forms_of_a_word_have_one_stem() -> None:
    assert stems("innovation innovations") == stems("innovations") == [stem("Innovation")]


def test_both_kinds_of_apostrophe_give_the_same_word() -> None:
    assert content_words("children’s care") == content_words("children's care") == ["children's", "care"]


@given(st.text())
def test_any_text_has_words_without_repeats_and_without_stop_words(text: str) -> None:
    words = content_words(text)

    assert len(words) == len(set(words))
    assert not STOP_WORDS & set(words)
    assert content_words(" ".join(words)) == words
    assert len(stems(text)) <= len(words)
