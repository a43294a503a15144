from __future__ import annotations

from pathlib import Path

import pytest

from assistant.records import Sensitivity
from tests.reading import read_one

FINDING = "Staff said that trust helped them to try new ways."


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


HEAD = """
<title>Journal page</title><meta name="citation_title" content="How teams  try things">
<meta name="citation_author" content="Example, Anna"><meta name="citation_author" content="Sample, Ben">
<meta name="citation_doi" content="https://doi.org/10.1234/abc.5"><meta property="og:title" content="Other">
<meta name="citation_publication_date" content="2023/05/01">
<link rel="canonical" href="https://example.org/a"><a rel="license" href="https://example.org/by"></a>
"""


def test_the_source_comes_from_what_publishers_put_into_the_head(tmp_path: Path) -> None:
    source = read_one(tmp_path, "a.html", page(f"<p>{FINDING}</p>", HEAD)).source

    assert source.title == "How teams try things"
    assert source.authors == ("Example, Anna", "Sample, Ben")
    assert (source.year, source.doi, source.url) == (2023, "10.1234/abc.5", "https://example.org/a")


@pytest.mark.parametrize(
    ("head", "field", "found"),
    [
        ('<meta name="DC.Title" content="A title">', "title", "A title"),
        ('<meta property="og:title" content="A title">', "title", "A title"),
        ("<title>A title</title>", "title", "A title"),
        ('<meta name="DC.creator" content="Anna E.; Ben S.">', "authors", ("Anna E.", "Ben S.")),
        ('<meta name="DC.date" content="2019-03">', "year", 2019),
        ('<meta name="DC.identifier" content="doi:10.1234/x">', "doi", "10.1234/x"),
        ('<meta property="og:url" content="https://example.org/b">', "url", "https://example.org/b"),
        ('<link rel="canonical" href="javascript:alert(1)">', "url", None),
        ('<link rel="license" href="https://example.org/by">', "licence", "https://example.org/by"),
    ],
)
def test_other_conventions_are_known_too(tmp_path: Path, head: str, field: str, found: object) -> None:
    assert getattr(read_one(tmp_path, "a.html", page(f"<p>{FINDING}</p>", head)).source, field) == found


def test_the_address_of_a_page_that_a_browser_saved_is_known(tmp_path: Path) -> None:
    text = f"<!DOCTYPE html>\n<!-- saved from url=(0021)https://example.org/c -->\n<html><body><p>{FINDING}"

    assert read_one(tmp_path, "a.html", text).source.url == "https://example.org/c"


def test_a_page_states_who_may_see_it(tmp_path: Path) -> None:
    head = '<meta name="sensitivity" content="team">'

    assert read_one(tmp_path, "a.html", page(f"<p>{FINDING}</p>", head)).sensitivity is Sensitivity.TEAM
