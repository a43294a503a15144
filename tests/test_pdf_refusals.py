"""PDFs that are encrypted, scanned, broken, hostile or garbled are refused with the reason and what to do."""

from __future__ import annotations

import io
import shutil
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter

from assistant.errors import DocumentRefused
from assistant.reading import read
from assistant.reading.reader import ReadOptions
from assistant.records import Document
from tests import pdfs
from tests.reading import read_one

WORDS = [
    "The teams that met every week kept their new practice for a second year.",
    "Managers gave them an afternoon and asked for no report in return.",
]
NO_TESSERACT = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


def made() -> bytes:
    return pdfs.PdfFile().add(pdfs.lines(WORDS)).data()


def encrypted(user: str, algorithm: str) -> bytes:
    writer = PdfWriter()
    writer.append_pages_from_reader(PdfReader(io.BytesIO(made())))
    writer.encrypt(user, "owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read_with(folder: Path, data: bytes, options: ReadOptions) -> Document:
    path = folder / "a.pdf"
    path.write_bytes(data)
    (document,) = read(path, options)
    return document


ALGORITHMS = ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_file_with_an_empty_password_is_read(algorithm: str, tmp_path: Path) -> None:
    assert WORDS[0] in read_one(tmp_path, "a.pdf", encrypted("", algorithm)).text


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_file_with_a_password_is_refused_and_read_with_it(algorithm: str, tmp_path: Path) -> None:
    data = encrypted("open it", algorithm)

    with pytest.raises(DocumentRefused, match="encrypted with a password") as refusal:
        read_one(tmp_path, "a.pdf", data)
    assert "--password" in refusal.value.advice
    with pytest.raises(DocumentRefused, match="the password does not open it"):
        read_with(tmp_path, data, ReadOptions(password="another"))  # noqa: S106 - of a file made here
    assert WORDS[0] in read_with(tmp_path, data, ReadOptions(password="open it")).text  # noqa: S106


def scan(words: str) -> bytes:
    """A page that is a picture of some words."""
    picture = Image.new("L", (1240, 1754), 255)
    font = ImageFont.load_default(size=44)
    ImageDraw.Draw(picture).multiline_text((120, 160), words, fill=0, font=font, spacing=24)
    data = zlib.compress(picture.tobytes())
    file = pdfs.PdfFile()
    head = f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height}"
    number = file.add_object(
        f"<< {head} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length {len(data)} "
        "/Filter /FlateDecode >>\nstream\n".encode()
        + data
        + b"\nendstream"
    )
    file.add(b"q 595 0 0 842 0 0 cm /I1 Do Q", resources=f"/XObject << /I1 {number} 0 R >>")
    return file.data()


def test_a_scanned_file_is_refused_with_the_advice_to_recognise_it(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused, match=r"no text on its page, only pictures \(scanned\?\)") as refusal:
        read_one(tmp_path, "a.pdf", scan("Trust grew where mistakes\ncould be talked about."))
    assert "run OCR" in refusal.value.advice
    assert "--ocr" in refusal.value.advice


@NO_TESSERACT
def test_a_scanned_file_is_read_where_that_is_asked_for(tmp_path: Path) -> None:
    words = "Trust grew where mistakes\ncould be talked about."

    document = read_with(tmp_path, scan(words), ReadOptions(ocr=True))

    assert " ".join(words.split()) in document.text
    assert {page.engine for page in document.pages} == {"tesseract"}
    assert any("OCR" in warning for warning in document.warnings)


@NO_TESSERACT
def test_a_picture_without_words_is_refused_though_it_was_looked_at(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused, match="OCR found no words in the pictures"):
        read_with(tmp_path, scan(""), ReadOptions(ocr=True))


BROKEN = {
    "nothing but its head": b"%PDF-1.7\n",
    "noise after its head": b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "cut off at a third": made()[: len(made()) // 3],
    "a tree of pages that has no leaves": made().replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]"),
    "an empty tree of pages": made().replace(b"/Kids [6 0 R]", b"/Kids []"),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_with_advice(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused) as refusal:
        read_one(tmp_path, "a.pdf", data)
    assert refusal.value.reason
    assert refusal.value.advice


MENDABLE = {
    "a wrong place of its table": made().replace(b"startxref\n", b"startxref\n9"),
    "a table that is none": made().replace(b"0000000000 65535 f", b"none of this is one"),
    "a box of a size that no page has": made().replace(b"[0 0 595 842]", b"[0 0 9999999 9999999]"),
}


@pytest.mark.parametrize("data", MENDABLE.values(), ids=MENDABLE)
def test_what_is_broken_but_can_be_read_is_read(data: bytes, tmp_path: Path) -> None:
    assert WORDS[1] in read_one(tmp_path, "a.pdf", data).text


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a"])
def test_a_file_that_lost_its_head_is_no_plain_text(name: str, tmp_path: Path) -> None:
    data = made()[200:]

    try:
        document = read_one(tmp_path, name, data)
    except DocumentRefused as refusal:
        assert refusal.reason
    else:
        assert "endobj" not in document.text


def test_a_page_that_draws_one_content_over_and_over_is_refused(tmp_path: Path) -> None:
    data = made().replace(b"/Contents 7 0 R", b"/Contents [" + b"7 0 R " * 5000 + b"]")

    with pytest.raises(DocumentRefused, match="its page cannot be read"):
        read_one(tmp_path, "a.pdf", data)


@pytest.mark.parametrize("length", [25_000_000, 90_000_000])
def test_a_page_that_draws_more_than_any_page_does_is_refused(length: int, tmp_path: Path) -> None:
    data = pdfs.PdfFile().add(pdfs.lines(WORDS), b"0 0 m " * (length // 6)).data()

    with pytest.raises(DocumentRefused, match="its page cannot be read"):
        read_one(tmp_path, "a.pdf", data)


def test_a_page_that_draws_much_is_read(tmp_path: Path) -> None:
    data = pdfs.PdfFile().add(pdfs.lines(WORDS), b"1 1 m 2 2 l S " * 40_000).data()

    assert WORDS[0] in read_one(tmp_path, "a.pdf", data).text


def test_more_pages_than_anyone_writes_are_refused(tmp_path: Path) -> None:
    file = pdfs.PdfFile()
    for _ in range(3001):
        file.add(b"")

    with pytest.raises(DocumentRefused, match=r"3,001 pages are more than 3,000") as refusal:
        read_one(tmp_path, "a.pdf", file.data())
    assert "parts" in refusal.value.advice


def test_a_form_that_only_one_program_shows_is_refused(tmp_path: Path) -> None:
    words = "Please wait. If this message is not replaced, you may need a newer version of Adobe Reader."

    with pytest.raises(DocumentRefused, match="XFA"):
        read_one(tmp_path, "a.pdf", pdfs.PdfFile().add(pdfs.lines([words])).data())


def test_a_file_whose_letters_are_others_is_refused(tmp_path: Path) -> None:
    def shifted(words: str) -> str:
        return "".join(chr((ord(mark) - 84) % 26 + 97) if mark.isalpha() else mark for mark in words.lower())

    data = pdfs.PdfFile().add(pdfs.lines([shifted(words) for words in WORDS])).data()

    with pytest.raises(DocumentRefused, match="its text cannot be decoded") as refusal:
        read_one(tmp_path, "a.pdf", data)
    assert "OCR" in refusal.value.advice
