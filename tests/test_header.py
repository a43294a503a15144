from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import DocumentRefused
from assistant.reading.header import fields_in, source_from, split_front_matter, split_plain_header
from assistant.records import Extent, Origin, Sensitivity, Source
from tests.reading import read_one, words_of

HERE = Path("some.md")
BODY = "\n\nTrust grew slowly.\n"


def source(**fields: Any) -> Source:
    return source_from(HERE, fields, "the first heading")


def test_front_matter_ends_at_its_second_line_of_dashes() -> None:
    text = "---\nTitle: Small teams\nStudy group: teams\n---\nBody\n---\nMore"

    fields, start = split_front_matter(HERE, text)

    assert fields == {"title": "Small teams", "study_group": "teams"}
    assert text[start:] == "\nBody\n---\nMore"


@pytest.mark.parametrize(
    "text",
    [
        "Body",
        "",
        "---",
        "---\n",
        "---\ntitle: open",
        "----\ntitle: a\n----\n",
        " ---\ntitle: a\n---\n",
        "\n---\n---\n",
    ],
)
def test_a_text_without_front_matter_is_all_body(text: str) -> None:
    assert split_front_matter(HERE, text) == ({}, 0)


def test_empty_front_matter_has_no_fields() -> None:
    assert split_front_matter(HERE, "---\n---\nBody") == ({}, 7)


@pytest.mark.parametrize(
    ("yaml", "why"),
    [
        ("title: 'open", "not valid YAML"),
        ("title: a\n\tb: c", "not valid YAML"),
        ("year: 2021-02-30", "not valid YAML"),
        ("a: " + "[" * 3000, "not valid YAML"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "it refers to itself"),
        ("title: !!python/object/apply:os.getcwd []", "not valid YAML"),
        ("- a\n- b", "not a list of fields"),
        ("only words", "not a list of fields"),
    ],
)
def test_front_matter_that_cannot_be_used_is_refused_with_the_reason(yaml: str, why: str) -> None:
    with pytest.raises(DocumentRefused, match=why):
        split_front_matter(HERE, f"---\n{yaml}\n---\nBody")


@given(st.text(max_size=80))
@settings(deadline=None)
def test_any_front_matter_is_fields_or_refused(words: str) -> None:
    try:
        fields, _ = split_front_matter(HERE, f"---\n{words}\n---\nBody")
    except DocumentRefused:
        return
    source_from(HERE, {**fields, "read": ""}, "a title")


def test_a_plain_header_ends_at_a_line_of_dashes() -> None:
    text = "Title: Small teams\nLicence stated: none\n\nStudy group: teams\n-----\n\nBody"

    fields, start = split_plain_header(text)

    assert fields == {"title": "Small teams", "licence_stated": "none", "study_group": "teams"}
    assert text[start:].strip() == "Body"


@pytest.mark.parametrize(
    "text",
    [
        "Title: Small teams\n\nBody without a line of dashes",
        "Small teams\n-----\nBody",
        "Title: Small teams\nThis is a line of prose.\n-----\nBody",
        "P4: It held.\nP5: It did not.\n-----\nBody",
        "Body\n" * 1000 + "-----\n",
    ],
)
def test_a_text_without_a_plain_header_is_all_body(text: str) -> None:
    assert split_plain_header(text) == ({}, 0)


def test_a_key_that_is_not_known_does_not_lose_the_others(tmp_path: Path) -> None:
    header = "Title: Small teams\nRoom: 4 b\nSensitivity: restricted\n-----"

    document = read_one(tmp_path, "a.txt", header + BODY)

    assert document.sensitivity is Sensitivity.RESTRICTED
    assert document.source.title == "Small teams"
    assert words_of(document) == ["Trust grew slowly."]


