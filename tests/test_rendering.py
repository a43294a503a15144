from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.headings import groups_of
from assistant.messages import message_of
from assistant.records import Answer, Citation, Claim, Stance, Status, Support
from assistant.rendering import (
    JSON_VERSION,
    answer_json,
    as_markdown,
    as_text,
    evidence_json,
    gap_line,
    passage_json,
    reference,
    source_json,
)
from tests.builders import citation, claim, evidence, head, passage

HELPS = claim("Coaching helps teams.", [citation("Coaching helps teams.", "a")], Stance.ENABLER)
HINDERS = claim("Grants are short.", [citation("The grants were all too short.", "b")], Stance.BARRIER)
DEPENDS = claim("Size cuts both ways.", [citation("Size cuts both ways.", "c")], Stance.BOTH)
STATES = claim("Twelve took part.", [citation("Twelve took part.", "a", start=90)])


def answer(*claims: Claim, status: Status = Status.ANSWERED, **more: object) -> Answer:
    found = (evidence(passage("a", "Coaching helps teams.", "They met weekly.")),)
    fields = {"question": "What helps?", "standalone_question": "What helps?", "evidence": found, **more}
    return Answer(status=status, message=message_of(status, claims, found), claims=claims, **fields)  # type: ignore[arg-type]


# The message


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        ([HELPS], "The evidence gives 1 thing that helps, from 1 study."),
        (
            [HELPS, HELPS, HINDERS],
            "The evidence gives 2 things that help and 1 thing that hinders, from 2 independent studies.",
        ),
        (
            [HELPS, HINDERS, HINDERS, DEPENDS, DEPENDS],
            "The evidence gives 1 thing that helps, 2 things that hinder and 2 conditions that cut both ways, "
            "from 3 independent studies.",
        ),
    ],
)
def test_the_message_counts_claims_by_side_and_studies(claims: list[Claim], message: str) -> None:
    found = [evidence(passage(name, "Teams met."), head(name, kind="study")) for name in "abc"]

    assert message_of(Status.ANSWERED, claims, found) == message


def test_the_message_names_the_conditions_of_each_side_once() -> None:
    claims = [
        replace(HELPS, parameter="Finance"),
        replace(HELPS, parameter="Finance"),
        replace(HELPS, parameter="Leadership"),
        replace(HINDERS, parameter="Degree of fit"),
    ]

    message = message_of(Status.ANSWERED, claims, [])

    assert message.startswith(
        "What helps here: finance; leadership. What hinders: degree of fit. The evidence"
    )


def test_the_message_says_that_sources_differ() -> None:
    assert message_of(Status.SOURCES_DIFFER, [HELPS, HINDERS], []).startswith(
        "The sources differ. The evidence"
    )


def test_the_message_of_an_answer_that_is_not_there_says_whether_anything_is_near() -> None:
    near = [evidence(passage("a", "Coaching helps."))]

    assert "nearest passages" in message_of(Status.NOT_IN_EVIDENCE, [], near)
    assert "Nothing near it" in message_of(Status.NOT_IN_EVIDENCE, [], [])


# Headings and references


def test_claims_stand_under_headings_in_the_order_of_the_answer() -> None:
    assert groups_of([HINDERS, HELPS, HINDERS, STATES]) == [
        ("What hinders", [HINDERS, HINDERS]),
        ("What helps", [HELPS]),
        ("What the sources say", [STATES]),
    ]


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({}, "“About doc”"),
        ({"section": "4.2", "page": "17"}, "“About doc”, section 4.2, p. 17"),
        ({"section": "Results", "speaker": "P4"}, "“About doc”, Results, P4"),
        ({"time": "00:01:30", "is_note": True}, "Note on “About doc”, at 00:01:30"),
    ],
)
def test_a_reference_says_where_a_quotation_stands(more: dict[str, object], line: str) -> None:
    assert reference(replace(citation("q"), **more)) == line  # type: ignore[arg-type]


# The terminal


def test_text_has_headings_quotations_and_numbered_references() -> None:
    text = as_text(answer(HELPS, HINDERS))

    assert "WHAT HELPS\n• “Coaching helps teams.”\n  — one study\n  [1] “About a” (a-0)" in text
    assert (
        "• Grants are short.\n  — one study\n  “The grants were all too short.”\n  [2] “About b” (b-0)"
        in text
    )


def test_text_says_how_a_follow_up_was_understood() -> None:
    text = as_text(answer(HELPS, question="Why?", standalone_question="Why? (about: coaching)"))

    assert text.startswith("(Read as: Why? (about: coaching))")
    assert "Read as" not in as_text(answer(HELPS))


def test_text_shows_the_nearest_passages_where_there_is_no_answer() -> None:
    text = as_text(answer(status=Status.NOT_IN_EVIDENCE))

    assert "nearest: “Coaching helps teams. They met weekly.…” About a (a-0)" in text
    assert "nearest" not in as_text(answer(HELPS))


def test_text_counts_what_was_dropped() -> None:
    assert as_text(answer(HELPS, dropped=(HINDERS,))).endswith(
        "1 claim(s) dropped because their sources do not bear them out."
    )


PARTLY = replace(HINDERS, support=Support.PARTLY, reason="only part of it stands there")


def test_a_claim_that_is_partly_borne_out_is_marked_in_text_and_markdown() -> None:
    assert "• Grants are short. [partly: only part of it stands there]" in as_text(answer(HELPS, PARTLY))
    assert "\\[partly: only part of it stands there\\][^2]" in as_markdown(answer(HELPS, PARTLY))


@given(st.text(max_size=60), st.integers(20, 120))
def test_no_line_of_text_is_wider_than_asked_and_none_commands_the_terminal(words: str, width: int) -> None:
    spoken = claim(words, [citation(words)], Stance.ENABLER)

    text = as_text(answer(spoken), width)

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert all(len(line) <= width for line in text.split("\n"))


