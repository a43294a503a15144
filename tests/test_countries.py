"""Filters by country: abbreviations, parts of a country, and documents whose study alone states it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.framework import load_framework
from assistant.index.filtering import filter_of
from assistant.records import DocumentHead, Filter
from assistant.retrieval import Retriever
from tests.builders import head, index_over
from tests.fakes import FakeEncoder

FRAMEWORK = load_framework()


def in_countries(*countries: str) -> list[DocumentHead]:
    return [head(f"{number}", country=(name,)) for number, name in enumerate(countries)]


@pytest.mark.parametrize(
    ("word", "meant"),
    [("UK", "United Kingdom"), ("u.k.", "United Kingdom"), ("US", "United States"), ("usa", "United States"),
     ("U.S.A.", "United States")],
)  # fmt: skip
def test_a_country_is_known_by_its_abbreviation(word: str, meant: str) -> None:
    heads = in_countries("United States", "United Kingdom", "Australia")

    within = filter_of({"country": [word]}, heads, FRAMEWORK)

    assert within.country == (meant,)
    assert [one.source.country for one in heads if within.takes_document(one)] == [(meant,)]


def test_the_united_kingdom_takes_its_parts_and_a_part_itself_alone() -> None:
    heads = in_countries("England", "Scotland", "Wales", "Northern Ireland", "Ireland", "UK", "Sweden")

    whole = filter_of({"country": ["United Kingdom"]}, heads, FRAMEWORK)
    part = filter_of({"country": ["scotland"]}, heads, FRAMEWORK)

    assert [one.source.country[0] for one in heads if whole.takes_document(one)] == [
        "England", "Scotland", "Wales", "Northern Ireland", "UK",
    ]  # fmt: skip
    assert [one.source.country[0] for one in heads if part.takes_document(one)] == ["Scotland"]


def test_a_filter_made_by_hand_may_abbreviate_too() -> None:
    assert Filter(country=("USA",)).takes_document(head(country=("United States",)))


def test_a_search_in_a_country_finds_the_files_of_a_study_whose_note_alone_states_it(tmp_path: Path) -> None:
    note = (
        "---\ntitle: Pilots\ncountry: [Northvale]\nstudy_group: pilots\n---\n# Pilots\n\nLanterns helped.\n"
    )
    talk = "---\ntitle: A talk\nstudy_group: pilots\n---\n# A talk\n\nOur lanterns helped us all.\n"
    other = "---\ntitle: Elsewhere\n---\n# Elsewhere\n\nLanterns helped nobody.\n"
    index = index_over(tmp_path, FakeEncoder(), {"note.md": note, "talk.md": talk, "other.md": other})

    found = Retriever(index, FakeEncoder()).search("lanterns", within=Filter(country=("Northvale",))).evidence

    assert {item.document.name for item in found} == {"note.md", "talk.md"}
    assert {item.document.name: item.document.source.country for item in found}["talk.md"] == ()
