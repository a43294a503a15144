"""Questions that ask how many, or which, speak of something: recognised, counted, told with what they are out of."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.counted import asked_to_count
from assistant.framework import load_framework
from assistant.mentions import find_mentions
from assistant.pipeline import Assistant
from assistant.records import Filter, Status
from tests.builders import assistant_over
from tests.fakes import FakeEncoder

FILES = {
    "walks.md": "---\ntitle: Weekly walks\nstudy_group: walks\n---\n# Walks\n\nWardens kept the gate for the walks all year.\n\n"
    "“Nobody ever paid the wardens for their gate” (P4).\n\n“We only walked on dry days with them” (P5).\n",
    "again.md": "---\ntitle: Walks again\nstudy_group: walks\n---\n# Again\n\nThe wardens kept the gate a second year.\n",
    "boats.md": "---\ntitle: Boats\n---\n# Boats\n\nThe boats were lent by the harbour without rent.\n",
}


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return assistant_over(tmp_path, FakeEncoder(), FILES)


@pytest.mark.parametrize(
    ("question", "who", "is_silent", "topic"),
    [
        ("How many studies mention trust in leaders?", "studies", False, "trust in leaders"),
        ("how many interviewees spoke of money?", "people", False, "money"),
        ("How many of the people interviewed talked about blame?", "people", False, "blame"),
        ("Which sources say nothing on coproduction?", "sources", True, "coproduction"),
        ("Which of the papers don’t mention cost at all?", "sources", True, "cost"),
        ("which studies are silent on the topic of cost?", "studies", True, "cost"),
        ("List the sources that mention “fidelity”.", "sources", False, "fidelity"),
        ("List all sources that mention trust", "sources", False, "trust"),
        ("Every source that mentions trust", "sources", False, "trust"),
        ("Do any sources mention trust?", "sources", False, "trust"),
        ("In which studies is trust not mentioned?", "studies", True, "trust"),
        ("Who mentions trust?", "people", False, "trust"),
        ("Who does not mention trust?", "people", True, "trust"),
        ("every passage on trust in leaders", "passages", False, "trust in leaders"),
        ("Show me every passage about trust.", "passages", False, "trust"),
        ("All quotes on trust", "passages", False, "trust"),
        ("How many passages mention trust?", "passages", False, "trust"),
        ("How many mentions of trust are there?", "passages", False, "trust"),
        ("How often is trust mentioned?", "passages", False, "trust"),
        ("How often do interviewees talk about money?", "passages", False, "money"),
    ],
)
def test_what_is_to_be_counted_is_read_from_the_question(
    question: str, who: str, is_silent: bool, topic: str
) -> None:
    asked = asked_to_count(question)

    assert asked is not None
    assert (asked.who, asked.is_silent, asked.topic) == (who, is_silent, topic)


@pytest.mark.parametrize(
    "question",
    [
        "How many families took part in the trial?",
        "How many expert informants did the project interview?",
        "Which sources disagree with this?",
        "What do the sources say about trust?",
        "How many studies are there?",
        "What helps leaders to mention trust?",
        "Who discusses the plan with families?",
        "Who refers families to the service?",
        "Who speaks on behalf of the child?",
        "How often is progress discussed in supervision?",
        "Give me a quote about trust",
        "Any evidence on fidelity?",
        "Every passage on P13",
        "",
    ],
)
def test_other_questions_are_not_counted(question: str) -> None:
    assert asked_to_count(question) is None


def test_studies_are_counted_with_their_denominator_and_files_of_one_count_once(assistant: Assistant) -> None:
    answer = assistant.ask("How many studies mention wardens?")

    assert answer.status is Status.ANSWERED
    assert "independent studies: 1 of 2 (sources: 2 of 3)" in answer.message
    assert "what is said in other words is not counted" in answer.message
    assert {claim.citations[0].file for claim in answer.claims} == {"walks.md", "again.md"}
    assert all(claim.text == claim.citations[0].quote for claim in answer.claims)


def test_people_are_counted_out_of_those_with_a_code(assistant: Assistant) -> None:
    answer = assistant.ask("How many interviewees spoke of a gate?")

    assert "1 of 2 — P4 (1)." in answer.message
    assert [claim.citations[0].speaker for claim in answer.claims] == ["P4"]


def test_silent_sources_are_named(assistant: Assistant) -> None:
    answer = assistant.ask("Which sources say nothing on wardens?")

    assert "Sources that do not speak of “wardens”: 1 of 3 — Boats." in answer.message


def test_who_does_not_speak_of_it_is_told_without_quotations_of_those_who_do(assistant: Assistant) -> None:
    answer = assistant.ask("Which interviewees do not mention a gate?")

    assert answer.status is Status.ANSWERED
    assert "1 of 2 — P5." in answer.message
    assert answer.claims == ()


def test_a_code_of_two_studies_is_two_people_and_is_told_with_its_study(tmp_path: Path) -> None:
    boats = "---\ntitle: Boats\nstudy_group: boats\n---\n# Boats\n\n“The gate was lent to us” (P4).\n\n“No rent” (P5).\n"
    assistant = assistant_over(tmp_path, FakeEncoder(), {**FILES, "boats.md": boats})

    speaking = assistant.ask("How many interviewees spoke of a gate?")
    silent = assistant.ask("Which interviewees do not mention a gate?")

    assert "2 of 4 — P4 (boats) (1); P4 (walks) (1)." in speaking.message
    assert "2 of 4 — P5 (boats); P5 (walks)." in silent.message


def test_silent_sources_say_when_not_all_of_them_was_read(tmp_path: Path) -> None:
    abstract = "---\ntitle: Rents\nread: abstract\n---\n# Rents\n\nThe rents were low.\n"
    assistant = assistant_over(tmp_path, FakeEncoder(), {**FILES, "rents.md": abstract})

    answer = assistant.ask("Which sources say nothing on wardens?")

    assert "2 of 4 (of which 1 abstract only)" in answer.message
    assert "Rents (abstract only)" in answer.message


def test_every_passage_is_counted_with_the_way_to_all_of_them(assistant: Assistant) -> None:
    answer = assistant.ask("Every passage on wardens")

    assert "passages: 2 of 3 (sources: 2 of 3; independent studies: 1 of 2" in answer.message
    assert "All 2 passages" in answer.message


@pytest.mark.parametrize(
    ("words", "passages"), [("gate-keeping", 2), ("gatekeeping", 2), ("gate keeping", 1)]
)
def test_what_is_counted_is_what_the_mentions_hold(tmp_path: Path, words: str, passages: int) -> None:
    files = {**FILES, "keep.md": "# Keep\n\nGatekeeping helped.\n\n# More\n\nGate-keeping hindered.\n"}
    assistant = assistant_over(tmp_path, FakeEncoder(), files)
    found = find_mentions(assistant.index.live(), load_framework(), words)

    counted = assistant.ask(f"Which documents mention {words}?").provenance["counted"]

    assert counted["passages"] == [len(found.mentions), found.passages]
    assert counted["sources"] == [len(found.by_document()), len(found.documents)]
    assert counted["passages"][0] == passages


def test_what_nobody_speaks_of_is_counted_as_none(assistant: Assistant) -> None:
    answer = assistant.ask("How many studies mention zeppelins?")

    assert answer.status is Status.NOT_IN_EVIDENCE
    assert "independent studies: 0 of 2" in answer.message


def test_a_filter_narrows_what_is_counted_out_of(assistant: Assistant) -> None:
    (boats,) = (h.id for h in assistant.index.live().heads.values() if h.name == "boats.md")

    answer = assistant.ask("How many sources mention wardens?", within=Filter(source=(boats,)))

    assert "sources: 0 of 1" in answer.message
    assert answer.provenance["filter"] == {"source": [boats]}
