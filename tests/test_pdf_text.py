"""Lines of pages become the sentences that were written: over line, column and page ends, without furniture."""

from __future__ import annotations

import textwrap
from pathlib import Path

from assistant.reading.pdf.lines import Line, with_initials
from assistant.records import BlockKind, Document
from tests import pdfs
from tests.reading import block_with, read_one, words_of

FILLER = (
    "Small groups of staff tried the new form with two families each and told the others what they saw. "
    "Nobody was asked to count hours, and nobody had to write a plan before the first visit took place. "
)
SECOND = (
    "In the second district the leaders came to every meeting and took notes themselves. "
    "They asked what was in the way and had it moved within the month, as far as they could. "
)
FOOT, HEAD = 40, 810


def wrapped(words: str, width: int = 80) -> list[str]:
    return textwrap.wrap(words, width)


def of_pages(folder: Path, *pages: bytes, catalogue: str = "") -> Document:
    file = pdfs.PdfFile(catalogue=catalogue)
    for page in pages:
        file.add(page)
    return read_one(folder, "a.pdf", file.data())


def test_a_sentence_that_crosses_a_page_is_one_with_two_pages(tmp_path: Path) -> None:
    lines = [*wrapped(FILLER * 3), "What kept the practice alive was the habit of telling each other about"]
    after = ["it every week, without a form to fill in.", *wrapped(SECOND)]

    document = of_pages(tmp_path, pdfs.lines(lines), pdfs.lines(after))

    whole = "the habit of telling each other about it every week, without a form to fill in."
    block = block_with(document, whole)
    start = document.text.index("about it every week")
    first, second = document.page_at(start), document.page_at(start + len("about it"))
    assert block.start < start
    assert first is not None
    assert second is not None
    assert (first.number, second.number) == (1, 2)


def test_words_that_a_line_cuts_are_whole_and_compounds_keep_their_hyphen(tmp_path: Path) -> None:
    lines = [
        "The service asked for a long-term commitment to the new practice and its organi-",
        "sation. Evidence of that is hard to find, as the leaders said, without a long-",
        "term study of the districts.",
    ]

    document = of_pages(tmp_path, pdfs.lines(lines))

    assert "its organisation. Evidence" in document.text
    assert "a long-term study" in document.text


def test_running_heads_and_page_numbers_are_no_text(tmp_path: Path) -> None:
    pages = [
        pdfs.line("Practice Notes Quarterly", y=HEAD, size=8)
        + b"\n"
        + pdfs.lines(wrapped((FILLER if number % 2 else SECOND) * 4), y=740)
        + b"\n"
        + pdfs.line(str(number), x=300, y=FOOT, size=9)
        for number in range(41, 45)
    ]

    document = of_pages(tmp_path, *pages)

    assert "Practice Notes Quarterly" not in document.text
    assert not any(str(number) in document.text for number in range(41, 45))
    assert [(page.number, page.label) for page in document.pages] == [
        (1, "41"),
        (2, "42"),
        (3, "43"),
        (4, "44"),
    ]


def test_the_label_that_the_file_gives_a_page_is_kept_beside_its_number(tmp_path: Path) -> None:
    labels = "/PageLabels << /Nums [0 << /S /r /St 4 >> 1 << /S /D /St 1 /P (A-) >>] >>"

    document = of_pages(tmp_path, pdfs.lines(wrapped(FILLER)), pdfs.lines(wrapped(SECOND)), catalogue=labels)

    assert [(page.number, page.label) for page in document.pages] == [(1, "iv"), (2, "A-1")]


def heading(words: str, y: float, size: float = 15) -> bytes:
    return pdfs.line(words, y=y, size=size, font="F2")


def test_headings_become_the_path_of_sections(tmp_path: Path) -> None:
    page = [
        heading("How districts kept a new practice", 780, 20),
        heading("1 Background", 730),
        pdfs.lines(wrapped(FILLER), y=705),
        heading("2 Findings", 620),
        heading("2.1 Time to practise", 590, 12.5),
        pdfs.lines(wrapped(SECOND), y=565),
    ]

    document = of_pages(tmp_path, b"\n".join(page))

    assert document.source.title == "How districts kept a new practice"
    assert block_with(document, "Small groups").section == ("1 Background",)
    assert block_with(document, "second district").section == ("2 Findings", "2.1 Time to practise")


def test_a_footnote_does_not_part_a_sentence(tmp_path: Path) -> None:
    page = [
        pdfs.lines(
            [*wrapped(FILLER * 2), "What the staff called help was time that nobody else had asked them"]
        ),
        pdfs.lines(["1 The term was theirs and was kept in all drafts of the report."], y=70, size=7),
    ]

    document = of_pages(
        tmp_path, b"\n".join(page), pdfs.lines(["to account for at the end of the week.", *wrapped(SECOND)])
    )

    assert "nobody else had asked them to account for at the end of the week." in document.text
    assert block_with(document, "The term was theirs").section == ("Footnote",)


def test_columns_drawn_to_and_fro_are_read_one_after_the_other(tmp_path: Path) -> None:
    left, right = wrapped(FILLER * 3, 38), wrapped(SECOND * 3, 38)
    rows = [
        pdfs.line(words, x, 770 - 14 * place)
        for place, pair in enumerate(zip(left, right, strict=False))
        for words, x in zip(pair, (50, 320), strict=True)
    ]

    document = of_pages(tmp_path, b"\n".join(rows))

    assert "tried the new form with two families each and told the others what they saw." in document.text
    assert "came to every meeting and took notes themselves." in document.text
    assert document.text.index("Small groups") < document.text.index("second district")


