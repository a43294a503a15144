from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.disagreement import with_accounts
from assistant.records import Account, Claim, Stance
from tests.builders import citation, claim

QUESTION = "Does competition help or hinder innovation?"


def told(words: str, document: str, stance: Stance = Stance.NEITHER, **more: str) -> Claim:
    return claim(words, [citation(words, document)], stance, parameter=more.get("parameter"))


FOR = told("Competition drives innovation in agencies.", "a", Stance.ENABLER)
AGAINST = told("Competition stifles innovation in agencies.", "b", Stance.BARRIER)


def accounts(
    question: str, claims: Sequence[Claim], weights: Mapping[str, float] | None = None
) -> list[Account | None]:
    return [claim.account for claim in with_accounts(question, claims, weights)]


def sources_differ(
    question: str, claims: Sequence[Claim], weights: Mapping[str, float] | None = None
) -> bool:
    return any(accounts(question, claims, weights))


def test_two_studies_of_opposite_direction_differ() -> None:
    assert sources_differ(QUESTION, [FOR, AGAINST])
    assert sources_differ(QUESTION, [AGAINST, FOR])


def test_the_first_two_claims_that_differ_give_an_account_each() -> None:
    aside, more = told("Agencies were visited.", "c"), replace(AGAINST, basis="another study")

    assert accounts(QUESTION, [aside, FOR, AGAINST, more]) == [None, Account.ONE, Account.OTHER, None]
    assert accounts(QUESTION, [replace(aside, account=Account.BOTH), FOR]) == [None, None]


def test_a_claim_that_tells_of_two_texts_gives_both_accounts_unless_two_claims_differ() -> None:
    reports = told("The article counts twelve families in the trial, while the report counts thirty.", "a")
    other = told("The trial reached 50 families.", "b")
    question = "How many families did the trial reach?"

    assert accounts(question, [reports]) == [Account.BOTH]
    assert accounts(question, [reports, other]) == [Account.ONE, Account.OTHER]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FOR, told("Competition speeds innovation in agencies.", "b", Stance.ENABLER)),
        (FOR, told("Competition stifles innovation in agencies.", "a", Stance.BARRIER)),
        (FOR, told("Paperwork stifles everything in agencies.", "b", Stance.BARRIER)),
        (FOR, told("Competition stifles the staff of agencies.", "b", Stance.BARRIER)),
    ],
    ids=["same side", "same study", "another subject", "one word of the question"],
)
def test_different_things_side_by_side_are_no_disagreement(one: Claim, other: Claim) -> None:
    assert not sources_differ(QUESTION, [one, other])


def test_a_study_that_denies_both_sides_differs_from_one_that_takes_a_side() -> None:
    other = told("Competition made no lasting difference to innovation.", "b")

    assert sources_differ(QUESTION, [FOR, other])
    assert sources_differ(QUESTION, [other, FOR])


@pytest.mark.parametrize(
    "other",
    [
        told("Competition and innovation were studied in agencies.", "b"),
        told("There is little evidence on competition and innovation.", "b"),
        told("Competition and innovation: it depends.", "b", Stance.BOTH),
        told("Competition made no lasting difference to the staff.", "b"),
    ],
    ids=["says nothing of it", "missing evidence", "both sides", "one word of the question"],
)
def test_what_takes_no_side_and_denies_none_is_no_disagreement(other: Claim) -> None:
    assert not sources_differ(QUESTION, [FOR, other])


def test_evidence_that_was_looked_for_and_not_found_denies() -> None:
    other = told("A trial found little evidence that competition brings innovation.", "b")

    assert sources_differ(QUESTION, [FOR, other])


def test_opposite_sides_of_two_conditions_are_no_disagreement() -> None:
    money = told(FOR.text, "a", Stance.ENABLER, parameter="Finance")
    turnover = told(AGAINST.text, "b", Stance.BARRIER, parameter="Workforce capacity")

    assert not sources_differ(QUESTION, [money, turnover])
    assert sources_differ(QUESTION, [money, told(AGAINST.text, "b", Stance.BARRIER, parameter="Finance")])
    assert sources_differ(QUESTION, [money, AGAINST])


def test_claims_that_name_the_thing_and_not_what_is_asked_of_it_are_no_disagreement() -> None:
    question = "Do family group conferences reduce the numbers of children in care?"
    one = told("Family group conferences helped with paperwork.", "a", Stance.ENABLER)
    other = told("Family group conferences were slowed by rivalry.", "b", Stance.BARRIER)

    assert not sources_differ(question, [one, other])


def test_opposite_sides_on_two_halves_of_the_question_are_no_disagreement() -> None:
    question = "Do block contracts help small providers keep their workers?"
    one = told("Block contracts help to plan the work of a whole year.", "a", Stance.ENABLER)
    other = told("Small providers lose their workers to shops.", "b", Stance.BARRIER)
    both = told("Block contracts make small providers lose their workers.", "b", Stance.BARRIER)
    helps = told("Block contracts help small providers keep their workers.", "a", Stance.ENABLER)

    assert not sources_differ(question, [one, other])
    assert sources_differ(question, [helps, both])


