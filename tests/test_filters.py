"""Filters: what a person's words stand for, what they take, and that a search keeps to them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import BadInput
from assistant.framework import load_framework
from assistant.index import Generation, Index
from assistant.index.filtering import allowed_passages, filter_of, left_out
from assistant.records import Filter, Sensitivity, Stance, Voice
from assistant.retrieval import CANDIDATES, Retriever
from tests.builders import head, index_over, passage, said
from tests.fakes import FakeEncoder
from tests.studies import WITH_RESTRICTED

FRAMEWORK = load_framework()
HEADS = (
    head("lantern", title="The lantern model", kind="study", year=2018, country=("Northvale",), sector=("health",)),
    head("harbour", title="Harbour circles", kind="review and study", year=2021, country=("Southmere", "Northvale")),
    head("orchard", title="Orchard letters", kind="review"),
)  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_over(tmp_path_factory.mktemp("filters"), FakeEncoder(), WITH_RESTRICTED)


@pytest.fixture(scope="module")
def generation(index: Index) -> Generation:
    return index.live()


def chosen(**wanted: str) -> Filter:
    return filter_of({field: [word] for field, word in wanted.items()}, HEADS, FRAMEWORK)


def names_taken(within: Filter) -> list[str]:
    return [one.id for one in HEADS if within.takes_document(one)]


# What words stand for


def test_a_value_is_meant_whatever_its_capitals() -> None:
    assert chosen(country="SOUTHMERE").country == ("Southmere",)


def test_a_part_of_a_value_means_every_value_that_has_it() -> None:
    assert chosen(kind="stud").kind == ("review and study", "study")


def test_a_value_itself_goes_before_values_that_have_it_as_a_part() -> None:
    assert chosen(kind="study").kind == ("study",)


@pytest.mark.parametrize("word", ["harbour.md", "harbour", "/files/harbour.md", "Harbour Circles", "circles"])
def test_a_source_is_named_by_file_id_path_title_or_a_part_of_it(word: str) -> None:
    assert chosen(source=word).source == ("harbour",)


def test_a_part_of_a_title_may_be_short() -> None:
    heads = [head("a", title="Change in the NHS"), head("b", title="Change elsewhere"), head("nhs1")]

    assert filter_of({"source": ["NHS"]}, heads, FRAMEWORK).source == ("a", "nhs1")


def test_the_beginning_of_an_id_has_four_digits() -> None:
    heads = [replace(head("a"), id="12345"), replace(head("b"), id="12399")]

    assert filter_of({"source": ["1234"]}, heads, FRAMEWORK).source == ("12345",)
    with pytest.raises(BadInput, match="no source '123'"):
        filter_of({"source": ["123"]}, heads, FRAMEWORK)


def test_a_cluster_is_named_by_its_id_or_its_name() -> None:
    assert (
        chosen(cluster="macro-context").cluster
        == chosen(cluster="macro context").cluster
        == ("macro-context",)
    )


@pytest.mark.parametrize(
    ("word", "years"),
    [("2018", (2018, 2018)), ("2015-2020", (2015, 2020)), ("2015–2020", (2015, 2020)), ("2019-", (2019, None)),
     ("-2020", (None, 2020)), (" 2015 - 2020 ", (2015, 2020))],
)  # fmt: skip
def test_years_are_one_year_or_a_range_with_open_ends(
    word: str, years: tuple[int | None, int | None]
) -> None:
    assert chosen(year=word).year == years


@pytest.mark.parametrize("word", ["", "-", "20", "2020-2015", "last year", "20201", "2015-2016-2017"])
def test_what_is_no_year_is_refused_with_the_forms_that_are(word: str) -> None:
    with pytest.raises(BadInput, match="2015-2020"):
        chosen(year=word)


def test_more_than_one_range_of_years_is_refused() -> None:
    with pytest.raises(BadInput, match="one year or range of years, not 2018 and 2021"):
        filter_of({"year": ["2018", "2021"]}, HEADS, FRAMEWORK)


def test_years_of_which_there_is_nothing_are_told_with_those_that_there_are() -> None:
    with pytest.raises(BadInput, match="2018 to 2021"):
        chosen(year="1990-1999")


@pytest.mark.parametrize(
    ("field", "known"),
    [("kind", "review, review and study, study"), ("sector", "health"), ("country", "Northvale, Southmere"),
     ("sensitivity", "public, team, restricted"), ("stance", "enabler, barrier, both, neither"),
     ("voice", "participant, authors, cited, other"), ("cluster", "macro-context"), ("source", "Harbour circles")],
)  # fmt: skip
@pytest.mark.parametrize("word", ["zebra", ""])
def test_an_unknown_value_is_told_with_the_known_ones(field: str, known: str, word: str) -> None:
    with pytest.raises(BadInput) as told:
        chosen(**{field: word})

    assert f"no {field} {word!r}" in str(told.value)
    assert known in str(told.value)


def test_many_known_values_are_cut_short() -> None:
    many = [head(f"report-{number}", title=f"Report {number:02d}") for number in range(25)]

    with pytest.raises(BadInput, match=r"Report 19 and 5 more \(assistant sources\)"):
        filter_of({"source": ["zebra"]}, many, FRAMEWORK)


# What is taken


def test_a_filter_without_values_takes_everything() -> None:
    assert names_taken(Filter()) == [one.id for one in HEADS]
    assert Filter().takes(HEADS[0], passage("lantern", "Anything."))
    assert Filter().stated() == {}


@pytest.mark.parametrize(
    ("within", "taken"),
    [
        (Filter(source=("orchard",)), ["orchard"]),
        (Filter(kind=("study", "review")), ["lantern", "orchard"]),
        (Filter(year=(2018, 2020)), ["lantern"]),
        (Filter(year=(2019, None)), ["harbour"]),
        (Filter(year=(None, 2021)), ["lantern", "harbour"]),
        (Filter(sector=("health",)), ["lantern"]),
        (Filter(country=("Northvale",)), ["lantern", "harbour"]),
        (Filter(country=("Northvale",), year=(2020, None)), ["harbour"]),
        (Filter(sensitivity=(Sensitivity.RESTRICTED,)), []),
    ],
)
def test_a_document_must_fit_every_field_that_is_asked_for(within: Filter, taken: list[str]) -> None:
    assert names_taken(within) == taken


def test_country_and_sector_are_those_of_the_study_where_a_document_states_none() -> None:
    interview = replace(HEADS[2], study_countries=("Northvale",), study_sectors=("health",))

    for within in (Filter(country=("Northvale",)), Filter(sector=("health",))):
        assert within.takes_document(interview)
        assert not within.takes_document(HEADS[2])


def test_it_is_told_how_many_documents_are_left_out_because_a_field_is_not_known() -> None:
    interview = replace(head("interview"), study_countries=("Northvale",))
    within = Filter(country=("Northvale",), sector=("health",), voice=(Voice.AUTHORS,))

    assert left_out(within, [*HEADS, interview]) == [
        "3 of 4 documents state no sector and are not looked at.",
        "1 of 4 documents states no country and is not looked at.",
    ]
    assert left_out(Filter(source=("harbour",)), HEADS) == []


def test_stance_voice_and_cluster_must_hold_of_one_sentence() -> None:
    apart = passage(
        "lantern",
        said("Grants end.", Stance.BARRIER, Voice.AUTHORS, cluster="operational-capability"),
        said("It was fun.", Stance.ENABLER, Voice.PARTICIPANT),
    )

    assert Filter(stance=(Stance.BARRIER,), voice=(Voice.AUTHORS,)).takes(HEADS[0], apart)
    assert Filter(cluster=("operational-capability",)).takes(HEADS[0], apart)
    assert not Filter(stance=(Stance.BARRIER,), voice=(Voice.PARTICIPANT,)).takes(HEADS[0], apart)


FILTERS = st.builds(
    Filter,
    kind=st.sampled_from([(), ("study",), ("review",)]),
    year=st.sampled_from([(None, None), (2018, 2018), (2019, None)]),
    country=st.sampled_from([(), ("Northvale",)]),
    sensitivity=st.lists(st.sampled_from(Sensitivity), max_size=2).map(tuple),
    stance=st.lists(st.sampled_from(Stance), max_size=2).map(tuple),
    voice=st.lists(st.sampled_from(Voice), max_size=2).map(tuple),
    cluster=st.sampled_from([(), ("operational-capability",)]),
)


@settings(deadline=None, max_examples=40)
@given(FILTERS)
def test_the_index_takes_the_passages_that_the_filter_takes(generation: Generation, within: Filter) -> None:
    every = [
        (one, made) for one in generation.heads.values() for made in generation.catalogue.passages_of(one.id)
    ]

    assert allowed_passages(generation, within) == {made.id for one, made in every if within.takes(one, made)}


# Searching within a filter


@settings(deadline=None, max_examples=40)
@given(FILTERS)
def test_a_search_finds_all_that_the_filter_takes_and_nothing_else(index: Index, within: Filter) -> None:
    found = Retriever(index, FakeEncoder()).search("lantern model", CANDIDATES, within=within).evidence

    assert {item.passage.id for item in found} == allowed_passages(index.live(), within)


def test_what_a_filter_takes_is_found_though_hundreds_of_others_fit_better(tmp_path: Path) -> None:
    near = {
        f"near-{n}.md": f"# Report {n}\n\nCoaching helps teams to last.\n" for n in range(CANDIDATES + 20)
    }
    far = {
        "far.md": "---\ntitle: Far\ncountry: [Northvale]\n---\n# Far\n\nBoats carried the coaching letters home.\n"
    }
    retriever = Retriever(index_over(tmp_path, FakeEncoder(), {**near, **far}), FakeEncoder())

    unfiltered = retriever.search("Coaching helps teams to last.", CANDIDATES).evidence
    found = retriever.search(
        "Coaching helps teams to last.", 5, within=Filter(country=("Northvale",))
    ).evidence

    assert "far.md" not in {item.document.name for item in unfiltered}
    assert [(item.document.name, item.found_by) for item in found] == [("far.md", "both")]


def test_a_filter_that_takes_nothing_finds_nothing(index: Index) -> None:
    within = Filter(sensitivity=(Sensitivity.TEAM,))

    assert Retriever(index, FakeEncoder()).search("lantern", within=within).evidence == ()


def test_a_filter_without_values_changes_nothing(index: Index) -> None:
    retriever = Retriever(index, FakeEncoder())

    assert (
        retriever.search("harbour circles", within=Filter()).evidence
        == retriever.search("harbour circles").evidence
    )
