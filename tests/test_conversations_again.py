"""What is kept of an answer, and what is said when its question is asked again over an index that changed."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from assistant.conversations import WORDS_NOT_KEPT, Comparison, compare, opened, told
from assistant.conversations.forms import saved_form
from assistant.errors import ConversationsUnusable
from assistant.messages import message_of
from assistant.records import Status
from tests import builders, studies
from tests.conversing import Desk
from tests.indexing import take_out

QUESTION = studies.HARBOUR
ANOTHER = (
    "# Harbour circles in Eastmere\n\n"
    "Shared meals helped the harbour circles last through a hard winter on the quay. "
    "Nobody in Eastmere wanted the harbour circles to end.\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def whys(changes: Comparison) -> str:
    return " ".join(change.why for change in (*changes.new, *changes.gone, *changes.other))


def test_an_answer_is_opened_as_it_was_given(desk: Desk) -> None:
    answer = desk.assistant().ask(QUESTION)
    (saved,) = desk.turns(desk.ask(QUESTION))

    found = opened(saved, desk.index.live())

    assert answer.status is Status.ANSWERED
    assert found.answer == dataclasses.replace(answer, evidence=answer.evidence[:8])
    assert found.what_is_missing() == []


def test_a_silent_answer_is_opened_with_what_was_nearest_and_one_that_was_kept_without_it_too(
    desk: Desk,
) -> None:
    answer = desk.assistant().ask(studies.ELSEWHERE)
    (saved,) = desk.turns(desk.ask(studies.ELSEWHERE))
    earlier = {name: part for name, part in saved.form.items() if name != "nearest"}

    assert answer.nearest
    assert opened(saved, desk.index.live()).answer.nearest == answer.nearest
    assert answer.nearest[0].text not in json.dumps(saved.form)
    assert opened(dataclasses.replace(saved, form=earlier), desk.index.live()).answer.nearest == ()


def test_no_word_of_a_document_is_kept_but_what_is_needed_to_name_its_place(desk: Desk) -> None:
    answer = desk.assistant().ask(QUESTION)
    desk.ask(QUESTION)

    kept = desk.store.path.read_bytes().decode(errors="replace")

    assert answer.claims
    for claim in answer.claims:
        assert claim.text not in kept
        for citation in claim.citations:
            assert citation.quote not in kept
            assert citation.passage in kept


def test_first_lines_that_quote_from_within_are_not_kept(desk: Desk) -> None:
    answer = desk.assistant().ask(QUESTION)
    quote = "Rain fell on the quay, and so on; " * 20 + "in the end twelve circles met weekly."
    long = builders.claim(quote, [builders.citation(quote)])
    message = message_of(answer.status, [long], [], question="How many circles met weekly?")

    form = saved_form(dataclasses.replace(answer, claims=(long,), message=message))

    assert message.startswith("“… ")
    assert form["message"] is None


def test_what_a_model_worded_is_kept_as_it_worded_it(desk: Desk) -> None:
    answer = desk.assistant().ask(QUESTION)
    worded = dataclasses.replace(answer.claims[0], text="Meals keep circles going.")

    form = saved_form(dataclasses.replace(answer, claims=(worded,)))

    assert form["claims"][0]["text"] == "Meals keep circles going."
    assert worded.citations[0].quote not in json.dumps(form)


def test_the_words_of_a_declined_question_are_not_kept(desk: Desk) -> None:
    (saved,) = desk.turns(desk.ask("Is P4 really called Wilhelmina Quickly?"))

    assert (saved.status, saved.question, saved.standalone) == ("declined", WORDS_NOT_KEPT, WORDS_NOT_KEPT)
    assert b"Wilhelmina" not in desk.store.path.read_bytes()


def test_the_same_index_gives_the_same_answer(desk: Desk) -> None:
    changes = desk.again(desk.ask(QUESTION))

    assert changes.is_same
    assert (changes.index, changes.settings) == ((), ())
    first, last = told(changes)
    assert first.startswith("The same answer as before, claim for claim")
    assert last == "Since then: the index and the settings are the same."


def test_a_document_that_was_added_is_named_with_its_claim(desk: Desk) -> None:
    conversation = desk.ask(QUESTION)
    desk.write("eastmere.md", ANOTHER)

    changes = desk.again(conversation)

    assert not changes.is_same
    assert "«Harbour circles in Eastmere» was added" in whys(changes)
    assert changes.index == ("1 document added",)


def test_a_document_that_was_removed_is_named_and_its_words_are_not_told(desk: Desk) -> None:
    conversation = desk.ask(QUESTION)
    desk.remove("harbour.md")

    changes = desk.again(conversation)

    assert "«Harbour circles in Southmere» was removed" in whys(changes)
    assert any(change.claim.startswith("a claim from «Harbour circles") for change in changes.gone)
    assert "Shared meals" not in " ".join(told(changes))
    (saved,) = desk.turns(conversation)
    assert "cannot be shown" in " ".join(opened(saved, desk.index.live()).what_is_missing())


def test_a_file_that_changed_elsewhere_changes_no_claim(desk: Desk) -> None:
    conversation = desk.ask(QUESTION)
    before = desk.again(conversation)
    desk.write("harbour.md", studies.PAPER + "\n## Thanks\n\nWe thank the lighthouse keeper.\n")

    changes = desk.again(conversation)

    assert before.same == changes.same > 0
    assert not changes.gone
    assert changes.index == ("1 document changed",)


def test_a_claim_whose_sentence_was_changed_tells_which_document_changed(desk: Desk) -> None:
    conversation = desk.ask(QUESTION)
    desk.write("harbour.md", studies.PAPER.replace("Shared meals helped", "Shared songs helped"))

    changes = desk.again(conversation)

    assert "«Harbour circles in Southmere» was changed" in " ".join(change.why for change in changes.gone)


def test_a_change_of_what_is_known_of_a_document_is_told(desk: Desk) -> None:
    conversation = desk.ask(studies.LANTERN)
    desk.write("sources.toml", '["lantern.md"]\nyear = 2020\n')

    changes = desk.again(conversation)

    assert "«The lantern model in Northvale»" in whys(changes)
    assert "2020" in whys(changes)


def test_a_withdrawn_document_is_not_named(desk: Desk) -> None:
    conversation = desk.ask(QUESTION)
    take_out(desk.root, "harbour.md")

    changes = desk.again(conversation)

    assert {change.why for change in changes.gone} == {"what it rested on was withdrawn"}
    assert changes.index == ("1 document withdrawn",)


def test_changed_settings_are_told_by_their_names(desk: Desk) -> None:
    (saved,) = desk.turns(desk.ask(QUESTION))
    provenance = {**saved.form["provenance"], "model": "fake:older", "prompts": {"answer": "old"}}
    provenance["fingerprint"] = {**provenance["fingerprint"], "labeller": "older"}
    old = dataclasses.replace(saved, form={**saved.form, "provenance": provenance})
    changes = compare(old, desk.assistant().ask(QUESTION), desk.index.live(), desk.layout)

    assert changes.is_same
    assert changes.settings == (
        "the chat model: fake:older, now none",
        "how sentences are labelled changed",
        "the prompt “answer” changed",
    )


def test_a_turn_that_another_version_kept_is_told_with_what_to_do(desk: Desk) -> None:
    (saved,) = desk.turns(desk.ask(QUESTION))
    other = dataclasses.replace(saved, form={**saved.form, "claims": [{"text": 0}]})

    with pytest.raises(ConversationsUnusable, match=f"conversations purge {saved.conversation}"):
        opened(other, desk.index.live())


def test_the_comparison_is_the_same_each_time(desk: Desk) -> None:
    conversation = desk.ask(QUESTION)
    desk.write("eastmere.md", ANOTHER)
    desk.remove("orchard.md")

    assert desk.again(conversation) == desk.again(conversation)
