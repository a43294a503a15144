"""What authors tell of their own work, and what they take from other works."""

from __future__ import annotations

import pytest

from assistant.framework import load_framework
from assistant.passages import cut
from assistant.records import Voice
from tests.generated import Words, document_of


def voices(document: str) -> list[Voice]:
    passages = cut(document_of(document), Words(256), load_framework())
    return [sentence.voice for passage in passages for sentence in passage.sentences]


@pytest.mark.parametrize(
    ("kind", "voice"),
    [
        ("news item by the programme's own consultants", Voice.AUTHORS),
        ("news item on a programme", Voice.CITED),
    ],
)
def test_news_that_a_programme_tells_itself_are_its_authors(kind: str, voice: Voice) -> None:
    assert voices(f"Title: Teams in the news\nKind: {kind}\n-----\n\nTrust grew slowly.") == [voice]


@pytest.mark.parametrize(
    ("words", "voice"),
    [
        ("The results support previous studies of brokers.", Voice.AUTHORS),
        ("Our findings differ from earlier research on brokers.", Voice.AUTHORS),
        ("As we know from earlier research, brokers tire.", Voice.CITED),
        ("Previous studies of brokers bore no such result.", Voice.CITED),
    ],
)
def test_authors_who_hold_their_results_against_others_tell_of_their_own(words: str, voice: Voice) -> None:
    assert voices(f"Fourteen leaders told how it lasted.\n\nFindings\n\n{words}")[-1] is voice
