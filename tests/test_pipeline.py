from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from assistant.answering.rewording import rewording_digest
from assistant.errors import BadInput, IndexMissing
from assistant.framework import load_framework
from assistant.index import Index
from assistant.pipeline import Assistant, Progress, open_assistant
from assistant.questions import MAX_QUESTION
from assistant.records import Answer, Claim, Stance, Status, Turn
from assistant.settings import load_settings
from tests import invariants, studies
from tests.builders import assistant_over, with_model
from tests.fakes import FakeEncoder, QueuedChatModel

QUESTIONS = [studies.LANTERN, studies.HARBOUR, studies.ORCHARD, studies.ELSEWHERE]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant over a small made-up evidence base, without a model of any kind."""
    return assistant_over(tmp_path_factory.mktemp("small"), FakeEncoder(), studies.FILES)


def test_a_question_is_answered_with_quotations_that_stand_in_their_documents(assistant: Assistant) -> None:
    answer = assistant.ask("What helps a new practice model survive the end of its grant?")

    assert answer.status is Status.ANSWERED
    assert any(claim.citations for claim in answer.claims)
    invariants.check(answer, assistant)


def test_an_answer_tells_both_sides(small: Assistant) -> None:
    answer = small.ask("What helps or hinders keeping the lantern model alive with weekly coaching?")

    texts = [claim.text for claim in answer.claims]
    assert "Weekly coaching helps teams keep the lantern model alive." in texts
    assert "Short grants stop teams from keeping the lantern model alive." in texts


def test_an_answer_tells_whose_words_a_claim_is(small: Assistant) -> None:
    answer = small.ask("Why did our manager never give us time for the lantern model?")

    (spoken,) = [claim for claim in answer.claims if "Our manager never gave" in claim.text]
    assert spoken.basis == "one interviewee (P4), 2018, Northvale, as told in our note"


def test_what_is_not_in_the_evidence_is_said_with_the_nearest_passages(small: Assistant) -> None:
    answer = small.ask(studies.ELSEWHERE)

    assert answer.status is Status.NOT_IN_EVIDENCE
    assert answer.claims == ()
    assert answer.evidence
    assert "not in the evidence" in answer.message
    assert 1 <= len(answer.nearest) <= 3
    assert len({claim.citations[0].passage for claim in answer.nearest}) == len(answer.nearest)
    assert {claim.stance for claim in answer.nearest} == {Stance.NEITHER}
    invariants.check(answer, small)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_must_hold_holds_of_every_answer(small: Assistant, question: str) -> None:
    invariants.check(small.ask(question), small)


WORDS = st.sampled_from(" ".join(studies.FILES.values()).split())


@limits(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.one_of(st.text(min_size=1, max_size=80), st.lists(WORDS, min_size=1, max_size=12).map(" ".join)))
def test_what_must_hold_holds_whatever_is_asked(small: Assistant, question: str) -> None:
    try:
        answer = small.ask(question)
    except BadInput:
        assert not question.split()
        return
    invariants.check(answer, small)


# Steps


def test_claims_are_streamed_before_the_answer_that_holds_them(small: Assistant) -> None:
    *before, last = small.stream(studies.LANTERN)

    assert isinstance(last, Answer)
    assert [step.step for step in before if isinstance(step, Progress)] == [
        "Searching the evidence",
        "Choosing sentences",
        "Checking each claim against its sources",
        "Looking for what speaks against it",
    ]
    assert tuple(claim for claim in before if isinstance(claim, Claim)) == last.claims


def test_a_follow_up_is_understood_from_the_question_before(small: Assistant) -> None:
    answer = small.ask("And what hinders it?", [Turn("user", studies.HARBOUR), Turn("assistant", "Zebras.")])

    assert "harbour" in answer.standalone_question
    assert "Zebras" not in answer.standalone_question
    assert answer.question == "And what hinders it?"
    assert any("missing transport" in claim.text for claim in answer.claims)


def test_a_question_that_is_declined_is_neither_searched_nor_shown_to_a_model(
    small: Assistant,
) -> None:
    encoder, model = FakeEncoder(), QueuedChatModel()
    asked = Assistant(small.index, encoder, load_framework(), model)

    answer = asked.ask("What is the real name of interviewee P4?")

    assert answer.status is Status.DECLINED
    invariants.check(answer, small)
    assert encoder.asked == []
    assert model.prompts == []


def test_an_answer_says_what_it_was_made_with(small: Assistant) -> None:
    generation = small.index.live()
    alone = small.ask(studies.LANTERN).provenance
    worded = with_model(small, FakeEncoder(), QueuedChatModel("NOT IN THE EVIDENCE")).ask(studies.LANTERN)

    assert alone["index"] == generation.digest
    assert alone["fingerprint"]["encoder"] == "fake:1"
    assert "model" not in alone
    assert worded.provenance["model"] == "fake:queued"
    assert worded.provenance["prompts"] == {"answer": "fake", **rewording_digest()}


# Questions that cannot be used


@pytest.mark.parametrize("question", ["", "  \n\t ", "\u2003"])
def test_an_empty_question_is_refused_with_an_example(small: Assistant, question: str) -> None:
    with pytest.raises(BadInput, match="for example"):
        small.ask(question)


def test_a_question_is_read_up_to_its_greatest_length(small: Assistant) -> None:
    longest = ("lantern " * 600)[:MAX_QUESTION].strip().ljust(MAX_QUESTION, "s")

    invariants.check(small.ask(longest), small)
    with pytest.raises(BadInput, match="4,001 characters"):
        small.ask(longest + "s")


def test_bytes_that_are_no_text_are_read_as_question_marks(small: Assistant) -> None:
    answer = small.ask("What helps \udcff the lantern model?")

    assert answer.question == "What helps ? the lantern model?"
    invariants.check(answer, small)


def test_a_missing_index_is_told(tmp_path: Path) -> None:
    missing = Assistant(Index(tmp_path, "fake:1"), FakeEncoder(), load_framework())

    with pytest.raises(IndexMissing, match="assistant ingest"):
        missing.ask(studies.LANTERN)


def test_an_assistant_opens_without_an_index_or_a_model(tmp_path: Path, cache: Path) -> None:
    opened = open_assistant(load_settings(index=tmp_path / "index", cache=cache, model=""))

    with pytest.raises(IndexMissing):
        opened.ask(studies.LANTERN)


# Many at once


def test_threads_that_ask_at_once_get_the_answers_of_one_that_asks_alone(small: Assistant) -> None:
    expected = {question: small.ask(question) for question in QUESTIONS}
    asked = list(itertools.islice(itertools.cycle(QUESTIONS), 40))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(small.ask, asked))

    assert answers == [expected[question] for question in asked]
