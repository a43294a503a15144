from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.extractive import OTHER_SIDE, PER_SIDE, PER_STUDY, draft
from assistant.answering.intent import Intent
from assistant.answering.selection import Candidate
from assistant.framework import load_framework
from assistant.records import Claim, Evidence, Stance, Support, Voice
from tests.builders import candidate, evidence, head, passage, said

TOPICS = "apples bears clouds doors eagles forks grapes horses icicles jugs".split()  # noqa: SIM905


def one(document: str, topic: str, stance: Stance, relevance: float = 0.8, start: int = 0) -> Candidate:
    """A sentence that shares no word with those of other topics."""
    words = said(f"{topic}ab {topic}ob {topic}om {topic}uk {topic}ix.", stance)
    item = evidence(passage(document, words, start=start))
    return candidate(item, relevance=relevance)


def drafted(intent: Intent, candidates: list[Candidate], floor: float = 0.3) -> list[Claim]:
    ranked = sorted(candidates, key=lambda entry: -entry.relevance)
    heads = {entry.evidence.document.id: entry.evidence.document for entry in candidates}
    return draft(intent, ranked, heads, load_framework(), floor)


def stances(claims: list[Claim]) -> list[Stance]:
    return [claim.stance for claim in claims]


MIXED = [
    one(f"{stance.value}-{number}", f"{stance.value}{TOPICS[number]}", stance)
    for stance in (Stance.ENABLER, Stance.BARRIER, Stance.BOTH, Stance.NEITHER)
    for number in range(PER_SIDE + OTHER_SIDE)
]


def test_what_was_asked_comes_first_and_the_other_side_is_shorter() -> None:
    assert stances(drafted(Intent.HELPS, MIXED)) == (
        [Stance.ENABLER] * PER_SIDE + [Stance.BOTH] * OTHER_SIDE + [Stance.BARRIER] * OTHER_SIDE
    )
    assert stances(drafted(Intent.HINDERS, MIXED))[:PER_SIDE] == [Stance.BARRIER] * PER_SIDE


def test_the_best_sentence_of_all_stands_in_the_answer_even_if_it_is_labelled_as_no_side() -> None:
    best = one("best", "zebra", Stance.NEITHER, relevance=0.95)

    made = drafted(Intent.HELPS, [*MIXED, best])

    assert made[-1].stance is Stance.NEITHER
    assert made[-1].citations[0].document == "best"
    assert stances(made).count(Stance.NEITHER) == 1


def test_a_question_about_both_sides_gets_as_much_of_each() -> None:
    made = stances(drafted(Intent.BOTH, MIXED))

    assert made.count(Stance.ENABLER) == made.count(Stance.BARRIER) == PER_SIDE
    assert Stance.NEITHER not in made


def test_a_question_of_fact_takes_the_best_of_any_stance() -> None:
    best = one("best", "zebra", Stance.NEITHER, relevance=0.95)

    made = drafted(Intent.FACT, [*MIXED, best])

    assert len(made) == PER_SIDE
    assert made[0].citations[0].document == "best"


def test_sentences_below_the_floor_are_not_used() -> None:
    weak = one("a", "apples", Stance.ENABLER, relevance=0.29)

    assert drafted(Intent.HELPS, [weak]) == []
    assert len(drafted(Intent.HELPS, [weak], floor=0.29)) == 1


def test_sentences_much_weaker_than_the_best_of_their_side_are_left_out() -> None:
    strong = one("a", "apples", Stance.ENABLER, relevance=0.9)
    weak = one("b", "bears", Stance.ENABLER, relevance=0.5)
    other_side = one("c", "clouds", Stance.BARRIER, relevance=0.6)

    made = drafted(Intent.HELPS, [strong, weak, other_side])

    assert [claim.citations[0].document for claim in made] == ["a", "c"]


def test_a_side_that_is_much_weaker_than_the_best_of_all_is_left_out() -> None:
    best = one("best", "zebra", Stance.NEITHER, relevance=0.9)
    asked = one("a", "apples", Stance.ENABLER, relevance=0.5)
    other_side = one("b", "bears", Stance.BARRIER, relevance=0.7)

    made = drafted(Intent.HELPS, [best, asked, other_side])

    assert [claim.citations[0].document for claim in made] == ["b", "best"]


