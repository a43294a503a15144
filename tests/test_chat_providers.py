"""The real clients of LangChain against servers on loopback that speak their protocols, and break in every way."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from assistant.answering.chat_models import LangChainModel, open_chat_model
from assistant.answering.generative import MAX_CHARACTERS, REQUESTS
from assistant.errors import SettingsError
from assistant.pipeline import Assistant
from assistant.records import Answer, Support
from assistant.rendering import answer_json, as_markdown, as_text
from assistant.settings import Settings
from tests import invariants, studies
from tests.builders import assistant_over, with_model
from tests.chat_servers import KEY, PROTOCOLS, ChatServer, Reply, serving
from tests.fakes import FakeEncoder

pytestmark = pytest.mark.usefixtures("provider_keys")
GOOD = "+ Teams keep the lantern model alive with weekly coaching [1]\n"
PROVIDERS = sorted(PROTOCOLS)
KEYS = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("providers"), FakeEncoder(), studies.FILES)


@pytest.fixture(autouse=True)
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """All that is logged at any level; no line of it may hold the key."""
    caplog.set_level(logging.DEBUG)
    yield caplog
    assert KEY not in caplog.text


def model_of(server: ChatServer, timeout: float = 20.0) -> LangChainModel:
    settings = Settings(model=server.model, model_url=server.url, model_timeout=timeout)
    return open_chat_model(settings, is_remote=False)


def ask(small: Assistant, server: ChatServer, timeout: float = 20.0) -> Answer:
    """The answer, with all that must hold of it whatever the server does."""
    answer = with_model(small, FakeEncoder(), model_of(server, timeout)).ask(studies.LANTERN)
    invariants.check(answer, small)
    shown = as_text(answer) + as_markdown(answer) + json.dumps(answer_json(answer))
    assert KEY not in shown
    assert "Traceback" not in shown
    assert 1 <= len(server.received) <= REQUESTS
    return answer


def assert_selected(answer: Answer, small: Assistant, *said: str) -> None:
    assert answer.claims == small.ask(studies.LANTERN).claims
    assert answer.provenance["written_by"] == "selection"
    assert "selected from the sources without it" in answer.message
    for words in said:
        assert words in answer.message


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_good_answer_is_given_in_the_model_s_words(provider: str, small: Assistant) -> None:
    with serving(provider, Reply(GOOD)) as server:
        answer = ask(small, server)

        (claim,) = answer.claims
        assert claim.text == GOOD[2:-5]
        assert claim.support is Support.SUPPORTED
        assert answer.provenance["written_by"] == server.model
        (body,) = server.received
        assert server.paths == [server.protocol.path]
        assert json.loads(body)["model"] == "loopback-model"
        assert studies.LANTERN in body.decode()


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_answer_comes_in_parts(provider: str) -> None:
    with serving(provider, Reply(GOOD)) as server:
        parts = [part for part in model_of(server).stream("Why?") if part]

        assert len(parts) > 5
        assert "".join(parts) == GOOD
        assert json.loads(server.received[0])["stream"] is True


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_server_that_does_not_answer_in_time_is_left(provider: str, small: Assistant) -> None:
    with serving(provider, Reply(hangs=True)) as server:
        answer = ask(small, server, timeout=0.2)

        assert_selected(answer, small, "still not done after 0.2 seconds")
        assert len(server.received) == 1


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_server_that_is_busy_for_long_is_not_asked_again(provider: str, small: Assistant) -> None:
    with serving(provider, Reply(status=429, headers=(("Retry-After", "30"),)), Reply(GOOD)) as server:
        answer = ask(small, server)

        assert_selected(answer, small, "429, too many requests")
        assert ("[hidden]" in answer.message) is (provider in KEYS)
        assert len(server.received) == 1
        # Ollama's client keeps no headers.
        assert ("asks to wait 30 seconds" in answer.message) is (provider != "ollama")


@pytest.mark.parametrize("provider", ["anthropic", "openai"])
def test_a_server_that_is_busy_for_a_moment_is_asked_again(provider: str, small: Assistant) -> None:
    with serving(provider, Reply(status=429, headers=(("Retry-After", "0"),)), Reply(GOOD)) as server:
        answer = ask(small, server)

        assert answer.provenance["written_by"] == server.model
        assert len(server.received) == 2


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_server_that_fails_once_is_asked_again(provider: str, small: Assistant) -> None:
    with serving(provider, Reply(status=500), Reply(GOOD)) as server:
        assert ask(small, server).provenance["written_by"] == server.model


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_server_that_fails_twice_is_left(provider: str, small: Assistant) -> None:
    with serving(provider, Reply(status=500)) as server:
        answer = ask(small, server)

        assert_selected(answer, small, "500, internal server error")
        assert len(server.received) == 2


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_request_that_is_refused_is_not_sent_again(provider: str, status: int, small: Assistant) -> None:
    with serving(provider, Reply(status=status)) as server:
        answer = ask(small, server)

        assert_selected(answer, small, str(status))
        assert len(server.received) == 1


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("politely", [True, False])
def test_what_was_said_before_the_connection_was_cut_is_dropped(
    provider: str, politely: bool, small: Assistant
) -> None:
    with serving(provider, Reply(GOOD * 3, cut_after=12, politely=politely)) as server:
        answer = ask(small, server)

        assert_selected(answer, small, "ended before the answer did" if politely else "did not answer")
        assert answer.dropped == ()
        assert len(server.received) == 1


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    "raw",
    [
        b"data: {not json\n\n",
        b"{not json\n",
        b"<html>Bad gateway</html>",
        b"",
        b"\xff\xfe\x00",
        b"data: [1, 2]\n\n",
        b"null\n",
    ],
)
def test_a_body_that_is_none_of_the_protocol_is_told_in_words(
    provider: str, raw: bytes, small: Assistant
) -> None:
    with serving(provider, Reply(raw=raw)) as server:
        assert_selected(ask(small, server), small, "The chat model")


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    "text", ["Coaching, I should think.", "", "   \n\n", '{"claims": []}', "+ Made up [99]"]
)
def test_text_that_cannot_be_read_is_asked_for_once_more(provider: str, text: str, small: Assistant) -> None:
    with serving(provider, Reply(text), Reply(GOOD)) as server:
        assert ask(small, server).provenance["written_by"] == server.model
        assert len(server.received) == 2
    with serving(provider, Reply(text)) as server:
        assert_selected(ask(small, server), small, "could not be read")
        assert len(server.received) == 2


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_reply_without_end_is_left_and_what_stands_of_it_is_checked(
    provider: str, small: Assistant
) -> None:
    endless = GOOD + "".join(f"+ Volcanoes power {number} spaceships [1]\n" for number in range(100_000))
    with serving(provider, Reply(endless, part=500)) as server:
        answer = ask(small, server)

        assert [claim.text for claim in answer.claims] == [GOOD[2:-5]]
        assert all("number" in claim.reason for claim in answer.dropped)
        assert server.left.wait(10)
        assert server.sent < len(endless)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_reply_in_one_huge_part_is_read_no_further_than_the_limit(provider: str, small: Assistant) -> None:
    huge = GOOD + "very " * 200_000
    with serving(provider, Reply(huge, part=len(huge))) as server:
        answer = ask(small, server)

        assert [claim.text for claim in answer.claims] == [GOOD[2:-5]]
        assert len(huge) > MAX_CHARACTERS


@pytest.mark.parametrize("provider", PROVIDERS)
def test_claims_that_the_sources_do_not_bear_out_are_dropped(provider: str, small: Assistant) -> None:
    said = f"{GOOD}+ Weekly coaching helps 73 teams keep the lantern model alive [1]\n- Weekly coaching never helps teams [1]\n"
    with serving(provider, Reply(said)) as server:
        answer = ask(small, server)

        assert [claim.text for claim in answer.claims] == [GOOD[2:-5]]
        assert len(answer.dropped) == 2


def test_a_missing_key_is_told_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEYS.values():
        monkeypatch.delenv(name)
    with serving("openai", Reply(GOOD)) as server:
        with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
            model_of(server)
        assert server.received == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_no_prompt_goes_to_langsmith_when_its_tracing_is_on(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving("openai", Reply(status=500)) as tracing, serving(provider, Reply(GOOD)) as server:
        for name, value in (("TRACING", "true"), ("ENDPOINT", tracing.url), ("API_KEY", KEY)):
            monkeypatch.setenv(f"LANGSMITH_{name}", value)

        assert model_of(server).complete("Why?") == GOOD
        assert tracing.received == []
