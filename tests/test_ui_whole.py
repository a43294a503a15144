"""A change of the page's state is made whole, however often Streamlit ends its run meanwhile."""

from __future__ import annotations

import pytest
from streamlit.runtime.scriptrunner import RerunData, RerunException

from assistant.ui.whole import whole


def test_what_was_typed_is_kept_when_the_run_is_ended_before_it_could_be_and_the_end_is_handed_on() -> None:
    ends = [RerunException(RerunData(query_string="first")), RerunException(RerunData(query_string="second"))]
    kept: list[str] = []

    @whole
    def keep(typed: str) -> None:
        if ends:
            raise ends.pop(0)
        kept.append(typed)

    with pytest.raises(RerunException) as handed_on:
        keep("What helps a pilot to last?")

    assert kept == ["What helps a pilot to last?"]
    assert handed_on.value.rerun_data.query_string == "second"


def test_a_change_that_nothing_ends_is_made_once() -> None:
    kept: list[str] = []

    whole(kept.append)("What helps a pilot to last?")

    assert kept == ["What helps a pilot to last?"]