def test_opposite_sides_with_little_more_than_the_question_in_common_are_no_disagreement() -> None:
    question = "Does competition drive innovation?"
    long = told(
        "Competition and innovation were told of by managers who lost tenders, moved offices twice, sold land"
        " and closed wards.",
        "b",
        Stance.BARRIER,
    )
    other = told(
        "Innovation, with competition, is one of nine themes in which people from several towns, parishes,"
        " schools and firms found strength.",
        "a",
        Stance.ENABLER,
    )

    assert not sources_differ(question, [other, long])
    assert sources_differ(question, [FOR, long])


def test_what_is_told_beside_the_question_does_not_count() -> None:
    question = f"{QUESTION} My manager wants a paper for the board on Friday morning, with figures."

    assert sources_differ(question, [FOR, AGAINST])


def test_only_a_question_of_direction_has_a_disagreement_of_direction() -> None:
    assert not sources_differ("What stops competition in innovation?", [FOR, AGAINST])


def test_different_figures_for_the_same_thing_differ() -> None:
    one = told("The trial reached 120 families in the region.", "a")
    other = told("The trial reached 1,300 families in the region.", "b")

    assert sources_differ("How many families did the trial reach?", [one, other])


def test_figures_in_words_differ_too() -> None:
    one = told("The lantern programme ran for four years at six sites.", "a")
    other = told("Three years of the lantern programme ended at its seven sites.", "b")
    alike = told("The lantern programme ran for 4 years at 6 sites.", "b")

    assert sources_differ("How many sites had the lantern programme?", [one, other])
    assert not sources_differ("How many sites had the lantern programme?", [one, alike])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The trial reached 1,300 families in the region.", "The trial reached 1300 families in the region."),
        ("The trial reached 120 families in the region.", "The trial trained 40 workers in the region."),
        ("The trial reached 120 families in the region.", "Our pilot met 80 families."),
    ],
    ids=["written otherwise", "another unit", "another subject"],
)
def test_figures_that_agree_or_count_other_things_do_not_differ(one: str, other: str) -> None:
    question = "How many families did the trial reach?"

    assert not sources_differ(question, [told(one, "a"), told(other, "b")])


def test_two_figures_of_one_document_do_not_differ() -> None:
    one = told("The trial reached 120 families in the region.", "a")
    other = told("The trial reached 90 families in the region.", "a")

    assert not sources_differ("How many families did the trial reach?", [one, other])


@given(st.text(max_size=100), st.lists(st.sampled_from([FOR, AGAINST]), max_size=1))
def test_fewer_than_two_claims_never_differ(question: str, claims: list[Claim]) -> None:
    assert not sources_differ(question, claims)


@pytest.mark.parametrize(
    "words",
    [
        "The report gives 120 families for the trial, whereas the article gives 90.",
        "The trial's chapter puts families first where the paper puts them last.",
        "The trial's paper named families among its aims, which the review no longer claims.",
    ],
)
def test_a_source_that_tells_of_two_accounts_shows_that_they_differ(words: str) -> None:
    assert sources_differ("Did the trial put families first?", [told(words, "a")])
    assert not sources_differ("What did the trial find for families?", [told(words, "a")])
    assert not sources_differ("Did the scheme help carers?", [told(words, "a")])


def test_what_stands_further_down_an_answer_does_not_make_it_one_of_two_accounts() -> None:
    words = "The report gives 120 families for the trial, whereas the article gives 90."

    assert not sources_differ(
        "Did the trial reach families?", [*[told("The trial reached them.", "b")] * 2, told(words, "a")]
    )


def test_a_question_that_tells_of_two_accounts_needs_less_in_common() -> None:
    other = told("Competition stifles the staff of agencies.", "b", Stance.BARRIER)

    assert sources_differ("Competition: one lot says yes, one says no. Who is right?", [FOR, other])
    assert not sources_differ("Paperwork: one lot says yes, one says no. Who is right?", [FOR, other])


def test_a_word_that_tells_little_is_not_enough() -> None:
    other = told("Competition stifles the staff of agencies.", "b", Stance.BARRIER)
    question = "Do agencies and their brakes both ways? one lot says yes one says no"

    assert not sources_differ(question, [FOR, other], {"agenc": 0.1, "brake": 5.0})


def test_claims_that_have_the_questions_words_alone_in_common_are_on_two_things() -> None:
    asked = "Is hardship good or bad for innovation in local government?"
    poverty = told(
        "Families met innovation that government sponsored with cynicism while their income and the help that they had fell.",
        "a",
        Stance.BARRIER,
    )
    prizes = told(
        "A scheme of prizes in government rewards excellence and innovation, and shares good practices of councils, "
        "their partners and other services.",
        "b",
    )
    hard_times = told(
        "Innovation that government sponsored met cynicism while families had less income.", "b"
    )

    assert not sources_differ(asked, [poverty, prizes])
    assert sources_differ(asked, [poverty, hard_times])