REFERENCES = [
    "Quarrow, E. (2012). Keeping practice alive. Journal of Made Up Care, 4(2), 11-19.",
    "Venn, T. (2015). Time to try. Made Up Press. https://example.org/venn",
    "Oldenholt, M. (2009). What staff say. Journal of Made Up Care, 1(1), 1-9.",
    "Pirkan, J. (2018). Small steps. Made Up Review, 7(3), 30-41.",
    "Zdroj, W. (2020). Notes on trust. Made Up Review, 9(1), 2-14.",
    "Keat, S. (2011). Habits. Journal of Made Up Care, 3(4), 5-25.",
]


def test_a_list_of_references_is_no_evidence(tmp_path: Path) -> None:
    page = [
        pdfs.lines([*wrapped(FILLER), "Others found the same [39, 49]."]),
        heading("References", 650),
        *(pdfs.line(entry, y=620 - 30 * place) for place, entry in enumerate(REFERENCES)),
    ]

    document = of_pages(tmp_path, b"\n".join(page))

    evidence = " ".join(words_of(document))
    assert "Others found the same [39, 49]." in evidence
    assert not any(entry[:20] in evidence for entry in REFERENCES)
    assert block_with(document, "Quarrow").kind is BlockKind.FURNITURE


def test_a_list_of_references_without_a_heading_is_no_evidence_either(tmp_path: Path) -> None:
    entries = [pdfs.line(entry, y=500 - 24 * place) for place, entry in enumerate(REFERENCES)]

    document = of_pages(tmp_path, pdfs.lines(wrapped(FILLER * 6)) + b"\n" + b"\n".join(entries))

    assert not any(entry[:20] in " ".join(words_of(document)) for entry in REFERENCES)


def test_what_follows_a_reference_list_under_a_title_of_its_own_is_evidence(tmp_path: Path) -> None:
    page = [
        heading("References", 790, 13),
        *(pdfs.line(entry, y=765 - 20 * place) for place, entry in enumerate(REFERENCES)),
        heading("A second paper on other districts", 600, 20),
        pdfs.lines(wrapped(SECOND * 2), y=560),
    ]

    document = of_pages(tmp_path, b"\n".join(page))

    assert "They asked what was in the way" in " ".join(words_of(document))


def row(y: float, *cells: str, font: str = "F1") -> bytes:
    return b"\n".join(
        pdfs.line(words, 72 + 150 * column, y, font=font) for column, words in enumerate(cells) if words
    )


def test_rows_of_a_table_carry_their_group_and_header(tmp_path: Path) -> None:
    table = [
        row(700, "Cluster", "Condition", "Helps", font="F2"),
        row(680, "People", "Trust", "honest talk"),
        row(660, "", "Time", "free afternoons"),
        row(640, "Means", "Money", "small grants"),
        row(620, "", "Tools", "shared forms"),
    ]

    document = of_pages(tmp_path, pdfs.lines(wrapped(FILLER)) + b"\n" + b"\n".join(table))

    rows = {words: block_with(document, words).prefix for words in ("free afternoons", "shared forms")}
    assert rows == {
        "free afternoons": "People; Cluster / Condition / Helps",
        "shared forms": "Means; Cluster / Condition / Helps",
    }


def test_a_row_in_bold_that_is_nearly_empty_names_a_group(tmp_path: Path) -> None:
    def numbered(y: float, *cells: str) -> bytes:
        return b"\n".join(pdfs.line(words, 72 + 90 * at, y) for at, words in enumerate(cells))

    def group(y: float, name: str, about: str) -> bytes:
        return pdfs.line(name, 72, y, font="F2") + b"\n" + pdfs.line(about, 162, y)

    table = [
        group(700, "North", "first wave"),
        numbered(684, "1", "Harbour", "0.40", "0.10", "0.22"),
        numbered(668, "2", "Meadow", "0.50", "0.20", "0.31"),
        group(652, "South", "second wave"),
        numbered(636, "3", "Orchard", "0.60", "0.30", "0.47"),
        numbered(620, "4", "Quarry", "0.70", "0.40", "0.59"),
    ]

    document = of_pages(tmp_path, pdfs.lines(wrapped(FILLER)) + b"\n" + b"\n".join(table))

    assert block_with(document, "Meadow").prefix == "North: first wave"
    assert block_with(document, "Orchard").prefix == "South: second wave"
    assert document.text[slice(*_span(document, "Meadow"))] == "2 | Meadow | 0.50 | 0.20 | 0.31"


def _span(document: Document, words: str) -> tuple[int, int]:
    block = block_with(document, words)
    return block.start, block.end


def test_items_of_a_list_are_apart_whatever_marks_them(tmp_path: Path) -> None:
    marks = {"- ": "dash", "r ": "lone letter", "1. ": "number"}
    for mark, named in marks.items():
        items = ["Meet every week", "Share one form", "Ask what is in the way"]
        numbered = [f"{n}. {item}" for n, item in enumerate(items, 1)]
        lines = numbered if mark == "1. " else [mark + item for item in items]

        document = of_pages(tmp_path, pdfs.lines([*wrapped(FILLER), "Three steps were taken:", *lines]))

        assert words_of(document, BlockKind.ITEM) == items, named


def test_a_letter_that_is_set_by_itself_belongs_to_its_word() -> None:
    def beside(left: float, words: str, size: float = 10.0) -> list[Line]:
        letter = Line("T", 72, 757, 78, 757 + size, size)
        return with_initials([letter, Line(words, left, 757, 300, 767, 10.0)])

    assert [line.text for line in beside(79, "he teams met.")] == ["The teams met."]
    assert [line.text for line in beside(90, "he teams met.", size=30)] == ["The teams met."]
    assert [line.text for line in beside(90, "he teams met.")] == ["T", "he teams met."]
    assert [line.text for line in beside(79, "Teams met.")] == ["T", "Teams met."]
