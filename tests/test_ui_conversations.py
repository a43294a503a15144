"""Conversations in the page, in a real browser: restate, narrow, ask again, open and delete previous ones."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.conversations import FILE, Store
from assistant.settings import load_settings
from tests.browser import NEEDS_CHROMIUM, WAIT, browsing, press, serving, settled

pytestmark = NEEDS_CHROMIUM

QUESTION = "What helps a new practice model survive the end of its grant?"
IN_SCOTLAND = "What helps a new practice model survive the end of its grant, in Scotland?"
RESTATED = "What hinders a new practice model once its grant ends?"
ASK = "Ask about enablers and barriers"


@pytest.fixture(scope="module")
def index(bundled_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("conversations") / "index"
    shutil.copytree(bundled_index, index, ignore=shutil.ignore_patterns(f"{FILE}*"))
    return index


@pytest.fixture(scope="module")
def address(index: Path, cache: Path) -> Iterator[str]:
    with serving(index, cache) as address:
        yield address


@pytest.fixture(scope="module")
def talked(address: str) -> Iterator[Page]:
    """The page after a question and a follow-up, as narrow as a telephone."""
    with browsing(400, 800) as page:
        page.goto(address)
        ask(page, QUESTION)
        page.get_by_role("button", name="Open source 1:").wait_for()
        ask(page, "And in Scotland?")
        page.get_by_text(f"Read as: {IN_SCOTLAND}").wait_for()
        yield page


def ask(page: Page, question: str) -> None:
    box = page.get_by_placeholder(ASK)
    box.fill(question)
    box.press("Enter")


def kept(index: Path) -> list[str]:
    """What was asked in the last conversation, as it was read."""
    store = Store(index, load_settings().user)
    conversations = store.conversations()
    return [saved.standalone for saved in store.turns(conversations[0].id)] if conversations else []


def test_the_first_screen_offers_no_more_than_questions_and_a_control(address: str) -> None:
    with browsing() as page:
        page.goto(address)
        page.get_by_text("You can ask").wait_for()

        assert page.get_by_role("button", name="New conversation").count() == 0
        assert page.get_by_role("button", name="Look only at …").count() == 1


def test_what_was_read_can_be_restated(talked: Page, index: Path) -> None:
    assert kept(index) == [QUESTION, IN_SCOTLAND]
    settled(talked).get_by_role("button", name=re.compile("^Change")).click()
    talked.get_by_label("The question in full").fill(RESTATED)
    talked.get_by_role("button", name="Ask this instead").click()

    talked.get_by_test_id("stChatMessage").filter(has_text=RESTATED).first.wait_for()
    talked.get_by_role("button", name="Ask again").nth(2).wait_for()
    assert talked.get_by_text("Read as:").count() == 1
    assert kept(index)[2] == RESTATED


def test_asking_again_says_what_changed(talked: Page, index: Path) -> None:
    told = talked.get_by_text("The same answer as before, claim for claim").first
    press(talked.get_by_role("button", name="Ask again").first, told)

    assert "the index and the settings are the same" in told.inner_text()
    assert kept(index)[3] == QUESTION


def test_what_is_looked_at_is_chosen_and_shown_beside_the_answer(talked: Page) -> None:
    settled(talked).get_by_role("button", name="Look only at …").click()
    box = talked.get_by_role("combobox", name="Whose words")
    box.click()
    box.press_sequentially("People")
    box.press("Enter")
    talked.get_by_text("Look only at … (1)").wait_for()
    # The first closes the list, the second what holds it: a click elsewhere would close it and may go astray.
    talked.keyboard.press("Escape")
    expect(talked.get_by_role("option")).to_have_count(0)
    talked.keyboard.press("Escape")
    expect(box).to_be_hidden()
    ask(talked, "Why do staff resist new ways of working?")

    talked.get_by_text("Looked only at: voice participant").wait_for()


def test_a_previous_conversation_is_opened_gone_on_with_and_deleted(talked: Page, index: Path) -> None:
    said = talked.get_by_test_id("stChatMessage").filter(has_text=RESTATED).first
    press(
        talked.get_by_role("button", name="New conversation"), talked.get_by_text(RESTATED).first, "detached"
    )

    opens = talked.get_by_role("button", name="What helps a new practice model")
    press(talked.get_by_role("button", name="Previous conversations"), opens)
    opens.click()
    said.wait_for()
    talked.get_by_role("button", name="Open source 1:").first.wait_for()

    # The page shows the last question until a person scrolls.
    expect(talked.get_by_test_id("stChatMessage").nth(-2)).to_be_in_viewport(timeout=WAIT)
    talked.mouse.move(200, 300)
    talked.mouse.wheel(0, -50_000)
    previous = settled(talked).get_by_role("button", name="Previous conversations")
    expect(previous).to_be_in_viewport(timeout=WAIT)
    delete = talked.get_by_role("button", name="Delete").first
    press(previous, delete)
    delete.click()
    talked.get_by_text("Delete it for good?").wait_for()
    settled(talked).get_by_role("button", name="Delete", exact=True).click()
    talked.get_by_text(RESTATED).first.wait_for(state="detached")
    assert kept(index) == []
    assert QUESTION.encode() not in (index / FILE).read_bytes()


def test_with_no_save_nothing_is_kept_and_nothing_is_offered(
    talked: Page, index: Path, cache: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "index"
    shutil.copytree(index, copied, ignore=shutil.ignore_patterns(f"{FILE}*"))

    assert talked.context.browser is not None
    with serving(copied, cache, "--no-save") as address:
        page = talked.context.browser.new_page()
        page.set_default_timeout(WAIT)
        page.goto(address)
        ask(page, QUESTION)
        page.get_by_role("button", name="Ask again").wait_for()
        assert page.get_by_role("button", name="Previous conversations").count() == 0

    assert not (copied / FILE).exists()
