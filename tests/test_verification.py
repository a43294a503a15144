from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Stance, Support, Voice
from assistant.verification import Signals, answerability, verify, word_share
from tests.builders import citation, claim

QUOTE = "Regular coaching helped 12 teams in Norway keep the reflective model for two years."
SHARES = st.floats(0, 1)


def verdict(
    text: str, *quotes: str, voice: Voice = Voice.AUTHORS, stance: Stance = Stance.NEITHER
) -> Support:
    return verify(claim(text, [citation(quote, voice=voice) for quote in quotes], stance)).support


def reason(text: str, *quotes: str, voice: Voice = Voice.AUTHORS, stance: Stance = Stance.NEITHER) -> str:
    checked = verify(claim(text, [citation(quote, voice=voice) for quote in quotes], stance))
    assert checked.support is Support.UNSUPPORTED, checked
    return checked.reason


@given(st.text(), st.sampled_from(Stance))
def test_a_claim_without_a_citation_is_never_supported(text: str, stance: Stance) -> None:
    checked = verify(claim(text, [], stance))

    assert checked.support is Support.UNSUPPORTED
    assert checked.reason == "it cites nothing"


@given(st.text(min_size=1), st.sampled_from(Stance))
def test_the_words_of_the_source_are_always_supported(text: str, stance: Stance) -> None:
    assert verify(claim(text, [citation(text)], stance)).support is Support.SUPPORTED


@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=3))
def test_checking_changes_nothing_but_the_verdict(text: str, quotes: list[str]) -> None:
    before = claim(text, [citation(quote) for quote in quotes], Stance.ENABLER)
    after = verify(before)

    assert (after.text, after.citations, after.stance, after.basis) == (
        before.text,
        before.citations,
        before.stance,
        before.basis,
    )
    assert after.reason
    assert verify(after) == after


def test_a_claim_in_other_words_of_the_same_content_is_supported() -> None:
    assert verdict("Coaching helped teams keep the reflective model", QUOTE) is Support.SUPPORTED


def test_a_claim_of_which_half_stands_in_the_source_is_partly_supported() -> None:
    assert verdict("Coaching helped teams recruit volunteers quickly", QUOTE) is Support.PARTLY


def test_a_claim_about_something_else_is_unsupported() -> None:
    assert "do not say it" in reason("Volunteers repaired bicycles beside the harbour", QUOTE)


@pytest.mark.parametrize(
    "text",
    [
        "Coaching helped 13 teams keep the reflective model",
        "Coaching helped 12% of teams keep the reflective model",
        "Coaching helped five teams keep the reflective model",
        "Coaching helped teams keep the reflective model for ten years",
        "Coaching helped half the teams keep the reflective model",
    ],
)
def test_a_number_that_the_source_does_not_give_makes_a_claim_unsupported(text: str) -> None:
    assert "number" in reason(text, QUOTE)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Coaching helped twelve teams keep the reflective model", QUOTE),
        ("Coaching helped teams keep the reflective model for 2 years", QUOTE),
        ("The model reached 1200 families", "The model reached 1,200 families in a year."),
        ("Costs fell by 15% after training", "Costs fell by 15 per cent after the training."),
    ],
)
def test_the_same_number_written_otherwise_is_the_same(text: str, quote: str) -> None:
    assert verdict(text, quote) is Support.SUPPORTED


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Coaching helped teams in Sweden keep the reflective model", "Sweden"),
        ("Coaching helped NHS teams keep the reflective model", "NHS"),
        ("Coaching in Nor helped teams keep the reflective model", "Nor"),
        ("Coaching by Müller helped teams keep the reflective model", "Müller"),
        ("Coaching helped teams keep the reflective model (P7)", "P7"),
    ],
)
def test_a_name_that_the_source_does_not_give_makes_a_claim_unsupported(text: str, name: str) -> None:
    assert f"the name {name} " in reason(text, QUOTE)


def test_the_speaker_of_a_quotation_may_be_named() -> None:
    spoken = citation("Coaching kept our model alive.", voice=Voice.PARTICIPANT, speaker="P7")

    assert verify(claim("One interviewee (P7) said coaching kept the model alive", [spoken])).support in (
        Support.SUPPORTED,
        Support.PARTLY,
    )
    assert "P8" in verify(claim("One interviewee (P8) said coaching kept the model alive", [spoken])).reason


@pytest.mark.parametrize(
    ("text", "quote", "stance"),
    [
        ("Coaching hindered the reflective model of teams", QUOTE, Stance.NEITHER),
        ("Coaching of teams and the reflective model", QUOTE, Stance.BARRIER),
        ("Paperwork supported the new model", "Paperwork was a barrier to the new model.", Stance.NEITHER),
        ("Paperwork and the new model", "Paperwork was a barrier to the new model.", Stance.ENABLER),
    ],
)
def test_a_claim_of_the_opposite_direction_is_unsupported(text: str, quote: str, stance: Stance) -> None:
    assert "opposite" in reason(text, quote, stance=stance)


