"""What becomes of an answer when the chat model fails, cannot be read or words badly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel, GenericFakeChatModel
from langchain_core.messages import AIMessage

from assistant.answering.chat_models import LangChainModel
from assistant.errors import ChatModelFailed
from assistant.pipeline import Assistant
from assistant.records import Answer, Claim, Stance, Status, Support
from tests import invariants, studies
from tests.builders import assistant_over, with_model
from tests.fakes import FakeEncoder, QueuedChatModel

GOOD = "+ Weekly coaching helps teams keep the lantern model alive [{}]"
FAILED = ChatModelFailed("The chat model fake:queued did not answer (no route to host).")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("fallback"), FakeEncoder(), studies.FILES)


def ask(small: Assistant, model: QueuedChatModel | LangChainModel) -> Answer:
    answer = with_model(small, FakeEncoder(), model).ask(studies.LANTERN)
    invariants.check(answer, small)
    return answer


def selected(small: Assistant) -> tuple[Claim, ...]:
    return small.ask(studies.LANTERN).claims


class BreaksOff(QueuedChatModel):
    """A chat model that says one good claim and then fails."""

    def stream(self, prompt: str) -> Iterator[str]:
        self.prompts.append(prompt)
        yield GOOD.format(1) + "\n"
        raise FAILED


def test_a_good_answer_of_a_model_is_given_in_its_words(small: Assistant) -> None:
    answer = ask(small, QueuedChatModel("+ Teams keep the lantern model alive with weekly coaching [1]"))

    (claim,) = answer.claims
    assert claim.text == "Teams keep the lantern model alive with weekly coaching"
    assert claim.stance is Stance.ENABLER
    assert claim.support is Support.SUPPORTED
    assert claim.citations[0].quote == "Weekly coaching helps teams keep the lantern model alive."


def test_a_model_that_fails_is_replaced_by_selection_and_the_answer_says_so(small: Assistant) -> None:
    answer = ask(small, QueuedChatModel(FAILED))

    assert answer.claims == selected(small)
    assert answer.message.startswith(str(FAILED))
    assert "selected from the sources without it" in answer.message


def test_what_a_model_said_before_it_failed_is_dropped(small: Assistant) -> None:
    answer = ask(small, BreaksOff())

    assert answer.claims == selected(small)
    assert answer.dropped == ()
    assert "no route to host" in answer.message


def test_a_model_that_cannot_be_read_is_asked_once_more(small: Assistant) -> None:
    model = QueuedChatModel("Coaching, I should think.", GOOD.format(1))

    answer = ask(small, model)

    assert len(model.prompts) == 2
    assert "without it" not in answer.message
    assert len(answer.claims) == 1


def test_a_model_that_cannot_be_read_twice_is_replaced_by_selection(small: Assistant) -> None:
    model = QueuedChatModel("Coaching, I should think.", "")

    answer = ask(small, model)

    assert len(model.prompts) == 2
    assert answer.claims == selected(small)
    assert "could not be read" in answer.message


def test_a_model_that_finds_nothing_is_believed(small: Assistant) -> None:
    answer = ask(small, QueuedChatModel("NOT IN THE EVIDENCE"))

    assert answer.status is Status.NOT_IN_EVIDENCE
    assert answer.claims == answer.dropped == ()


def test_claims_that_their_sources_do_not_bear_out_are_dropped_with_the_reason(small: Assistant) -> None:
    answer = ask(
        small, QueuedChatModel(f"{GOOD.format(1)}\n+ Weekly coaching helps 73 teams keep the model [1]")
    )

    assert answer.status is Status.ANSWERED
    assert len(answer.claims) == 1
    (dropped,) = answer.dropped
    assert dropped.reason == "the number 73 is not in the cited sentences"


def test_what_is_only_partly_borne_out_makes_no_answer_and_is_set_aside(small: Assistant) -> None:
    answer = ask(small, QueuedChatModel("+ Weekly coaching helps teams bake wholemeal bread quickly [1]"))

    (dropped,) = answer.dropped
    assert dropped.support is Support.PARTLY
    assert answer.claims == selected(small)
    assert answer.provenance["written_by"] == "selection"


def test_a_question_that_the_evidence_does_not_answer_is_not_put_to_a_model(small: Assistant) -> None:
    model = QueuedChatModel()

    answer = with_model(small, FakeEncoder(), model).ask(studies.ELSEWHERE)

    assert answer.status is Status.NOT_IN_EVIDENCE
    assert model.prompts == []


def test_a_langchain_model_words_the_answer(small: Assistant) -> None:
    model = GenericFakeChatModel(messages=iter([AIMessage(GOOD.format(1))]))

    answer = ask(small, LangChainModel(model, "fake:langchain", is_remote=False))

    assert answer.status is Status.ANSWERED
    assert answer.provenance["model"] == "fake:langchain"


def test_a_langchain_model_that_raises_is_replaced_by_selection(small: Assistant) -> None:
    model = FakeListChatModel(responses=["+ Weekly coaching"], error_on_chunk_number=3)

    answer = ask(small, LangChainModel(model, "fake:langchain", is_remote=False))

    assert answer.claims == selected(small)
    assert "The chat model fake:langchain did not answer" in answer.message
