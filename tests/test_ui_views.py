"""What the page's components are given to draw."""

from __future__ import annotations

from assistant.ui.views import source_view
from tests.builders import citation, head

TEXT = "# A note\n\n## What helps\n\n- Time helps. [stance: enabler]\n- Money helps. [stance: enabler]\n\n## Limits\n\nRank #1 of 3."


def test_the_surroundings_in_a_note_leave_out_the_marks_for_programs() -> None:
    quoted = citation("Money helps.", start=TEXT.index("Money"))

    view = source_view(quoted, head(is_note=True), TEXT)

    assert view["before"] == "A note\n\nWhat helps\n\n- Time helps.\n- "
    assert view["quote"] == "Money helps."
    assert view["after"] == "\n\nLimits\n\nRank #1 of 3."


def test_the_surroundings_in_another_document_are_as_they_stand() -> None:
    quoted = citation("Money helps.", start=TEXT.index("Money"))

    view = source_view(quoted, head(), TEXT)

    assert view["before"] + view["quote"] + view["after"] == TEXT
