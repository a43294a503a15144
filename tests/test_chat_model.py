from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.fake_chat_models import FakeListChatModel, GenericFakeChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult

from assistant.answering.chat_models import LangChainModel, open_chat_model
from assistant.errors import ChatModelFailed, SettingsError
from assistant.prompts import load_prompt
from assistant.settings import Settings


class Breaking(BaseChatModel):
    """A LangChain chat model whose provider fails after some words."""

    said: tuple[str, ...] = ()
    reason: str = "429: too many requests"

    @property
    def _llm_type(self) -> str:
        return "breaking"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        raise ConnectionError(self.reason)

    def _stream(self, messages: list[BaseMessage], *_: Any, **__: Any) -> Iterator[ChatGenerationChunk]:
        for words in self.said:
            yield ChatGenerationChunk(message=AIMessageChunk(words))
        raise ConnectionError(self.reason)


def behind(model: BaseChatModel) -> LangChainModel:
    return LangChainModel(model, "fake:model", is_remote=False)


def settings(**given: object) -> Settings:
    return Settings(**given)  # type: ignore[arg-type]


def test_an_answer_comes_in_parts_that_make_up_the_whole() -> None:
    text = "+ Coaching helps teams [1]\n- Short grants stop them [2]"
    parts = list(behind(GenericFakeChatModel(messages=iter([AIMessage(text)]))).stream("What helps?"))

    assert len(parts) > 5
    assert "".join(parts) == text


def test_the_whole_answer_is_the_parts_together() -> None:
    model = behind(FakeListChatModel(responses=["first answer", "second answer"]))

    assert model.complete("Why?") == "first answer"
    assert model.complete("Why?") == "second answer"


def test_content_in_blocks_is_read_as_its_text() -> None:
    blocks = AIMessage([{"type": "text", "text": "Coaching "}, {"type": "text", "text": "helps"}])
    model = behind(GenericFakeChatModel(messages=iter([AIMessage(blocks.text)])))

    assert model.complete("Why?") == "Coaching helps"


def test_an_error_of_the_provider_is_told_with_its_reason() -> None:
    with pytest.raises(ChatModelFailed, match=r"fake:model did not answer \(429: too many requests\)"):
        behind(Breaking()).complete("Why?")


def test_an_error_in_the_middle_of_an_answer_comes_after_what_was_said() -> None:
    stream = behind(Breaking(said=("+ Coaching ", "helps"))).stream("Why?")

    assert next(stream) == "+ Coaching "
    assert next(stream) == "helps"
    with pytest.raises(ChatModelFailed):
        next(stream)


def test_a_long_reason_is_told_in_one_short_line() -> None:
    with pytest.raises(ChatModelFailed) as failed:
        behind(Breaking(reason="no\n\n" * 500)).complete("Why?")

    assert "\n" not in str(failed.value)
    assert len(str(failed.value)) < 300


def test_an_error_without_words_is_told_by_its_kind() -> None:
    with pytest.raises(ChatModelFailed, match="ConnectionError"):
        behind(Breaking(reason="")).complete("Why?")


def test_the_digests_of_the_prompts_go_with_the_model() -> None:
    assert behind(FakeListChatModel(responses=[])).prompt_digests == {
        name: load_prompt(name).digest for name in ("answer", "answer-again")
    }


@pytest.mark.parametrize("name", ["llama3.2", "", None])
def test_a_model_without_a_provider_is_refused_with_an_example(name: str | None) -> None:
    with pytest.raises(SettingsError, match="write provider:model, for example"):
        open_chat_model(settings(model=name), is_remote=False)


@pytest.mark.parametrize("name", ["nosuchprovider:model", ":model"])
def test_an_unknown_provider_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(SettingsError, match="cannot be set up") as refused:
        open_chat_model(settings(model=name), is_remote=False)

    assert "\n" not in str(refused.value)


def test_a_provider_whose_package_is_missing_is_told_by_name() -> None:
    with pytest.raises(SettingsError, match=r"needs another package.*langchain-deepseek"):
        open_chat_model(settings(model="deepseek:chat"), is_remote=True)
