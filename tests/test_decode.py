from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import DocumentRefused
from assistant.reading import read
from assistant.reading.decode import decode, decode_exactly
from tests.reading import read_one, words_of

HERE = Path("some.txt")
WORDS = "Trust – „naïve“ 😀 grew.\nIt held."
MARKED = {
    "utf-8-sig": codecs.BOM_UTF8 + WORDS.encode("utf-8"),
    "utf-16 little": codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
    "utf-16 big": codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
    "utf-32 little": codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"),
    "utf-32 big": codecs.BOM_UTF32_BE + WORDS.encode("utf-32-be"),
}


@pytest.mark.parametrize("data", MARKED.values(), ids=MARKED.keys())
def test_a_byte_order_mark_decides_the_encoding_and_is_no_part_of_the_text(data: bytes) -> None:
    assert decode(HERE, data) == (WORDS, ())


def test_text_without_a_mark_is_utf_8() -> None:
    assert decode(HERE, WORDS.encode()) == (WORDS, ())


def test_what_is_not_utf_8_is_read_as_windows_1252_with_a_warning() -> None:
    text, warnings = decode(HERE, "“It didn’t hold” – café, £5".encode("cp1252"))

    assert text == "“It didn’t hold” – café, £5"
    assert warnings == ("not valid UTF-8; read as Windows-1252",)


def test_bytes_that_windows_1252_leaves_open_lose_no_other_words() -> None:
    text, warnings = decode(HERE, b"before \x81\x8d caf\xe9 after")

    assert text == "before \ufffd\ufffd café after"
    assert warnings


@pytest.mark.parametrize(
    "data",
    [
        b"It held.\0It ended.",
        codecs.BOM_UTF8 + b"It held.\0It ended.",
        codecs.BOM_UTF16_LE + "It held.\0".encode("utf-16-le"),
        WORDS.encode("utf-16-le"),
    ],
    ids=["plain", "after a mark", "in UTF-16", "UTF-16 without a mark"],
)
def test_nul_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentRefused, match=r"some\.txt: not a text file"):
        decode(HERE, data)


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + b"caf\xe9",
        codecs.BOM_UTF16_LE + b"a",
        codecs.BOM_UTF16_LE + b"\x00\xd8a\x00",
        codecs.BOM_UTF32_LE + b"abc",
    ],
)
def test_bytes_that_are_not_what_their_mark_says_are_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(DocumentRefused, match=r"not valid utf-\S+ at byte \d+ \(save the file as UTF-8\)"):
        decode(HERE, data)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"one\r\ntwo\r\n", "one\ntwo\n"),
        (b"one\rtwo\r", "one\ntwo\n"),
        (b"one\r\r\ntwo\n\r", "one\n\ntwo\n\n"),
        (b"", ""),
    ],
)
def test_every_line_end_becomes_a_line_feed(data: bytes, text: str) -> None:
    assert decode(HERE, data)[0] == text
    assert decode_exactly(HERE, data)[0] == data.decode()


@given(st.text(alphabet=st.characters(exclude_characters="\0\ufeff\ufffe", codec="utf-8"), max_size=60))
@settings(deadline=None)
def test_the_text_is_what_python_reads_from_the_file(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("decode") / "made.txt"
    path.write_bytes(text.encode())

    assert decode(path, path.read_bytes())[0] == path.read_text(encoding="utf-8")


@given(st.binary(max_size=80))
@settings(deadline=None)
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text, _ = decode(HERE, data)
    except DocumentRefused:
        return
    assert "\r" not in text
    assert "\0" not in text


@pytest.mark.parametrize("name", ["made.txt", "made.md"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_offsets_hold_in_the_file_as_python_reads_it(name: str, encoding: str, tmp_path: Path) -> None:
    text = "Café teams\r\n\r\nIt didn’t hold – not once.\r\n\r\n- It grew.\r\n- It ended.\r\n"

    document = read_one(tmp_path, name, text.encode(encoding))

    in_file = (tmp_path / name).read_text(encoding=encoding)
    assert [in_file[b.start : b.end] for b in document.blocks] == words_of(document)
    assert "It didn’t hold – not once." in words_of(document)
    assert document.text == in_file


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n "])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a"])
def test_an_empty_file_is_refused(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)

    with pytest.raises(DocumentRefused, match="the file is empty"):
        read(tmp_path / name)


@pytest.mark.parametrize("data", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "—–— 123 …".encode()])
def test_a_file_without_words_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(data)

    with pytest.raises(DocumentRefused, match="no readable text"):
        read(tmp_path / "a.txt")


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(DocumentRefused, match="cannot be opened"):
            read(path)