# Markdown


def test_markdown_has_a_note_for_every_citation() -> None:
    both = replace(
        HELPS, citations=(*HELPS.citations, citation("It did help.", "c", link="https://example.org/a_b"))
    )
    text = as_markdown(answer(both, HINDERS))

    assert "# What helps?\n" in text
    assert "## What helps\n\n- Coaching helps teams. (one study)[^1][^2]\n" in text
    assert "[^1]: “Coaching helps teams.” “About a”.\n" in text
    assert "[^2]: “It did help.” “About c”. <https://example.org/a_b>\n" in text
    assert "[^3]: “The grants were all too short.” “About b”.\n" in text


PLANTED = "![x](http://evil.example/x.png) <b>bold</b> [a](b) `code` *star* _low_ &amp; \\ # ~~x~~"


@pytest.mark.parametrize(
    "place", ["question", "text", "quote", "title", "speaker", "basis", "reason", "message"]
)
def test_what_documents_and_models_write_is_no_markdown_wherever_it_stands(place: str) -> None:
    quoted = citation(PLANTED if place == "quote" else "Coaching helps.")
    quoted = replace(quoted, **{place: PLANTED}) if place in ("title", "speaker") else quoted
    spoken = replace(PARTLY, citations=(quoted,))
    spoken = replace(spoken, **{place: PLANTED}) if place in ("text", "basis", "reason") else spoken
    made = answer(spoken)
    made = replace(made, **{place: PLANTED}) if place in ("question", "message") else made

    text = as_markdown(made)

    assert "evil.example" in text
    assert not re.search(r"(?<!\\)\[(?!\^)", text)
    assert not re.search(r"(?<!\\)[<`*_~&]", text)


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    quoted = replace(citation("q"), link="javascript:alert(1)> <b>")

    text = as_markdown(answer(replace(HELPS, citations=(quoted,))))

    assert "javascript:alert(1)\\> \\<b\\>" in text


@given(st.text(max_size=80))
def test_markdown_unescaped_is_the_words(words: str) -> None:
    spoken = claim(words, [citation("Quoted.")], Stance.ENABLER)
    line = next(line for line in as_markdown(answer(spoken)).split("\n") if line.startswith("- "))

    shown = re.sub(r"\\([\\`*_\[\]<>~&])", r"\1", line.removeprefix("- ").removesuffix(" (one study)[^1]"))
    plain = re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "", " ".join(words.split()))
    assert shown == plain


# JSON


def test_json_is_the_documented_form_and_can_be_written() -> None:
    form = answer_json(answer(HELPS, dropped=(HINDERS,)), "case-1")

    assert json.loads(json.dumps(form)) == form
    assert form["version"] == JSON_VERSION
    assert form["id"] == "case-1"
    assert form["status"] == "answered"
    assert form["claims"][0]["stance"] == "enabler"
    assert form["claims"][0]["citations"][0]["quote"] == "Coaching helps teams."
    assert form["dropped"][0]["text"] == "Grants are short."
    assert "id" not in answer_json(answer(HELPS))


def test_json_keeps_the_words_letter_for_letter() -> None:
    words = "  Two\n lines\twith “marks” \x1b[0m 😀 "
    form = answer_json(answer(claim(words, [citation(words)])))

    assert json.loads(json.dumps(form))["claims"][0]["citations"][0]["quote"] == words


def test_json_holds_every_field_of_a_citation_and_a_claim() -> None:
    (made,) = answer_json(answer(HELPS))["claims"]

    assert set(made) == set(Claim.__slots__)
    assert set(made["citations"][0]) == set(Citation.__slots__)


def test_json_of_a_passage_and_its_document() -> None:
    item = evidence(replace(passage("a", "Coaching helps."), section=("Results", "Teams"), page="iv"))

    form = evidence_json(item)

    assert form["rank"] == 1
    assert form["section"] == "Results > Teams"
    assert form["page"] == "iv"
    assert form["title"] == "About a"
    assert passage_json(passage("a", "Coaching helps."))["section"] is None


def test_json_of_a_source_says_what_is_known_of_it() -> None:
    form = source_json(head("a", year=2018, authors=("Example, Ann",)))

    assert json.loads(json.dumps(form)) == form
    assert (form["document"], form["year"], form["authors"]) == ("a", 2018, ["Example, Ann"])
    assert form["sensitivity"] == "public"


# Known holes


def test_holes_of_a_source_stand_in_one_line_beside_the_claim() -> None:
    torn = replace(HELPS, gaps=("figure 1 is missing", "the text breaks off", "page 3 could not be read"))
    both = replace(torn, citations=(*HELPS.citations, *HINDERS.citations), gaps=torn.gaps[:1])

    line = gap_line(torn, set())
    assert gap_line(HELPS, set()) == ""
    assert line == "Gap in this source: figure 1 is missing; the text breaks off; 1 more"
    assert gap_line(both, set()) == "Gap in its sources: figure 1 is missing"
    assert f"  {line}\n" in as_text(answer(torn))
    assert f"({torn.basis}; {line})" in as_markdown(answer(torn))
    assert answer_json(answer(torn))["claims"][0]["gaps"] == list(torn.gaps)
    assert "Gap" not in as_text(answer(HELPS)) + as_markdown(answer(HELPS))


def test_holes_of_a_source_are_told_once_in_an_answer_and_those_of_another_source_too() -> None:
    torn, other = (replace(one, gaps=("the text breaks off",)) for one in (HELPS, HINDERS))
    made = answer(torn, torn, other)

    assert as_text(made).count("the text breaks off") == 2
    assert as_markdown(made).count("the text breaks off") == 2
