"""Measures of what an answer says, worked out by hand, and answers that are bad on purpose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.records import Answer, Claim, DocumentHead, Status, Voice
from evals.cases import Gold
from evals.measures import counting, facts, generalising, kinds, tokens, uncited
from tests.builders import citation, claim, head, passage

TEXT = "Coaching helps teams. Grants are short. Twelve took part."
COACHING, GRANTS = Gold("doc", 0, 21), Gold("doc", 22, 39)


def answer(*claims: Claim, message: str = "") -> Answer:
    return Answer("q", "q", Status.ANSWERED, message, claims)


QUOTED = claim(TEXT[0:21], [citation(TEXT[0:21])])

# Claims without a source


def test_uncited_is_the_share_of_claims_without_a_citation() -> None:
    bare = claim("Volcanoes help.")

    assert uncited.uncited(answer(QUOTED, QUOTED)) == 0
    assert uncited.uncited(answer(QUOTED, bare, bare, QUOTED)) == 0.5
    assert uncited.uncited(answer()) is None


def test_a_system_that_leaves_its_sources_out_cites_nothing() -> None:
    assert uncited.uncited(answer(*(replace(QUOTED, citations=()) for _ in range(3)))) == 1


# Key facts

FACTS = ("coaching helps the teams", "grants stop after a year", "may add: twelve took part")


def test_facts_told_is_the_share_of_facts_with_most_of_their_words_there() -> None:
    # All words of the first fact stand there; of "grants stop after a year" one of three.
    made = answer(QUOTED, claim("Grants are short.", [citation("Grants are short.", start=22)]))

    assert facts.facts_told(made, FACTS) == 0.5


def test_facts_are_told_in_other_forms_of_their_words() -> None:
    assert facts.facts_told(answer(claim("To coach a team helped.")), FACTS[:1]) == 1


def test_optional_facts_and_none_are_not_judged() -> None:
    assert facts.facts_told(answer(QUOTED), FACTS[2:]) is None
    assert facts.facts_told(answer(QUOTED), ()) is None
    assert facts.facts_told(answer(), FACTS) == 0


def test_a_system_that_talks_of_something_else_tells_no_facts() -> None:
    assert facts.facts_told(answer(claim("Volcanoes erupt near harbours.")), FACTS) == 0


# One participant told as a general finding

SAID = citation("Coaching kept my team going.", voice=Voice.PARTICIPANT, speaker="P4", study_group="lantern")


@pytest.mark.parametrize(
    ("words", "score"),
    [
        ("Studies show that coaching keeps teams going.", 1),
        ("Most managers are kept going by coaching.", 1),
        ("One manager was kept going by coaching.", 0),
        ("P4 says coaching keeps everyone going.", 0),
        ("Coaching keeps a person going.", 0),
    ],
)
def test_a_participant_s_words_are_general_where_a_general_word_is_added(words: str, score: int) -> None:
    assert generalising.over_generalised(answer(claim(words, [SAID]))) == score


def test_general_words_of_the_participant_are_the_participant_s() -> None:
    own = replace(SAID, quote="Coaching kept all teams going.")

    assert generalising.over_generalised(answer(claim("Coaching keeps all going.", [own]))) == 0


def test_quotations_authors_and_several_participants_are_not_judged() -> None:
    general = "Studies show that coaching helps."
    others = [SAID, replace(SAID, speaker="P5")]

    for judged in (
        claim(SAID.quote, [SAID]),
        claim(general, [replace(SAID, voice=Voice.AUTHORS)]),
        claim(general, others),
        claim(general),
    ):
        assert generalising.over_generalised(answer(judged)) is None


def test_over_generalised_is_a_share_of_the_claims_that_are_judged() -> None:
    general, own = "Research finds that coaching helps.", "One worker was helped by coaching."

    made = answer(claim(general, [SAID]), claim(own, [SAID]), QUOTED)

    assert generalising.over_generalised(made) == 0.5


# One study counted twice

HEADS: dict[str, DocumentHead] = {
    "one": head("one", study_group="lantern"),
    "two": head("two", study_group="lantern"),
    "other": head("other", study_group="harbour"),
}


def rests_on(basis: str, *documents: str) -> Claim:
    return replace(claim("x", [citation("y", name) for name in documents]), basis=basis)


@pytest.mark.parametrize(
    ("basis", "documents", "score"),
    [
        ("2 studies", ("one", "other"), 0),
        ("2 studies", ("one", "two"), 1),
        ("2 independent studies", ("one", "two"), 1),
        ("2 independent sources", ("one", "two"), 1),
        ("2 independent sources", ("one", "other"), 0),
        ("1 study", ("one", "two"), 0),
        ("3 studies", ("one", "two", "other"), 1),
        ("1 study", ("unknown",), 1),
        ("one interviewee (P4)", ("one",), None),
    ],
)
def test_a_number_of_studies_may_not_be_more_than_are_cited(
    basis: str, documents: tuple[str, ...], score: float | None
) -> None:
    assert counting.over_counted(answer(rests_on(basis, *documents)), HEADS) == score


def test_a_message_is_held_to_what_all_claims_cite() -> None:
    made = [rests_on("", "one"), rests_on("", "two"), rests_on("", "other")]

    assert counting.over_counted(answer(*made, message="From 2 studies:"), HEADS) == 0
    assert counting.over_counted(answer(*made, message="From 3 studies:"), HEADS) == 1


# Overlap in tokens

TEXTS = {"doc": TEXT}


def test_token_overlap_is_shared_tokens_by_tokens_of_either() -> None:
    # Gold has coaching, helps, teams. All of them are cited, with grants, are, short beside them.
    wide = claim("x", [citation(TEXT[0:39])])

    assert tokens.token_iou(answer(QUOTED), (COACHING,), TEXTS) == 1
    assert tokens.token_iou(answer(wide), (COACHING,), TEXTS) == 0.5
    assert tokens.token_iou(answer(wide), (COACHING, GRANTS), TEXTS) == 1
    assert tokens.token_iou(answer(), (COACHING,), TEXTS) == 0
    assert tokens.token_iou(answer(QUOTED), (), TEXTS) is None


def test_a_system_that_cites_everything_overlaps_little() -> None:
    everything = claim("x", [citation(TEXT)])

    overlap = tokens.token_iou(answer(everything), (COACHING,), TEXTS)

    assert overlap == pytest.approx(3 / 9)


def test_the_same_words_elsewhere_are_no_overlap() -> None:
    moved = claim("x", [citation(TEXT[0:21], "other")])

    assert tokens.token_iou(answer(moved), (COACHING,), {**TEXTS, "other": TEXT}) == 0


# By kind of source


def test_gold_is_counted_by_the_kind_of_its_source() -> None:
    heads = {"doc": head("doc", kind="Review"), "talk": head("talk", kind="talk")}
    gold = [COACHING, GRANTS, Gold("talk", 0, 10), Gold("gone", 0, 5)]
    ranked = [passage("doc", TEXT[0:21]), passage("talk", "Ten letter")]

    assert kinds.found_by_kind(gold, ranked, heads, 10) == {"review": 0.5, "talk": 1, kinds.UNKNOWN: 0}
    assert kinds.found_by_kind(gold, ranked, heads, 1) == {"review": 0.5, "talk": 0, kinds.UNKNOWN: 0}
