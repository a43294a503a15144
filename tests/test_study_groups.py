from __future__ import annotations

from dataclasses import replace

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
