from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.bibliography import from_json, is_bibliography, read_bibliography, to_json
from assistant.bibliography.entries import Entry, entry_of
from assistant.bibliography.tables import tables_of
from assistant.errors import DocumentRefused

RIS = """TY  - JOUR
TI  - Small teams, slow budgets
AU  - Example, Ann
AU  - Sample, Bob
PY  - 2019/04/01/
DO  - https://doi.org/10.1000/XYZ.1
UR  - https://example.org/a
L1  - files/12/Example 2019.pdf
ER  -

TY  - RPRT
T1  - A report of the valley
A1  - Council of the Valley
Y1  - 2020//
ER  -
"""
BIBTEX = r"""
@article{one,
  title = {{Small} teams: \"Uber \& slow},
  author = {M{\"u}ller, Jan and {Council of Hill and Valley} and others},
  date = {2019-04},
  doi = {10.1000/xyz\_1},
  copyright = {CC BY},
  file = {Full Text:files/12/A\: b.pdf:application/pdf;:c.html:text/html}
}
@book{two, title = "Two
  lines", year = 2020, file = {/home/user/two.pdf}}
@comment{three, title = {No work}}
"""
CSL = [
    {
        "id": "x",
        "type": "chapter",
        "title": "Small <i>teams</i>",
        "author": [
            {"family": "Dam", "given": "Ann", "non-dropping-particle": "van"},
            {"literal": "Council of the Valley"},
        ],
        "issued": {"date-parts": [["2019", 4]]},
        "DOI": "10.1000/xyz.1",
    },
    {
        "type": "webpage",
        "title": "A page",
        "issued": {"raw": "4 May 2020"},
        "attachments": [{"path": "a.pdf"}],
    },
]


def entries(folder: Path, name: str, text: str) -> tuple[Entry, ...]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    assert is_bibliography(path)
    read = read_bibliography(path)
    assert from_json(to_json(read)) == read
    return read.entries


def refusal(folder: Path, name: str, data: bytes | str) -> str:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    with pytest.raises(DocumentRefused) as refused:
        read_bibliography(path)
    assert str(path) in str(refused.value)
    return refused.value.reason


def test_ris_gives_entries_with_attachments(tmp_path: Path) -> None:
    first, second = entries(tmp_path, "library.ris", RIS)

    assert first.fields == {
        "title": "Small teams, slow budgets",
        "authors": ["Example, Ann", "Sample, Bob"],
        "year": 2019,
        "doi": "10.1000/XYZ.1",
        "url": "https://example.org/a",
        "kind": "journal article",
    }
    assert first.attachments == ("files/12/Example 2019.pdf",)
    assert (second.fields["authors"], second.fields["year"]) == (["Council of the Valley"], 2020)


def test_an_entry_of_ris_without_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / "library.ris"
    path.write_text(RIS + "\nTY  - BOOK\nTI  - No end\n", encoding="utf-8-sig")

    read = read_bibliography(path)

    assert len(read.entries) == 2
    assert read.notes == ("1 without an end (`ER  -`) left out",)


def test_bibtex_gives_plain_characters_whole_names_and_paths(tmp_path: Path) -> None:
    first, second = entries(tmp_path, "library.bib", BIBTEX)

    assert first.fields == {
        "title": "Small teams: Über & slow",
        "authors": ["Müller, Jan", "Council of Hill and Valley"],
        "year": 2019,
        "doi": "10.1000/xyz_1",
        "licence": "CC BY",
        "kind": "article",
    }
    assert first.attachments == ("files/12/A: b.pdf", "c.html")
    assert (second.fields["title"], second.attachments) == ("Two lines", ("/home/user/two.pdf",))


def test_a_broken_entry_of_bibtex_costs_itself_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "library.bib"
    path.write_text(BIBTEX + "@article{broken, title = {No end\n")

    read = read_bibliography(path)

    assert len(read.entries) == 2
    assert read.notes == ("what begins in line 13 could not be read",)
    assert capfd.readouterr() == ("", "")


def test_csl_json_gives_names_and_years(tmp_path: Path) -> None:
    first, second = entries(tmp_path, "zotero.json", json.dumps(CSL))

    assert first.fields == {
        "title": "Small teams",
        "authors": ["van Dam, Ann", "Council of the Valley"],
        "year": 2019,
        "doi": "10.1000/xyz.1",
        "kind": "book chapter",
    }
    assert (second.fields["year"], second.attachments) == (2020, ("a.pdf",))
    assert len(entries(tmp_path, "more.json", json.dumps({"items": CSL}))) == 2


@pytest.mark.parametrize("form", ["[]", "{}", "[1]", '[{"a": 1}]', '{"items": 3}', "3", "[{", "[" * 100_000])
def test_other_json_is_no_bibliography(tmp_path: Path, form: str) -> None:
    path = tmp_path / "some.json"
    path.write_text(form)

    assert not is_bibliography(path)
    assert refusal(tmp_path, "some.json", form)


def test_a_bibliography_is_read_by_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "export.txt"
    path.write_text(RIS)

    assert not is_bibliography(path)
    assert len(read_bibliography(path).entries) == 2


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.ris", "no entry\n", "no entry in it can be read"),
        ("a.bib", "", "no entry in it can be read"),
        ("a.ris", b"TY  - JOUR\nTI  - M\xfcller\nER  - \n", "not UTF-8"),
        ("sources.toml", "[", "not read as a bibliography"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(
    tmp_path: Path, name: str, data: bytes | str, reason: str
) -> None:
    assert reason in refusal(tmp_path, name, data)


@given(st.dictionaries(st.sampled_from(["title", "doi", "n", "authors", "year"]), st.text(max_size=60)))
def test_values_are_one_line_that_can_be_seen_and_stored(given_values: dict[str, str]) -> None:
    values: dict[str, Any] = {
        name: [value] if name == "authors" else value for name, value in given_values.items()
    }

    for value in entry_of(**values).fields.values():
        for words in value if isinstance(value, list) else [str(value)]:
            assert words == " ".join(words.split())
            assert words.isprintable()
            assert words


# sources.toml


def test_tables_give_fields_and_leave_out_empty_ones() -> None:
    (table,) = tables_of(
        '["paper.pdf"]\nauthors = []\nyear = "2019"\nsector = "care"\nn = 12\nread = ""\ngaps = []\n'
        'doi = "https://doi.org/10.1000/x.1"\n'
    )

    assert table.pattern == "paper.pdf"
    assert table.fields == {"year": 2019, "sector": ["care"], "n": "12", "gaps": [], "doi": "10.1000/x.1"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('["a"]\nyaer = 2019', 'yaer of ["a"] is not known; did you mean year?'),
        ("year = 2019", 'write it below a file\'s name, ["paper.pdf"]'),
        ("[paper.pdf]\nyear = 2019", 'put a file\'s name in quotes: ["paper.pdf"]'),
        ('["a"]\nyear = "soon"', 'year of ["a"] must be a year'),
        ('["a"]\nread = "half"', "one of: full, part, abstract, unknown"),
        ('["a"]\nsensitivity = "secret"', "one of: public, team, restricted"),
        ('["a"]\nauthors = [1]', 'authors of ["a"] must be a list of texts'),
        ('["a"]\nkind = ["a"]', 'kind of ["a"] must be a text'),
        ('["a"]\nkind = true', 'kind of ["a"] must be a text'),
        ('["a"]\ndoi = "none"', 'doi of ["a"] must be a DOI'),
        ('["a"]\nx = ' + "[" * 5000 + "]" * 5000, "nested too deeply"),
    ],
)
def test_a_mistake_in_a_table_is_told_with_its_place(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        tables_of(text)
