"""Stance by the rules of the codebook: what a sentence says helps or hinders innovation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.framework import load_framework
from assistant.labelling import label_sentence
from assistant.labelling.stance import stance_of
from assistant.records import Block, Labels, Stance, Voice
from tests.generated import document_of, sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "Joint budgets foster new practice.",
        "A champion on each shift is essential.",
        "New models need a budget of their own.",
        "Leaders must protect time for it.",
        "Senior backing makes it easier to try new things.",
        "Trust matters.",
        "This study found that joint budgets foster new practice.",
    ],
)
def test_what_helps_or_is_needed_is_an_enabler(sentence: str) -> None:
    assert stance_of(sentence).stance is Stance.ENABLER


@pytest.mark.parametrize(
    "sentence",
    [
        "Lack of time hinders staff.",
        "Staff are too busy to learn.",
        "High turnover undermines the new model.",
        "There is no support for new ideas.",
        "Short-term money gets in the way of lasting change.",
        "Funding cuts held back the programme.",
        "The scheme stalled when its manager left.",
        "The lack of evidence slows the spread of new models.",
        "The study showed that turnover undermines the new model.",
    ],
)
def test_what_hinders_or_is_missing_is_a_barrier(sentence: str) -> None:
    assert stance_of(sentence).stance is Stance.BARRIER


@pytest.mark.parametrize(
    "sentence",
    [
        "Rivalry drives new ideas but undermines sharing.",
        "Leaders must give time, or else the pilot stalls.",
        "Rules can support new practice, yet they also slow it.",
        "Competition helps where trust is high and hinders where it is low.",
        "Inspection helps when it asks good questions; it hinders when it only counts.",
        "Turnover is a barrier, whereas stable teams help.",
    ],
)
def test_one_thing_in_two_states_or_two_things_apart_are_both(sentence: str) -> None:
    assert stance_of(sentence).stance is Stance.BOTH


@pytest.mark.parametrize(
    "sentence",
    [
        "We interviewed twelve managers about barriers.",
        "This paper examines barriers and enablers.",
        "This systematic review sorts the barriers to joint work.",
        "The study aimed to explore what hinders adoption.",
        "Table 2 lists the barriers and facilitators.",
        "Each condition might turn into barriers or facilitators.",
        "What helps teams to innovate?",
        "Innovation means a new way of working.",
        "Twelve councils took part.",
        "The programme did not reduce the number of children in care.",
        "",
    ],
)
def test_methods_aims_topics_and_questions_are_neither(sentence: str) -> None:
    assert stance_of(sentence) == Labels()


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("Staff take up the tool only if they are trained.", "only if they are trained"),
        ("The scheme spreads only where leaders protect time.", "only where leaders protect time"),
        ("A pilot lasts as long as the council pays for it.", "as long as the council pays for it"),
        ("Teams will not keep the model unless they are paid for it.", "unless they are paid for it"),
    ],
)
def test_only_if_is_an_enabler_with_its_condition(sentence: str, condition: str) -> None:
    labels = stance_of(sentence)

    assert (labels.stance, labels.condition) == (Stance.ENABLER, condition)


@pytest.mark.parametrize(
    "sentence",
    [
        "Without training the model fails.",
        "Without trust, nothing changes.",
        "If managers do not back it, the idea dies.",
        "If there is no money, the pilot stops.",
    ],
)
def test_a_needed_thing_that_is_not_there_is_a_barrier(sentence: str) -> None:
    assert stance_of(sentence).stance is Stance.BARRIER


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Training alone is not enough to change practice.", Stance.NEITHER),
        ("Coaching was not found to improve uptake.", Stance.NEITHER),
        ("The grant made no difference to uptake.", Stance.NEITHER),
        ("The rules have not stifled new ideas.", Stance.NEITHER),
        ("The rules do not facilitate new practice.", Stance.BARRIER),
        ("It was not money but trust that helped the teams.", Stance.ENABLER),
        ("Not a manual but coaching enabled staff to change.", Stance.ENABLER),
        ("Coaching not only helps new staff.", Stance.ENABLER),
    ],
)
def test_a_denial_is_read_for_what_it_denies(sentence: str, stance: Stance) -> None:
    assert stance_of(sentence).stance is stance


@pytest.mark.parametrize(
    "sentence",
    [
        "Regular supervision overcame resistance to the new model.",
        "Weekly coaching reduces turnover during the change.",
        "A shared budget removed barriers between the teams.",
    ],
)
def test_dealing_with_an_obstacle_is_an_enabler(sentence: str) -> None:
    assert stance_of(sentence).stance is Stance.ENABLER


@pytest.mark.parametrize(
    "sentence",
    [
        "There is a lack of evidence about peer support.",
        "Little research exists on how pilots end.",
        "There are limited studies of what helps.",
    ],
)
def test_missing_evidence_about_the_subject_is_neither(sentence: str) -> None:
    assert stance_of(sentence).stance is Stance.NEITHER


def test_a_claim_that_is_reported_and_rejected_keeps_its_stance() -> None:
    sentence = "Critics say that rivalry drives innovation, which nobody here saw."

    assert stance_of(sentence).stance is Stance.ENABLER


@given(st.one_of(sentences, st.text(max_size=200)))
@settings(deadline=None)
def test_any_sentence_has_a_stance_and_a_condition_of_its_own_words(sentence: str) -> None:
    labels = stance_of(sentence)

    assert labels.stance in Stance
    assert labels.condition is None or (labels.condition in sentence and labels.stance is not Stance.NEITHER)


def labels_of(sentence: str, **facts: object) -> Labels:
    document = document_of(f"{sentence}\n")
    block = Block(0, len(sentence), **facts)  # type: ignore[arg-type]
    return label_sentence(document, block, 0, len(sentence), load_framework()).labels


def test_a_stance_is_placed_in_the_framework_by_its_words() -> None:
    labels = labels_of("High turnover and heavy caseloads hinder new practice.")

    assert (labels.parameter, labels.cluster) == ("workforce-capacity", "operational-capability")


def test_a_sentence_without_stance_has_no_place_in_the_framework() -> None:
    assert labels_of("Caseloads were counted twice a year.") == Labels()


def test_furniture_has_no_stance() -> None:
    assert labels_of("Turnover hinders new practice.", voice=Voice.OTHER) == Labels()


def test_the_labels_of_a_note_win_over_its_words() -> None:
    given_labels = Labels(stance=Stance.ENABLER, parameter="finance", origin="note")

    labels = labels_of("Turnover hinders new practice.", labels=given_labels)

    assert (labels.stance, labels.parameter, labels.cluster) == (
        Stance.ENABLER,
        "finance",
        "operational-capability",
    )


def test_a_parameter_of_another_framework_is_left_out() -> None:
    labels = labels_of("It held.", labels=Labels(stance=Stance.ENABLER, parameter="astrology", origin="note"))

    assert (labels.stance, labels.parameter, labels.cluster) == (Stance.ENABLER, None, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "To prevent workers falling back on old habits, learning has to be reinforced.",
        "In order to avoid turnover, managers must protect time.",
        "Regular supervision is needed to overcome resistance.",
        "Clear rules are essential for avoiding blame.",
        "To reduce fear of failure, leaders should speak of their own mistakes.",
    ],
)
def test_what_is_needed_against_an_obstacle_is_an_enabler(sentence: str) -> None:
    assert stance_of(sentence).stance is Stance.ENABLER


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Fear and blame prevent workers from trying new things.", Stance.BARRIER),
        ("To avoid blame, staff hide their mistakes, which undermines learning.", Stance.BARRIER),
        ("Managers must protect time to avoid turnover, but bureaucracy stifles this.", Stance.BOTH),
    ],
)
def test_an_obstacle_that_nothing_is_needed_against_stays_one(sentence: str, stance: Stance) -> None:
    assert stance_of(sentence).stance is stance
