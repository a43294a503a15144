"""Sources in RIS, BibTeX and CSL-JSON: only what is known, and the same when it is read back."""

from __future__ import annotations

import json
from typing import Any

import bibtexparser
import pytest
import rispy

from assistant.exporting.references import FORMATS, as_bibtex, as_csl_json, as_ris, once
from assistant.records import Source

FULL = Source(
    title="Trust & ties: {what} 40 % of teams_need\nto try",
    authors=("Example, Ada B.", "Department of Health and Walks", "Ünlü, Öz"),
    year=2031,
    doi="10.1234/abc_def",
    url="https://example.org/a?b=1&c=2",
    licence="CC BY 4.0",
    kind="peer-reviewed journal article",
)
BARE = Source(title="Untold")
ODD = Source(title="ER  - TY  - BOOK @misc{x,}, “quoted” \\ ~ ^ #1 $2", authors=("Mononym",), kind="Report")


def test_ris_holds_what_is_known_and_no_more() -> None:
    full, bare, odd = rispy.loads(as_ris([FULL, BARE, ODD]))

    assert full["type_of_reference"] == "JOUR"
    assert full["title"] == "Trust & ties: {what} 40 % of teams_need to try"
    assert full["authors"] == list(FULL.authors)
    assert (full["year"], full["doi"], full["urls"]) == ("2031", FULL.doi, [FULL.url])
    assert {name: value for name, value in bare.items() if name != "id"} == {
        "type_of_reference": "GEN",
        "title": "Untold",
    }
    assert odd["title"] == "ER - TY - BOOK @misc{x,}, “quoted” \\ ~ ^ #1 $2"


def test_bibtex_is_read_back_by_its_own_library() -> None:
    library = bibtexparser.parse_string(as_bibtex([FULL, BARE, ODD]))

    assert not library.failed_blocks
    full, bare, odd = library.entries
    assert (full.entry_type, full.key) == ("article", "example2031trust")
    assert full["title"] == r"Trust \& ties: \{what\} 40 \% of teams\_need to try"
    assert full["author"] == "Example, Ada B. and {Department of Health and Walks} and Ünlü, Öz"
    assert (full["doi"], full["url"], full["year"]) == (FULL.doi, FULL.url, "2031")
    assert (bare.entry_type, bare.key, [field.key for field in bare.fields]) == (
        "misc", "untold", ["title"],
    )  # fmt: skip
    assert odd.entry_type == "report"


def test_csl_json_parts_a_name_only_where_it_is_written_so() -> None:
    full, bare, _ = json.loads(as_csl_json([FULL, BARE, ODD]))

    assert full["author"][:2] == [
        {"family": "Example", "given": "Ada B."},
        {"literal": "Department of Health and Walks"},
    ]
    assert (full["type"], full["issued"], full["DOI"]) == (
        "article-journal",
        {"date-parts": [[2031]]},
        FULL.doi,
    )
    assert bare == {"id": "untold", "type": "document", "title": "Untold"}


@pytest.mark.parametrize("form", FORMATS)
def test_no_sources_make_an_empty_file_that_can_be_read(form: str) -> None:
    readers: dict[str, Any] = {"ris": rispy.loads, "csl-json": json.loads}
    read = readers.get(form, lambda text: bibtexparser.parse_string(text).blocks)

    assert read(FORMATS[form]([])) == []


def test_keys_differ_though_names_do_not() -> None:
    made = json.loads(as_csl_json([BARE, BARE, Source(title="???"), Source(title="!!!")]))

    assert [item["id"] for item in made] == ["untold", "untold-2", "source", "source-2"]


def test_a_work_of_which_there_are_several_documents_is_written_once() -> None:
    other = Source(title="As a note", doi="10.1234/ABC_def")

    assert once([FULL, other, BARE, Source(title="UNTOLD")]) == [FULL, BARE]
