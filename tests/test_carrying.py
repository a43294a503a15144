"""What a follow-up takes over from the questions before it: a whole subject, and the names that go on."""

from __future__ import annotations

import pytest

from tests.conversing import after


@pytest.mark.parametrize(
    ("questions", "carried"),
    [
        (
            ("What is Safe Families?", "Does it work?", "Is the evidence strong?", "For how long?"),
            "Safe Families",
        ),
        (("How does Safe Families work?", "What did it cost?"), "Safe Families"),
        (
            (
                "How does Safe Families work?",
                "What did it cost?",
                "And in Kent?",
                "Who evaluated it?",
                "Did it last?",
            ),
            "Safe Families, in Kent",
        ),
        (("What helps carers?", "And drones?", "What hinders them?"), "drones; carers"),
        (("What hinders carers?", "What about training?", "And money?"), "training; What hinders carers"),
        (("What helps carers?", "And what hinders it?", "Why?"), "what hinders; carers"),
        (
            ("Does it matter to a small charity when it merges?", "Why is it hard?"),
            "a small charity when it merges",
        ),
        (("How long does it take to embed a routine?", "Who decides that?"), "embed a routine"),
        (("Is it true that nurses are tired of change?", "Who measured it?"), "nurses are tired of change"),
        (("Does it matter who leads a pilot?", "Was it measured?"), "who leads a pilot"),
        (("What role does leadership play?", "Did it last?"), "role leadership play"),
        (("How many wards did the trust close?", "Did it last?"), "wards the trust close"),
        (("How dear was the drone pilot?", "Did it last?"), "the drone pilot"),
        (("Who funded the drone pilot?", "Did it last?"), "Who funded the drone pilot"),
        (("Who said that the drone pilot failed?", "Did it last?"), "that the drone pilot failed"),
        (("Who was absent from the drone pilot?", "Did it last?"), "Who was absent from the drone pilot"),
        (("What happened to the drone pilot?", "Did it last?"), "What happened to the drone pilot"),
        (
            ("What did wardens do so that teams share what they know?", "Did it last?"),
            "wardens do so that teams share what they know",
        ),
        (("What is Safe Families?", "Was it expensive?", "And hospitals?"), "Safe Families"),
        (
            ("What is Safe Families?", "How long do carers stay with it?", "Who left it?"),
            "carers stay; Safe Families",
        ),
        (
            ("What is Safe Families?", "Was it tried with nurses?", "Who left it?"),
            "it was tried with nurses; Safe Families",
        ),
        (("What is Safe Families?", "How long do they drive?", "Who left it?"), "they drive; Safe Families"),
    ],
)
def test_what_is_carried_through_a_chain_has_no_scraps(questions: tuple[str, ...], carried: str) -> None:
    assert after(*questions).endswith(f"(about: {carried})")


@pytest.mark.parametrize(
    ("questions", "carried"),
    [
        (
            ("What helps wardens in Tyne and Wear?", "Why did the walks of carers end?", "Who decided it?"),
            "the walks of carers, in Tyne and Wear",
        ),
        (
            ("What did P4 say about walks?", "Why did the routes of nurses change?", "Who decided it?"),
            "the routes of nurses change, P4",
        ),
        (
            ("What did P4 say about walks?", "Why did the routes of nurses change?", "Did P5 pay for it?"),
            "the routes of nurses change",
        ),
        (
            ("What do wardens of Safe Families drive?", "Why did the walks of carers change?", "Is it true?"),
            "the walks of carers change, Safe Families",
        ),
        (
            (
                "What do wardens of Safe Families drive?",
                "Why did the walks of Shared Lives change?",
                "Is it true?",
            ),
            "the walks of Shared Lives change",
        ),
        (
            ("What helps wardens in Wales?", "Why did the walks in Kent change?", "Is it true?"),
            "the walks in Kent change",
        ),
        (
            ("What helps wardens in Wales?", "Why do nurses leave wards?", "Is it true?"),
            "nurses leave wards",
        ),
        (
            (
                "What helps wardens in Wales?",
                "Who came to the meetings?",
                "What did the nurses learn?",
                "Did it last?",
            ),
            "the nurses learn; wardens in Wales",
        ),
        (
            (
                "What did P4 say about walks?",
                "Why did the routes of nurses change?",
                "Who decided it?",
                "Did P5 pay for it?",
            ),
            "the routes of nurses change",
        ),
        (("How long has Leeds run the family meetings?", "Who decided it?"), "Leeds run the family meetings"),
    ],
)
def test_the_names_of_earlier_questions_stay_until_another_of_the_kind_comes(
    questions: tuple[str, ...], carried: str
) -> None:
    assert after(*questions).endswith(f"(about: {carried})")
