from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.selection import (
    FIGURE_BONUS,
    MIN_WORDS,
    asks_for_words,
    candidates,
    coverage,
    is_eligible,
    word_weights,
)
from assistant.records import Passage, Voice
from assistant.sentences import points_back
from tests.builders import evidence, head, passage, said

WORDS = st.text(alphabet="abcdef ", max_size=60)


def ranked(question: str, *passages: Passage, fused: float = 1.0) -> list[str]:
    """Sentences in order of relevance where only their words tell them apart."""
    vector = np.array([1.0, 0.0], dtype=np.float32)
    items = [evidence(one, rank=rank, fused=fused) for rank, one in enumerate(passages, 1)]
    vectors = {one.id: np.tile(vector, (len(one.sentences), 1)) for one in passages}
    matches = {one.id: np.zeros(len(one.sentences)) for one in passages}
    found = candidates(question, items, vector, vectors, matches, lambda _: 1, 100)
    return [entry.sentence.text for entry in found]


def test_the_sentence_with_the_question_s_words_comes_first() -> None:
    made = passage("doc", "Teams met on Mondays in town.", "Coaching helps teams keep the model.")

    assert ranked("Does coaching help keep a model?", made)[0] == "Coaching helps teams keep the model."


def test_equal_sentences_stand_in_order_of_passage_and_place() -> None:
    one = passage("a", "Teams met there on Mondays.", "Teams met there on Fridays.")
    other = passage("b", "Teams met there on Sundays.")

    assert ranked("weather?", other, one) == [
        "Teams met there on Mondays.",
        "Teams met there on Fridays.",
        "Teams met there on Sundays.",
    ]


def test_a_question_for_a_figure_prefers_sentences_with_one() -> None:
    made = passage("doc", "Many teams kept the model.", "Some 40 teams kept the model.")

    assert ranked("How many teams kept the model?", made)[0] == "Some 40 teams kept the model."
    assert ranked("Which teams kept the model?", made)[0] == "Many teams kept the model."


def test_a_question_for_money_prefers_it_to_other_figures() -> None:
    made = passage("doc", "Some 40 teams kept the model.", "Teams kept the model for £40.")

    assert ranked("How much did it cost teams to keep the model?", made)[0] == "Teams kept the model for £40."


def test_a_question_for_a_list_prefers_a_sentence_that_is_one() -> None:
    made = passage(
        "doc", "The stages of it are told in the report.", "Stages of it: start, middle, end, rest."
    )

    assert ranked("Which stages does it have?", made)[0] == "Stages of it: start, middle, end, rest."


def test_a_question_that_compares_prefers_a_sentence_that_names_both() -> None:
    made = passage("doc", "Coaching was told to differ widely.", "Coaching is no teaching but practice.")

    asked = "How does coaching differ from teaching?"

    assert ranked(asked, made)[0] == "Coaching is no teaching but practice."


def test_who_asks_for_an_interviewee_s_words_is_given_those_where_there_are_any() -> None:
    question = "Is there a line from an interviewee about trust in leaders?"
    written = passage("doc", "Trust in leaders is about trust in leaders.")
    spoken = passage("doc", said("Nobody here had any trust left.", voice=Voice.PARTICIPANT), start=99)

    assert ranked(question, written, spoken) == ["Nobody here had any trust left."]
    assert ranked(question, written) == ["Trust in leaders is about trust in leaders."]


def test_exact_words_are_those_of_somebody_or_a_quotation_of_one_who_is_named() -> None:
    question = "Which exact words are there on trust in leaders?"
    written = passage("doc", "Trust in leaders is about trust in leaders.")
    spoken = said("Nobody here had any trust left.", voice=Voice.PARTICIPANT)
    quoting = said("Leaders had lost the trust of ‘each and every one’ (P7).", speaker="P7")
    telling = said("One informant (P7) told of trust in leaders.", speaker="P7")
    source = passage("doc", spoken, quoting, telling, start=99)

    assert set(ranked(question, written, source)) == {spoken.text, quoting.text}
    assert ranked(question, written) == ["Trust in leaders is about trust in leaders."]


@pytest.mark.parametrize(
    ("question", "wants_words"),
    [
        ("Which interviewee envied the firms?", True),
        ("What did carers make of it, in their own words?", True),
        ("A clerk's line on rain, verbatim please.", True),
        ("Give me the exact wording of the remark on rain.", True),
        ("What is the exact wording of the new Act?", False),
        ("Quote the definition word for word from the report.", False),
        ("Which interviews were long?", False),
        ("Which words describe a good leader?", False),
    ],
)
def test_a_question_for_somebody_s_words_is_known(question: str, wants_words: bool) -> None:
    assert asks_for_words(question) is wants_words


