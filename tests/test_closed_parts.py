"""Restricted parts of a public document: what searches, shows, exports and chat models get of them."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.commands.export import Format, run_export
from assistant.commands.reading import run_show
from assistant.framework import load_framework
from assistant.index.blanking import blanked
from assistant.index.filtering import filter_of
from assistant.index.tiers import closed_spans
from assistant.langchain_adaptor import EvidenceRetriever
from assistant.mentions import find_mentions
from assistant.pipeline import Assistant
from assistant.records import Filter, Sensitivity
from assistant.settings import Settings
from tests import invariants
from tests.builders import assistant_over, passage, with_model
from tests.fakes import FakeEncoder, QueuedChatModel

PUBLIC, TEAM, RESTRICTED = Sensitivity
OPEN = "Trusted volunteers helped the cellar scheme last through the winter."
CLOSED = "Trusted cousins of the mayor ZEBRAFINCH helped the cellar scheme last through audits."
TABLED = "The cellar scheme was helped to last by volunteers whom nobody paid."
PAPER = f"""# The cellar scheme

{OPEN}

## What the mayor said [sensitivity: restricted]

{CLOSED}

## Costs

{TABLED} Bread was cheap at the time.

[sensitivity: team]

The cellar scheme was helped by QUAGGA volunteers who were never named.
"""
QUESTION = "Did trusted volunteers help the cellar scheme last through the winter?"
SECRETS = ("ZEBRAFINCH", "QUAGGA", "What the mayor said")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("closed")


@pytest.fixture(scope="module")
def small(place: Path) -> Assistant:
    return assistant_over(place, FakeEncoder(), {"cellar.md": PAPER})


def test_the_document_is_public_and_its_passages_have_their_tiers(small: Assistant) -> None:
    (head,) = small.index.live().heads.values()

    assert head.sensitivity is PUBLIC
    assert head.tiers == ((PUBLIC, 2), (RESTRICTED, 1), (TEAM, 1))


def test_a_search_finds_all_and_a_filter_keeps_to_its_tiers(small: Assistant) -> None:
    assert {item.sensitivity for item in small.search(QUESTION, 10).evidence} == set(Sensitivity)
    passages = {
        tiers: [item.sensitivity for item in small.search(QUESTION, 10, Filter(sensitivity=tiers)).evidence]
        for tiers in ((PUBLIC,), (TEAM,), (RESTRICTED,), (PUBLIC, TEAM))
    }
    assert {tiers: sorted(set(seen)) for tiers, seen in passages.items()} == {
        tiers: sorted(tiers) for tiers in passages
    }
    assert [len(seen) for seen in passages.values()] == [2, 1, 1, 3]


def test_an_answer_within_a_filter_rests_on_its_tiers_alone(small: Assistant) -> None:
    answer = small.ask(QUESTION, within=Filter(sensitivity=(PUBLIC,)))

    assert answer.claims
    assert not any(secret in repr((answer.claims, answer.dropped, answer.evidence)) for secret in SECRETS[:2])


def test_mentions_count_what_a_filter_takes_of_a_document(small: Assistant) -> None:
    live = small.index.live()
    every = find_mentions(live, load_framework(), "cellar")
    within = filter_of({"sensitivity": ["public"]}, live.heads.values(), load_framework())

    public = find_mentions(live, load_framework(), "cellar", within)

    assert (len(every.mentions), every.passages) == (4, 4)
    assert (len(public.mentions), public.passages, len(public.documents)) == (2, 2, 1)
    assert not any(secret in repr(public.mentions) for secret in SECRETS[:2])


@pytest.mark.parametrize("question", [QUESTION, "Which cousins of the mayor helped the cellar scheme last?"])
def test_no_word_of_a_closed_part_reaches_a_remote_model(small: Assistant, question: str) -> None:
    model = QueuedChatModel("nothing that can be read", "nothing again", is_remote=True)

    answer = with_model(small, FakeEncoder(), model).ask(question)

    assert len(model.prompts) == 2
    for prompt in model.prompts:
        sentences = prompt.split("Sentences:")[1]
        assert OPEN in sentences
        assert not any(secret in sentences for secret in SECRETS)
    invariants.check(answer, small)


def test_it_is_told_that_sentences_were_withheld(small: Assistant) -> None:
    model = QueuedChatModel("+ Volunteers helped the cellar scheme last [1]", is_remote=True)

    answer = with_model(small, FakeEncoder(), model).ask(QUESTION)

    assert "may not leave this machine" in answer.message


def test_a_local_model_is_shown_closed_parts(small: Assistant) -> None:
    model = QueuedChatModel("NOT IN THE EVIDENCE", is_remote=False)

    with_model(small, FakeEncoder(), model).ask(QUESTION)

    assert "ZEBRAFINCH" in model.prompts[0]


def test_a_retriever_for_other_programs_gives_public_passages_alone(small: Assistant) -> None:
    documents = EvidenceRetriever(assistant=small, k=10).invoke(QUESTION)
    every = EvidenceRetriever(assistant=small, k=10, public_only=False).invoke(QUESTION)

    assert {document.metadata["sensitivity"] for document in documents} == {"public"}
    assert {document.metadata["sensitivity"] for document in every} == set(Sensitivity)


def shown(small: Assistant, start: str, capsys: pytest.CaptureFixture[str], *, as_json: bool = False) -> str:
    live = small.index.live()
    (head,) = live.heads.values()
    (identity,) = [p.id for p in live.catalogue.passages_of(head.id) if p.text.startswith(start)]
    run_show(small, identity, as_json=as_json)
    return capsys.readouterr().out


def test_show_prints_the_tier_and_leaves_out_what_is_stricter(
    small: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = shown(small, "The cellar scheme was helped to last", capsys)

    assert "sensitivity: public" in printed
    assert OPEN in printed
    assert printed.count("a stricter part is left out") == 2
    assert not any(secret in printed for secret in SECRETS)


def test_show_of_a_closed_passage_shows_it(small: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    form = json.loads(shown(small, "Trusted cousins", capsys, as_json=True))

    assert (form["sensitivity"], form["text"]) == ("restricted", CLOSED)
    assert OPEN in form["before"]
    assert "QUAGGA" in form["after"]


def test_with_the_first_passage_go_its_headings_and_label_and_not_the_title() -> None:
    text = "# The cellar\n\n## Secrets\n\nP7: Nobody knew.\n\n## Costs\n\nBread was cheap."
    spoken = replace(
        passage("d", "Nobody knew.", start=text.index("Nobody")), section=("Secrets",), sensitivity=TEAM
    )
    cheap = passage("d", "Bread was cheap.", start=text.index("Bread"))

    left = blanked(text, closed_spans(text, [spoken, cheap], PUBLIC))

    assert left.split() == ["#", "The", "cellar", "##", "Costs", "Bread", "was", "cheap."]
    assert len(left) == len(text)
    assert blanked(text, closed_spans(text, [spoken, cheap], TEAM)) == text


def exported(place: Path, name: str, *, whole: bool) -> tuple[str, str]:
    """The exported text and the project's own file."""
    run_export(Settings(index=place / "index"), Format.QDPX, place / name, include_restricted=whole)
    with zipfile.ZipFile(place / name) as archive:
        (text,) = [archive.read(member).decode() for member in archive.namelist() if member.endswith(".txt")]
        return text, archive.read("project.qde").decode()


@pytest.mark.parametrize("whole", [False, True])
def test_an_export_holds_blanks_for_restricted_parts(
    small: Assistant, place: Path, whole: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    text, project = exported(place, f"{whole}.qdpx", whole=whole)

    live = small.index.live()
    (head,) = live.heads.values()
    stored = live.catalogue.text(head.id)
    assert len(text) == len(stored)
    assert [text.index(words) for words in (OPEN, TABLED, "QUAGGA")] == [
        stored.index(words) for words in (OPEN, TABLED, "QUAGGA")
    ]
    for held in ("ZEBRAFINCH", "What the mayor said"):
        assert (held in text) is whole
    assert ("ZEBRAFINCH" in project) is whole
    told = capsys.readouterr().err
    assert ("0 restricted documents and 1 restricted passages of others are left out" in told) is not whole
