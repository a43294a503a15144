"""The chat page in a real browser: ask, open a citation, see the exact words."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import NEEDS_CHROMIUM, WAIT, browsing, press, serving, settled

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def address(bundled_index: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the real chat page over a copy of the bundled notes."""
    index = tmp_path_factory.mktemp("page") / "index"
    shutil.copytree(bundled_index, index)
    with serving(index, cache) as address:
        yield address


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A browser page."""
    with browsing() as page:
        yield page


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
    mark.wait_for()
    assert " ".join(mark.inner_text().split()) == quoted
    assert asked.locator(".source .around").first.inner_text().strip()


def test_the_open_source_stays_in_sight_when_a_citation_far_down_is_opened(asked: Page) -> None:
    last = asked.get_by_role("button", name=re.compile("^Open source")).last
    last.scroll_into_view_if_needed()
    press(last, asked.locator(".source mark").first)

    expect(asked.locator(".source mark")).to_be_in_viewport(timeout=WAIT)


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

    expect(asked.get_by_text("Read as:")).to_be_visible()


@pytest.mark.parametrize("later", [0, 20, 40, 500], ids="clicked after {} ms".format)
def test_a_click_elsewhere_while_an_answer_is_made_is_not_lost_and_does_not_cut_it_off(
    asked: Page, later: int
) -> None:
    before = settled(asked).locator(".answer").count()
    first = asked.get_by_role("button", name="Open source 1:").first
    first.scroll_into_view_if_needed()
    box = asked.get_by_placeholder("Ask about enablers and barriers")
    box.fill("What do managers do that helps a pilot to last?")
    box.press("Enter")
    asked.wait_for_timeout(later)
    first.evaluate("citation => citation.click()")

    expect(asked.locator(".answer")).to_have_count(before + 1, timeout=WAIT)
    expect(settled(asked).locator(".source mark").first).to_be_visible()
    expect(asked.get_by_text("Stopped.")).to_have_count(0)


def test_what_is_declined_is_told_in_words_and_shows_no_sources(asked: Page) -> None:
    before = settled(asked).locator(".answer").count()
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
