"""Where a question asks about a place, field or time, and a source comes from another."""

from __future__ import annotations

import dataclasses

import pytest

from assistant.answering.context import asked_context, countries_unmet, with_context
from tests.builders import citation, claim, evidence, head, passage

QUOTE = "Coaching helps teams."


def basis(question: str, *sources: dict[str, object]) -> str:
    heads = {f"d{n}": head(f"d{n}", **source) for n, source in enumerate(sources)}
    made = claim(QUOTE, [citation(QUOTE, name) for name in heads])
    return with_context(question, [made], heads)[0].basis


def test_a_source_from_elsewhere_says_what_was_asked_about() -> None:
    scottish = {"country": ("Scotland",), "sector": ("adult social care",), "year": 2010}

    told = basis("What helps children's services in England?", scottish)

    assert told == "one study — you asked about children's social care in England"


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("What helps teams in England?", {"country": ("England", "Wales")}),
        ("What helps teams in England?", {"country": ("United Kingdom",)}),
        ("What helps teams in the UK?", {"country": ("Scotland",)}),
        ("What helps teams in the U.K. to last?", {"country": ("Scotland",)}),
        ("What helps teams in the U.S.A. to last?", {"country": ("United States",)}),
        ("What helps teams in England?", {"country": ("Sweden", "international")}),
        ("What helps teams in England?", {}),
        ("What helps the NHS?", {"sector": ("public services",)}),
        ("What has helped since 2015?", {"year": 2019}),
        ("What helps teams?", {"country": ("Sweden",), "year": 1999}),
    ],
)
def test_a_source_from_there_or_of_unknown_place_is_not_held_against(
    question: str, source: dict[str, object]
) -> None:
    assert basis(question, source) == "one study"


@pytest.mark.parametrize(
    ("question", "source", "words"),
    [
        ("What helps teams in America?", {"country": ("Sweden",)}, "in the United States"),
        ("What has helped teams since 2015?", {"year": 2010}, "since 2015"),
        ("What helped hospitals before 2000?", {"year": 2010, "sector": ("health",)}, "health before 2000"),
    ],
)
def test_each_part_of_the_context_is_told(question: str, source: dict[str, object], words: str) -> None:
    assert basis(question, source).endswith(f"— you asked about {words}")


def test_one_source_from_there_is_enough() -> None:
    assert basis("What helps in Wales?", {"country": ("Sweden",)}, {"country": ("Wales",)}) == "one study"


def test_the_title_of_a_source_is_no_context() -> None:
    assert asked_context("What does Home care in Sweden say?", ["Home care in Sweden"]).in_words() == ""


@pytest.mark.parametrize(
    ("question", "country", "told"),
    [
        ("What helps teams in Japan?", ("England",), "Japan"),
        ("What helps teams in Japan?", (), "Japan"),
        ("What helps teams in the US?", ("England",), "the US"),
        ("What helps teams in Denmark, in Japan?", ("Denmark",), "Japan"),
        ("What helps teams in the UK?", ("Scotland",), ""),
        ("What helps teams in the U.K. to last?", ("Scotland",), ""),
        ("What helps teams in japan?", ("Japan",), ""),
        ("What helps teams?", ("England",), ""),
    ],
)
def test_a_country_that_no_quoted_source_is_of_is_told(
    question: str, country: tuple[str, ...], told: str
) -> None:
    found = evidence(passage("d", QUOTE), head("d", country=country))
    made = claim(QUOTE, [dataclasses.replace(citation(QUOTE, "d"), passage=found.passage.id)])

    line = countries_unmet(question, [made], [found])

    assert line.startswith(f"You asked about {told}:") if told else line == ""
