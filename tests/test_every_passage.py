"""Every passage on something, in the chat page: counts, who is silent, pages of passages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.framework import load_framework
from assistant.mentions import Mentions, find_mentions
from assistant.mentions_told import summary
from assistant.pipeline import Assistant
from tests.browser import NEEDS_CHROMIUM, browsing, press, serving, settled

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def page(bundled_index: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The chat page over a copy of the bundled notes."""
    index = tmp_path_factory.mktemp("every") / "index"
    shutil.copytree(bundled_index, index)
    with serving(index, cache, "--no-save") as address, browsing() as page:
        page.goto(address)
        page.get_by_role("button", name="Every passage on").wait_for()
        yield page


@pytest.fixture(scope="module")
def trust(assistant: Assistant) -> Mentions:
    return find_mentions(assistant.index.live(), load_framework(), "trust")


def opened(page: Page, words: str) -> Locator:
    """The dialog with these words looked for."""
    dialog = page.get_by_role("dialog")
    press(page.get_by_role("button", name="Every passage on"), dialog)
    box = dialog.get_by_label("Words that it must hold")
    box.fill(words)
    box.press("Enter")
    return dialog


@pytest.fixture
def closing(page: Page) -> Iterator[None]:
    """The dialog is closed at the end."""
    yield
    press(page.get_by_role("button", name="Close"), page.get_by_role("dialog"), "detached")


@pytest.mark.usefixtures("closing")
def test_counts_are_those_of_the_mentions_and_pages_hold_all_passages(page: Page, trust: Mentions) -> None:
    dialog = opened(page, "trust")

    expect(dialog.get_by_text(summary(trust, "trust")[0])).to_be_visible()
    expect(dialog.get_by_text(re.compile(r"^10\. "))).to_be_visible()
    dialog.get_by_role("button", name="Page 2", exact=True).click()
    expect(dialog.get_by_text(re.compile(r"^11\. "))).to_be_visible()
    expect(dialog.get_by_text(re.compile(r"^10\. "))).to_have_count(0)


@pytest.mark.usefixtures("closing")
def test_who_does_not_mention_it_is_named(page: Page, trust: Mentions) -> None:
    dialog = opened(page, "trust")
    silent = trust.silent_documents()

    dialog.get_by_role("tab", name=f"Not mentioned in {len(silent)} documents").click()

    expect(dialog.get_by_role("tabpanel").filter(visible=True)).to_contain_text(silent[-1].source.title)


@pytest.mark.usefixtures("closing")
def test_what_one_interviewee_said_is_not_put_together(page: Page) -> None:
    dialog = opened(page, "P13")

    expect(dialog.get_by_text("promised that they could not be recognised")).to_be_visible()
    expect(dialog.get_by_role("tab")).to_have_count(0)


@pytest.mark.usefixtures("closing")
def test_below_an_answer_that_was_counted_are_all_its_passages(page: Page, trust: Mentions) -> None:
    box = settled(page).get_by_placeholder("Ask about enablers and barriers")
    box.fill("Show me every passage on trust")
    box.press("Enter")

    dialog = page.get_by_role("dialog")
    press(page.get_by_role("button", name="Show every passage"), dialog)

    expect(dialog.get_by_text(summary(trust, "trust")[0])).to_be_visible()
