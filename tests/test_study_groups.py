from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.index.studies import with_study_fields, with_study_groups
from assistant.records import DocumentHead, Sensitivity, Source


def head(name: str, source: Source) -> DocumentHead:
    return DocumentHead(name, f"{name}.txt", f"/{name}.txt", source, Sensitivity.PUBLIC)


NOTE = head("note", Source("A study of trusted pilots", doi="10.1000/Pilot.1", study_group="pilots-2020"))


def group_of(source: Source) -> str:
    return with_study_groups([head("paper", source), NOTE])[0].study_group


def test_a_paper_joins_the_study_of_the_note_with_its_doi() -> None:
    assert group_of(Source("Quite another title", doi="10.1000/pilot.1")) == "pilots-2020"


def test_a_paper_joins_the_study_of_the_note_with_its_title() -> None:
    for title in (
        "A Study of Trusted Pilots",
        "A study of: “trusted” pilots",
        "A study of trusted pilots [preprint]",
    ):
        assert group_of(Source(title)) == "pilots-2020"


def test_a_paper_that_states_its_study_keeps_it() -> None:
    assert group_of(Source("A study of trusted pilots", study_group="own")) == "own"


def test_other_papers_are_studies_of_their_own() -> None:
    assert group_of(Source("Another study of pilots", doi="10.1000/pilot.2")) == "paper"


def test_short_titles_say_too_little_to_join() -> None:
    note = replace(NOTE, source=Source("Annual report", study_group="a"))
    paper = head("paper", Source("Annual report"))

    assert with_study_groups([note, paper])[1].study_group == "paper"


def test_order_and_number_of_documents_are_kept() -> None:
    heads = [head(name, Source(f"Title {name} of three words")) for name in "cab"]

    assert with_study_groups(heads) == heads
    assert with_study_groups([]) == []


def test_a_study_that_is_joined_tells_so() -> None:
    joined = with_study_groups([NOTE, head("paper", Source("Another title", doi="10.1000/pilot.1"))])[1]

    assert dict(joined.source.origins) == {"study_group": "another file of its study"}


def known_of(source: Source, *others: Source) -> tuple[tuple[str, ...], tuple[str, ...]]:
    heads = [head("paper", source), *(head(f"other-{number}", one) for number, one in enumerate(others))]
    known = with_study_fields(with_study_groups(heads))[0]
    assert known.source == with_study_groups(heads)[0].source
    return known.countries, known.sectors


STATED = replace(NOTE.source, country=("Northvale",), sector=("health",))


def test_country_and_sector_are_known_from_another_file_of_the_work_or_of_the_study() -> None:
    same_work = Source("Another title", doi="10.1000/pilot.1")
    same_study = Source("Interview with a leader of pilots", study_group="pilots-2020")

    for source in (same_work, same_study):
        assert known_of(source, STATED) == (("Northvale",), ("health",))
    assert known_of(Source("Quite another title of four words"), STATED) == ((), ())


def test_what_a_document_states_itself_goes_before_what_its_study_states() -> None:
    source = Source("A talk", study_group="pilots-2020", country=("Southmere",))

    assert known_of(source, STATED) == (("Southmere",), ("health",))


def test_where_files_of_a_study_differ_its_country_is_not_known_but_that_of_a_work_may_be() -> None:
    elsewhere = Source("A later study of pilots", study_group="pilots-2020", country=("Southmere",))
    same_study = Source("A talk", study_group="pilots-2020")
    same_work = Source("A study of trusted pilots")

    assert known_of(same_study, STATED, elsewhere) == ((), ("health",))
    assert known_of(same_work, STATED, elsewhere) == (("Northvale",), ("health",))


def test_files_that_state_the_same_in_another_order_agree() -> None:
    both = [Source(title, study_group="a", country=names)
            for title, names in (("One", ("Northvale", "Southmere")), ("Two", ("Southmere", "Northvale")))]  # fmt: skip

    assert set(known_of(Source("A talk", study_group="a"), *both)[0]) == {"Northvale", "Southmere"}


# Links, parts of titles, parts of a series

PAGE = "https://www.example.org/reports/trusted-pilots"
LONG = "Work organisation, lifelong learning and trusted pilots in the health sector"


