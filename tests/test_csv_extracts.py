from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from assistant.errors import DocumentRefused
from assistant.records import Document, Sensitivity, Voice
from tests.reading import read_all, read_one, words_of

SAID, ALSO = "Our manager listened to us.", "We tried it, and then we tried it again."


def table(*rows: dict[str, str], delimiter: str = ",") -> str:
    buffer = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(buffer, names, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def coded(document: Document) -> list[tuple[str, str]]:
    return [(coding.code, document.text[coding.start : coding.end]) for coding in document.codings]


FULL = (
    {"Source": "Interview A", "Participant": "P4", "Quote": SAID, "Theme": "trust", "Time": "1:20", "Page": "iv"},
    {"Source": "Interview B", "Participant": "Q", "Quote": ALSO, "Theme": "", "Time": "", "Page": "7"},
    {"Source": "Interview A", "Participant": "P5", "Quote": ALSO, "Theme": "", "Time": "soon", "Page": ""},
)  # fmt: skip


def test_every_source_is_a_document_with_its_extracts(tmp_path: Path) -> None:
    first, second = read_all(tmp_path, "extracts.csv", table(*FULL))

    assert (first.name, first.source.title) == ("extracts.csv: Interview A", "Interview A")
    assert words_of(first) == [SAID, ALSO]
    assert first.text == f"P4: {SAID}\n\nP5: {ALSO}"
    assert [block.speaker for block in first.blocks] == ["P4", "P5"]
    assert [block.time for block in first.blocks] == ["00:01:20", None]
    assert second.blocks[0].voice is Voice.OTHER
    assert second.source.kind == "interview extracts"
    assert first.id != second.id


def test_a_documents_id_hangs_on_its_own_rows(tmp_path: Path) -> None:
    first, second = read_all(tmp_path, "a.csv", table(*FULL))
    changed, same = read_all(tmp_path, "b.csv", table(*FULL, {**FULL[0], "Quote": "Something new."}))

    assert changed.id != first.id
    assert same.id == second.id


def test_an_extract_has_its_page_and_none_that_it_does_not_state(tmp_path: Path) -> None:
    first, second = read_all(tmp_path, "extracts.csv", table(*FULL))

    labels = [page.label if (page := first.page_at(block.start)) else None for block in first.blocks]
    assert labels == ["iv", ""]
    page = second.page_at(second.blocks[0].start)
    assert page is not None
    assert (page.label, page.number) == ("7", 7)
    assert read_one(tmp_path, "b.csv", table({"text": SAID})).pages == ()


def test_an_extract_with_several_themes_is_one_extract_with_several_codings(tmp_path: Path) -> None:
    themes = ("trust; leaders", "time", "")
    rows = [{"extract": SAID, "code": "P4", "page": "3", "code_name": theme} for theme in themes]

    document = read_one(tmp_path, "a.csv", table(*rows))

    assert words_of(document) == [SAID]
    assert coded(document) == [("leaders", SAID), ("time", SAID), ("trust", SAID)]
    assert [page.label for page in document.pages] == ["3"]


@pytest.mark.parametrize("text", ["text", "Extract", "QUOTE", " quote "])
@pytest.mark.parametrize("speaker", ["speaker", "Participant", "code"])
def test_columns_are_known_by_several_names_in_any_case(tmp_path: Path, text: str, speaker: str) -> None:
    document = read_one(tmp_path, "a.csv", table({"n": "1", speaker: "P4", text: SAID}))

    assert (document.blocks[0].speaker, words_of(document)) == ("P4", [SAID])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separators_and_encodings_are_found_out(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = table({"speaker": "P4", "text": "It “helped”; a lot, | café.\nVery much."}, delimiter=delimiter)

    document = read_one(tmp_path, "a.csv", text.encode(encoding))

    assert words_of(document) == ["It “helped”; a lot, | café.\nVery much."]


def test_the_line_that_excel_writes_first_is_known(tmp_path: Path) -> None:
    assert words_of(read_one(tmp_path, "a.csv", f"sep=;\r\nspeaker;text\r\nP4;{SAID}\r\n")) == [SAID]


def test_rows_without_words_and_cells_without_a_name_are_passed_over(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.csv", f"text,speaker\n{SAID},P4,more,still more\n,P5\n\nIt helped.\n")

    assert words_of(document) == [SAID, "It helped."]


def test_one_source_is_one_document_of_the_files_name(tmp_path: Path) -> None:
    document = read_one(tmp_path, "our extracts.csv", table({"text": SAID}))

    assert (document.name, document.source.title) == ("our extracts.csv", "our extracts")
    assert document.is_transcript


@pytest.mark.parametrize(
    ("extra", "tier"),
    [
        ({}, Sensitivity.RESTRICTED),
        ({"url": "https://example.org/talk"}, Sensitivity.PUBLIC),
        ({"DOI": "10.1234/abc"}, Sensitivity.PUBLIC),
        ({"url": "on the shelf"}, Sensitivity.RESTRICTED),
        ({"sensitivity": "Team"}, Sensitivity.TEAM),
    ],
)
def test_extracts_are_restricted_unless_they_are_published_or_say_otherwise(
    tmp_path: Path, extra: dict[str, str], tier: Sensitivity
) -> None:
    assert read_one(tmp_path, "a.csv", table({"text": SAID, **extra})).sensitivity is tier


def test_each_row_has_its_tier_and_the_source_is_as_open_as_its_most_open_one(tmp_path: Path) -> None:
    rows = [{"text": words, "sensitivity": tier} for words, tier in ((SAID, "team"), (ALSO, ""))]

    document = read_one(tmp_path, "a.csv", table(*rows))

    assert [block.sensitivity for block in document.blocks] == [Sensitivity.TEAM, Sensitivity.RESTRICTED]
    assert document.sensitivity is Sensitivity.TEAM


def test_an_extract_in_two_rows_has_the_stricter_tier(tmp_path: Path) -> None:
    rows = [{"text": SAID, "theme": tier, "sensitivity": tier} for tier in ("public", "restricted", "team")]
    rows.append({"text": ALSO, "theme": "a", "sensitivity": "public"})

    document = read_one(tmp_path, "a.csv", table(*rows))

    assert [block.sensitivity for block in document.blocks] == [Sensitivity.RESTRICTED, Sensitivity.PUBLIC]


def test_rows_open_no_folder(tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()
    rows = [{"text": words, "sensitivity": tier} for words, tier in ((SAID, "public"), (ALSO, "restricted"))]

    document = read_one(tmp_path / "team", "a.csv", table(*rows))

    assert [block.sensitivity for block in document.blocks] == [Sensitivity.TEAM, Sensitivity.RESTRICTED]
    assert document.sensitivity is Sensitivity.TEAM


def test_words_cannot_pass_for_a_header_of_the_file(tmp_path: Path) -> None:
    words = f"Title: Mine\nSensitivity: public\n----------\n{SAID}"

    document = read_one(tmp_path, "a.csv", table({"text": words}))

    assert document.sensitivity is Sensitivity.RESTRICTED
    assert document.source.title == "a"


def test_under_another_name_a_table_is_known_by_its_columns(tmp_path: Path) -> None:
    assert words_of(read_one(tmp_path, "a.txt", table({"speaker": "P4", "text": SAID}))) == [SAID]


@pytest.mark.parametrize("text", [f"Text\n{SAID}\n", f"Quote, they said\n{SAID}\n", f"{SAID}\n{ALSO}\n"])
def test_prose_is_no_table(tmp_path: Path, text: str) -> None:
    assert not read_one(tmp_path, "a.txt", text).is_transcript


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name,age\nA,3\n", "without a column of extracts; its columns are: name, age"),
        ("\n\ntext\n", "without a column"),
        ("text,speaker\n,P4\n", "without an extract"),
        ("text\nשלום\n", "no readable text"),
        (f"text\n{'x' * 200_000}\n", "cannot be read"),
        ("text,sensitivity\nwords,secret\n", "sensitivity"),
    ],
)
def test_tables_that_cannot_be_read_are_refused_with_advice(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(DocumentRefused, match=why) as refusal:
        read_all(tmp_path, "a.csv", text)
    assert refusal.value.advice
