"""The control of the page that narrows what is looked at, run by Streamlit without a browser."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.records import Filter
from assistant.ui.narrowing import named_kinds, named_sources
from tests.builders import head, index_over
from tests.fakes import FakeEncoder

FILES = {
    f"{name}.md": f"---\ntitle: The {name}\n{stated}---\n# The {name}\n\nIt helped.\n"
    for name, stated in {
        "lantern": "year: 2018\ncountry: [Scotland]\nkind: study, full text\n",
        "harbour": "year: 2020\ncountry: [England]\nkind: study (abstract)\n",
        "orchard": "year: 2022\ncountry: [Sweden]\nkind: blog post\n",
        "cellar": "",
    }.items()
}


@pytest.fixture(scope="module", autouse=True)
def main_module() -> Iterator[None]:
    """Streamlit puts the page that it runs in the place of the main module, which the processes of other tests
    would run when they start."""
    kept = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = kept


def script(root: str, encoder: str) -> None:
    """A page with the control alone."""
    from pathlib import Path

    import streamlit as st

    from assistant.index import Index
    from assistant.ui.narrowing import narrow

    live = Index(Path(root), encoder).live()
    within = narrow(live)
    st.session_state.within = within
    st.session_state.taken = [
        one.name for one in live.heads.values() if within is None or within.takes_document(one)
    ]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return index_over(tmp_path_factory.mktemp("narrowing"), FakeEncoder(), FILES).layout.root


@pytest.fixture
def page(root: Path) -> AppTest:
    shown = AppTest.from_function(
        script, args=(str(root), FakeEncoder().fingerprint), default_timeout=30
    ).run()
    assert not shown.exception
    return shown


def filter_chosen(page: AppTest, **chosen: Any) -> Filter:
    for key, value in chosen.items():
        name = f"only-{key.replace('_', '-')}"
        widgets = page.selectbox if "year" in key else page.multiselect
        widgets(key=name).set_value(value)
    page.run()
    assert not page.exception
    within: Filter = page.session_state.within
    return within


def test_nothing_chosen_is_no_filter(page: AppTest) -> None:
    assert page.session_state.within is None


def test_one_source_is_chosen_by_its_title(page: AppTest) -> None:
    options = page.multiselect(key="only-source").options
    assert options == ["The cellar", "The harbour", "The lantern", "The orchard"]

    page.multiselect(key="only-source").select("The lantern").run()

    assert page.session_state.taken == ["lantern.md"]


def test_years_are_taken_in_whichever_order_they_are_chosen(page: AppTest) -> None:
    assert filter_chosen(page, year=2022, year_to=2020).year == (2020, 2022)
    assert page.session_state.taken == ["harbour.md", "orchard.md"]
    assert filter_chosen(page, year=2018, year_to=2020).year == (2018, 2020)


@pytest.mark.parametrize(
    ("chosen", "number"),
    [({"year_to": 2020}, 1), ({"year": 2018, "year_to": 2020}, 1), ({"year": 2018, "kind": ["study"]}, 2)],
)
def test_the_number_of_fields_chosen_stands_on_the_button(page: AppTest, chosen: Any, number: int) -> None:
    filter_chosen(page, **chosen)

    [popover] = page.main.children.values()
    assert popover.proto.popover.label == f"Look only at … ({number})"


def test_a_country_can_be_chosen_that_is_stated_by_its_parts_alone(page: AppTest) -> None:
    assert page.multiselect(key="only-country").options == ["England", "Scotland", "Sweden", "United Kingdom"]

    filter_chosen(page, country=["United Kingdom"])

    assert page.session_state.taken == ["harbour.md", "lantern.md"]
    assert [one.value for one in page.caption] == ["1 of 4 documents states no country and is not looked at."]


def test_a_kind_is_chosen_without_its_details(page: AppTest) -> None:
    assert page.multiselect(key="only-kind").options == ["study", "blog post"]

    assert filter_chosen(page, kind=["study"]).kind == ("study (abstract)", "study, full text")


def test_sources_of_one_title_are_told_apart() -> None:
    note = head("note", title="Pilots", is_note=True)
    twins = [
        replace(head("one", title="Letters"), id="1" * 64),
        replace(head("two", title="Letters"), id="2" * 64),
    ]

    assert named_sources([head("paper", title="Pilots"), note, *twins]) == {
        "paper": "Pilots",
        "note": "Note on: Pilots",
        "1" * 64: "Letters (one.md, 11111111)",
        "2" * 64: "Letters (two.md, 22222222)",
    }


def test_kinds_that_most_documents_are_of_come_first() -> None:
    kinds = ["opinion", "abstract, cut short", "review", "abstract (two)", "review", "abstract"]

    assert named_kinds(kinds) == {
        "abstract": {"abstract", "abstract, cut short", "abstract (two)"},
        "review": {"review"},
        "opinion": {"opinion"},
    }
    assert list(named_kinds(kinds)) == ["abstract", "review", "opinion"]
