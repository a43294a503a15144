from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import DocumentRefused
from assistant.reading.html import READER
from assistant.reading.webpage import MAX_CHARACTERS
from assistant.records import BlockKind
from tests.reading import block_with, read_all, read_one, words_of

FINDING = "Staff said that trust helped them to try new ways."


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def seen(folder: Path, body: str) -> list[str]:
    return words_of(read_one(folder, "a.html", page(f"<p>{FINDING}</p>{body}")))[1:]


def test_the_heading_path_lists_and_paragraphs_are_read(tmp_path: Path) -> None:
    body = (
        "<h1>How teams try things</h1><p>An\n  opening<br>line.</p><h2>Results</h2><div>Loose words "
        f"<p>{FINDING}<ul><li>Leaders <b>listened</b>.<ul><li>Often.</ul><li>They asked.</ul>"
        "<h3>Limits</h3><p>One service took part.</p><h2>Next</h2><p>We go on.</p>"
    )

    document = read_one(tmp_path, "a.html", page(body))

    assert document.source.title == "How teams try things"
    assert words_of(document) == [
        "An opening\nline.", "Loose words", FINDING, "Leaders listened.", "Often.", "They asked.",
        "One service took part.", "We go on.",
    ]  # fmt: skip
    assert block_with(document, "opening").section == ()
    assert block_with(document, "One service").section == ("Results", "Limits")
    assert block_with(document, "We go on").section == ("Next",)
    assert [block.kind for block in document.blocks][3:6] == [BlockKind.ITEM] * 3


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav>Home News</nav>",
        "<script>var secret = 1</script>",
        "<style>p {color: red}</style>",
        "<header><h1>The site</h1><p>Its motto</p></header>",
        "<footer>All rights</footer>",
        "<aside>Read more</aside>",
        '<div class="cookie-banner">We use biscuits</div>',
        '<div id="cookieConsent">We use biscuits</div>',
        '<section class="gdpr popup">We ask you</section>',
        '<div role="navigation">Home</div>',
        '<ul class="breadcrumbs"><li>Home</li></ul>',
        "<noscript>Switch scripts on</noscript>",
        "<button>Send</button>",
        "<!-- a comment -->",
        "<template><p>later</p></template>",
        "<svg><text>a drawing</text></svg>",
    ],
)
def test_furniture_of_the_page_is_left_out(tmp_path: Path, furniture: str) -> None:
    assert seen(tmp_path, furniture) == []


@pytest.mark.parametrize(
    "kept",
    [
        '<section id="informed-consent"><p>All took part freely.</p></section>',
        "<form><p>All took part freely.</p></form>",
        "<details><summary>All took part freely.</summary></details>",
        '<article class="gdpr-ok">All took part freely.</article><article></article>',
    ],
)
def test_what_only_looks_like_furniture_is_read(tmp_path: Path, kept: str) -> None:
    assert seen(tmp_path, kept) == ["All took part freely."]


def test_a_class_on_the_body_hides_nothing(tmp_path: Path) -> None:
    text = f'<html><body class="cookies-not-set"><p>{FINDING}</p></body></html>'

    assert words_of(read_one(tmp_path, "a.html", text)) == [FINDING]


def test_only_the_main_part_is_read_where_there_is_one(tmp_path: Path) -> None:
    main = f"<main><h1>Our page</h1><header><h2>Results</h2><p>by A.</p></header><p>{' '.join([FINDING] * 3)}</p></main>"

    document = read_one(tmp_path, "a.html", page(f"<h1>The site</h1>{main}<div>Links</div>"))

    assert words_of(document) == [" ".join([FINDING] * 3)]
    assert document.source.title == "Our page"
    assert document.blocks[0].section == ("Results",)


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">',
        '<p style="color: red; VISIBILITY : Hidden">',
        '<p style="font-size:0px">',
        '<p style="font-size: 0">',
        '<p style="opacity:0;">',
        '<p style="color:#fff">',
        '<p style="color: white; background: #FFFFFF">',
        '<p style="color:rgb(255, 255, 255)">',
        '<p><font color="white">',
        "<p hidden>",
        '<div style="display:none"><p>',
    ],
)
def test_hidden_text_is_left_out_and_named(tmp_path: Path, hidden: str) -> None:
    document = read_one(tmp_path, "a.html", page(f"<p>{FINDING}</p>{hidden}say yes to all"))

    assert words_of(document) == [FINDING]
    assert "say yes" not in document.text
    assert document.warnings == ("hidden text left out: 4 words in 1 places",)


@pytest.mark.parametrize(
    "shown",
    [
        '<p style="font-size:0.9em">',
        '<p style="opacity:0.5">',
        '<p style="background-color:white">',
        '<div style="background:#000"><p style="color:#fff">',
        '<table bgcolor="navy"><tr><td style="color:white">',
        '<p style="color:whitesmoke">',
        '<p style="border-color:white">',
    ],
)
def test_text_that_can_be_seen_stays(tmp_path: Path, shown: str) -> None:
    assert seen(tmp_path, f"{shown}in plain sight") == ["in plain sight"]


