"""Two accounts in the chat page, in a real browser: beside each other, or one below the other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from tests.browser import NEEDS_CHROMIUM, browsing, press, serving, settled

pytestmark = NEEDS_CHROMIUM

QUESTION = "Did Signs of Safety bring numbers in care down? One lot says yes, one says no."


@pytest.fixture(scope="module")
def differing(bundled_index: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page after a question on which the sources differ."""
    index = tmp_path_factory.mktemp("accounts") / "index"
    shutil.copytree(bundled_index, index)
    with serving(index, cache, "--no-save") as address, browsing(1280, 900) as page:
        page.goto(address)
        box = page.get_by_placeholder("Ask about enablers and barriers")
        box.fill(QUESTION)
        box.press("Enter")
        page.get_by_role("heading", name="Where the sources differ").wait_for()
        yield settled(page)


def boxes_of(page: Page) -> list[dict[str, float]]:
    """Where the two accounts and what stands between them are."""
    first, second = page.locator(".answer .sides ul").all()
    parts: list[Locator] = [first, page.locator(".answer .against"), second]
    boxes = []
    for part in parts:
        assert part.is_visible()
        box = part.bounding_box()
        assert box is not None
        boxes.append(dict(box))
    return boxes


def test_two_accounts_stand_side_by_side_below_the_message_and_above_other_claims(differing: Page) -> None:
    one, against, other = boxes_of(differing)

    assert one["x"] + one["width"] < against["x"]
    assert against["x"] + against["width"] < other["x"]
    assert one["y"] == pytest.approx(other["y"], abs=1)
    assert one["width"] == pytest.approx(other["width"], abs=1)
    assert differing.locator(".answer h2").first.inner_text() == "Where the sources differ"
    assert differing.locator(".answer .sides .basis").count() == 2


def test_each_account_is_told_once_and_its_citation_opens_its_words(differing: Page) -> None:
    shown = differing.locator(".answer q.words").all_inner_texts()
    assert len(set(shown)) == len(shown) > 2

    for side in differing.locator(".answer .sides ul").all():
        quoted = side.locator("q.words").inner_text()
        mark = differing.locator(".source mark").filter(has_text=quoted)
        press(side.get_by_role("button").first, mark)
        assert " ".join(mark.inner_text().split()) == quoted


def test_on_a_narrow_window_one_account_stands_below_the_other(differing: Page) -> None:
    close = settled(differing).get_by_role("button", name="Close")
    press(close, close, "detached")
    differing.set_viewport_size({"width": 390, "height": 844})
    one, against, other = boxes_of(settled(differing))

    assert one["y"] + one["height"] < against["y"]
    assert against["y"] + against["height"] < other["y"]
    assert one["x"] == other["x"] >= 0
    assert other["x"] + other["width"] <= 390
