"""Parts that a writer marks as stricter, in every format that holds text."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import DocumentRefused
from assistant.reading import read
from assistant.reading.marking import with_marked_parts
from assistant.records import Block, BlockKind, Document, Sensitivity, Source
from tests.packages import docx, odt, w_p
from tests.pdfs import PdfFile, lines

PUBLIC, TEAM, RESTRICTED = Sensitivity
OPEN, CLOSED, AFTER = (
    "Coaches met weekly and the teams kept going.",
    "The chair of the board was drunk again.",
    "The fund paid for two more years of it.",
)
MARK = "[sensitivity: restricted]"
TALK = "Title: A talk\nKind: interview\nSensitivity: public\n--------------------\n\n"


def document_of(folder: Path, name: str, content: str | bytes) -> Document:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (document,) = read(path)
    return document


def tiers(document: Document) -> dict[str, Sensitivity]:
    """Words of the blocks that are not furniture → tier."""
    return {
        document.text[block.start : block.end]: block.sensitivity or document.sensitivity
        for block in document.blocks
        if block.kind is not BlockKind.FURNITURE
    }


LINES = "\n\n".join([OPEN, MARK, CLOSED, "[Sensitivity: public]", AFTER])
FORMS = {
    "a.txt": "On coaching\n\n" + LINES,
    "a.md": "# On coaching\n\n" + LINES,
    "tight.md": "# On coaching\n\n" + LINES.replace("\n\n", "\n"),
    "a.html": f"<h1>On coaching</h1><p>{OPEN}</p><p>{MARK}</p><p>{CLOSED}</p><p>[sensitivity: public]</p><p>{AFTER}</p>",
    "a.odt": odt("".join(f"<text:p>{line}</text:p>" for line in ["On coaching", *LINES.split("\n\n")])),
    "a.rtf": r"{\rtf1\ansi " + "".join(rf"{line}\par " for line in LINES.split("\n\n")) + "}",
    "a.docx": docx("".join(map(w_p, ["On coaching", *LINES.split("\n\n")]))),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_mark_on_a_line_of_its_own_holds_up_to_the_next(tmp_path: Path, name: str) -> None:
    document = document_of(tmp_path, name, FORMS[name])

    found = tiers(document)
    closed = {words for words, tier in found.items() if tier is RESTRICTED}
    assert document.sensitivity is PUBLIC
    assert any(CLOSED in words for words in closed)
    assert not any(OPEN in words or "sensitivity" in words.splitlines()[0] for words in closed)
    assert [tier for words, tier in found.items() if AFTER in words] == [PUBLIC]


def test_in_a_pdf_whose_lines_are_joined_a_mark_holds_up_to_the_next(tmp_path: Path) -> None:
    first = ["On coaching", OPEN, f"It goes on here. {MARK}", CLOSED]
    second = [AFTER, "[sensitivity: public] Bread was cheap in those years."]
    made = PdfFile().add(lines(first, leading=30)).add(lines(second, leading=30))

    found = tiers(document_of(tmp_path, "a.pdf", made.data()))

    by_words = {
        words: tier for said, tier in found.items() for words in (CLOSED, AFTER, "Bread") if words in said
    }
    assert by_words == {CLOSED: RESTRICTED, AFTER: RESTRICTED, "Bread": PUBLIC}


def test_a_mark_at_a_section_without_words_closes_the_document(tmp_path: Path) -> None:
    document = document_of(tmp_path, "a.md", f"# T\n\n{OPEN}\n\n## Talks {MARK}\n\n## Money\n\n{AFTER}\n")

    assert document.sensitivity is RESTRICTED


def test_the_last_mark_holds_to_the_end(tmp_path: Path) -> None:
    found = tiers(
        document_of(tmp_path, "a.md", f"# T\n\n{OPEN}\n\n{MARK}\n\n## A\n\n{CLOSED}\n\n## B\n\n{AFTER}\n")
    )

    assert found == {OPEN: PUBLIC, CLOSED: RESTRICTED, AFTER: RESTRICTED}


def test_a_mark_at_a_heading_holds_for_its_section_and_those_below(tmp_path: Path) -> None:
    text = (
        f"# T\n\n{OPEN}\n\n## Talks {MARK}\n\n{CLOSED}\n\n### More\n\nDrunk twice.\n\n## Money\n\n{AFTER}\n"
    )

    document = document_of(tmp_path, "a.md", text)

    assert tiers(document) == {OPEN: PUBLIC, CLOSED: RESTRICTED, "Drunk twice.": RESTRICTED, AFTER: PUBLIC}
    assert {block.section for block in document.blocks} == {(), ("Talks",), ("Talks", "More"), ("Money",)}


@pytest.mark.parametrize(
    "words", [f"{MARK} {CLOSED}", f"{CLOSED} {MARK}", f"{CLOSED} [ SENSITIVITY = Restricted ]"]
)
def test_a_mark_in_a_paragraph_holds_for_it_and_is_no_part_of_its_words(tmp_path: Path, words: str) -> None:
    found = tiers(document_of(tmp_path, "a.md", f"# T\n\n{OPEN}\n\n{words}\n\n{AFTER}\n"))

    assert found == {OPEN: PUBLIC, CLOSED: RESTRICTED, AFTER: PUBLIC}


def test_a_mark_within_a_paragraph_closes_all_of_it(tmp_path: Path) -> None:
    found = tiers(document_of(tmp_path, "a.md", f"# T\n\n{OPEN} {MARK} {CLOSED}\n\n{AFTER}\n"))

    assert list(found.values()) == [RESTRICTED, PUBLIC]


def test_a_switch_back_within_a_block_of_lines_opens_nothing_of_it() -> None:
    text = f"{MARK}\n\n{CLOSED}\n[sensitivity: public]\n\n{AFTER}"
    ends = [len(MARK), text.index("]", len(MARK)) + 1, len(text)]
    starts = [0, text.index(CLOSED), text.index(AFTER)]
    blocks = tuple(Block(start, end) for start, end in zip(starts, ends, strict=True))

    document = with_marked_parts(Path("a.txt"), Document("1", "a.txt", Source("T"), text, blocks))

    assert tiers(document) == {CLOSED: RESTRICTED, AFTER: PUBLIC}


def test_a_switch_back_within_a_paragraph_opens_nothing_of_it(tmp_path: Path) -> None:
    text = f"# T\n\n{MARK}\n\n{CLOSED}\n[sensitivity: public]\n\n{AFTER}\n"

    found = tiers(document_of(tmp_path, "a.md", text))

    assert [(CLOSED in words, tier) for words, tier in found.items()] == [(True, RESTRICTED), (False, PUBLIC)]


@pytest.mark.parametrize("newlines", ["\n\n", "\n"])
def test_in_a_transcript_turns_are_marked_and_keep_their_speakers(tmp_path: Path, newlines: str) -> None:
    turns = [
        f"P4: {OPEN}",
        f"P5: {MARK} {CLOSED}",
        "INT: What else?",
        MARK,
        "P4: He owes me rent.",
        "[sensitivity: public]",
        f"P5: {AFTER}",
    ]

    document = document_of(tmp_path, "a.txt", TALK + newlines.join(turns) + "\n")

    assert tiers(document) == {
        OPEN: PUBLIC, CLOSED: RESTRICTED, "What else?": PUBLIC, "He owes me rent.": RESTRICTED, AFTER: PUBLIC,
    }  # fmt: skip
    speakers = [block.speaker for block in document.blocks if block.kind is not BlockKind.FURNITURE]
    assert speakers == ["P4", "P5", "INT", "P4", "P5"]


def test_a_caption_that_is_a_mark_parts_a_turn(tmp_path: Path) -> None:
    said = [f"<v P4>{OPEN}", MARK, f"<v P4>{CLOSED}", "[sensitivity: public]", f"<v P4>{AFTER}"]
    cues = "".join(f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{words}\n\n" for n, words in enumerate(said))

    document = document_of(tmp_path, "a.vtt", f"WEBVTT\n\nNOTE\nSensitivity: public\n\n{cues}")

    assert tiers(document) == {OPEN: PUBLIC, CLOSED: RESTRICTED, AFTER: PUBLIC}
    assert {block.speaker for block in document.blocks if block.kind is not BlockKind.FURNITURE} == {"P4"}


def test_a_mark_that_stands_at_nothing_closes_the_document(tmp_path: Path) -> None:
    document = document_of(tmp_path, "a.md", f"# Talks {MARK}\n\n{OPEN}\n")

    assert document.sensitivity is RESTRICTED
    assert document.source.title == "Talks"


def test_a_mark_is_no_way_to_open_a_document(tmp_path: Path) -> None:
    text = (
        TALK.replace("public", "team") + f"[sensitivity: public]\n\nP4: {OPEN}\n\nP5: {AFTER}\n\nP4: Yes.\n"
    )

    document = document_of(tmp_path, "a.txt", text)

    assert document.sensitivity is TEAM


@pytest.mark.parametrize(
    "line",
    [
        "[sensitivity: secret]",
        "[sensitivty: restricted]",
        "[sensitivity: restricted",
        "[Sensitivity restricted]",
    ],
)
def test_a_line_that_is_meant_as_a_mark_and_is_none_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(DocumentRefused, match=r"a mark that cannot be read.*public, team, restricted"):
        document_of(tmp_path, "a.md", f"# T\n\n{OPEN}\n\n{line}\n\n{CLOSED}\n")


@pytest.mark.parametrize(
    "words",
    ["[Sensitivity analysis]", "It did well [sensitivity: 92%, specificity: 88%].", "[sensitivity 0.9]"],
)
def test_other_words_in_brackets_are_no_marks(tmp_path: Path, words: str) -> None:
    document = document_of(tmp_path, "a.md", f"# T\n\n{OPEN}\n\n{words}\n\n{AFTER}\n")

    assert set(tiers(document).values()) == {PUBLIC}
