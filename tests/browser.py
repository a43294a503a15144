"""The real chat page in a process of its own, and a real browser."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Error, Locator, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
NEEDS_CHROMIUM = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed; `make test` installs it"
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WAIT = 60_000
# So often in a row a page must be found still, and so many milliseconds apart.
STILL, PAUSE = 5, 100


@contextmanager
def serving(index: Path, cache: Path, *options: str) -> Iterator[str]:
    """Address of the page over an index; it must end well when it is interrupted."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "ui", "--port", str(port), "--index", str(index), *options],
        env={**os.environ, "ASSISTANT_CACHE": str(cache)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", first)
        assert found, first
        _wait_for(port)
        yield found.group()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) in (0, 130)
    finally:
        process.kill()
        process.communicate()


def _wait_for(port: int) -> None:
    """Until the page is served; the address is printed before."""
    ends = time.monotonic() + WAIT / 1000
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < ends, "the page is not served"
            time.sleep(0.1)
        else:
            return


@contextmanager
def browsing(width: int = 1366, height: int = 820) -> Iterator[Page]:
    """A page of the browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(WAIT)
        yield page
        browser.close()


def press(button: Locator, shown: Locator, state: Literal["visible", "detached"] = "visible") -> None:
    """Click, and wait until what it brings is shown, or what it takes away is gone."""
    settled(button.page)
    button.click()
    try:
        shown.wait_for(state=state)
    except Error as error:
        said = [one.inner_text() for one in button.page.get_by_test_id("stChatMessage").all()]
        raise AssertionError(f"nothing came of it: {said[-4:]}") from error


def settled(page: Page) -> Page:
    """The page when its script has come to an end, and none follows: between two runs of one it stands still for
    a moment too, and a click that falls there is lost with the first."""
    ended = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    still = 0
    while still < STILL:
        ended.wait_for()
        page.wait_for_timeout(PAUSE)
        still = still + 1 if ended.count() else 0
    return page
