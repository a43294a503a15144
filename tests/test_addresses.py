"""Which models run elsewhere, by name, address and environment."""

from __future__ import annotations

import pytest

from assistant.answering.chat_models import address_of
from assistant.confidentiality.addresses import is_remote
from assistant.settings import Settings

VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "OLLAMA_HOST")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize(
    ("model", "url"),
    [
        ("ollama:m", None),
        ("huggingface:m", None),
        ("openai:m", "http://localhost:8080/v1"),
        ("openai:m", "http://127.0.0.1:8080/v1"),
        ("openai:m", "http://127.9.9.9"),
        ("anthropic:m", "http://[::1]:9"),
        ("ollama:m", "localhost:11434"),
        ("ollama:m", "http://user:word@127.0.0.1:11434"),
    ],
)
def test_a_model_on_this_machine_is_not_elsewhere(model: str, url: str | None) -> None:
    assert not is_remote(model, url)


@pytest.mark.parametrize(
    ("model", "url"),
    [
        ("openai:m", None),
        ("anthropic:m", None),
        ("openai:m", "https://api.example/v1"),
        ("ollama:m", "http://gpu.example:11434"),
        ("openai:m", "http://127.0.0.1.example/v1"),
        ("openai:m", "http://localhost.example/v1"),
        ("openai:m", "http://127.0.0.1:80@far.example/v1"),
        ("openai:m", "http://far.example#@127.0.0.1/v1"),
        ("openai:m", "http://far.example?@localhost"),
        ("openai:m", "http://192.168.0.7/v1"),
        ("openai:m", "http://[2001:db8::1]/v1"),
        ("openai:m", "http://[127.0.0.1/v1"),
        ("openai:m", "127.1"),
        ("openai:m", "not an address"),
        ("ollama:m:30b-cloud", None),
        ("ollama:m:cloud", "http://127.0.0.1:11434"),
        ("ollama:m:Cloud ", None),
    ],
)
def test_a_model_at_any_other_address_is_elsewhere(model: str, url: str | None) -> None:
    assert is_remote(model, url)


def test_ollama_s_own_variable_is_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "http://me:word@gpu.example:11434")

    assert is_remote("ollama:m", None)
    assert not is_remote("ollama:m", "http://127.0.0.1:11434")
    assert address_of(Settings(model="ollama:m")) == "http://gpu.example:11434"


def test_an_address_on_this_machine_that_is_asked_through_a_proxy_is_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    assert is_remote("openai:m", "http://127.0.0.1:8080/v1")

    monkeypatch.setenv("no_proxy", "localhost,127.0.0.1")
    assert not is_remote("openai:m", "http://127.0.0.1:8080/v1")


def test_ollama_s_usual_address_is_held_against_the_proxy_as_if_it_were_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    assert is_remote("ollama:m", None)
    assert not is_remote("llamacpp:m", None)

    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert not is_remote("ollama:m", None)
