"""Talk that no rule knows: who is heard in quotation marks without a code, and who stays the authors'."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.encoding import Encoder, PassageVectors
from assistant.encoding.linear import load_linear
from assistant.framework import load_framework
from assistant.index.encoded import encode
from assistant.labelling.spoken import MARKS, MODEL, features, is_quoted, may_be_talk, probability, with_talk
from assistant.passages import cut
from assistant.reading import read
from assistant.records import Block, BlockKind, Document, Sentence, Voice
from assistant.resources import corpus_directory
from tests.builders import passage, said
from tests.generated import document_of

TALK = "I mean, we just didn't have the time for it, you know, and nobody had told my team why."
PROSE = "The review found that protected time was reported in most of the studies that were included."
REPORT = f"""How six teams took up a new record

The teams were visited twice, and the findings of both visits are given here.

“{TALK}”

{PROSE}

Team manager: “We talk it through on a Friday, so I don't have to find out what's gone wrong from a form.”

“{PROSE}”
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """A report that quotes people without codes."""
    path = tmp_path_factory.mktemp("report") / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return read(path)[0]


def voices(document: Document, encoder: Encoder) -> dict[str, Voice]:
    """The voice of each sentence after ingest."""
    made = encode(document, encoder, load_framework())
    return {one.text: one.voice for passage in made.passages for one in passage.sentences}


def test_people_quoted_without_a_code_are_participants(report: Document, encoder: Encoder) -> None:
    heard = {text for text, voice in voices(report, encoder).items() if voice is Voice.PARTICIPANT}

    assert {text.strip("“”")[:20] for text in heard} == {TALK[:20], "Team manager: “We ta"[:20]}


def test_quotation_marks_alone_make_nobody_speak(report: Document, encoder: Encoder) -> None:
    assert voices(report, encoder)[f"“{PROSE}”"] is Voice.AUTHORS


def test_the_bundled_notes_stay_their_authors(encoder: Encoder) -> None:
    framework = load_framework()
    for path in sorted((corpus_directory() / "notes").glob("*.md"))[:12]:
        document = read(path)[0]
        by_rules = cut(document, encoder, framework)
        made = encode(document, encoder, framework).passages

        assert [one.voice for passage in made for one in passage.sentences] == [
            one.voice for passage in by_rules for one in passage.sentences
        ]


def test_another_encoders_vectors_tell_nothing(report: Document) -> None:
    vector = np.ones(3, dtype=np.float32)
    one = passage("doc", said(TALK))

    assert with_talk(report, [one], [PassageVectors(vector, vector[None], ())], "another:1") == (one,)


@pytest.mark.parametrize(
    ("block", "sentence", "is_open"),
    [
        (Block(0, 9), said(TALK), True),
        (Block(0, 9, voice=Voice.AUTHORS), said(TALK), False),
        (Block(0, 9, kind=BlockKind.ROW), said(TALK), False),
        (Block(0, 9), replace(said(TALK), voice=Voice.CITED), False),
        (Block(0, 9), replace(said(TALK), speaker="P4"), False),
    ],
)
def test_only_what_rules_left_to_the_authors_is_asked_about(
    block: Block, sentence: Sentence, is_open: bool
) -> None:
    assert may_be_talk(block, sentence) is is_open


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("“We had no time for it, and then it was over for us.”", True),
        ("*“We had no time for it, and then it was over for us.”* (Site B)", True),
        ("Manager 2: “We had no time for it, and then it was over for us.”", True),
        ("“Innovation” can mean many things to those who have to do it.", False),
        ("They said “we had no time” and left it at that for the whole of a year.", False),
        ("“No.”", False),
    ],
)
def test_a_paragraph_is_quoted_as_a_whole_or_not(words: str, quoted: bool) -> None:
    document = document_of(words)

    assert is_quoted(document, Block(0, len(words))) is quoted


def test_the_classifier_sees_the_vector_and_each_mark() -> None:
    classifier = load_linear(MODEL)
    vector = np.zeros(classifier.weights.shape[1] - len(MARKS), dtype=np.float32)

    assert set(classifier.classes) == {"other", "participant"}
    assert features(TALK, vector).shape == (classifier.weights.shape[1],)
    assert probability(classifier, TALK, vector) > probability(classifier, PROSE, vector)
