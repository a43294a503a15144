"""Every passage and sentence of a PDF is the document's own words and is found on its page."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from assistant.errors import DocumentRefused
from assistant.framework import load_framework
from assistant.passages import cut
from assistant.reading.pdf import locate, locate_each
from assistant.records import Page
from tests import pdfs
from tests.generated import Words
from tests.reading import block_with, read_one

WORDS = [
    "teams",
    "leaders",
    "trust",
    "practice",
    "money",
    "families",
    "district",
    "week",
    "habit",
    "report",
    "support",
    "change",
    "staff",
    "manager",
    "helped",
    "hindered",
    "tried",
    "kept",
    "asked",
    "found",
    "people",
    "meeting",
    "without",
    "because",
    "between",
    "first",
    "second",
    "café",
    "naïve",
    "long-term",
    "(P3)",
    "[3,4]",
    "12",
    "1999",
    "“time”",
    "don’t",
    "e.g.",
    "£40",
]
lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
pages = st.lists(st.lists(lines, min_size=1, max_size=40), min_size=1, max_size=3)


def made(texts: list[list[str]], columns: int = 1) -> bytes:
    file = pdfs.PdfFile()
    for text in texts:
        half = -(-len(text) // columns)
        parts = [text[place * half : (place + 1) * half] for place in range(columns)]
        file.add(
            *(
                pdfs.lines(part, 50 + 280 * place, size=11 - 3 * (columns - 1))
                for place, part in enumerate(parts)
            )
        )
    return file.data()


@given(pages, st.integers(1, 2))
@example([["12 1999 [3,4] (P3)"]], 1)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_passages_are_the_documents_words_and_stand_on_its_pages(
    tmp_path: Path, texts: list[list[str]], columns: int
) -> None:
    data = made(texts, columns)
    try:
        document = read_one(tmp_path, "a.pdf", data)
    except DocumentRefused as refusal:
        assert refusal.reason
        return

    passages = cut(document, Words(120), load_framework())

    spans = [(one.start, one.end) for one in passages]
    for passage, where in zip(passages, locate_each(data, document, spans), strict=True):
        assert document.text[passage.start : passage.end] == passage.text
        assert where, passage.text
        assert [page for page, _ in where] == _pages_of(document.pages, passage.start, passage.end)
        for sentence in passage.sentences:
            assert passage.start <= sentence.start < sentence.end <= passage.end
            assert document.text[sentence.start : sentence.end] == sentence.text
        for _, rectangles in where:
            for left, bottom, right, top in rectangles:
                assert -2 <= left < right <= pdfs.WIDTH + 2
                assert -2 <= bottom < top <= pdfs.HEIGHT + 2


def _pages_of(numbered: tuple[Page, ...], start: int, end: int) -> list[int]:
    ends = [page.start for page in numbered[1:]] + [10**9]
    return [
        page.number
        for page, stop in zip(numbered, ends, strict=True)
        if max(start, page.start) < min(end, stop)
    ]


TEXT = [
    "The teams that met every week kept their new practice for a second year, and",
    "the managers who gave them an afternoon asked for no report in return.",
]


def test_a_sentence_is_found_line_by_line(tmp_path: Path) -> None:
    data = pdfs.PdfFile().add(pdfs.lines(TEXT)).data()
    document = read_one(tmp_path, "a.pdf", data)
    start = document.text.index("kept their")

    ((number, rectangles),) = locate(data, document, start, document.text.index("asked for"))

    assert number == 1
    assert len(rectangles) == 2
    for place, (_, bottom, _, top) in enumerate(rectangles):
        baseline = pdfs.TOP - pdfs.LEADING * place
        assert bottom < baseline < top
    assert rectangles[0][0] > pdfs.MARGIN + 100 > rectangles[1][0]


def test_a_sentence_on_two_pages_is_found_on_both(tmp_path: Path) -> None:
    first = [*TEXT * 3, "What kept the practice alive was the habit of telling each other about"]
    data = pdfs.PdfFile().add(pdfs.lines(first)).add(pdfs.lines(["it every week over tea.", *TEXT])).data()
    document = read_one(tmp_path, "a.pdf", data)
    start = document.text.index("What kept")

    found = locate(data, document, start, document.text.index("over tea.") + 9)

    assert [number for number, _ in found] == [1, 2]


def test_short_cells_of_a_row_are_found_beside_its_longest(tmp_path: Path) -> None:
    cells = [("+", "Lake = 4:"), ("+", "Pond = 9:"), ("+", "None = 0:"), ("+", "Reef = 3:")]
    rows = [
        pdfs.line(words, 72 + 60 * column, 740 - 20 * place)
        for place, row in enumerate(cells)
        for column, words in enumerate(row)
    ]
    data = pdfs.PdfFile().add(pdfs.lines(["A model of waters and their kinds + names."]), *rows).data()
    document = read_one(tmp_path, "a.pdf", data)
    block = block_with(document, "None = 0:")

    ((_, rectangles),) = locate(data, document, block.start, block.end)

    assert all(700 - 10 < bottom < 700 + 2 for _, bottom, _, _ in rectangles)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_is_read_and_found(turn: int, tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.append_pages_from_reader(PdfReader(io.BytesIO(pdfs.PdfFile().add(pdfs.lines(TEXT)).data())))
    writer.pages[0].rotate(turn)
    out = io.BytesIO()
    writer.write(out)

    document = read_one(tmp_path, "a.pdf", out.getvalue())

    assert " ".join(TEXT) in document.text
    assert locate(out.getvalue(), document, 0, len(document.text))


def test_words_that_are_not_on_the_page_are_not_found(tmp_path: Path) -> None:
    data = pdfs.PdfFile().add(pdfs.lines(TEXT)).data()
    other = pdfs.PdfFile().add(pdfs.lines(["Boats float on the harbour in spring."])).data()
    document = read_one(tmp_path, "a.pdf", data)

    assert locate(other, document, 0, len(document.text)) == []
    with pytest.raises(DocumentRefused, match="cannot be opened"):
        locate(b"%PDF-1.7 and no more", document, 0, 10)
