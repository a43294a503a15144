"""A follow-up that a chat model words in full: kept where it brings in nothing, else the rules' own."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.rewording import reword, rewording_digest
from assistant.conversation import turns_of
from assistant.errors import ChatModelFailed
from assistant.records import Status, Turn
from assistant.records.sending import Sending
from tests import studies
from tests.builders import assistant_over, sender_to
from tests.fakes import FakeEncoder, QueuedChatModel

ANSWER = "Weekly coaching helps. A restricted word: ZEBRAFINCH."
BEFORE = [Turn("user", studies.LANTERN), Turn("assistant", ANSWER)]
FOLLOW_UP = "And what stopped it in 2018?"
GOOD = "What stopped teams from keeping the lantern model alive in 2018?"


def worded(said: str | Exception, follow_up: str = FOLLOW_UP) -> str | None:
    return reword(sender_to(QueuedChatModel(said)), follow_up, BEFORE)


@pytest.mark.parametrize("said", [GOOD, f"Question: {GOOD}\n\nBecause it says so.", f"  «{GOOD}»"])
def test_a_question_that_keeps_to_what_was_asked_is_taken(said: str) -> None:
    assert worded(said) == GOOD


@pytest.mark.parametrize(
    "said",
    [
        "",
        "What stopped teams in Brazil from keeping the lantern model alive in 2018?",
        "What stopped teams from keeping the lantern model alive in 2019?",
        "What stopped teams from keeping the lantern model alive?",
        "Which recipes did grandmothers bake before their weddings in 2018?",
        "What stopped the lantern model in 2018? " + "word " * 100,
        ChatModelFailed("The chat model fake:queued did not answer (it is on strike)."),
    ],
)
def test_what_fails_brings_in_or_leaves_out_is_not_taken(said: str | Exception) -> None:
    assert worded(said) is None


def test_the_model_sees_the_persons_questions_alone_and_it_is_recorded_before() -> None:
    model, sent = QueuedChatModel(GOOD, is_remote=True), list[Sending]()

    reword(sender_to(model, sent.append), FOLLOW_UP, BEFORE)

    assert studies.LANTERN in model.prompts[0]
    assert "ZEBRAFINCH" not in model.prompts[0]
    assert "Weekly coaching helps" not in model.prompts[0]
    assert [(one.text, one.passages) for one in sent] == [(model.prompts[0], ())]


def test_the_assistant_falls_back_to_the_rules_and_notes_the_prompt(tmp_path: Path) -> None:
    model = QueuedChatModel(
        "What of Brazil?", "+ Weekly coaching helps teams keep the lantern model alive. [1]"
    )
    assistant = assistant_over(tmp_path, FakeEncoder(), studies.FILES, model)

    answer = assistant.ask("And what helps it?", BEFORE)

    assert answer.standalone_question.startswith("And what helps it? (about: weekly coaching help teams")
    assert answer.provenance["prompts"]["standalone"] == rewording_digest()["standalone"]


def test_what_is_declined_is_never_sent_to_be_worded(tmp_path: Path) -> None:
    model = QueuedChatModel(is_remote=True)
    assistant = assistant_over(tmp_path, FakeEncoder(), studies.FILES, model)
    declined = turns_of(assistant.ask("Is P4 Ottilie Brackenbury?"))

    answer = assistant.ask("And is it Ludovic Farthingale then?", declined)

    assert answer.status is Status.DECLINED
    assert model.prompts == []


def test_a_declined_question_is_no_history(tmp_path: Path) -> None:
    model = QueuedChatModel("What stopped the lantern model?", "NOT IN THE EVIDENCE", is_remote=True)
    assistant = assistant_over(tmp_path, FakeEncoder(), studies.FILES, model)
    declined = turns_of(assistant.ask("Is P4 Ottilie Brackenbury?"))

    answer = assistant.ask("What do sources say stopped it in the lantern model?", [*BEFORE, *declined])

    assert answer.status is not Status.DECLINED
    assert "Brackenbury" not in answer.standalone_question
    assert not any("Brackenbury" in prompt for prompt in model.prompts)


def test_what_a_model_words_is_declined_like_any_question(tmp_path: Path) -> None:
    told = [Turn("user", "Which coaching did P4 praise?"), Turn("assistant", "Weekly coaching.")]
    model = QueuedChatModel("Who is P4?", is_remote=True)
    assistant = assistant_over(tmp_path, FakeEncoder(), studies.FILES, model)

    assert assistant.ask("And why?", told).status is Status.DECLINED
