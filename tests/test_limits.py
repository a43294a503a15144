"""What may leave for a chat model elsewhere: no run of words of a passage that is not public."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.confidentiality.limits import RUN, IndexLimits
from assistant.framework import load_framework
from assistant.index.files import find_files
from assistant.index.sync import Sync
from tests import studies
from tests.builders import index_over, write_files
from tests.fakes import FakeEncoder

SAID = "Trusted volunteers helped the cellar scheme last through the winter. Locked doors were a barrier"
EIGHT = "trusted volunteers helped the cellar scheme last through"
PRINTED = f"# A report\n\nOne woman said: {EIGHT} the winter. Nothing else was learnt from her about it.\n"
MIXED = (
    "# A visit\n\nThe members of the board came at noon and saw the garden first.\n\n"
    "## In confidence [sensitivity: restricted]\n\n"
    "The treasurer told us quietly that the scheme owes money to the bakery. Nobody else knew of it then.\n\n"
    "## Afterwards\n\nThe members of the board left at four and took the train to town.\n"
)

Repeats = Callable[[str], bool]


def limits_over(root: Path, **files: str) -> IndexLimits:
    named = {f"{name}.md": text for name, text in files.items()}
    return IndexLimits(index_over(root, FakeEncoder(), named).live)


@pytest.fixture(scope="module")
def repeats(tmp_path_factory: pytest.TempPathFactory) -> Repeats:
    root = tmp_path_factory.mktemp("limits")
    return limits_over(root, cellar=studies.RESTRICTED, harbour=studies.PAPER, visit=MIXED).repeats_closed


@pytest.mark.parametrize(
    "text",
    [
        EIGHT,
        f"Why was it said that {EIGHT}?",
        "“TRUSTED volunteers — helped; the cellar-scheme\nlast (through)”",
        "Trusted volunteers helped the cellar sche\u00adme last thróugh",
        # From the end of one sentence into the next.
        "last through the winter. Locked doors were a",
        "what of: the treasurer told us quietly that the scheme",
    ],
)
def test_eight_words_in_a_row_of_what_is_closed_are_repeated(repeats: Repeats, text: str) -> None:
    assert repeats(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ".join(EIGHT.split()[: RUN - 1]),
        "trusted volunteers helped the cellar scheme to last through the winter",
        "winter the through last scheme cellar the helped volunteers trusted",
        studies.CELLAR,
        # Of a public document, and of the public part of one that is closed in part.
        "Harbour circles brought 31 carers in Southmere together every month.",
        "The members of the board left at four and took the train to town.",
    ],
)
def test_fewer_words_others_and_those_of_public_passages_are_not(repeats: Repeats, text: str) -> None:
    assert not repeats(text)


def test_words_of_a_team_document_may_not_leave_either(tmp_path: Path) -> None:
    made = limits_over(tmp_path, cellar=studies.RESTRICTED.replace("restricted", "team"))

    assert made.repeats_closed(EIGHT)


def test_what_is_printed_in_a_public_passage_may_leave_and_no_more_than_that(tmp_path: Path) -> None:
    made = limits_over(tmp_path, cellar=studies.RESTRICTED, report=PRINTED)

    assert not made.repeats_closed(f"Who said that {EIGHT} the winter?")
    assert made.repeats_closed(SAID)


def test_a_long_text_that_stands_in_public_is_held_against_all_of_it(tmp_path: Path) -> None:
    words = " ".join(f"{one}{two}ing" for one in "bdfgklmnprst" * 5 for two in "aeiou" * 4)
    made = limits_over(
        tmp_path, closed=f"---\nsensitivity: restricted\n---\n# A\n\n{words}.\n", open=f"# B\n\n{words}.\n"
    )

    assert not made.repeats_closed(" ".join(words.split()[:40]))


def test_an_index_without_closed_passages_holds_nothing_back(tmp_path: Path) -> None:
    assert not limits_over(tmp_path, harbour=studies.PAPER).repeats_closed(studies.PAPER)


def test_what_comes_in_later_is_held_back_from_then_on(tmp_path: Path) -> None:
    index = index_over(tmp_path, FakeEncoder(), {"harbour.md": studies.PAPER})
    made = IndexLimits(index.live)
    assert not made.repeats_closed(SAID)

    folder = write_files(tmp_path / "files", {"cellar.md": studies.RESTRICTED})
    Sync(tmp_path / "index", FakeEncoder(), load_framework()).run(find_files([folder])[0])

    assert made.repeats_closed(SAID)