def test_a_header_needs_no_title_to_restrict_a_document(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.txt", "Sensitivity: Team\n-----" + BODY)

    assert document.sensitivity is Sensitivity.TEAM


def test_known_keys_are_found_among_other_lines() -> None:
    lines = ["made by a program", "Title: Small teams", "Room: 4 b", "year:2020", "Year: 2020", "Url:"]

    assert fields_in(lines) == {"title": "Small teams", "year": "2020"}


def test_every_field_of_a_header_is_kept() -> None:
    made = source(
        title="Small teams",
        authors=["Doe, A.", "Roe, B."],
        year=2020,
        doi="10.1000/abc",
        licence="CC BY 4.0",
        kind="study",
        sector=["health"],
        country="Norway; Wales",
        method="interviews",
        n=12,
        read="part",
        study_group="teams",
        interest="none stated",
        gaps=["no tables"],
        missing=["url"],
    )

    assert made == Source(
        title="Small teams",
        authors=("Doe, A.", "Roe, B."),
        year=2020,
        doi="10.1000/abc",
        licence="CC BY 4.0",
        kind="study",
        sector=("health",),
        country=("Norway", "Wales"),
        method="interviews",
        n="12",
        read=Extent.PART,
        study_group="teams",
        interest="none stated",
        gaps=("no tables",),
        missing=("url",),
    )


def test_what_is_not_stated_is_not_invented() -> None:
    assert source() == Source(title="the first heading")


@pytest.mark.parametrize(
    ("stated", "doi"),
    [
        ("10.1000/abc", "10.1000/abc"),
        ("https://doi.org/10.1000/abc", "10.1000/abc"),
        ("http://dx.doi.org/10.1000/abc", "10.1000/abc"),
        ("doi:10.1000/abc", "10.1000/abc"),
        ("DOI: 10.1000/abc.", "10.1000/abc"),
        ("10.1000/(ISSN)12-3", "10.1000/(ISSN)12-3"),
    ],
)
def test_a_doi_is_kept_without_what_stands_before_it(stated: str, doi: str) -> None:
    assert source(doi=stated).doi == doi
    assert source(doi=stated).link == f"https://doi.org/{doi}"


def test_the_source_line_gives_the_doi_and_the_address_where_there_are_no_lines_for_them() -> None:
    made = source(source="Journal of Teams 4:1, doi 10.1000/abc; https://example.org/a, see there.")

    assert (made.doi, made.url) == ("10.1000/abc", "https://example.org/a")
    assert source(source="see https://example.org/a.").link == "https://example.org/a"


@pytest.mark.parametrize(
    ("stated", "year"),
    [
        ("2020", 2020),
        ("March 2020", 2020),
        (2020, 2020),
        ("2019-2020", 2019),
        ("n.d.", None),
        ("20201", None),
    ],
)
def test_the_year_is_the_first_that_stands_there(stated: object, year: int | None) -> None:
    assert source(year=stated).year == year


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        ("Doe, A.; Roe, B.", ("Doe, A.", "Roe, B.")),
        ("Ada Doe, Bo Roe", ("Ada Doe", "Bo Roe")),
        ([" Ada Doe ", ""], ("Ada Doe",)),
    ],
)
def test_names_are_parted_at_semicolons_or_else_at_commas(stated: object, authors: tuple[str, ...]) -> None:
    assert source(authors=stated).authors == authors


def test_authors_that_are_said_to_be_unknown_are_missing() -> None:
    made = source(authors="authors not in the stored page", missing=["year"])

    assert (made.authors, made.missing) == ((), ("year", "authors"))


def test_a_mark_that_the_title_is_not_the_sources_own_is_taken_off() -> None:
    assert source(title="[title not in the stored page] Small teams").title == "Small teams"


@pytest.mark.parametrize(
    ("fields", "extent"),
    [
        ({"read": "full"}, Extent.FULL),
        ({"read": "Abstract"}, Extent.ABSTRACT),
        ({"kind": "full text"}, Extent.FULL),
        ({"kind": "near full text"}, Extent.PART),
        ({"kind": "abstract"}, Extent.ABSTRACT),
        ({"kind": "abstract and passages"}, Extent.PART),
        ({"kind": "opening of a chapter"}, Extent.PART),
        ({"kind": "talk"}, Extent.UNKNOWN),
        ({}, Extent.UNKNOWN),
    ],
)
def test_what_was_read_is_stated_or_told_by_the_kind(fields: dict[str, str], extent: Extent) -> None:
    assert source(**fields).read is extent


def test_an_extent_that_is_not_known_is_refused_with_those_that_are() -> None:
    with pytest.raises(DocumentRefused, match="write one of: full, part, abstract, unknown"):
        source(read="most of it")


def test_each_field_tells_where_it_comes_from() -> None:
    assert dict(source(title="Small teams", year="2019").origins) == {
        "title": "file header",
        "year": "file header",
    }
    assert dict(source().origins) == {"title": "text"}
    assert dict(source_from(HERE, {}, "some").origins) == {"title": "file name"}


def test_a_file_s_metadata_are_told_from_its_own_header(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Pilots in the valley</title><meta name='author' content='A. Example'></head>"
        "<body><p>The pilots went on for three years and then they ended.</p></body></html>"
    )

    origins = dict(read_one(tmp_path, "page.html", page).source.origins)

    assert origins["title"] == origins["authors"] == Origin.METADATA
