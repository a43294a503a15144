"""What is read by patterns takes time in proportion to its length, however it is made."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from assistant.answering.disagreement import FIGURE, REPORTS_ANOTHER
from assistant.answering.shapes import shape_of
from assistant.answering.sides import ASKS_OF
from assistant.conversation import END, ENDS_WITH_PRONOUN
from assistant.reading.gaps import CAPTION
from assistant.reading.pdf.hyphens import TRAILING

LENGTH = 20_000
SECONDS = 2.0


@pytest.mark.parametrize(
    ("read", "repeated"),
    [
        (shape_of, "how is the "),
        (shape_of, "1-"),
        (ASKS_OF.search, ", "),
        (END.search, "?"),
        (ENDS_WITH_PRONOUN.search, " it"),
        (FIGURE.search, "1,"),
        (CAPTION.search, "\n"),
        (TRAILING.search, "a"),
    ],
)
def test_what_is_repeated_at_length_is_read_soon(read: Callable[[str], object], repeated: str) -> None:
    text = repeated * (LENGTH // len(repeated)) + "|"
    started = time.process_time()

    read(text)

    assert time.process_time() - started < SECONDS


def test_two_reports_that_never_meet_are_looked_for_no_longer_than_they_are_near() -> None:
    started = time.process_time()

    REPORTS_ANOTHER.search("page " * 400 + "but " * 400)

    assert time.process_time() - started < SECONDS
