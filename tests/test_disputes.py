"""Sentences that tell of a dispute: which count, on what, and where they stand in the answer."""

from __future__ import annotations

import pytest

from assistant.answering.citing import quoting
from assistant.answering.disputes import dispute_in
from assistant.answering.selection import Candidate
from assistant.framework import load_framework
from assistant.pipeline import Assistant
from assistant.records import Status
from assistant.weighing import Weigher
from assistant.words import stems
from tests.builders import assistant_over, candidate, evidence, passage
from tests.fakes import FakeEncoder

QUESTION = "Does weekly coaching keep the lantern model alive?"
WEIGHTS = dict.fromkeys(stems(QUESTION), 1.0)
PLAIN = "Weekly coaching was offered to every team of the lantern model."
DISPUTED = "The trainers reject the report that weekly coaching kept the lantern model alive."


def read(*texts: str, last: float = 0.8) -> list[Candidate]:
    """Sentences of as many studies, all as relevant but the last."""
    relevances = [*[0.8] * (len(texts) - 1), last]
    return [
        candidate(evidence(passage(f"study-{place}", text)), relevance=relevance)
        for place, (text, relevance) in enumerate(zip(texts, relevances, strict=False))
    ]


def found(*texts: str, question: str = QUESTION, last: float = 0.8) -> str | None:
    made = dispute_in(question, read(*texts, last=last), WEIGHTS)
    return made and made.sentence.text


@pytest.mark.parametrize(
    "words",
    [
        DISPUTED,
        "Weekly coaching is what keeps the lantern model alive, an essay reports and disputes.",
        "The trainers answered the evaluation of weekly coaching in the lantern model by blaming the money.",
        "What weekly coaching does for the lantern model is usually exaggerated.",
        "Weekly coaching does less for the lantern model than many believe.",
        "Weekly coaching has not kept the lantern model as lively as was hoped.",
        "Critics of the lantern model hold that weekly coaching tires its teams.",
        "The manager did not think in 2010 that weekly coaching had kept the lantern model alive.",
        "Weekly coaching in the lantern model was in fact paid for by the trainers.",
        "The hours of weekly coaching printed for the lantern model do not add up.",
        "Weekly coaching had mixed results in the lantern model.",
    ],
)
def test_a_sentence_that_tells_of_a_dispute_on_what_was_asked_is_found(words: str) -> None:
    assert found(PLAIN, words) == words


@pytest.mark.parametrize(
    "words",
    [
        PLAIN,
        "The survey on weekly coaching in the lantern model had 13 answers.",
        "In fact weekly coaching reached every team of the lantern model.",
        "Teams of the lantern model found weekly coaching a challenge.",
        "I don't think so, weekly coaching and the lantern model are new here.",
        "The trainers reject the report that the boilers are old.",
        "But they reject the report that weekly coaching kept the lantern model alive.",
    ],
    ids=["no dispute", "answers", "goes on", "a hard thing", "a filler", "another subject", "points back"],
)
def test_what_tells_of_no_dispute_on_what_was_asked_is_not(words: str) -> None:
    assert found(PLAIN, words) is None


def test_only_the_best_of_what_was_read_is_looked_through() -> None:
    assert found(PLAIN, DISPUTED, last=0.65) == DISPUTED
    assert found(PLAIN, DISPUTED, last=0.6) is None
    assert found(*[PLAIN] * 10, DISPUTED) is None


def test_only_a_question_that_may_have_two_accounts_has_a_dispute() -> None:
    assert found(DISPUTED, question="What helps weekly coaching keep the lantern model alive?") is None
    assert found() is None


def test_what_the_question_goes_back_to_is_asked() -> None:
    question = "The lantern model got weekly coaching. Was it worth the money?"

    assert dispute_in(question, read(DISPUTED), dict.fromkeys(stems(question), 1.0)) is not None


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant over two sources, of which one tells that it is disputed what the other finds."""
    files = {
        "finds.md": "# Lantern report\n\nWeekly coaching keeps the lantern model alive in its teams.\n",
        "disputes.md": f"# Answer of the trainers\n\n{DISPUTED}\n",
    }
    return assistant_over(tmp_path_factory.mktemp("disputed"), FakeEncoder(), files)


def test_the_answer_says_that_sources_differ_and_shows_both(disputed: Assistant) -> None:
    answer = disputed.ask(QUESTION)

    assert answer.status is Status.SOURCES_DIFFER
    assert answer.message.startswith("The sources differ.")
    assert {claim.text for claim in answer.claims[:2]} == {
        "Weekly coaching keeps the lantern model alive in its teams.",
        DISPUTED,
    }


def test_a_dispute_that_was_not_chosen_stands_after_the_first_claim(disputed: Assistant) -> None:
    generation = disputed.index.live()
    weigher = Weigher(disputed.retriever, load_framework())
    evidence = {item.document.name: item for item in disputed.search(QUESTION, 5).evidence}
    finds, disputes = (evidence[name] for name in ("finds.md", "disputes.md"))
    chosen = [quoting(finds, 0, generation.heads)] * 2

    weighed = weigher.weigh(QUESTION, chosen, [candidate(finds), candidate(disputes)], generation)
    again = weigher.weigh(QUESTION, weighed.claims, [candidate(finds), candidate(disputes)], generation)

    assert weighed.status is Status.SOURCES_DIFFER
    assert [claim.text for claim in weighed.claims] == [chosen[0].text, DISPUTED, chosen[1].text]
    assert again.claims == weighed.claims
