"""The chat page in a real browser: ask, open a citation, see the exact words."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WAIT = 60_000

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed; `make test` installs it")


@pytest.fixture(scope="module")
def address(bundled_index: Path, cache: Path) -> Iterator[str]:
    """Address of the real chat page over the bundled notes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "ui", "--port", str(port), "--index", str(bundled_index)],
        env={**os.environ, "ASSISTANT_CACHE": str(cache)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", first)
        assert found, first
        yield found.group()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) in (0, 130)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Page]:
    """A browser page that notes each request and each message of the console."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1366, "height": 820})
        page.set_default_timeout(WAIT)
        yield page
        browser.close()


@pytest.fixture(scope="module")
def asked(page: Page, address: str) -> Page:
    """The page after one question."""
    page.seen = []  # type: ignore[attr-defined]
    page.on("request", lambda request: page.seen.append(request.url))  # type: ignore[attr-defined]
    page.goto(address)
    box = page.get_by_placeholder("Ask about enablers and barriers")
    box.fill("What helps a new practice model survive the end of its grant?")
    box.press("Enter")
    page.get_by_role("button", name="Open source 1:").wait_for()
    return page


def test_a_citation_opens_the_exact_words_in_their_surroundings(asked: Page) -> None:
    claim = asked.locator(".answer li").first
    quoted = claim.locator("q.words").inner_text()

    claim.get_by_role("button").first.click()

    mark = asked.locator(".source mark")
    expect(mark).to_be_visible()
    assert " ".join(mark.inner_text().split()) == quoted
    assert asked.locator(".source .around").first.inner_text().strip()


def test_the_open_source_stays_in_sight_when_a_citation_far_down_is_opened(asked: Page) -> None:
    last = asked.get_by_role("button", name=re.compile("^Open source")).last
    last.scroll_into_view_if_needed()
    last.click()

    expect(asked.locator(".source mark")).to_be_in_viewport()


def test_suggested_questions_go_on_from_the_answer_and_have_an_answer(asked: Page) -> None:
    suggestion = asked.get_by_test_id("stButtonGroup").get_by_role("radio").first
    words = suggestion.inner_text()
    suggestion.click()

    asked.get_by_test_id("stChatMessage").filter(has_text=words).first.wait_for()
    expect(asked.locator(".answer")).to_have_count(2)


def test_a_follow_up_shows_how_it_was_understood(asked: Page) -> None:
    box = asked.get_by_placeholder("Ask about enablers and barriers")
    box.fill("And in Scotland?")
    box.press("Enter")

    expect(asked.get_by_text("Understood as:")).to_be_visible()


def test_what_is_declined_is_told_in_words_and_shows_no_sources(asked: Page) -> None:
    before = asked.locator(".answer").count()
    box = asked.get_by_placeholder("Ask about enablers and barriers")
    box.fill("Who is P8?")
    box.press("Enter")

    expect(asked.get_by_text("promised that they could not be recognised")).to_be_visible()
    assert asked.locator(".answer").count() == before


def test_the_browser_asks_nobody_else_for_anything(asked: Page, address: str) -> None:
    elsewhere = [
        url
        for url in asked.seen  # type: ignore[attr-defined]
        if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))
    ]

    assert asked.seen  # type: ignore[attr-defined]
    assert elsewhere == []
