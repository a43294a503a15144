"""Mistyped words are read as the words of the sources that were meant, and nothing else is touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.conversation import turns_of
from assistant.index.catalogue import Catalogue
from assistant.mistyped import mended
from assistant.pipeline import Assistant
from assistant.rendering import as_text
from assistant.shorthand import spelt_out
from tests.builders import assistant_over
from tests.conftest import ROOT
from tests.fakes import FakeEncoder


@pytest.fixture(scope="module")
def catalogue(assistant: Assistant) -> Catalogue:
    return assistant.index.live().catalogue


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("what stops inovation in children’s servces", "what stops innovation in children’s services"),
        ("Barrers to co-prodution?", "Barriers to co-production?"),
        ("do comissioners trust staff", "do commissioners trust staff"),
        ("do comisioners trust staff", "do commissioners trust staff"),
        ("does co-production help wellbieng", "does co-production help wellbeing"),
        ("which organistaions change", "which organisations change"),
    ],
)
def test_a_mistyped_word_is_read_as_the_word_of_the_sources(
    catalogue: Catalogue, typed: str, meant: str
) -> None:
    assert mended(typed, catalogue) == meant


@pytest.mark.parametrize(
    "words",
    [
        "Is the daft idea tested?",
        "organisations and organizations, behaviour and behavior, programmes and programs",
        "Does co-production, reablement, wellbeing or a microprovider help?",
        "What did Inovation Servces say of INOVATION?",
        'Where do sources write "inovation"?',
        "See inovation.org, inovation@example.org and x/inovation",
        "quelles mesures empechent linnovation sociale dansles municipalites francaises",
        "zqxjkvwqzq",
        "x" * 4000,
        "fims",
    ],
)
def test_what_is_a_word_or_a_name_or_in_doubt_stays(catalogue: Catalogue, words: str) -> None:
    assert mended(words, catalogue) == words


@pytest.mark.parametrize("name", ["notes", "documents", "fresh_a", "fresh_b"])
def test_no_question_of_the_cases_is_read_otherwise(catalogue: Catalogue, name: str) -> None:
    lines = (ROOT / "evals" / "cases" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [spelt_out(json.loads(line)["question"]) for line in lines]

    assert [mended(question, catalogue) for question in questions] == questions


def test_a_mistyped_question_gets_the_answer_of_the_right_one_and_shows_how_it_was_read(
    assistant: Assistant,
) -> None:
    mistyped = assistant.ask("what stops inovation in childrens servces")
    right = assistant.ask("what stops innovation in children’s services")

    assert mistyped.question == "what stops inovation in childrens servces"
    assert mistyped.standalone_question == right.question
    assert mistyped.claims and mistyped.claims == right.claims
    assert "(Read as: what stops innovation in children’s services)" in as_text(mistyped)


@pytest.mark.parametrize(("tier", "read"), [("public", "zibbertonian"), ("restricted", "zibertonian")])
def test_a_word_that_only_restricted_sources_have_is_not_put_into_a_question(
    tmp_path: Path, tier: str, read: str
) -> None:
    source = f"---\nsensitivity: {tier}\n---\n\n# Visits\n\nThe zibbertonian visits helped tenants to stay.\n"
    small = assistant_over(tmp_path, FakeEncoder(), {"visits.md": source})

    assert mended("Did zibertonian visits help?", small.index.live().catalogue) == f"Did {read} visits help?"


def test_a_question_that_was_restated_is_read_as_it_stands(assistant: Assistant) -> None:
    answer = assistant.ask("what stops inovation in services", restated=True)

    assert answer.standalone_question == "what stops inovation in services"


def test_a_follow_up_is_mended_before_it_is_read_in_full(assistant: Assistant) -> None:
    first = assistant.ask("What helps innovation in services?")
    answer = assistant.ask("and what about barrers?", turns_of(first))

    assert "barriers" in answer.standalone_question
    assert "barrers" not in answer.standalone_question
