"""Lists out of the framework: recognised, told in its order, each entry with the row or sentence that states it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.framework import load_framework
from assistant.framework_lists import list_asked
from assistant.pipeline import Assistant
from assistant.records import Filter, Status
from tests.builders import assistant_over
from tests.fakes import FakeEncoder

ROWS = {
    "Macro context": ["Professional and regulatory conditions", "Political and policy agendas"],
    "Mobilisers": ["Vision and values", "Motivations", "Case for change"],
}
TABLE = "| Cluster | Parameter | What helps | What hinders |\n|---|---|---|---|\n" + "".join(
    f"| {cluster} | {name} | Pond number {name} is deep enough | The water of {name} is far too cold |\n"
    for cluster, names in ROWS.items()
    for name in names
)
PAPER = (
    "---\ntitle: Ponds\n---\n# Ponds\n\n"
    "Five clusters were found: mobilisers; design and implementation features; operational capability; organisational culture, climate and"
    " processes; and the macro context.\n\n## Results\n\n" + TABLE
)
OTHER = "---\ntitle: Boats\n---\n# Boats\n\nLeadership of the boats was shared among the crews.\n"


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return assistant_over(tmp_path, FakeEncoder(), {"ponds.md": PAPER, "boats.md": OTHER})


@pytest.mark.parametrize(
    ("question", "clusters", "of_parameters"),
    [
        ("What are the five clusters?", 5, False),
        ("list the clusters of the framework", 5, False),
        ("Which parameters belong to macro context?", 1, True),
        ("Which conditional parameters are in the mobilisers cluster?", 1, True),
        ("What conditions fall under operational capability?", 1, True),
        ("What is in the macro context cluster?", 1, True),
        ("What are the main groups in the framework?", 5, False),
        ("Name the 18 conditional parameters.", 5, True),
        ("Which clusters are in the conducive zone framework?", 5, False),
    ],
)
def test_what_is_to_be_listed_is_read_from_the_question(
    question: str, clusters: int, of_parameters: bool
) -> None:
    asked = list_asked(question, load_framework())

    assert asked is not None
    assert (len(asked.clusters), asked.of_parameters) == (clusters, of_parameters)


@pytest.mark.parametrize(
    "question",
    [
        "What are the clusters of the CFIR?",
        "Which conditions matter most?",
        "What are the conditions?",
        "What does macro context mean?",
        "What is a conditional parameter?",
        "Which cluster do managers find hardest?",
        "Is the macro context a cluster?",
        "What helps coproduction?",
    ],
)
def test_what_is_not_out_of_the_framework_alone_is_left_to_the_search(question: str) -> None:
    assert list_asked(question, load_framework()) is None


def test_the_clusters_stand_with_the_sentence_that_names_them_all(assistant: Assistant) -> None:
    answer = assistant.ask("What are the five clusters?")

    [claim] = answer.claims
    assert claim.text.startswith("Five clusters were found")
    assert claim.basis.startswith("for “Mobilisers”, “Design and implementation features”")
    assert (
        "Mobilisers; Design and implementation features; Operational capability; Organisational culture"
        in answer.message
    )
    assert answer.message.endswith("What is stored here states each of them, as quoted below.")
    assert answer.status is Status.ANSWERED


def test_the_parameters_of_a_cluster_stand_with_their_rows_in_the_framework_s_order(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("Which parameters belong to mobilisers?")

    assert [claim.parameter for claim in answer.claims] == [
        "Vision and values",
        "Motivations",
        "Case for change",
    ]
    assert [name in claim.text for name, claim in zip(ROWS["Mobilisers"], answer.claims, strict=True)] == [
        True
    ] * 3
    text = assistant.index.live().catalogue.text(answer.claims[0].citations[0].document)
    assert all(text[c.start : c.end] == c.quote for claim in answer.claims for c in claim.citations)


def test_an_entry_that_nothing_stored_states_is_named_without_a_source(assistant: Assistant) -> None:
    answer = assistant.ask("Which parameters belong to the macro context?")

    assert [claim.parameter for claim in answer.claims] == ROWS["Macro context"]
    assert "No source stored here states “Public perceptions”." in answer.message


def test_where_nothing_states_the_framework_no_source_is_made_up(tmp_path: Path) -> None:
    answer = assistant_over(tmp_path, FakeEncoder(), {"boats.md": OTHER}).ask("What are the five clusters?")

    assert answer.status is Status.NOT_IN_EVIDENCE
    assert not answer.claims
    assert "no source stored here states it" in answer.message


def test_a_filter_that_leaves_the_source_out_leaves_the_list_without_it(assistant: Assistant) -> None:
    [boats] = [head.id for head in assistant.index.live().heads.values() if head.source.title == "Boats"]

    answer = assistant.ask("What are the five clusters?", within=Filter(source=(boats,)))

    assert answer.status is Status.NOT_IN_EVIDENCE


def test_a_sentence_that_has_a_name_s_words_apart_does_not_state_it(tmp_path: Path) -> None:
    apart = "\nA case was made that values may change the vision of a pond, whatever its motivations.\n"
    files = {"ponds.md": PAPER.replace("\n## Results", f"{apart}\n## Results")}

    answer = assistant_over(tmp_path, FakeEncoder(), files).ask("Name the 18 conditional parameters.")

    rows = {claim.parameter: claim.text for claim in answer.claims}
    assert all(f"| {name} |" in rows[name] for name in [*ROWS["Mobilisers"], *ROWS["Macro context"]])