def test_beside_a_yes_or_no_a_weak_side_stands_for_what_speaks_against_it() -> None:
    best = one("best", "zebra", Stance.ENABLER, relevance=0.9)
    other_side = one("b", "bears", Stance.BARRIER, relevance=0.5)

    assert len(drafted(Intent.YES_OR_NO, [best, other_side])) == 2
    assert len(drafted(Intent.HELPS, [best, other_side])) == 1


@pytest.mark.parametrize("best", list(Stance))
def test_an_answer_of_sides_opens_with_what_answers_best_wherever_that_stands(best: Stance) -> None:
    found = [*MIXED, one("best", "zebra", best, relevance=0.9)]

    assert [claim.citations[0].document for claim in drafted(Intent.HELPS, found) if claim.leads] == ["best"]


@pytest.mark.parametrize("intent", [Intent.FACT, Intent.YES_OR_NO])
def test_an_answer_without_sides_stands_in_the_order_in_which_it_answers(intent: Intent) -> None:
    assert not any(claim.leads for claim in drafted(intent, MIXED))


def test_entries_with_names_of_their_own_are_not_joined() -> None:
    entries = "Coherence: how far teams agree on their aims.", "Relevance: how far findings fit the question."
    named, plain = evidence(passage("doc", *entries)), evidence(passage("doc", "Teams agree.", entries[1]))

    def texts(item: Evidence) -> list[str]:
        return [c.text for c in drafted(Intent.FACT, [candidate(item, 1), candidate(item, 0, relevance=0.7)])]

    assert texts(named) == [entries[1], entries[0]]
    assert texts(plain) == [f"Teams agree. {entries[1]}"]


def test_nothing_is_quoted_twice() -> None:
    sentences = [one("x", topic, Stance.NEITHER).sentence for topic in TOPICS[:4]]
    item = evidence(passage("doc", *sentences))
    neighbours = [candidate(item, position) for position in range(4)]

    made = drafted(Intent.FACT, neighbours)

    quoted = [(citation.start, citation.end) for claim in made for citation in claim.citations]
    assert len(quoted) > 1
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(sorted(quoted)))


def test_one_study_does_not_fill_the_answer() -> None:
    # Others of it between them: neighbours would be quoted as one.
    sentences = [
        one("x", topic, stance).sentence
        for topic, stance in zip(TOPICS, [Stance.ENABLER, Stance.BARRIER] * 4, strict=False)
    ]
    item = evidence(passage("doc", *sentences))
    same_study = [candidate(item, position) for position in range(0, len(sentences), 2)]

    assert len(drafted(Intent.HELPS, same_study)) == PER_STUDY


def test_files_of_one_study_count_as_one_study() -> None:
    files = [
        candidate(
            evidence(
                passage(f"file{n}", one("x", TOPICS[n], Stance.ENABLER).sentence),
                head(f"file{n}", study_group="the study"),
            )
        )
        for n in range(4)
    ]

    assert len(drafted(Intent.HELPS, files)) == PER_STUDY


def test_sources_that_say_the_same_stand_behind_one_claim() -> None:
    made = drafted(Intent.HELPS, [one(name, "apples", Stance.ENABLER) for name in "abc"])

    assert len(made) == 1
    assert [citation.document for citation in made[0].citations] == ["a", "b", "c"]
    assert made[0].basis == "3 independent sources"


def test_a_claim_is_the_source_s_own_words_with_its_labels() -> None:
    sentence = said(
        "Coaching helps teams when leaders stay.",
        Stance.ENABLER,
        Voice.PARTICIPANT,
        "P1",
        condition="when leaders stay",
    )
    (claim,) = drafted(Intent.HELPS, [candidate(evidence(passage("doc", sentence)))])

    assert claim.text == claim.citations[0].quote == sentence.text
    assert claim.support is Support.SUPPORTED
    assert claim.condition == "when leaders stay"
    assert claim.basis == "one interviewee (P1)"


