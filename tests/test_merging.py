"""Sentences that say the same stand in an answer once, and those that do not stand apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.extractive import PER_STUDY, draft
from assistant.answering.intent import Intent
from assistant.answering.merging import labels_of, merged, says_the_same
from assistant.answering.selection import Candidate
from assistant.encoding import Encoder
from assistant.framework import load_framework
from assistant.records import Claim, Sentence, Stance, Voice
from assistant.rendering import as_markdown, as_text
from tests.builders import assistant_over, candidate, evidence, head, passage, said

WORDS = "Weekly coaching of whole teams helps councils keep 12 of their models after the grant ends."
RETOLD = "Councils hold on to 12 models when grants end if whole teams get coaching each week, the authors wrote in 2018."
ENDS = ("ab", "ob", "om", "uk", "ix")


def one(
    document: str, sentence: Sentence | str = WORDS, relevance: float = 0.8, **source: object
) -> Candidate:
    made = said(sentence, Stance.ENABLER) if isinstance(sentence, str) else sentence
    return candidate(evidence(passage(document, made), head(document, **source)), relevance=relevance)


def note(sentence: Sentence | str = RETOLD, relevance: float = 0.8) -> Candidate:
    """A sentence of a note on the study of `paper`."""
    return one("note", sentence, relevance, is_note=True, study_group="study", year=2018)


def paper(sentence: Sentence | str = WORDS, relevance: float = 0.8) -> Candidate:
    return one("paper", sentence, relevance, study_group="study", year=2018)


def drafted(*candidates: Candidate, intent: Intent = Intent.HELPS) -> list[Claim]:
    heads = {entry.evidence.document.id: entry.evidence.document for entry in candidates}
    ranked = sorted(candidates, key=lambda entry: -entry.relevance)
    return draft(intent, ranked, heads, load_framework())


# What says the same


@pytest.mark.parametrize(
    "words",
    [
        WORDS,
        "After the grant ends, 12 models are kept by councils whose teams are coached weekly as a whole.",
        "Weekly coaching of whole teams helps councils keep twelve of their models after the grant ends [4, 7].",
        "Weekly coaching of whole teams helps councils keep 12 of their models after the grant ends (Doe, 2011).",
    ],
    ids=["letter for letter", "other order", "number in words", "marks of references"],
)
def test_sentences_of_two_studies_with_nearly_the_same_words_say_the_same(words: str) -> None:
    assert says_the_same(one("a"), one("b", words))
    assert says_the_same(one("b", words), one("a"))


@pytest.mark.parametrize(
    "sentence",
    [
        said(WORDS, Stance.BARRIER),
        said(WORDS.replace("12", "14"), Stance.ENABLER),
        said(WORDS.replace("helps councils", "does not help councils"), Stance.ENABLER),
        said(WORDS.replace("keep 12", "keep fewer than 12"), Stance.ENABLER),
        said("Weekly coaching helps teams.", Stance.ENABLER),
        said("Weekly coaching helps councils keep 12 models.", Stance.ENABLER),
        said(WORDS, Stance.ENABLER, Voice.PARTICIPANT, "P1"),
        said("...", Stance.ENABLER),
    ],
    ids=[
        "other side",
        "other figure",
        "denied",
        "turned round",
        "too few words",
        "part of it",
        "somebody's words",
        "no words",
    ],
)
def test_sentences_that_differ_do_not_say_the_same(sentence: Sentence) -> None:
    assert not says_the_same(one("a"), one("b", sentence))
    assert not says_the_same(one("b", sentence), one("a"))


@pytest.mark.parametrize(
    "sentence",
    [
        said(RETOLD, Stance.BARRIER),
        said(RETOLD.replace("12", "14"), Stance.ENABLER),
        said(RETOLD.replace("hold on", "never hold on"), Stance.ENABLER),
        said(RETOLD.replace("to 12", "to fewer than 12"), Stance.ENABLER),
        said("Whole teams that get coaching keep 12, the authors wrote in 2018.", Stance.ENABLER),
        said(RETOLD.replace("2018", "2019"), Stance.ENABLER),
    ],
    ids=["other side", "other figure", "denied", "turned round", "part of it", "another year"],
)
def test_a_note_that_tells_something_else_does_not_say_the_same(sentence: Sentence) -> None:
    assert says_the_same(note(), paper())
    assert not says_the_same(note(sentence), paper())


def test_in_other_words_a_note_says_the_same_as_its_original_and_no_other_study_does() -> None:
    assert says_the_same(note(), paper())
    assert not says_the_same(note(), one("paper", year=2018))
    assert not says_the_same(paper(RETOLD), one("second paper", study_group="study", year=2018))


def test_two_sentences_of_one_document_are_two_statements() -> None:
    item = evidence(passage("a", said(WORDS, Stance.ENABLER), said(WORDS, Stance.ENABLER)))
    twice = [candidate(item, 0), candidate(item, 1)]

    assert not says_the_same(*twice)
    other = one("b")
    statements = [[sentence.evidence.passage.id for sentence in group] for group in merged([other, *twice])]
    assert statements == [["b-0", "a-0"], ["a-0"]]


def test_what_says_the_same_as_one_of_several_stands_with_them_only_if_it_says_the_same_as_all() -> None:
    other = one("a", "Weekly coaching of whole teams helps councils keep 12 models.")
    longer = one(
        "b",
        WORDS.replace("helps councils", "truly helps small, rural councils up north").replace("their", "old"),
    )

    assert says_the_same(one("c"), other)
    assert says_the_same(one("c"), longer)
    assert not says_the_same(other, longer)
    assert [len(statement) for statement in merged([one("c"), other, longer])] == [2, 1]


# What becomes of it in an answer


def test_the_words_of_the_original_are_shown_and_the_note_is_cited_after_them() -> None:
    (claim,) = drafted(note(relevance=0.9), paper(relevance=0.5))

    assert claim.text == WORDS
    assert [(cited.document, cited.quote) for cited in claim.citations] == [
        ("paper", WORDS),
        ("note", RETOLD),
    ]


def test_a_study_that_says_it_in_two_files_counts_once() -> None:
    other = one("other", WORDS.replace("helps", "truly helps"), kind="study")
    first = one("paper", relevance=0.9, kind="study", study_group="study", year=2018)

    (of_one_study,) = drafted(first, note())
    (of_two,) = drafted(first, note(WORDS), other)

    assert "independent" not in of_one_study.basis
    assert "our note" not in of_one_study.basis
    assert len(of_two.citations) == 3
    assert "2 independent" in of_two.basis


def test_a_study_that_says_it_in_two_files_takes_the_room_of_one_claim_in_an_answer() -> None:
    of_no_side = (note(said(RETOLD), relevance=0.9), paper(said(WORDS), relevance=0.85))
    topics = ("apples", "bears", "clouds", "doors", "eagles", "forks")
    made = [said(" ".join(f"{topic}{end}" for end in ENDS), Stance.ENABLER) for topic in topics]
    head_of_paper = of_no_side[1].evidence.document
    others = [
        candidate(evidence(passage("paper", words, start=1000 * number), head_of_paper), relevance=0.6)
        for number, words in enumerate(made, 1)
    ]

    assert len(drafted(*of_no_side, *others)) == PER_STUDY


def test_labels_that_were_given_go_before_those_that_were_worked_out() -> None:
    given = said(RETOLD, Stance.ENABLER, parameter="2.1", origin="note")
    worked_out = said(WORDS, Stance.NEITHER, origin="classifier")

    (claim,) = drafted(paper(worked_out, relevance=0.9), note(given))

    assert claim.text == WORDS
    assert claim.stance is Stance.ENABLER
    assert labels_of([paper(worked_out), note(given)]).origin == "note"
    assert labels_of([paper(worked_out)]).origin == "classifier"


def test_what_stands_beside_one_of_several_is_not_told_as_if_all_said_it() -> None:
    more = said("Coached councils also praised their weekly coaching of whole teams.", Stance.ENABLER)
    item = evidence(passage("paper", said(WORDS, Stance.ENABLER), more), paper().evidence.document)
    first, second = candidate(item, 0, 0.9), candidate(item, 1, 0.8)

    assert [claim.text for claim in drafted(first, second)] == [f"{WORDS} {more.text}"]
    assert [claim.text for claim in drafted(first, second, note())] == [WORDS, more.text]


def test_what_was_quoted_beside_another_sentence_is_not_told_again_by_a_note() -> None:
    before = said("Councils that coached their teams did well in every year.", Stance.ENABLER)
    item = evidence(passage("paper", before, said(WORDS, Stance.ENABLER)), paper().evidence.document)
    alone = drafted(candidate(item, 0, 0.9), candidate(item, 1, 0.6))

    made = drafted(candidate(item, 0, 0.9), candidate(item, 1, 0.6), note(relevance=0.85))

    assert [claim.text for claim in made] == [claim.text for claim in alone] == [f"{before.text} {WORDS}"]


def test_of_one_side_what_most_studies_say_comes_first() -> None:
    single = one("single", "Leaders who listen to every carer keep their old staff far longer.", 0.9)
    made = drafted(single, one("a", relevance=0.8), one("b", relevance=0.8))
    of_fact = drafted(single, one("a", relevance=0.8), one("b", relevance=0.8), intent=Intent.FACT)

    assert [len(claim.citations) for claim in made] == [2, 1]
    assert [len(claim.citations) for claim in of_fact] == [1, 2]


NOTE = f"""---
title: "The weekly lantern pilots"
doi: 10.5555/lantern
kind: study
read: full
study_group: lantern
---
# The weekly lantern pilots

