from __future__ import annotations

from assistant.answering.nearest import SHOWN, nearest_sentences
from assistant.headings import groups_of
from assistant.messages import message_of
from assistant.records import Answer, Stance, Status
from assistant.rendering import answer_json, as_markdown, as_text
from assistant.ui.views import citations_in_order, claims_view
from assistant.verification import Signals, is_surely_silent
from tests.builders import candidate, claim, evidence, head, passage, said


def test_of_each_passage_the_most_relevant_sentence_is_quoted_whole_best_first() -> None:
    long = evidence(
        passage("a", "Teams met.", said("Forty days went by against sixty in the other arm.", Stance.BARRIER))
    )
    found = [
        candidate(long, 1, relevance=0.5),
        candidate(long, 0, relevance=0.4),
        *(candidate(evidence(passage(name, f"Board {name} agreed.")), relevance=0.3) for name in "bcd"),
    ]

    shown = nearest_sentences(found, {name: head(name) for name in "abcd"})

    assert [claim.text for claim in shown] == [
        "Forty days went by against sixty in the other arm.",
        "Board b agreed.",
        "Board c agreed.",
    ]
    assert len(shown) == SHOWN
    assert {claim.stance for claim in shown} == {Stance.NEITHER}


def test_what_a_sentence_points_back_to_is_quoted_with_it() -> None:
    [shown] = nearest_sentences(
        [candidate(evidence(passage("a", "Nurses chose the rota.", "This cut sick leave.")), 1)],
        {"a": head("a")},
    )

    assert shown.text == "Nurses chose the rota. This cut sick leave."


def test_without_candidates_nothing_is_near() -> None:
    assert nearest_sentences([], {}) == ()


def test_it_stands_whole_under_its_own_heading_in_every_form() -> None:
    shown = nearest_sentences([candidate(evidence(passage("a", "Grants were short.")))], {"a": head("a")})
    silent = Answer("Why?", "Why?", Status.NOT_IN_EVIDENCE, "Nothing here.", nearest=shown)
    text = as_text(silent)

    assert "NEAREST\n• “Grants were short.”" in text
    assert "[1] “About a” (a-0)" in text
    assert "## Nearest" in as_markdown(silent)
    assert [claim["text"] for claim in answer_json(silent)["nearest"]] == ["Grants were short."]
    assert claims_view(silent.claims, silent.nearest)[0]["claims"][0]["text"] == "Grants were short."
    assert [one.quote for one in citations_in_order(silent)] == ["Grants were short."]


def test_beside_claims_nothing_is_nearest() -> None:
    assert groups_of([claim("Coaching helps.")], [claim("Grants are short.")]) == [
        ("What the sources say", [claim("Coaching helps.")])
    ]


def test_it_is_said_not_to_be_in_the_evidence_only_where_that_is_sure() -> None:
    near = [evidence(passage("a", "Coaching helps."))]

    assert message_of(Status.NOT_IN_EVIDENCE, [], near, is_sure=False).startswith(
        "Nothing here surely answers this."
    )
    assert message_of(Status.NOT_IN_EVIDENCE, [], near).startswith("This is not in the evidence.")
    assert is_surely_silent(Signals(0.1, 0.0, 0.5, (0.0001, 0.0001), 0.01))
    assert not is_surely_silent(Signals(0.5, 0.3, 1.0, (0.2, 0.1), 0.05))