def test_a_sentence_that_points_back_brings_the_one_before_it() -> None:
    item = evidence(
        passage("doc", "Leaders paid for a coach.", said("This helped all the teams.", Stance.ENABLER))
    )

    (claim,) = drafted(Intent.HELPS, [candidate(item, 1)])

    assert claim.text == "Leaders paid for a coach. This helped all the teams."


@pytest.mark.parametrize("intent", [Intent.HELPS, Intent.FACT])
def test_what_is_brought_along_by_a_later_sentence_is_not_quoted_for_itself_too(intent: Intent) -> None:
    item = evidence(
        passage("doc", "Leaders paid for a coach.", said("This helped all the teams.", Stance.ENABLER))
    )
    first, then = candidate(item, 0, relevance=0.9), candidate(item, 1, relevance=0.75)

    made = drafted(intent, [first, one("other", "apples", Stance.NEITHER, 0.8), then])

    texts = [claim.text for claim in made]
    assert texts.count("Leaders paid for a coach. This helped all the teams.") == 1
    assert "Leaders paid for a coach." not in texts
    assert texts[0] == "Leaders paid for a coach. This helped all the teams."
    assert len(texts) == 2


@pytest.mark.parametrize(
    "before",
    [
        said("Leaders paid for a coach.", voice=Voice.PARTICIPANT, speaker="P1"),
        said("Leaders paid for a coach.", voice=Voice.CITED),
    ],
)
def test_words_of_another_voice_are_not_joined_and_what_needs_them_is_not_chosen(before: object) -> None:
    item = evidence(passage("doc", before, said("This helped all the teams.", Stance.ENABLER)))  # type: ignore[arg-type]

    assert drafted(Intent.HELPS, [candidate(item, 1)]) == []


def test_a_sentence_whose_antecedent_is_not_in_its_passage_is_not_chosen() -> None:
    item = evidence(passage("doc", said("This helped all the teams.", Stance.ENABLER)))

    assert drafted(Intent.HELPS, [candidate(item)]) == []


def test_a_sentence_that_only_goes_on_is_chosen_without_what_is_before() -> None:
    item = evidence(passage("doc", said("However, coaching helped all the teams.", Stance.ENABLER)))

    assert [claim.text for claim in drafted(Intent.HELPS, [candidate(item)])] == [
        "However, coaching helped all the teams."
    ]


def test_a_sentence_that_only_goes_on_does_not_bring_one_that_it_is_whole_without() -> None:
    words = said("However, coaching helped all the teams.", Stance.ENABLER)
    item = evidence(passage("doc", "I am sure he upset a few people.", words))

    assert [claim.text for claim in drafted(Intent.HELPS, [candidate(item, 1)])] == [words.text]


def test_an_antecedent_that_points_back_itself_brings_its_own() -> None:
    item = evidence(
        passage(
            "doc", "A warden came.", "They opened the gate.", said("This helped the walks.", Stance.ENABLER)
        )
    )

    (claim,) = drafted(Intent.HELPS, [candidate(item, 2)])

    assert claim.text == "A warden came. They opened the gate. This helped the walks."


def test_a_question_for_yes_or_no_takes_what_says_it_best_and_then_each_side() -> None:
    made = stances(drafted(Intent.YES_OR_NO, MIXED))

    assert len(made) == PER_SIDE + 2 * OTHER_SIDE
    assert made[PER_SIDE:] == [Stance.ENABLER] * OTHER_SIDE + [Stance.BARRIER] * OTHER_SIDE


@given(
    st.sampled_from(Intent),
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(TOPICS), st.sampled_from(Stance), st.floats(0, 1)),
        max_size=25,
    ),
)
def test_whatever_is_found_the_answer_is_short_and_every_claim_is_quoted(
    intent: Intent, rows: list[tuple[str, str, Stance, float]]
) -> None:
    made = drafted(intent, [one(*row, start=100 * number) for number, row in enumerate(rows)])

    assert len(made) <= 2 * PER_SIDE + OTHER_SIDE
    for claim in made:
        assert claim.citations
        assert claim.text == claim.citations[0].quote
        assert len({citation.passage for citation in claim.citations}) == len(claim.citations)