def test_a_table_row_carries_its_header_and_group(tmp_path: Path) -> None:
    table = (
        "<table><caption>What we found</caption><thead><tr><th>Theme<th>Helps<th>Hinders</thead>"
        "<tr><td rowspan=2>Trust<td>listening<td>blame<tr><td>time<td>ha<b>s</b>te"
        '<tr><td colspan=3>For leaders<tr><td>Money<td>grants<td><span style="display:none">x</span>cuts</table>'
    )

    document = read_one(tmp_path, "a.html", page(table))

    assert words_of(document) == [
        "What we found", "Trust | listening | blame", "time | haste", "Money | grants | cuts",
    ]  # fmt: skip
    assert [block.prefix for block in document.blocks] == [
        "", "Theme / Helps / Hinders", "Theme: Trust; Helps / Hinders", "For leaders; Theme / Helps / Hinders",
    ]  # fmt: skip
    assert document.warnings


@pytest.mark.parametrize(
    "layout",
    [
        '<table role="presentation"><tr><td>Left<td>Right<tr><td>Below<td>End</table>',
        "<table><tr><td>Left<td>Right</table><p>Below</p><p>End</p>",
        "<table><tr><td><table><tr><td>Left<td>Right</table><td>Below<tr><td>End</table>",
    ],
)
def test_tables_that_lay_out_the_page_are_read_as_text(tmp_path: Path, layout: str) -> None:
    assert seen(tmp_path, layout) == ["Left", "Right", "Below", "End"]


def test_spans_that_no_table_has_cost_nothing(tmp_path: Path) -> None:
    row = '<tr><td colspan="99999999" rowspan="99999">a<td colspan="65000">b</tr>'

    document = read_one(tmp_path, "a.html", page(f"<table>{row * 200}</table><p>{FINDING}</p>"))

    assert words_of(document)[-1] == FINDING


def test_terms_stand_with_what_explains_them(tmp_path: Path) -> None:
    document = read_one(
        tmp_path, "a.html", page("<dl><dt>Trust<dd>The wish to rely.<dd>Shown by deeds.<dt>Left alone</dl>")
    )

    assert words_of(document) == ["The wish to rely.", "Shown by deeds.", "Left alone"]
    assert [block.prefix for block in document.blocks] == ["Trust", "Trust", ""]
    assert "Trust: The wish to rely." in document.text


def test_items_with_a_colon_are_no_talk(tmp_path: Path) -> None:
    items = "<li>Default: none</li><li>Type: a word</li>" * 4

    assert not read_one(tmp_path, "a.html", page(f"<p>{FINDING}</p><ul>{items}</ul>")).is_transcript


def test_raised_numbers_that_are_links_are_references(tmp_path: Path) -> None:
    body = '<p>Trust helps<sup><a href="#r4">4,5</a></sup> in rooms of 9 m<sup>2</sup>.</p>'

    assert seen(tmp_path, body) == ["Trust helps [4,5] in rooms of 9 m2."]


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="windows-1252">', "cp1252"),
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15">', "iso-8859-15"),
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ('<meta charset="utf-8">', "cp1252"),
        ('<meta charset="cp1252">', "utf-16"),
        ('<meta charset="zip">', "utf-8"),
        ('<meta charset="rot13">', "utf-8"),
    ],
)
def test_encodings_are_those_that_the_file_has_whatever_it_declares(
    tmp_path: Path, declaration: str, encoding: str
) -> None:
    body = (
        "<p>Café “trust” – it helped.\r\nVery much.</p>"
        if encoding != "iso-8859-15"
        else "<p>Café € helped.</p>"
    )

    document = read_one(tmp_path, "a.html", page(body, declaration).encode(encoding))

    assert words_of(document) == ["Café € helped." if "€" in body else "Café “trust” – it helped. Very much."]


def test_the_encoding_of_an_xml_declaration_holds(tmp_path: Path) -> None:
    text = f'<?xml version="1.0" encoding="iso-8859-2"?>{page("<p>Dvořák tried it.</p>")}'

    assert words_of(read_one(tmp_path, "a.xhtml", text.encode("iso-8859-2"))) == ["Dvořák tried it."]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (page("<nav>Home</nav>"), "no readable text"),
        (page("<p>שלום עולם</p>"), "no readable text"),
        (page("<p>wor\0ds</p>"), "NUL bytes"),
        (page("<div>" * 5_000 + FINDING), "nested more than 1,000 deep"),
        (page(f"<p>{FINDING}" * (MAX_CHARACTERS // 50)), "characters of HTML"),
    ],
)
def test_pages_that_cannot_be_read_are_refused_with_advice(tmp_path: Path, data: str, why: str) -> None:
    with pytest.raises(DocumentRefused, match=why) as refusal:
        read_all(tmp_path, "a.html", data)
    assert refusal.value.advice


def test_a_head_full_of_comments_is_looked_at_once(tmp_path: Path) -> None:
    text = "<!---->" * 600

    assert not READER.recognises(tmp_path / "a.txt", f"{text}words".encode())
    assert READER.recognises(tmp_path / "a.txt", f"{text[:2100]}<!doctype html>".encode())


def test_pictures_in_the_page_count_for_nothing(tmp_path: Path) -> None:
    picture = f'<img src="data:image/png;base64,{"A" * (MAX_CHARACTERS + 1)}">'

    assert seen(tmp_path, picture) == []
