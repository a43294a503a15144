from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from assistant.errors import DocumentRefused
from assistant.reading.archive import MAX_MEMBERS, MAX_TEXT_BYTES, Archive, declares, directory_of, is_zip
from assistant.reading.xml import parse_xml
from tests.packages import zipped

FILE = Path("book.zip")


def with_member(member: zipfile.ZipInfo, content: bytes = b"words") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, content)
    return buffer.getvalue()


def reason(data: bytes, read: str | None = None) -> str:
    with pytest.raises(DocumentRefused) as refusal:
        archive = Archive(FILE, data)
        archive.read(read or archive.names[0])
    assert refusal.value.advice
    return refusal.value.reason


def test_the_members_of_a_sound_archive_are_read() -> None:
    archive = Archive(FILE, zipped({"a.xml": "<a/>", "folder/b.txt": "words"}))

    assert archive.names == ("a.xml", "folder/b.txt")
    assert "a.xml" in archive
    assert archive.read("folder/b.txt") == b"words"


def test_a_member_may_shrink_a_hundred_times_and_no_more() -> None:
    page = bytes(range(256)) * 40
    assert Archive(FILE, zipped({"a.xml": page * 8})).read("a.xml") == page * 8
    assert "more than 100 times its size" in reason(zipped({"a.xml": b" " * 1_000_000}))


def test_a_picture_may_shrink_as_far_as_it_likes_but_is_not_read() -> None:
    archive = Archive(FILE, zipped({"a.xml": "<a/>", "picture.bmp": b"\0" * 1_000_000}))

    with pytest.raises(DocumentRefused, match="more than 100 times its size"):
        archive.read("picture.bmp")


def test_texts_that_are_too_large_together_are_refused_before_one_is_read() -> None:
    part = bytes(i * 7919 % 251 for i in range(65_536)) * 16
    count = MAX_TEXT_BYTES // len(part) + 1
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.xml", part)

    with pytest.raises(DocumentRefused, match="bytes of text when unpacked, more than 50,000,000"):
        Archive(FILE, buffer.getvalue())


def test_the_limit_holds_while_reading_too_whatever_the_names_say() -> None:
    part = bytes(i * 7919 % 251 for i in range(65_536)) * 16
    count = MAX_TEXT_BYTES // len(part) + 1
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.dat", part)
    opened = Archive(FILE, buffer.getvalue())

    with pytest.raises(DocumentRefused, match="more than 50,000,000 bytes of text"):
        for name in opened.names:
            opened.read(name)


def test_a_member_that_is_larger_than_it_says_is_damaged() -> None:
    data = bytearray(zipped({"a.xml": bytes(i * 7919 % 251 for i in range(50_000))}))
    place = data.rfind(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 100)

    assert "damaged" in reason(bytes(data))


def test_more_members_than_a_document_has_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(MAX_MEMBERS + 1):
            archive.writestr(f"{number}", b"")

    assert "more than 5,000 parts" in reason(buffer.getvalue())


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../outside.xml", "leads out"),
        ("a/../../outside.xml", "leads out"),
        ("..\\outside.xml", "leads out"),
        ("/etc/passwd", "absolute"),
        ("C:\\windows\\a.xml", "absolute"),
        ("\\\\server\\a.xml", "absolute"),
    ],
)
def test_names_that_lead_elsewhere_are_refused(name: str, why: str) -> None:
    assert why in reason(with_member(zipfile.ZipInfo(name)))


def test_a_name_with_a_nul_byte_is_refused() -> None:
    data = zipped({"aXb.xml": "<a/>"}).replace(b"aXb.xml", b"a\0b.xml")

    assert "NUL byte" in reason(data)


def test_a_symbolic_link_is_refused() -> None:
    link = zipfile.ZipInfo("a.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert "symbolic link" in reason(with_member(link, b"/etc/passwd"))


def test_a_locked_member_is_refused() -> None:
    data = bytearray(zipped({"a.xml": "<a/>"}))
    data[data.rfind(b"PK\x01\x02") + 8] |= 1

    assert "password" in reason(bytes(data))


def test_a_packing_that_documents_do_not_use_is_refused() -> None:
    member = zipfile.ZipInfo("a.xml")
    member.compress_type = zipfile.ZIP_LZMA

    assert "packed in a way" in reason(with_member(member))


def test_two_parts_of_one_name_are_refused() -> None:
    data = zipped({"a.xml": "<a/>", "b.xml": "<b/>"}).replace(b"b.xml", b"a.xml")

    assert "two parts" in reason(data)


@pytest.mark.parametrize("cut", [30, 100, 180])
def test_an_archive_that_is_cut_off_is_damaged(cut: int) -> None:
    data = zipped({"a.xml": "<a/>", "b.xml": "<b/>"})

    assert "damaged" in reason(data[:cut])


def test_a_member_with_wrong_bytes_is_damaged() -> None:
    data = bytearray(zipped({"a.xml": "<a>some words of text</a>"}))
    data[40] ^= 0xFF

    assert "damaged" in reason(bytes(data))


def test_a_missing_member_is_named() -> None:
    assert "'c.xml' is missing" in reason(zipped({"a.xml": "<a/>"}), read="c.xml")


def test_only_the_archives_own_list_of_members_is_looked_at() -> None:
    inner = zipped({"word/document.xml": "<a/>"})
    outer = zipped({"inner.docx": inner}, stored=("inner.docx",))

    assert b"word/document.xml" in outer
    assert b"word/document.xml" not in directory_of(outer)
    assert directory_of(b"no archive") == b""
    assert is_zip(outer)
    assert declares(zipped({"mimetype": "application/x"}), b"application/x")
    assert not declares(outer, b"application/x")


LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><a>&a9;</a>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><a/>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_xml_that_declares_entities_is_refused(text: str, encoding: str) -> None:
    with pytest.raises(DocumentRefused, match="declares XML entities"):
        parse_xml(FILE, f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding), "a.xml")


@pytest.mark.parametrize("marked", ["utf-7", "utf-32"])
def test_entities_in_an_encoding_that_hides_the_word_are_refused_too(marked: str) -> None:
    start = f'<?xml version="1.0" encoding="{marked}"?><!DOCTYPE a ['
    hidden = "+ADwAIQ-ENTITY" if marked == "utf-7" else "<!ENTITY"
    text = f'{start}{hidden} x "ha">]><a>&x;</a>'

    with pytest.raises(DocumentRefused, match="declares XML entities"):
        parse_xml(FILE, text.encode("ascii" if marked == "utf-7" else marked), "a.xml")


def test_a_document_type_without_entities_is_read_and_nothing_is_fetched() -> None:
    root = parse_xml(FILE, b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a>words</a>', "a.xml")

    assert root.text == "words"


@pytest.mark.parametrize("data", [b"<a>", b"", b"words", b"<a>" * 300 + b"</a>" * 300, b"<a>\0</a>"])
def test_xml_that_cannot_be_read_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentRefused, match=r"'a\.xml' is not XML that can be read"):
        parse_xml(FILE, data, "a.xml")
