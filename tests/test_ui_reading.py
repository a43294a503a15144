"""The chat page as it is read: first lines in view, sources in sight at each size, reached by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser import NEEDS_CHROMIUM, WAIT, browsing, serving, settled

pytestmark = NEEDS_CHROMIUM

QUESTION = "Does bringing in outside experts help or hinder a new service?"
DESK = {"width": 1280, "height": 800}
TABLET = {"width": 768, "height": 1024}
TELEPHONE = {"width": 390, "height": 844}
# Of the element that has the focus, also inside a component.
FOCUSED = """() => {
    let active = document.activeElement
    while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
    return active.getAttribute("aria-label") ?? ""
}"""
# So many frames in which a page that scrolls by itself would do so.
FRAMES = """() => new Promise(done => {
    let left = 40
    const next = () => left-- ? requestAnimationFrame(next) : done()
    next()
})"""


@pytest.fixture(scope="module")
def address(bundled_index: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the real chat page over a copy of the bundled notes."""
    index = tmp_path_factory.mktemp("reading") / "index"
    shutil.copytree(bundled_index, index)
    with serving(index, cache) as address:
        yield address


@pytest.fixture(scope="module")
def asked(address: str) -> Iterator[Page]:
    """The page after one question with both sides, at a desk."""
    with browsing(DESK["width"], DESK["height"]) as page:
        page.goto(address)
        ask(page, QUESTION)
        page.get_by_role("button", name="Ask again").wait_for()
        page.get_by_text("You can ask").wait_for()
        yield settled(page)


def ask(page: Page, question: str) -> None:
    box = page.get_by_placeholder("Ask about enablers and barriers")
    box.fill(question)
    box.press("Enter")


def top(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None
    return box["y"]


def bottom(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_a_long_answer_arrives_with_its_first_lines_in_view(asked: Page) -> None:
    question, answer = asked.get_by_test_id("stChatMessage").all()

    assert bottom(answer) > DESK["height"]
    assert 0 <= top(question) < 40
    expect(answer.get_by_text("What hinders: ")).to_be_in_viewport()


def test_each_side_stands_on_a_line_of_its_own(asked: Page) -> None:
    lines = asked.get_by_test_id("stChatMessage").nth(1).get_by_test_id("stText").first.inner_text()

    first, *sides = lines.splitlines()
    assert first.removeprefix("The sources differ. ").startswith("“")
    assert [line.split(":")[0] for line in sides] == ["What helps here", "What hinders"]


@pytest.mark.parametrize("size", [TELEPHONE, TABLET, DESK], ids=["telephone", "tablet", "desk"])
def test_a_source_opens_whole_above_the_input_and_closes_by_keyboard(
    asked: Page, size: dict[str, int]
) -> None:
    asked.set_viewport_size(size)  # type: ignore[arg-type]
    citation = asked.get_by_role("button", name="Open source 1:")
    name = citation.get_attribute("aria-label")
    citation.focus()
    asked.keyboard.press("Enter")

    expect(asked.locator(".source mark")).to_be_in_viewport(ratio=1)
    assert settled(asked).evaluate(FOCUSED) == "The quotation in its surroundings"
    source = asked.locator(".source")
    assert top(source) >= 0
    assert bottom(source) <= top(asked.get_by_test_id("stChatInput"))

    asked.keyboard.press("Escape")
    source.wait_for(state="detached")
    assert settled(asked).evaluate(FOCUSED) == name


def test_the_page_with_an_open_source_has_no_fault_of_access(asked: Page) -> None:
    asked.get_by_role("button", name="Open source 2:").click()
    asked.locator(".source mark").wait_for()

    found = Axe().run(settled(asked)).response["violations"]
    asked.get_by_role("button", name="Close this source").click()

    # What is outside of landmarks is Streamlit's own.
    assert [fault["id"] for fault in found if fault["id"] != "region"] == []
    asked.locator(".source").wait_for(state="detached")


def test_suggestions_are_read_whole_on_a_telephone(asked: Page) -> None:
    asked.set_viewport_size(TELEPHONE)  # type: ignore[arg-type]
    suggestions = asked.get_by_test_id("stButtonGroup").get_by_role("radio")

    suggestions.first.scroll_into_view_if_needed()
    cut = suggestions.locator("p").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth).length"
    )
    assert suggestions.count() > 0
    assert cut == 0


def test_an_open_popover_stays_in_view_while_an_answer_arrives(asked: Page, address: str) -> None:
    assert asked.context.browser is not None
    page = asked.context.browser.new_page(viewport=TELEPHONE)  # type: ignore[arg-type]
    page.set_default_timeout(WAIT)
    page.goto(address)
    page.get_by_text("You can ask").wait_for()
    settled(page).get_by_role("button", name="Look only at …").click()
    popover = page.get_by_test_id("stPopoverBody")
    popover.wait_for()

    ask(page, QUESTION)
    page.get_by_role("button", name="Ask again").wait_for()
    settled(page).get_by_text("You can ask").wait_for()
    page.evaluate(FRAMES)

    expect(popover).to_be_in_viewport(ratio=0.9)
    page.close()


def test_the_input_stands_at_the_foot_of_the_window_below_a_short_answer(asked: Page) -> None:
    asked.set_viewport_size(DESK)  # type: ignore[arg-type]
    ask(asked, "Who is P8?")
    asked.get_by_text("promised that they could not be recognised").wait_for()
    settled(asked).get_by_text("You can ask").wait_for()
    asked.evaluate(FRAMES)

    assert DESK["height"] - 40 < bottom(asked.get_by_test_id("stChatInput")) < DESK["height"]
