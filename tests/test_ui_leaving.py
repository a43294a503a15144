"""A chat model elsewhere and the chat page: what would leave is shown first, and nothing does without a yes."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.confidentiality.ledger import Ledger
from tests import chat_servers
from tests.browser import NEEDS_CHROMIUM, WAIT, browsing, press, serving, settled
from tests.chat_servers import KEY, ChatServer, Reply

pytestmark = NEEDS_CHROMIUM

QUESTION = "What helps a new practice model survive the end of its grant?"
NEXT = "What gets in the way when agencies try to work together?"


@pytest.fixture
def server() -> Iterator[ChatServer]:
    """A chat model that is said to run elsewhere."""
    with chat_servers.serving("openai", Reply("NOT IN THE EVIDENCE")) as server:
        yield server


@pytest.fixture
def index(bundled_index: Path, tmp_path: Path) -> Path:
    """A copy of the bundled notes."""
    return Path(shutil.copytree(bundled_index, tmp_path / "index"))


@pytest.fixture
def asked(server: ChatServer, index: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """The page after one question."""
    for name, value in {
        "ASSISTANT_MODEL": server.model,
        "ASSISTANT_MODEL_URL": server.url,
        "ASSISTANT_MODEL_IS_REMOTE": "true",
        "OPENAI_API_KEY": KEY,
    }.items():
        monkeypatch.setenv(name, value)
    with serving(index, cache) as address, browsing() as page:
        page.goto(address)
        ask(page, QUESTION)
        page.get_by_role("button", name="Ask the model").wait_for()
        yield settled(page)


def ask(page: Page, question: str) -> None:
    box = page.get_by_placeholder("Ask about enablers and barriers")
    box.fill(question)
    box.press("Enter")


def test_nothing_leaves_before_it_was_shown_and_agreed_to(
    asked: Page, server: ChatServer, index: Path
) -> None:
    told = asked.locator(".st-key-leaving")
    told.get_by_text("What would leave this machine").click()

    expect(told.get_by_text(f"To {server.model} at {server.url}: a message of")).to_be_visible()
    shown = told.get_by_text("You answer questions about innovation").inner_text()
    expect(asked.locator(".answer")).to_have_count(1)
    assert server.received == []

    press(told.get_by_role("button", name="Ask the model"), told, "detached")
    expect(asked.get_by_text("This is not in the evidence.").first).to_be_visible(timeout=WAIT)
    assert len(server.received) == 1
    assert f"Question: {QUESTION}" in shown
    assert [entry.question for entry in Ledger.beside(index).read()[0]] == [QUESTION]

    ask(settled(asked), NEXT)
    expect(asked.get_by_text("This is not in the evidence.")).to_have_count(2, timeout=WAIT)
    assert len(server.received) == 2


def test_who_says_no_is_answered_without_the_model_until_the_choice_is_changed(
    asked: Page, server: ChatServer, index: Path
) -> None:
    told = asked.locator(".st-key-leaving")
    press(told.get_by_role("button", name="Answer without it"), told, "detached")

    ask(settled(asked), NEXT)
    expect(asked.locator(".answer")).to_have_count(2, timeout=WAIT)
    expect(settled(asked).get_by_text(f"The chat model {server.model} was not asked.")).to_have_count(2)
    expect(told).to_have_count(0)
    assert server.received == []
    assert Ledger.beside(index).read()[0] == []

    asked.get_by_text("Ask the chat model").click()
    ask(settled(asked), QUESTION)
    expect(asked.get_by_text("This is not in the evidence.")).to_have_count(1, timeout=WAIT)
    assert len(server.received) == 1


def test_the_model_is_asked_once_though_a_source_is_opened_while_it_answers(
    asked: Page, server: ChatServer, index: Path
) -> None:
    told = asked.locator(".st-key-leaving")
    press(told.get_by_role("button", name="Answer without it"), told, "detached")
    settled(asked).get_by_text("Ask the chat model").click()
    settled(asked)
    is_asked, is_clicked = threading.Event(), threading.Event()

    def answer(_: dict[str, Any]) -> Reply:
        is_asked.set()
        is_clicked.wait(WAIT / 1000)
        return Reply("NOT IN THE EVIDENCE")

    server.replies[:] = [answer]
    ask(asked, NEXT)
    assert is_asked.wait(WAIT / 1000)
    asked.get_by_role("button", name="Open source 1:").first.click()
    asked.wait_for_timeout(500)
    is_clicked.set()

    expect(asked.get_by_text("This is not in the evidence.")).to_have_count(1, timeout=WAIT)
    expect(settled(asked).locator(".source mark").first).to_be_visible()
    assert len(server.received) == 1
    assert [entry.question for entry in Ledger.beside(index).read()[0]] == [NEXT]
