from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.bibliography import Bibliography, Library, Reading
from assistant.bibliography.entries import Entry, Table, entry_of
from assistant.bibliography.matching import Matcher
from assistant.records import Extent, Origin, Sensitivity, Source

HERE = "/papers/library.ris"
TITLE = "Small teams and slow budgets in the valley"
WORK = entry_of(title=TITLE, authors=["Example, Ann"], year="2019", doi="10.1000/pilot.1")


def matched(reading: Reading, *entries: Entry) -> list[Entry]:
    matcher = Matcher([Bibliography(HERE, "0", entries)])
    return [placed.entry for placed in matcher.entries_for(reading)]


def reading(
    name: str = "scan0001.pdf", opening: str = "", origin: str = Origin.TEXT, **given: Any
) -> Reading:
    fields = {"title": Path(name).stem, **given}
    origins = tuple((field, str(origin)) for field in fields)
    return Reading(name, (f"/papers/{name}",), Source(**fields, origins=origins), opening)


# DOI


@pytest.mark.parametrize("doi", ["10.1000/pilot.1", "10.1000/PILOT.1"])
def test_a_stated_doi_tells_the_work(doi: str) -> None:
    assert matched(reading(doi=doi, origin=Origin.METADATA), WORK) == [WORK]
    assert matched(reading(doi=doi, origin=Origin.HEADER), WORK) == [WORK]


def test_a_printed_doi_tells_the_work_only_with_its_title() -> None:
    doi = "10.1000/pilot.1"

    assert matched(reading(doi=doi, opening=f"Journal\n{TITLE.upper()}\nAnn Example"), WORK) == [WORK]
    assert matched(reading(doi=doi, title="Small teams and slow budgets in a valley"), WORK) == [WORK]
    assert matched(reading(doi=doi, opening="A review of other works, such as that"), WORK) == []
    assert matched(reading(doi=doi), entry_of(doi=doi)) == []


def test_another_doi_is_another_work_whatever_the_title() -> None:
    preprint = reading(title=TITLE, doi="10.2000/preprint.1", origin=Origin.METADATA)

    assert matched(preprint, WORK) == []


# Titles


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "SMALL TEAMS AND SLOW BUDGETS IN THE VALLEY",
        "Small teams – and slow budgets, in the valley.",
        "Small teams and slow budgets in the vallev",
    ],
)
def test_a_title_that_is_the_same_but_for_its_looks_tells_the_work(title: str) -> None:
    assert matched(reading(title=title), WORK) == [WORK]


@pytest.mark.parametrize(
    "given",
    [
        {"title": "Small teams and slow budgets in the valleys of the north"},
        {"title": "Small teams"},
        {"title": "Small teams and slow budgets"},
        {"title": TITLE, "year": 2014},
        {"title": TITLE, "authors": ("Other, Bo",)},
    ],
)
def test_a_title_in_doubt_tells_nothing(given: dict[str, Any]) -> None:
    assert matched(reading(**given), WORK) == []


def test_a_title_with_other_figures_is_another_one() -> None:
    second = entry_of(title="Final evaluation of the valley pilots, wave 2")

    assert matched(reading(title="Final evaluation of the valley pilots, wave 1"), second) == []
    assert matched(reading(title="Final evaluation of the valley pilots: wave 2"), second) == [second]


def test_short_titles_are_too_common_to_tell_a_work() -> None:
    report = entry_of(title="Annual report 2019", year="2019")

    assert matched(reading(title="Annual report 2019"), report) == []


def test_year_and_author_that_agree_do_not_speak_against_a_title() -> None:
    assert matched(reading(title=TITLE, year=2020, authors=("Ann Example", "Bo Sample")), WORK) == [WORK]


def test_two_works_of_one_title_are_in_doubt_and_one_work_twice_is_not() -> None:
    other = entry_of(title=TITLE, authors=["Example, Ann"], year="2020", doi="10.1000/pilot.2")
    again = entry_of(title=TITLE, authors=["Example, Ann"], year="2019", url="https://example.org")

    assert matched(reading(title=TITLE), WORK, other) == []
    assert matched(reading(title=TITLE), WORK, again) == [WORK, again]


# Files


def test_an_attachment_s_path_tells_the_work() -> None:
    attached = Entry(WORK.fields, ("scan0001.pdf",))

    assert matched(reading(title="Quite another title of a work"), attached) == [attached]


@pytest.mark.parametrize(
    "path",
    [
        "/home/user/Zotero/storage/KEY/valley-scan.pdf",
        "C:\\Users\\user\\valley-scan.pdf",
        "file:///home/user/valley-scan.pdf",
        "internal-pdf://0123/valley%2Dscan.pdf",
    ],
)
def test_an_attachment_s_name_tells_the_work_unless_it_is_a_common_one(path: str) -> None:
    attached = Entry(WORK.fields, (path,))

    assert matched(reading("valley-scan.pdf"), attached) == [attached]
    assert matched(reading("valley-scan.pdf", year=2001), attached) == []
    assert matched(reading("fulltext1.pdf"), Entry(WORK.fields, ("storage/KEY/fulltext1.pdf",))) == []


