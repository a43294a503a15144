from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import DocumentRefused
from assistant.records import BlockKind, Sensitivity
from tests.packages import odt, zipped
from tests.reading import block_with, read_all, read_one, words_of


def p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def h(level: int, words: str) -> str:
    return f'<text:h text:outline-level="{level}">{words}</text:h>'


def style(name: str, family: str, properties: str = "", parent: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"<style:text-properties {properties}/></style:style>"
    )


HIDDEN = style("H1", "text", 'text:display="none"') + style("H2", "paragraph", 'text:display="none"')


def test_headings_paragraphs_and_lists_are_read(tmp_path: Path) -> None:
    body = (
        p("How teams try things", "Title")
        + h(1, "Results")
        + p("Trust<text:s/>helped\n   people<text:tab/>to try.")
        + h(2, "Leaders")
        + "<text:list><text:list-item>"
        + p("Leaders listened.")
        + "</text:list-item></text:list>"
        + h(1, "Limits")
        + p("One service<text:line-break/>took part.")
    )
    styles = style("Title", "paragraph")
    meta = "<dc:title>How teams try things</dc:title><dc:creator>An account</dc:creator>"

    document = read_one(tmp_path, "a.odt", odt(body, styles=styles, meta=meta))

    assert (document.source.title, document.source.authors) == ("How teams try things", ())
    assert words_of(document) == [
        "Trust helped people to try.",
        "Leaders listened.",
        "One service\ntook part.",
    ]
    sections = [block.section for block in document.blocks]
    assert sections == [("Results",), ("Results", "Leaders"), ("Limits",)]
    assert document.blocks[1].kind is BlockKind.ITEM


def test_a_table_row_carries_its_header_and_group(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        made = (c if c.startswith("<") else f"<table:table-cell>{p(c)}</table:table-cell>" for c in cells)
        return f"<table:table-row>{''.join(made)}</table:table-row>"

    spanning = f'<table:table-cell table:number-rows-spanned="2">{p("Trust")}</table:table-cell>'
    table = (
        f"<table:table><table:table-header-rows>{row('Theme', 'Helps', 'Hinders')}</table:table-header-rows>"
        + row(spanning, "listening", "blame")
        + row("<table:covered-table-cell/>", "time", "haste")
        + row("Money", "grants", '<table:table-cell table:number-columns-repeated="1048576"/>')
        + "</table:table>"
    )

    document = read_one(tmp_path, "a.odt", odt(table))

    assert words_of(document) == ["Trust | listening | blame", "time | haste", "Money | grants"]
    assert [b.prefix for b in document.blocks][:2] == [
        "Theme / Helps / Hinders",
        "Theme: Trust; Helps / Hinders",
    ]


def test_hidden_text_is_left_out_and_named(tmp_path: Path) -> None:
    body = (
        p('People tried <text:span text:style-name="H1">say yes to all </text:span>things.')
        + p("a whole hidden paragraph", "H2")
        + '<text:section text:display="none"><text:p>a hidden section</text:p></text:section>'
        + p('Seen<text:hidden-text text:is-hidden="true" text:string-value="x">not seen</text:hidden-text>.')
    )

    document = read_one(tmp_path, "a.odt", odt(body, styles=HIDDEN))

    assert words_of(document) == ["People tried things.", "Seen."]
    assert document.warnings == ("hidden text left out: 13 words in 4 places",)


def test_deletions_comments_and_indexes_are_left_out_and_footnotes_kept(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        + p("It never worked.")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
        + "<text:table-of-content><text:index-body>"
        + p("Results 3")
        + "</text:index-body></text:table-of-content>"
        + p(
            'It <text:change text:change-id="1"/>worked<office:annotation><text:p>A comment.</text:p></office:annotation>'
            '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
            "<text:p>In two services.</text:p></text:note-body></text:note> well."
        )
    )

    document = read_one(tmp_path, "a.odt", odt(body))

    assert words_of(document) == ["It worked well.", "In two services."]
    assert block_with(document, "two services").section == ("Footnotes",)


def test_an_interview_is_a_restricted_transcript(tmp_path: Path) -> None:
    lines = ["INT: What helped?", "P4: Our manager listened.", "INT: And then?", "P4: We tried it."]

    document = read_one(tmp_path, "a.odt", odt("".join(p(line) for line in lines)))

    assert [block.speaker for block in document.blocks] == ["INT", "P4", "INT", "P4"]
    assert document.sensitivity is Sensitivity.RESTRICTED


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (odt(""), "no readable text"),
        (odt("<text:p>"), "not XML"),
        (odt(p("words"), manifest="<manifest:encryption-data/>"), "password"),
        (odt(p("words"), **{"content.xml": "<a/>"}), "no text"),
        (zipped({"META-INF/manifest.xml": "<a/>", "content.xml": "<a/>"}), "no text"),
    ],
)
def test_files_that_cannot_be_read_are_refused_with_advice(tmp_path: Path, data: bytes, why: str) -> None:
    with pytest.raises(DocumentRefused, match=why) as refusal:
        read_all(tmp_path, "a.odt", data)
    assert refusal.value.advice
