"""A word in every spelling: in one, with a hyphen, apart; British and American."""

from __future__ import annotations

import pytest

from assistant.framework import load_framework
from assistant.index import Index
from assistant.mentions import find_mentions
from assistant.spellings import held, terms_of
from tests.builders import index_over
from tests.fakes import FakeEncoder

FRAMEWORK = load_framework()


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("trust in leaders", ["trust", "leaders"]),
        ("co-production", ["co-production"]),
        ("Follow‑up of staff", ["follow‑up", "staff"]),
        ("buy-in, and the well-being of carers", ["buy-in", "well-being", "carers"]),
        ("trust - and blame", ["trust", "blame"]),
        ("the of and", []),
    ],
)
def test_a_hyphenated_word_is_one(words: str, terms: list[str]) -> None:
    assert [term.written for term in terms_of(words)] == terms


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("coproduction", "Co-production takes time."),
        ("co-production", "Coproduction takes time."),
        ("co-production", "They tried co production."),
        ("coproduction", "They tried co production."),
        ("co-production", "Here co‐production ends."),
        ("co-production", "a line with co-\nproduction in it"),
        ("wellbeing", "their well-being"),
        ("well-being", "their well being"),
        ("frontline", "front-line workers"),
        ("decision-making", "the making of decisions, and decision making"),
        ("follow-up", "at follow-ups"),
        ("out-of-home", "out of home care"),
        ("home", "out-of-home care"),
        ("organization", "The organisation’s plan"),
        ("organise", "It was well organized."),
        ("reorganisation", "a re-organization"),
        ("behavior", "good behaviours"),
        ("behavioural", "behavioral change"),
        ("labour", "labor"),
        ("analyze", "They analysed it."),
        ("programme", "the program’s end"),
        ("center", "two centres"),
        ("counseling", "counselling"),
        ("precise", "with precision"),
        ("defense", "defence"),
        ("café", "Cafes"),
    ],
)
def test_a_text_holds_a_word_however_it_writes_it(words: str, text: str) -> None:
    assert held(terms_of(words), text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("well-being", "It may well be so, being well."),
        ("wellbeing", "It may well be so."),
        ("well-being", "She did well. Being there helped."),
        ("well-being", "They did well\n\nbeing there"),
        ("co-production", "The production was by a co op."),
        ("overtime", "It changed over time."),
        ("follow-up", "They follow what is up."),
        ("buy-in", "They buy much in shops."),
        ("often", "of ten"),
        ("four", "for"),
        ("organisation", "Organic food and an organ."),
        ("prize", "to prise it open"),
    ],
)
def test_other_words_are_not_held(words: str, text: str) -> None:
    assert not held(terms_of(words), text)


@pytest.mark.parametrize("words", ["coproduction", "front-line", "organisation", "behavior", "wellbeing"])
def test_what_the_index_is_asked_for_includes_the_word_as_written(words: str) -> None:
    (term,) = terms_of(words)

    assert words.replace("-", "") in term.lookups
    assert held([term], words) == {term}


# In an index

SPELT = {
    "one.md": "# One\n\nCo-production helped the organisation.\n",
    "two.md": "# Two\n\nCoproduction was left out by the organization.\n",
    "three.md": "# Three\n\nThe production was well done, and may well be shown with a co op.\n",
    "four.md": "# Four\n\nTheir well-being grew.\n\n# Co-production\n\nIt was slow.\n",
}


@pytest.fixture(scope="module")
def spelt(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_over(tmp_path_factory.mktemp("spelt"), FakeEncoder(), SPELT)


@pytest.mark.parametrize(
    ("words", "files"),
    [
        ("coproduction", {"one.md", "two.md", "four.md"}),
        ("co-production", {"one.md", "two.md", "four.md"}),
        ("production", {"one.md", "three.md", "four.md"}),
        ("wellbeing", {"four.md"}),
        ("well-being", {"four.md"}),
        ("organization", {"one.md", "two.md"}),
        ("organisation", {"one.md", "two.md"}),
        ("co-production organisation", {"one.md", "two.md"}),
    ],
)
def test_a_word_is_found_however_a_text_writes_it(spelt: Index, words: str, files: set[str]) -> None:
    found = find_mentions(spelt.live(), FRAMEWORK, words)

    assert {head.name for head, _ in found.by_document()} == files
    assert {head.name for head in found.silent_documents()} == set(SPELT) - files


def test_a_sentence_that_writes_it_otherwise_is_the_one_that_is_shown(spelt: Index) -> None:
    found = find_mentions(spelt.live(), FRAMEWORK, "co-production organisation")

    assert "Coproduction was left out by the organization." in {
        one.sentences[0].text for one in found.mentions
    }


def test_a_condition_is_named_in_any_spelling(spelt: Index) -> None:
    (parameter,) = find_mentions(spelt.live(), FRAMEWORK, "Co-production").parameters

    assert find_mentions(spelt.live(), FRAMEWORK, "coproduction").parameters == (parameter,)
