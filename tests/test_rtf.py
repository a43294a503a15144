from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import DocumentRefused
from assistant.reading.rtf import MAX_CHARACTERS
from assistant.records import BlockKind, Sensitivity
from tests.reading import read_all, read_one, words_of

FONTS = r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset204 Arial Cyr;}}"


def rtf(body: str, head: str = "") -> bytes:
    return (r"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + head + body + "}").encode("cp1252")


def test_headings_and_paragraphs_are_read(tmp_path: Path) -> None:
    body = r"\pard\b Results\b0\par Trust helped people to try.\par\par It took\line a year.\par"
    head = r"{\info{\title How teams try things}{\author An account}}{\header Running head}"

    document = read_one(tmp_path, "a.rtf", rtf(body, head))

    assert (document.source.title, document.source.authors) == ("How teams try things", ())
    assert words_of(document)[0] == "Trust helped people to try."
    assert document.blocks[0].section == ("Results",)
    assert "Running head" not in document.text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (r"Caf\'e9 \u8211?\~talk \ldblquote yes\rdblquote .", "Café –\xa0talk “yes”."),
        (r"A face \u-10179?\u-8704?.", "A face 😀."),
        (r"\uc2\u233??t\'e9.", "été."),
        (r"\{braces\} and \\ slashes.", "{braces} and \\ slashes."),
        ("Über uns.", "Über uns."),
        (r"{\f1 \'cf\'f0} means {\f0 \'e9}t.", "Пр means ét."),
    ],
)
def test_characters_in_every_writing_are_read(tmp_path: Path, body: str, words: str) -> None:
    assert read_one(tmp_path, "a.rtf", rtf(body)).text == words.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("body", "warnings"),
    [
        (r"People {\v say yes }tried.", ("hidden text left out: 2 words",)),
        (r"People \v say yes \v0 tried.", ("hidden text left out: 2 words",)),
        (r"People {\v say {\b yes} }tried.", ("hidden text left out: 2 words",)),
        (r"People \v say \u233?\plain tried.", ("hidden text left out: 1 words",)),
        (r"People {\deleted never }tried.", ()),
        (r"People {\revised }{\*\atnid x}{\*\annotation A comment.}tried.", ()),
        ("People {\\footnote A note.}tried.", ("1 footnotes were left out",)),
        (r"People \u8203?tried.", ("invisible characters left out: 1 zero-width",)),
    ],
)
def test_what_nobody_sees_is_left_out_and_named(tmp_path: Path, body: str, warnings: tuple[str, ...]) -> None:
    document = read_one(tmp_path, "a.rtf", rtf(body))

    assert document.text == "People tried."
    assert document.warnings == warnings


def test_links_keep_their_words_and_lose_their_address(tmp_path: Path) -> None:
    link = r'{\field{\*\fldinst{HYPERLINK "http://example.org/x"}}{\fldrslt the page}}'

    assert read_one(tmp_path, "a.rtf", rtf(f"See {link}.")).text == "See the page."


def test_pictures_are_left_out_whether_as_digits_or_as_bytes(tmp_path: Path) -> None:
    digits = r"{\pict\pngblip " + "89504e47" * 500_000 + "}"
    raw = r"{\pict\bin5 }{}\x}"

    assert read_one(tmp_path, "a.rtf", rtf(f"Before {digits}and {raw}after.")).text == "Before and after."


def test_a_table_row_carries_its_header(tmp_path: Path) -> None:
    rows = [("Theme", "Helps", "Hinders"), ("Trust", "listening", "blame")]
    body = "".join(r"\trowd " + "".join(cell + r"\cell " for cell in row) + "\\row\n" for row in rows)

    document = read_one(tmp_path, "a.rtf", rtf(body + r"\pard After it.\par"))

    row = document.blocks[0]
    assert (row.kind, row.prefix) == (BlockKind.ROW, "Theme / Helps / Hinders")
    assert words_of(document) == ["| Trust | listening | blame |", "After it."]


def test_an_interview_is_a_restricted_transcript_under_any_name(tmp_path: Path) -> None:
    lines = ["INT: What helped?", "P4: Our manager listened.", "INT: And then?", "P4: We tried it."]

    document = read_one(tmp_path, "a.doc", rtf("".join(rf"{line}\par " for line in lines)))

    assert [block.speaker for block in document.blocks] == ["INT", "P4", "INT", "P4"]
    assert document.sensitivity is Sensitivity.RESTRICTED


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (rtf(""), "no readable text"),
        (rtf(r"{\v all hidden}"), "no readable text"),
        (rtf(r"\uc words"), "cannot be read"),
        (rtf("words and more " * (MAX_CHARACTERS // 14)), "more than 5,000,000 characters"),
    ],
)
def test_files_that_cannot_be_read_are_refused_with_advice(tmp_path: Path, data: bytes, why: str) -> None:
    with pytest.raises(DocumentRefused, match=why) as refusal:
        read_all(tmp_path, "a.rtf", data)
    assert refusal.value.advice


@pytest.mark.parametrize(
    "data",
    [
        rtf("{" * 50_000 + "words" + "}" * 50_000),
        rtf("words" + "}" * 50_000),
        rtf(r"{\field{\*\fldinst{" * 3_000 + 'HYPERLINK "' * 3_000 + " words"),
        b"{\\rtf1{\\fonttbl" + rb"\f0" * 60_000 + b"}words}",
    ],
)
def test_hostile_files_end_soon(tmp_path: Path, data: bytes) -> None:
    try:
        assert read_one(tmp_path, "a.rtf", data).text
    except DocumentRefused as refusal:
        assert refusal.reason
