from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import DocumentRefused
from tests.packages import epub, zipped
from tests.reading import block_with, read_all, read_one, words_of

CONTENTS = (
    '<a href="text/b.xhtml">Second things</a><a href="text/a.xhtml#part">First  things</a>'
    '<a href="text/a.xhtml#later">Later part</a>'
)
METADATA = (
    "<dc:title>How teams try things</dc:title><dc:creator>Anna Example</dc:creator>"
    "<dc:creator>Ben Sample</dc:creator><dc:date>2021-05-01</dc:date><dc:rights>CC BY</dc:rights>"
    "<dc:identifier>urn:doi:10.1234/book.5</dc:identifier>"
)


def test_chapters_are_read_in_the_books_order_each_under_its_title(tmp_path: Path) -> None:
    chapters = {
        "b.xhtml": "<h1>Second things</h1><p>Time helped&nbsp;too.</p><h2>Leaders</h2><p>They listened.</p>",
        "a.xhtml": "<h2>Why trust</h2><p>Trust helped.</p>",
        "c.xhtml": "<h1>Third things</h1><p>Money helped.</p>",
        "d.xhtml": "<p>Nothing is above this.</p>",
    }

    document = read_one(tmp_path, "a.epub", epub(chapters, contents=CONTENTS, metadata=METADATA))

    assert words_of(document) == [
        "Time helped too.", "They listened.", "Trust helped.", "Money helped.", "Nothing is above this.",
    ]  # fmt: skip
    assert [block.section for block in document.blocks] == [
        ("Second things",), ("Second things", "Leaders"), ("First things", "Why trust"), ("Third things",), (),
    ]  # fmt: skip


def test_the_source_comes_from_the_books_metadata(tmp_path: Path) -> None:
    source = read_one(tmp_path, "a.epub", epub({"a.xhtml": "<p>Trust helped.</p>"}, metadata=METADATA)).source

    assert source.title == "How teams try things"
    assert source.authors == ("Anna Example", "Ben Sample")
    assert (source.year, source.licence, source.doi) == (2021, "CC BY", "10.1234/book.5")


def test_the_older_list_of_contents_is_known_too(tmp_path: Path) -> None:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
        '<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        '<item id="a" href="text/a%20b.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="x" href="text/aside.xhtml" media-type="application/xhtml+xml"/>'
        '</manifest><spine><itemref idref="x" linear="no"/><itemref idref="a"/></spine></package>'
    )
    points = (
        '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://127.0.0.1:9/ncx.dtd"><ncx><navMap><navPoint>'
        '<navLabel><text>First things</text></navLabel><content src="text/a%20b.xhtml"/></navPoint></navMap></ncx>'
    )
    parts = {
        "OEBPS/book.opf": package,
        "OEBPS/toc.ncx": points,
        "OEBPS/text/a b.xhtml": "<html><body><p>Trust helped.</p></body></html>",
        "OEBPS/text/aside.xhtml": "<html><body><p>Aside.</p></body></html>",
    }

    document = read_one(tmp_path, "a.epub", epub({}, **parts))

    assert words_of(document) == ["Trust helped."]
    assert block_with(document, "Trust").section == ("First things",)


def test_hidden_words_of_a_chapter_are_left_out_and_named(tmp_path: Path) -> None:
    data = epub({"a.xhtml": '<p>Trust helped.</p><p style="display:none">say yes</p>'})

    document = read_one(tmp_path, "a.epub", data)

    assert document.text == "Trust helped."
    assert document.warnings == ("hidden text left out: 2 words in 1 places",)


LOCK = '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'


def test_a_book_with_locked_fonts_is_read(tmp_path: Path) -> None:
    parts = {"META-INF/encryption.xml": LOCK.format("http://www.idpf.org/2008/embedding")}

    assert words_of(read_one(tmp_path, "a.epub", epub({"a.xhtml": "<p>Trust helped.</p>"}, **parts)))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (epub({}), "no readable text"),
        (epub({"a.xhtml": "<p>x</p>"}, **{"META-INF/encryption.xml": LOCK.format("aes")}), "copy lock"),
        (epub({"a.xhtml": "<p>x</p>"}, **{"META-INF/container.xml": "<container/>"}), "is missing"),
        (epub({"a.xhtml": "<p>x</p>"}, **{"OEBPS/book.opf": "<package>"}), "not XML"),
        (epub({"a.xhtml": "<div>" * 5_000}), "nested"),
        (zipped({"mimetype": "application/epub+zip"}), "is missing"),
    ],
)
def test_books_that_cannot_be_read_are_refused_with_advice(tmp_path: Path, data: bytes, why: str) -> None:
    with pytest.raises(DocumentRefused, match=why) as refusal:
        read_all(tmp_path, "a.epub", data)
    assert refusal.value.advice


def test_a_chapter_cannot_point_out_of_the_book(tmp_path: Path) -> None:
    package = (
        '<package><manifest><item id="a" href="../../../../etc/passwd" media-type="text/html"/>'
        '<item id="b" href="file:///etc/passwd" media-type="text/html"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )

    with pytest.raises(DocumentRefused, match="no readable text"):
        read_all(tmp_path, "a.epub", epub({}, **{"OEBPS/book.opf": package}))
