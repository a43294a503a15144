"""The first lines of an answer to a question of fact: its best statement, in the source's words."""

from __future__ import annotations

from dataclasses import replace

from assistant.messages import LEAD, lines_of, listed, message_of
from assistant.records import Claim, Stance, Status
from tests.builders import citation, claim, evidence, head, passage


def states(words: str, document: str) -> Claim:
    return claim(words, [citation(words, document)])


TWELVE = states("Twelve teams took part.", "a")
HELPS = claim("Coaching helps teams.", [citation("Coaching helps teams.", "b")], Stance.ENABLER)
STUDIES = [evidence(passage(name, "Teams met."), head(name, kind="interview study")) for name in "abcd"]


def test_a_statement_is_told_in_its_own_words_with_what_it_rests_on() -> None:
    assert message_of(Status.ANSWERED, [TWELVE], []) == "“Twelve teams took part.” — one study."


def test_what_stands_beside_a_statement_is_counted_by_study() -> None:
    claims = [TWELVE, states("They met weekly.", "a"), HELPS]

    assert message_of(Status.SOURCES_DIFFER, claims, STUDIES) == (
        "The sources differ. “Twelve teams took part.” — one study. In all 3 statements, from 2 independent studies."
    )


def test_a_question_of_fact_is_answered_with_its_best_statement_whatever_its_side() -> None:
    message = message_of(Status.ANSWERED, [HELPS, TWELVE], STUDIES, is_of_fact=True)

    assert message == "“Coaching helps teams.” — one study. In all 2 statements, from 2 independent studies."


def test_a_long_statement_is_cut_between_words_and_says_so() -> None:
    words = "teams took part " * 60

    message = message_of(Status.ANSWERED, [states(words.strip() + ".", "a")], [])

    assert len(message) < LEAD + 40
    assert " …” — one study." in message


def test_what_is_cut_begins_at_the_clause_from_which_most_of_the_question_s_words_stand() -> None:
    words = (
        "Rain fell on the town, and so on; " * 20 + "in the end twelve teams took part, and all met weekly."
    )

    message = message_of(Status.ANSWERED, [states(words, "a")], [], question="How many teams met weekly?")

    assert message.startswith("“… ")
    assert message.endswith("in the end twelve teams took part, and all met weekly.” — one study.")
    assert len(message) < LEAD + 40


def test_what_is_short_is_told_whole_whatever_the_question_is() -> None:
    message = message_of(Status.ANSWERED, [TWELVE], [], question="Which part?")

    assert message == "“Twelve teams took part.” — one study."


def test_an_answer_of_sides_opens_with_what_answers_best_wherever_that_stands() -> None:
    themed = replace(HELPS, parameter="Finance")

    told = message_of(Status.SOURCES_DIFFER, [themed, replace(TWELVE, leads=True)], STUDIES)

    assert lines_of(told) == (
        ["The sources differ. “Twelve teams took part.” — one study.", "What helps here: finance."],
        "The evidence gives 1 thing that helps, from 1 study.",
    )


def test_a_claim_in_other_words_is_not_told_as_a_quotation() -> None:
    reworded = replace(TWELVE, text="There were twelve teams.")

    assert message_of(Status.ANSWERED, [reworded], []) == "There were twelve teams."


def test_an_answer_that_begins_with_a_side_tells_its_sides() -> None:
    assert message_of(Status.ANSWERED, [HELPS, TWELVE], []).startswith(
        "The evidence gives 1 thing that helps"
    )


def test_each_side_of_an_answer_is_a_line_whatever_stands_in_the_names() -> None:
    hinders = claim("Turnover hinders.", [citation("Turnover hinders.", "c")], Stance.BARRIER)
    told = message_of(
        Status.SOURCES_DIFFER,
        [
            replace(HELPS, parameter="Knowledge and skills"),
            replace(HELPS, parameter="Finance"),
            replace(hinders, parameter="Leadership"),
        ],
        STUDIES,
    )

    assert lines_of(told) == (
        [
            "The sources differ. What helps here: knowledge and skills; finance.",
            "What hinders: leadership.",
        ],
        "The evidence gives 2 things that help and 1 thing that hinders, from 2 independent studies.",
    )


def test_the_first_lines_are_two_and_begin_with_the_side_that_was_asked_for() -> None:
    hinders = claim("Turnover hinders.", [citation("Turnover hinders.", "c")], Stance.BARRIER)
    both = claim("Fit does both.", [citation("Fit does both.", "d")], Stance.BOTH)
    claims = [
        replace(hinders, parameter="Leadership"),
        replace(both, parameter="Degree of fit"),
        replace(HELPS, parameter="Finance"),
    ]

    assert lines_of(message_of(Status.ANSWERED, claims, []))[0] == [
        "What hinders: leadership.",
        "What helps here: finance.",
    ]
    assert lines_of(message_of(Status.ANSWERED, claims[:2], []))[0] == [
        "What hinders: leadership.",
        "What cuts both ways: degree of fit.",
    ]


def test_what_an_answer_rests_on_is_its_only_line_where_it_names_no_condition() -> None:
    assert lines_of(message_of(Status.ANSWERED, [HELPS], STUDIES)) == (
        ["The evidence gives 1 thing that helps, from 1 study."],
        "",
    )


def test_parts_are_listed_with_an_and_before_the_last() -> None:
    assert (listed(["a"]), listed(["a", "b", "c"])) == ("a", "a, b and c")


def test_what_is_no_study_or_not_known_to_be_one_is_called_a_source() -> None:
    talk = evidence(passage("b", "Coaching helps teams."), head("b", kind="talk or interview transcript"))
    spoken = [replace(HELPS, citations=(*HELPS.citations, *TWELVE.citations))]

    assert "from 2 independent sources." in message_of(Status.ANSWERED, spoken, [STUDIES[0], talk])
    assert "from 2 independent sources." in message_of(Status.ANSWERED, spoken, STUDIES[:1])
    assert "from 1 source." in message_of(Status.ANSWERED, [HELPS], [talk])


def test_a_study_is_one_by_any_of_its_files() -> None:
    files = [
        evidence(passage("a", "Teams met."), head("a", kind="abstract", study_group="pilots")),
        evidence(passage("b", "Teams met."), head("b", kind="trial", study_group="pilots")),
    ]
    of_both = [
        replace(c, citations=tuple(replace(one, study_group="pilots") for one in c.citations))
        for c in (HELPS, replace(TWELVE, stance=Stance.ENABLER))
    ]

    assert message_of(Status.ANSWERED, of_both, files).endswith("2 things that help, from 1 study.")


def test_only_what_is_counted_as_helping_or_hindering_counts_for_the_number_of_studies() -> None:
    assert message_of(Status.ANSWERED, [HELPS, TWELVE], STUDIES) == (
        "The evidence gives 1 thing that helps, from 1 study."
    )
