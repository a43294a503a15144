from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import DocumentRefused
from assistant.framework import load_framework
from assistant.passages import cut
from assistant.reading import document_id, read
from assistant.reading.plain import title_of
from assistant.records import BlockKind, Document, Extent, Stance, Voice
from tests.generated import Words, document_of, paragraphs
from tests.reading import read_one, words_of

PAPER = """Title: How small teams keep new practice going
Authors: Doe, A.; Roe, B.
Year: 2020
Kind: full text
Study group: small-teams
-----

Abstract

Trust helps small teams.

1. Results

It held for a year.

- Time helped.
- Money helped.

References

Doe A (2019) Teams. Teams 4:1.
"""


def test_a_paper_is_read_with_its_header_sections_and_kinds(tmp_path: Path) -> None:
    document = read_one(tmp_path, "paper.txt", PAPER)

    assert document.name == "paper.txt"
    assert document.source.title == "How small teams keep new practice going"
    assert document.source.authors == ("Doe, A.", "Roe, B.")
    assert document.source.read is Extent.FULL
    assert document.source.study_group == "small-teams"
    assert not document.source.is_note
    assert [(b.kind, b.section, document.text[b.start : b.end]) for b in document.blocks] == [
        (BlockKind.PROSE, ("Abstract",), "Trust helps small teams."),
        (BlockKind.PROSE, ("1. Results",), "It held for a year."),
        (BlockKind.ITEM, ("1. Results",), "Time helped."),
        (BlockKind.ITEM, ("1. Results",), "Money helped."),
        (BlockKind.FURNITURE, ("References",), "Doe A (2019) Teams. Teams 4:1."),
    ]


def test_the_text_is_the_files_own_and_the_id_is_of_its_bytes(tmp_path: Path) -> None:
    document = read_one(tmp_path, "paper.txt", PAPER)

    assert document.text == PAPER
    assert document.id == hashlib.sha256(PAPER.encode()).hexdigest() == document_id(PAPER.encode())


def test_the_same_bytes_are_the_same_document_under_any_name(tmp_path: Path) -> None:
    one, other = read_one(tmp_path, "one.txt", PAPER), read_one(tmp_path, "other.txt", PAPER)

    assert one.id == other.id
    assert one.blocks == other.blocks
    assert read_one(tmp_path, "changed.txt", PAPER + "\n").id != one.id


@pytest.mark.parametrize("name", ["paper.txt", "PAPER.TXT", "paper.text", "paper", "paper.made-up"])
def test_text_is_known_by_what_it_holds(name: str, tmp_path: Path) -> None:
    assert read_one(tmp_path, name, PAPER).source.title == "How small teams keep new practice going"


def test_a_file_without_words_of_its_own_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("References\n\nDoe A (2019) Teams.\n", encoding="utf-8")

    with pytest.raises(DocumentRefused, match="no readable text"):
        read(tmp_path / "a.txt")


def test_a_file_without_a_header_is_named_for_its_title(tmp_path: Path) -> None:
    text = "Vol. 4\n\nHow small teams keep new practice going\n\nA. Doe\n\nAbstract\n\nIt held for a year.\n"

    assert read_one(tmp_path, "a.txt", text).source.title == "How small teams keep new practice going"


def test_a_file_without_a_title_is_named_for_its_file(tmp_path: Path) -> None:
    assert read_one(tmp_path, "small-teams.txt", "It held for a year.\n").source.title == "small-teams"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Small teams\n\nIt held.", "Small teams"),
        ("Small teams\n\nHow small teams last\n\nIt held.", "How small teams last"),
        ("Small   teams\n\nIt held.", "Small teams"),
        ("a | b | c\n\nIt held.", None),
        ("It held.\n\nIt grew;", None),
        ("Abstract\n\nSmall teams", None),
        ("word " * 60 + "\n\nSmall teams", None),
        ("Small teams " + "x" * 250 + "\n\nIt held.", None),
        ("", None),
    ],
)
def test_the_title_is_the_longest_line_above_the_prose(text: str, title: str | None) -> None:
    assert title_of(text) == title


@given(st.lists(paragraphs, min_size=1, max_size=6))
@settings(deadline=None, max_examples=80)
def test_no_word_of_a_paragraph_is_lost(made: list[str]) -> None:
    text = "\n\n".join(f"So {paragraph} It ended." for paragraph in made)

    assert " ".join(words_of(document_of(text))).split() == text.split()


def test_every_real_document_is_read_with_offsets_that_hold(documents: Path) -> None:
    paths = sorted(documents.rglob("*.txt"))

    assert len(paths) >= 80
    for path in paths:
        for document in read(path):
            assert document.text == path.read_text(encoding="utf-8")
            assert words_of(document)
            for passage in cut(document, Words(256), load_framework()):
                assert document.text[passage.start : passage.end] == passage.text


def paper_of(documents: Path) -> Document:
    (path,) = (documents / "seeds").glob("001_*.txt")
    (document,) = read(path)
    return document


def test_the_papers_table_rows_carry_their_cluster(documents: Path) -> None:
    paper = paper_of(documents)
    rows = [b for b in paper.blocks if b.kind is BlockKind.ROW and b.labels is not None]
    clusters = [cluster.name for cluster in load_framework().clusters]
    found = [
        next(
            name
            for name in clusters
            if name.split()[0].lower() in (row.prefix + paper.text[row.start : row.end]).lower().split("|")[0]
        )
        for row in rows
    ]

    assert [found.count(name) for name in clusters] == [3, 4, 4, 4, 3]
    assert {row.labels.stance for row in rows if row.labels} == {Stance.BOTH}


def test_the_papers_block_quotations_are_their_speakers(documents: Path) -> None:
    paper = paper_of(documents)
    sentences = [s for p in cut(paper, Words(256), load_framework()) for s in p.sentences]
    quotations = {
        block: match[1]
        for block in paper.blocks
        if (match := re.search(r"[.?] \((P\d+)\)$", paper.text[block.start : block.end]))
        and not re.search(r"\[\d", paper.text[block.start : block.end])
    }

    assert len(quotations) == 15
    for block, code in quotations.items():
        inside = [s for s in sentences if block.start <= s.start < block.end]
        assert {(s.voice, s.speaker) for s in inside} == {(Voice.PARTICIPANT, code)}