def joins(one: Source, other: Source) -> bool:
    heads = [head("note", replace(one, study_group="pilots-2020", is_note=True)), head("paper", other)]
    return with_study_groups(heads)[1].study_group == "pilots-2020"


@pytest.mark.parametrize("link", [PAGE, "http://example.org/Reports/trusted-pilots/", f"{PAGE}#summary"])
def test_a_file_joins_the_study_of_the_note_with_its_link_and_most_of_its_title(link: str) -> None:
    assert joins(Source("Trusted pilots", url=PAGE), Source("Trusted pilots, foreword", url=link))


def test_a_link_alone_joins_nothing() -> None:
    front = "https://www.example.org/"

    assert not joins(Source("Trusted pilots", url=PAGE), Source("Paid carers and their unions", url=PAGE))
    assert not joins(Source("Trusted pilots", url=front), Source("Trusted pilots, foreword", url=front))


@pytest.mark.parametrize(
    "title", [f"Project name: {LONG}", f"{LONG}, summary page", f"{LONG} (blog), foreword"]
)
def test_a_file_joins_the_study_whose_long_title_stands_whole_in_its_own(title: str) -> None:
    assert joins(Source(LONG), Source(title))
    assert joins(Source(title), Source(LONG))


@pytest.mark.parametrize(
    "title",
    [
        f"Comment on {LONG}",
        f"What we learnt from {LONG}",
        f"{LONG}, part 2",
        f"{LONG}: second report",
        LONG.replace("trusted", "paid"),
    ],
)
def test_a_title_about_a_work_or_of_another_part_of_it_joins_nothing(title: str) -> None:
    assert not joins(Source(LONG), Source(title))


def test_a_title_within_another_joins_nothing_where_years_or_authors_differ() -> None:
    longer = Source(f"Project name: {LONG}", ("Rowan, Ada",), 2019)

    assert joins(Source(LONG, ("Ada Rowan", "Tom Field"), 2019), longer)
    assert not joins(Source(LONG, ("Ada Rowan",), 2014), longer)
    assert not joins(Source(LONG, ("Elm, Tom",), 2019), longer)


def test_parts_of_one_series_are_one_study() -> None:
    titles = ("The road we took together - introduction", "The road we took together - ideas")
    parts = [head(title[-5:], Source(title, ("Ada Rowan",), 2013)) for title in titles]
    other = head("other", Source("The road we took together - a reply", ("Tom Elm",), 2013))
    lone = head("lone", Source("The road they took together - ideas", ("Ada Rowan",), 2013))

    groups = [made.study_group for made in with_study_groups([*parts, other, lone])]

    assert groups == ["The road we took together", "The road we took together", "other", "lone"]


# The standing of a work


def paper_with_a_note(**paper: object) -> Source:
    note = Source(
        "A study of trusted pilots",
        year=2020,
        kind="trial",
        country=("Norway",),
        sector=("health",),
        interest="paid for by the programme",
        study_group="pilots-2020",
        is_note=True,
    )
    source = replace(Source("A study of trusted pilots"), **paper)  # type: ignore[arg-type]
    return with_study_groups([head("note", note), head("paper", source)])[1].source


def test_a_work_that_there_is_a_note_on_has_the_standing_that_the_note_gives_it() -> None:
    made = paper_with_a_note(kind="abstract, cut short", year=2021, missing=("country", "licence"))

    assert (made.kind, made.country, made.sector) == ("trial", ("Norway",), ("health",))
    assert (made.interest, made.year, made.is_note) == ("paid for by the programme", 2021, False)
    assert made.missing == ("licence",)
    origins = dict(made.origins)
    assert origins["country"] == origins["kind"] == "another file of its study"
    assert "year" not in origins


def test_a_kind_that_a_bibliography_gives_stays() -> None:
    assert paper_with_a_note(kind="report", origins=(("kind", "sources.toml"),)).kind == "report"


def test_another_file_of_the_study_that_is_no_note_gives_no_standing() -> None:
    stated = Source("A study of trusted pilots", kind="trial", country=("Norway",), study_group="pilots")
    made = with_study_groups([head("one", stated), head("other", Source("A study of trusted pilots"))])[1]

    assert (made.study_group, made.source.kind, made.source.country) == ("pilots", None, ())