def test_two_works_with_attachments_of_one_name_are_in_doubt() -> None:
    other = entry_of(["b/valley-scan.pdf"], title="Another work on the valley", year="2019")

    assert matched(reading("valley-scan.pdf"), Entry(WORK.fields, ("a/valley-scan.pdf",)), other) == []


@pytest.mark.parametrize(
    ("name", "is_it"),
    [
        ("Example - 2019 - Small teams and slow budgets in.pdf", True),
        ("Example et al. - 2019 - Small teams and slow budgets in the valley.pdf", True),
        ("Example - 2018 - Small teams and slow budgets in.pdf", False),
        ("Other - 2019 - Small teams and slow budgets in.pdf", False),
        ("Example - 2019 - Small teams and.pdf", False),
        ("Example - 2019 - Small teams and slow trains in.pdf", False),
    ],
)
def test_a_file_named_by_zotero_tells_author_year_and_title(name: str, is_it: bool) -> None:
    assert matched(reading(name), WORK) == ([WORK] if is_it else [])


# What goes before what


def described(source: Source, *bibliographies: Bibliography, path: str = "/papers/a/scan.pdf") -> Source:
    made = Reading(Path(path).name, (path,), source, "")
    return Library(bibliographies).describe(made, Sensitivity.PUBLIC)[0]


def test_tables_go_before_headers_before_entries_before_metadata() -> None:
    entry = entry_of(title=TITLE, year="2019", kind="report", licence="CC BY", doi="10.1000/pilot.1")
    source = Source(
        title="small teams",
        year=2001,
        kind="review",
        doi="10.1000/pilot.1",
        missing=("licence", "authors"),
        origins=(
            ("title", Origin.METADATA),
            ("year", Origin.TEXT),
            ("kind", "file header"),
            ("doi", Origin.METADATA),
        ),
    )
    tables = Bibliography("/papers/sources.toml", "0", tables=(Table("scan.pdf", {"kind": "trial"}),))

    made = described(source, Bibliography(HERE, "0", (entry,)))

    assert (made.title, made.year, made.kind, made.licence) == (TITLE, 2019, "review", "CC BY")
    assert made.missing == ("authors",)
    assert dict(made.origins) == {
        "title": "library.ris",
        "year": "library.ris",
        "kind": "file header",
        "doi": "library.ris",
        "licence": "library.ris",
    }
    assert described(source, tables).kind == "trial"
    assert described(source) == source


def test_the_nearest_table_holds_and_a_name_before_a_pattern_and_the_last_pattern_before_others() -> None:
    above = Bibliography(
        "/papers/sources.toml",
        "0",
        tables=(
            Table("a/scan.pdf", {"method": "by path"}),
            Table("*.pdf", {"kind": "first", "n": "1", "method": "by pattern", "country": ["Hills"]}),
            Table("a/*", {"kind": "last"}),
            Table("other.pdf", {"interest": "none"}),
        ),
    )
    near = Bibliography(
        "/papers/a/sources.toml", "0", tables=(Table("*", {"country": ["Valley"], "read": "part"}),)
    )

    made = described(Source("t"), above, near)

    assert (made.method, made.kind, made.n) == ("by path", "last", "1")
    assert (made.country, made.read, made.interest) == (("Valley",), Extent.PART, None)
    assert described(Source("t"), near, path="/papers/b/scan.pdf") == Source("t")


def test_no_gaps_can_be_stated() -> None:
    source = Source("t", gaps=("a false alarm",), origins=(("gaps", "reading"),))
    tables = Bibliography("/papers/sources.toml", "0", tables=(Table("*", {"gaps": []}),))

    assert described(source, tables).gaps == ()


def test_documents_of_one_file_share_what_is_no_single_work_s() -> None:
    fields = {"title": TITLE, "doi": "10.1000/pilot.1", "study_group": "valley"}
    tables = Bibliography(
        "/p/sources.toml", "0", tables=(Table("a.qdpx", fields), Table("a.qdpx: Two", {"year": 2019}))
    )
    library = Library([tables, Bibliography("/p/library.ris", "0", (Entry(WORK.fields, ("a.qdpx",)),))])

    def one(name: str) -> Source:
        made = Reading(name, ("/p/a.qdpx",), Source(name), "")
        return library.describe(made, Sensitivity.RESTRICTED, is_alone=False)[0]

    assert (one("a.qdpx: One").title, one("a.qdpx: One").study_group) == ("a.qdpx: One", "valley")
    assert (one("a.qdpx: One").doi, one("a.qdpx: One").year) == (None, None)
    assert one("a.qdpx: Two").year == 2019
