"""The report as a page: everything escaped, nothing fetched, whatever documents and cases say."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evals.compare import compare
from evals.intervals import Estimate
from evals.lost import Step
from evals.report import page, write_report
from evals.report.drawing import Bar, bars, counts, history, interval
from evals.report.markup import Markup, tag
from evals.runs import Measured, Run, Stretch

HOSTILE = "<script src=http://evil.example/x.js>alert(1)</script> & \" ' ]]> </style> onload=x"
NAMES = ("a", "b", "c", "d")
VOID = {"meta", "link", "br", "img", "input", "hr"}


def item(name: str, step: Step | None) -> dict[str, object]:
    return {
        "id": name,
        "case": "same",
        "type": "enablers",
        "question": f"What of {name}? {HOSTILE}",
        "previous": [f"user: {HOSTILE}"],
        "expected": "answer",
        "status": "answered",
        "step": step.value if step else "",
        "gold": [{"stretch": "g", "file": HOSTILE, "in the index": True, "rank": None, "cited": False}],
        "key_facts": [HOSTILE],
        "must_not": [HOSTILE],
        "found": ["p"],
        "chosen": [
            {
                "words": HOSTILE,
                "stance": "enabler",
                "support": "supported",
                "reason": HOSTILE,
                "basis": "",
                "cited": ["k"],
            }
        ],
    }


def run_of(found: float, *steps: Step | None) -> Run:
    return Run(
        "answers",
        {"date": "2026-01-01", "index": HOSTILE, "files": ["notes.jsonl"]},
        [
            Measured("gold found at 10", dict.fromkeys(NAMES, found), is_gated=True),
            Measured("wrong abstention", dict.fromkeys(NAMES, 0.25), is_better_high=False),
            Measured("right page", {}),
            Measured(f"gold found at 10 · type · {HOSTILE}", {"a": found}),
            Measured("wrong abstention · type · both", {"a": 0.0}, is_better_high=False),
        ],
        [item(name, step) for name, step in zip(NAMES, steps, strict=False)],
        {
            "g": Stretch("where gold stands", "the gold words"),
            "p": Stretch(HOSTILE, f"before the gold words after {HOSTILE}"),
            "k": Stretch("page 3", HOSTILE),
        },
    )


BEFORE = run_of(0.9, None, None, Step.NOT_RETRIEVED)
NOW = run_of(0.6, None, Step.NOT_CHOSEN, Step.NOT_RETRIEVED)
PAGE = page(NOW, compare(BEFORE, NOW), [BEFORE, NOW])


class Reader(HTMLParser):
    """Tags, attributes and words of a page; fails where tags do not close."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words = ""
        self._open: list[str] = []

    def handle_starttag(self, name: str, given: list[tuple[str, str | None]]) -> None:
        self.tags.append(name)
        self.attributes += [(key, value or "") for key, value in given]
        if name not in VOID:
            self._open.append(name)

    def handle_endtag(self, name: str) -> None:
        assert self._open.pop() == name

    def handle_data(self, data: str) -> None:
        self.words += data

    def finish(self) -> None:
        self.close()
        assert self._open == []


@pytest.fixture(scope="module")
def read() -> Reader:
    reader = Reader()
    reader.feed(PAGE)
    reader.finish()
    return reader


def test_the_page_runs_no_script_and_fetches_nothing(read: Reader) -> None:
    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form"} & set(read.tags)
    for name, value in read.attributes:
        assert not name.startswith("on")
        assert name not in ("src", "srcset", "style", "action")
        if name == "href":
            assert re.fullmatch(r"#[a-z-]+", value)
    assert "url(" not in PAGE
    assert "@import" not in PAGE
    assert "default-src 'none'" in PAGE


def test_what_documents_and_cases_say_is_words_on_the_page(read: Reader) -> None:
    assert "<script" not in PAGE
    assert read.words.count(HOSTILE) > 10


def test_plain_text_cannot_become_markup() -> None:
    assert tag("p", HOSTILE, title=HOSTILE).count("<") == 2
    assert tag("p", Markup("<b>x</b>"), "<b>") == "<p><b>x</b>&lt;b&gt;</p>"
    assert tag("td", None, class_="number", text_anchor="end") == '<td class="number" text-anchor="end"></td>'


def test_the_table_has_intervals_and_what_was_not_judged_is_not_0(read: Reader) -> None:
    rows = dict(re.findall(r"<tr><td>([^<]+)</td>(.*?)</tr>", PAGE))

    assert "0.600" in rows["gold found at 10"]
    assert "worse" in rows["gold found at 10"]
    assert "wrong abstention (lower is better)" in rows
    assert "not judged" in rows["right page"]
    assert "0.000" not in rows["right page"]


def test_lost_cases_are_shown_by_step_with_the_passages(read: Reader) -> None:
    assert "2 of 4 questions" not in read.words
    assert "1 of 3 questions ended as they must. 2 did not" in read.words
    for heading in ("not retrieved (1)", "retrieved but not chosen (1)"):
        assert heading in read.words
    assert "the gold words" in read.words
    assert "– holds gold" in read.words


def test_what_got_worse_is_told_with_the_step_before_and_after(read: Reader) -> None:
    assert "questions got worse" in read.words
    assert "right → retrieved but not chosen" in read.words


def test_parts_tell_which_way_is_good_and_history_stands_for_several_runs(read: Reader) -> None:
    assert "wrong abstention, by type (lower is better)" in read.words
    assert "Over 2 runs" in read.words
    assert "Over" not in page(NOW)


def test_a_saved_run_without_the_words_still_makes_a_page() -> None:
    bare = Run(NOW.suite, NOW.about, NOW.measures, NOW.items)

    assert "the gold words" not in page(bare)
    assert "retrieved but not chosen (1)" in page(bare)


def test_a_run_without_items_or_measures_makes_a_page(tmp_path: Path) -> None:
    write_report(tmp_path / "out.html", Run("agreement", {}, []))

    written = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert written.startswith("<!doctype html>")
    assert "Where questions were lost" not in written


def test_the_same_run_gives_the_same_page() -> None:
    assert page(NOW, compare(BEFORE, NOW), [BEFORE, NOW]) == PAGE


def test_drawings_have_words_for_those_who_do_not_see_them_and_no_number_that_is_none() -> None:
    nothing = Estimate(float("nan"), float("nan"), float("nan"), 0)
    some = Estimate(0.5, 0.25, 0.75, 4)
    drawn = [
        interval(Bar("a", some, 0.4)),
        interval(Bar("b", nothing)),
        bars([Bar("a", some), Bar("b", some, float("nan"))], "by type"),
        counts([("lost", 0, None), ("found", 3, 5)], "by step"),
        history("gold", [("one", some), ("two", nothing), ("three", some)]),
        history("gold", [("one", some)]),
    ]

    for drawing in drawn:
        assert "<title>" in drawing
        assert 'role="img"' in drawing
        assert "nan" not in re.sub(r"<title>.*?</title>", "", drawing)