- {RETOLD.replace("2018", "their report")} [section: Results; voice: authors; stance: enabler; parameter: none]
"""
PAPER = f"""---
title: "The weekly lantern pilots"
doi: 10.5555/lantern
kind: study
---
# Results

{WORDS}
"""


def test_a_claim_of_a_paper_and_the_note_on_it_shows_one_quotation_and_both_places(
    tmp_path: Path, encoder: Encoder
) -> None:
    assistant = assistant_over(tmp_path, encoder, {"note.md": NOTE, "paper.md": PAPER})

    answer = assistant.ask("What helps councils keep their models after the grant ends?")

    (claim,) = answer.claims
    assert claim.text == WORDS
    assert [cited.is_note for cited in claim.citations] == [False, True]
    texts = {item.document.id: item.passage for item in answer.evidence}
    for cited in claim.citations:
        held = texts[cited.document]
        assert held.text[cited.start - held.start : cited.end - held.start] == cited.quote
    shown = as_text(answer, width=1000)
    assert shown.count(WORDS) == 2, "in the first lines, and below them"
    assert "Councils hold on to 12 models" not in shown
    assert "[1] “The weekly lantern pilots”" in shown
    assert "[2] Note on “The weekly lantern pilots”" in shown
    assert "1 study" in answer.message
    assert "Councils hold on to 12 models" in as_markdown(answer)


# A study's own words before a note on it

OTHER = "Teams that meet their coach every Monday are said to carry on with what they were taught."


@pytest.mark.parametrize(
    ("own", "quoted"),
    [(0.8, ["paper"]), (0.73, ["paper"]), (0.6, ["note", "paper"])],
    ids=["as relevant", "about as relevant", "less relevant"],
)
def test_a_note_gives_way_to_a_study_that_says_about_as_much_itself(own: float, quoted: list[str]) -> None:
    claims = drafted(note(relevance=0.8), paper(OTHER, own), intent=Intent.FACT)
    assert sorted(citation.document for claim in claims for citation in claim.citations) == quoted


def test_a_note_stays_beside_another_study_and_where_it_is_cited_for_the_same_words() -> None:
    [own, other] = drafted(note(relevance=0.8), one("elsewhere", OTHER, 0.8), intent=Intent.FACT)
    assert {citation.document for claim in (own, other) for citation in claim.citations} == {
        "note",
        "elsewhere",
    }
    [merged_claim] = drafted(note(WORDS), paper(WORDS), intent=Intent.FACT)
    assert [citation.document for citation in merged_claim.citations] == ["paper", "note"]


def test_a_note_stays_where_sides_are_asked_for() -> None:
    claims = drafted(note(relevance=0.8), paper(OTHER, 0.8), intent=Intent.HELPS)
    assert {citation.document for claim in claims for citation in claim.citations} == {"note", "paper"}