@pytest.mark.parametrize(
    ("words", "country", "is_first"),
    [
        ("Teams met there on Mondays.", ("Sweden",), False),
        ("Teams met there on Mondays.", (), True),
        ("Teams met there on Mondays.", ("Sweden", "Wales"), True),
        ("Teams met in Wales on Mondays.", ("Sweden",), True),
    ],
)
def test_what_is_of_another_place_than_the_question_names_comes_later(
    words: str, country: tuple[str, ...], is_first: bool
) -> None:
    vector = np.array([1.0, 0.0], dtype=np.float32)
    items = [
        evidence(passage("a", words), head("a", country=country)),
        evidence(passage("b", "Teams met there on Fridays.")),
    ]
    vectors = {item.passage.id: np.tile(vector, (1, 1)) for item in items}
    matches = {item.passage.id: np.zeros(1) for item in items}

    found = candidates("When did teams in Wales meet?", items, vector, vectors, matches, lambda _: 1, 100)

    assert (found[0].evidence.document.id == "a") is is_first
    assert len(found) == 2


def test_evidence_with_scores_of_nought_still_gives_sentences() -> None:
    made = passage("doc", "Coaching helps teams keep the model.")

    assert ranked("coaching?", made, fused=0.0) == ["Coaching helps teams keep the model."]


def test_nothing_found_gives_no_sentences() -> None:
    assert ranked("coaching?") == []


@pytest.mark.parametrize(
    "sentence",
    [
        said("Too short to say."),
        said("Do teams keep the model for years?"),
        said("Write to the press office of the agency.", voice=Voice.OTHER),
    ],
)
def test_what_states_nothing_is_not_chosen_from(sentence: object) -> None:
    assert not is_eligible(sentence)  # type: ignore[arg-type]


def test_a_short_statement_is_chosen_from() -> None:
    words = ["Four", "of", "the", "coaches", "stayed."]

    assert len(words) == MIN_WORDS
    assert is_eligible(said(" ".join(words)))
    assert not is_eligible(said(" ".join(words[1:])))


def test_what_states_nothing_by_itself_is_chosen_from_where_a_list_is_asked_for() -> None:
    item = said("Advocating for data work to senior leaders")

    assert not is_eligible(item)
    assert is_eligible(item, is_item=True)


def test_items_of_a_list_are_candidates_for_a_question_that_asks_for_one() -> None:
    made = passage("doc", "Advocating for data work to senior leaders")

    assert ranked("List the tasks of the centre.", made)
    assert not ranked("Does the centre help senior leaders?", made)


def test_spoken_words_are_chosen_from_without_an_end() -> None:
    words = "too tired to try anything new"

    assert is_eligible(said(words, voice=Voice.PARTICIPANT))
    assert not is_eligible(said(words))


@pytest.mark.parametrize("words", ["This helped the teams.", "“They left soon.”", "However, it ended."])
def test_a_sentence_that_points_back_is_known(words: str) -> None:
    assert points_back(words)


@pytest.mark.parametrize("words", ["Theatre groups helped.", "Itemised bills helped.", "Coaching is this."])
def test_a_sentence_that_stands_alone_is_known(words: str) -> None:
    assert not points_back(words)


def test_rare_words_weigh_more_than_common_ones() -> None:
    weights = word_weights("coaching teams", {"coach": 1, "team": 60}.__getitem__, 100)

    assert weights == {"coach": math.log(101 / 1.5), "team": math.log(101 / 60.5)}


def test_coverage_is_the_weighted_share_of_the_question_s_words() -> None:
    weights = {"coach": 3.0, "team": 1.0}

    assert coverage(weights, "The coaches left") == 0.75
    assert coverage(weights, "Coaching the team") == 1.0
    assert coverage(weights, "") == 0.0
    assert coverage({}, "Coaching the team") == 0.0


@given(question=WORDS, text=WORDS, frequency=st.integers(0, 50))
def test_coverage_lies_within_0_and_1(question: str, text: str, frequency: int) -> None:
    assert 0 <= coverage(word_weights(question, lambda _: frequency, 50), text) <= 1 + 1e-9


@given(question=WORDS, sentences=st.lists(WORDS.filter(str.strip), min_size=1, max_size=5))
def test_relevance_stays_in_its_range_and_falls(question: str, sentences: list[str]) -> None:
    made = passage("doc", *[f"{words} and four more words" for words in sentences])
    vectors = np.eye(len(sentences), 8, dtype=np.float32)
    found = candidates(
        question,
        [evidence(made)],
        np.eye(1, 8, dtype=np.float32)[0],
        {made.id: vectors},
        {made.id: np.linspace(-1, 1, len(sentences))},
        lambda _: 1,
        9,
    )

    values = [entry.relevance for entry in found]
    assert values == sorted(values, reverse=True)
    assert all(0 <= value <= 1 + FIGURE_BONUS for value in values)


def test_a_sentence_whose_words_come_nearer_to_the_question_s_comes_first() -> None:
    made = passage("doc", "Nurses walked to every house.", "Carers left their posts early.")
    same = np.ones((2, 2), dtype=np.float32)

    found = candidates(
        "Why do staff quit?",
        [evidence(made)],
        same[0],
        {made.id: same},
        {made.id: np.array([0.2, 0.6])},
        lambda _: 1,
        9,
    )

    assert [one.sentence.text.split()[0] for one in found] == ["Carers", "Nurses"]