def test_the_direction_that_a_sentence_was_labelled_with_counts_where_its_words_tell_none() -> None:
    quote = "Short grants end the model of teams."
    labelled = replace(citation(quote), stance=Stance.BARRIER)
    text = "Short grants help the model of teams"

    assert "opposite" in verify(claim(text, [labelled])).reason
    assert verdict(text, quote) is Support.SUPPORTED
    both = [labelled, replace(citation(quote), stance=Stance.ENABLER)]
    assert verify(claim(text, both)).support is Support.SUPPORTED


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Training reduced turnover", "Training did not reduce turnover."),
        ("Training did not reduce turnover", "Training reduced turnover in most agencies."),
        ("Staff trust the tool", "Staff no longer trust the tool."),
        ("Teams kept the model", "None of the teams kept the model."),
        ("Managers can change the budget", "Managers can't change the budget."),
    ],
)
def test_a_not_that_is_left_out_or_added_makes_a_claim_unsupported(text: str, quote: str) -> None:
    assert "“not”" in reason(text, quote)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Training did not reduce turnover", ["Training did not reduce turnover at all."]),
        ("The model reached carers", ["The model reached not only carers but schools."]),
        ("Teams keep a model where leaders back it", ["Teams do not keep a model unless leaders back it."]),
        ("Coaching reached carers", ["Coaching reached carers.", "Leaflets never reached carers."]),
    ],
)
def test_a_not_that_stands_in_both_or_is_taken_back_is_no_fault(text: str, quotes: list[str]) -> None:
    assert verdict(text, *quotes) is Support.SUPPORTED


@pytest.mark.parametrize(
    "text",
    [
        "Studies show coaching helped the reflective model",
        "Research has clearly shown coaching helped the reflective model",
        "Coaching is proven for the reflective model",
        "Coaching always helped the reflective model",
        "Most teams keep the reflective model",
    ],
)
def test_a_claim_that_reaches_further_than_its_source_is_unsupported(text: str) -> None:
    assert "says more" in reason(text, QUOTE)
    assert "one person's words" in reason(text, QUOTE, voice=Voice.PARTICIPANT)


def test_what_one_person_says_that_research_shows_is_still_one_person_s_word() -> None:
    spoken = "Research shows that coaching keeps teams together."

    assert "one person's words" in reason(
        "Research shows coaching keeps teams together", spoken, voice=Voice.PARTICIPANT
    )
    assert verdict("Research shows coaching keeps teams together", spoken) is Support.SUPPORTED


def test_a_cause_where_the_source_tells_none_makes_a_claim_unsupported() -> None:
    quote = "Teams with coaching had lower turnover."

    assert "cause" in reason("Coaching caused lower turnover of teams", quote)
    assert verdict("Coaching led to lower turnover", "Coaching led to lower turnover.") is Support.SUPPORTED


def test_the_authors_words_told_as_an_interviewee_s_are_unsupported() -> None:
    told = "One interviewee said coaching helped teams keep the reflective model"

    assert "no interviewee says" in reason(told, QUOTE)
    assert verdict(told, QUOTE, voice=Voice.PARTICIPANT) is Support.SUPPORTED


@pytest.mark.parametrize(
    "text",
    [
        "Teams called it “a gift from coaching heaven” and keep the reflective model",
        'Teams called the reflective model "kept for ever"',
        "Coaching helped teams keep “the reflected model",
    ],
)
def test_a_quotation_that_a_model_types_must_stand_in_the_source(text: str) -> None:
    assert "quotation marks" in reason(text, QUOTE)


def test_a_quotation_inside_a_claim_may_differ_in_case_spaces_and_end_mark() -> None:
    quote = "We  don’t get the\ntime to learn it."

    assert verdict("They said “we don't get the time”", quote, voice=Voice.PARTICIPANT) is Support.SUPPORTED


def test_word_share_counts_stems_of_content_words_once() -> None:
    # coach, help, team, bicycl: three of four stand in the quotation.
    assert word_share("Coaching helps the team, the team and bicycles", QUOTE) == 0.75
    assert word_share("and of the", QUOTE) == 0.0


@given(SHARES, SHARES, SHARES)
def test_answerability_is_a_probability_and_rises_with_likeness(
    cosine: float, coverage: float, known: float
) -> None:
    value = answerability(Signals(cosine, coverage, known))

    assert 0 <= value <= 1
    assert value <= answerability(Signals(1.0, coverage, known))


def test_nothing_found_is_not_answerable() -> None:
    assert answerability(Signals(0, 0, 0)) < 0.05


def test_what_nothing_is_near_to_is_not_answered_however_well_a_sentence_reads() -> None:
    read = Signals(cosine=0.3, coverage=0.5, known=0.5, read=(0.99, 0.99), beside_others=0.3)

    assert answerability(read) > 0.9
    assert answerability(replace(read, cosine=0.2)) == 0
