"""Whether page, speaker and voice of citations are the document's: by hand, and exchanged on purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.framework import load_framework
from assistant.records import Answer, Block, BlockKind, Citation, Claim, Document, Page, Source, Status, Voice
from evals.measures import placing
from tests.builders import citation, claim

SAID = "Our manager never gave us time, said one worker (P4)."
TOLD = "Weekly coaching helped the teams."
AFTER = "Nobody asked P7 about the grants."
TEXT = f"{SAID}\n\n{TOLD}\n\n{AFTER}\n"
AT = {words: TEXT.index(words) for words in (SAID, TOLD, AFTER)}
BLOCKS = (
    Block(AT[SAID], AT[SAID] + len(SAID), speaker="P4", voice=Voice.PARTICIPANT),
    Block(AT[TOLD], AT[TOLD] + len(TOLD)),
    Block(AT[AFTER], AT[AFTER] + len(AFTER), BlockKind.ROW),
)
PAGES = (Page(0, 1, "i"), Page(AT[TOLD], 2, "ii"))
DOCUMENTS = {"doc": Document("d" * 64, "doc.txt", Source("About doc"), TEXT, BLOCKS, PAGES)}
PLAIN = {"doc": replace(DOCUMENTS["doc"], pages=())}


def at(words: str, **more: object) -> Citation:
    return replace(citation(words, start=AT[words]), **more)  # type: ignore[arg-type]


def answer(*citations: Citation) -> Answer:
    claims: tuple[Claim, ...] = tuple(claim("x", [one]) for one in citations)
    return Answer("q", "q", Status.ANSWERED, "", claims)


def voices(made: Answer, documents: dict[str, Document]) -> float | None:
    return placing.right_voice(made, documents, load_framework())


RIGHT = answer(
    at(SAID, page="i", speaker="P4", voice=Voice.PARTICIPANT), at(TOLD, page="ii", voice=Voice.AUTHORS)
)


def test_the_document_s_own_page_speaker_and_voice_are_right() -> None:
    assert placing.right_page(RIGHT, DOCUMENTS) == 1
    assert placing.right_speaker(RIGHT, DOCUMENTS) == 1
    assert voices(RIGHT, DOCUMENTS) == 1


def test_a_page_is_that_on_which_the_quotation_begins() -> None:
    assert placing.right_page(answer(at(SAID, page="ii"), at(TOLD, page="ii")), DOCUMENTS) == 0.5
    assert placing.right_page(answer(at(TOLD)), DOCUMENTS) == 0


def test_a_page_of_a_document_without_pages_is_made_up() -> None:
    assert placing.right_page(answer(at(TOLD, page="1")), PLAIN) == 0
    assert placing.right_page(answer(at(TOLD)), PLAIN) is None


@pytest.mark.parametrize(
    ("made", "score"),
    [
        (at(SAID, speaker="P5"), 0),
        (at(SAID, speaker=None), 0),
        (at(TOLD, speaker="P4"), 0),
        (at(TOLD), None),
        (at(AFTER, speaker="P7"), 1),
        (at(AFTER, speaker="P7, P8"), 0),
        (at(AFTER, voice=Voice.PARTICIPANT), 0),
        (at(AFTER, voice=Voice.AUTHORS), None),
    ],
    ids=[
        "another",
        "none where one is stated",
        "one where none is",
        "none where none is",
        "a code that stands there",
        "two codes, one there",
        "coded words without the code",
        "a code that authors mention",
    ],
)
def test_a_speaker_is_the_one_that_the_document_gives(made: Citation, score: float | None) -> None:
    assert placing.right_speaker(answer(made), DOCUMENTS) == score


def test_the_voice_that_a_paragraph_states_counts_before_the_rules() -> None:
    assert voices(answer(at(SAID, voice=Voice.AUTHORS)), DOCUMENTS) == 0
    assert voices(answer(at(TOLD, voice=Voice.PARTICIPANT)), DOCUMENTS) == 0


@pytest.mark.parametrize("measure", [placing.right_page, placing.right_speaker, voices])
def test_a_citation_of_nowhere_is_wrong_and_no_citation_is_not_judged(
    measure: Callable[[Answer, dict[str, Document]], float | None],
) -> None:
    assert measure(answer(citation("Never said.", "gone")), DOCUMENTS) == 0
    assert measure(answer(), DOCUMENTS) is None


def test_a_place_outside_every_paragraph_is_wrong() -> None:
    between = replace(citation("\n"), start=len(SAID), end=len(SAID) + 1)

    assert placing.right_speaker(answer(between), DOCUMENTS) == 0
    assert voices(answer(between), DOCUMENTS) == 0


def test_a_system_that_exchanges_what_it_says_of_its_citations_loses_on_all_three() -> None:
    first, second = (made.citations[0] for made in RIGHT.claims)
    exchanged = answer(
        replace(first, page=second.page, speaker=second.speaker, voice=second.voice),
        replace(second, page=first.page, speaker=first.speaker, voice=first.voice),
    )

    assert placing.right_page(exchanged, DOCUMENTS) == 0
    assert placing.right_speaker(exchanged, DOCUMENTS) == 0
    assert voices(exchanged, DOCUMENTS) == 0
