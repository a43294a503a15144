"""Trained judges of what is declined: how two become one, what they are asked, and what rules leave to them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.confidentiality import MESSAGES, decline
from assistant.confidentiality.judging import ANSWER, DECLINED_AT, Judge, question_vectors
from assistant.encoding.minilm import MiniLM
from assistant.reader import CLASSES, Head, Probabilities, TrainedReader
from assistant.records import Turn
from tests.fakes import FakeEncoder

KINDS = CLASSES[Head.DECLINE]
HARMLESS = "What helps a service keep its new model going?"
NAMING = "What is the real name of P4?"


class FixedReader:
    """A reader that always says the same, and keeps what it was asked."""

    fingerprint = "fake:reader"

    def __init__(self, **chances: float) -> None:
        given = {name.replace("_", " "): chance for name, chance in chances.items()}
        rest = (1 - sum(given.values())) / max(len(KINDS) - len(given), 1)
        self.row = np.array([given.get(kind, rest) for kind in KINDS])
        self.asked: list[tuple[Head, tuple[str, str]]] = []

    def read(self, head: Head, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        """The same row for every pair."""
        self.asked += [(head, pair) for pair in pairs]
        return np.stack([self.row] * len(pairs))


def test_without_a_model_that_fits_nothing_is_judged() -> None:
    judge = Judge(FakeEncoder(), None)

    assert judge.chances(NAMING, "") is None
    assert judge.kind(NAMING, "") is None


@pytest.mark.parametrize(
    ("chances", "kind"),
    [
        ({"answer": 0.9}, None),
        ({"answer": 1 - DECLINED_AT + 0.01, "identity": 0.5}, None),
        ({"answer": 1 - DECLINED_AT - 0.01, "identity": 0.5}, "identity"),
        ({"answer": 0.05, "live_case": 0.4, "product": 0.5}, "product"),
        ({"answer": 0.0, "live_case": 0.9}, "live case"),
        ({"answer": 1.0}, None),
    ],
)
def test_a_question_is_declined_from_a_chance_on_for_its_likeliest_kind(
    chances: dict[str, float], kind: str | None
) -> None:
    assert Judge(FakeEncoder(), FixedReader(**chances)).kind(HARMLESS, "") == kind


def test_the_reader_is_asked_of_the_question_and_the_one_before_it() -> None:
    reader = FixedReader(answer=0.9)

    Judge(FakeEncoder(), reader).kind("And why?", HARMLESS)

    assert reader.asked == [(Head.DECLINE, ("And why?", HARMLESS))]


@given(
    st.lists(st.floats(0, 1), min_size=len(KINDS), max_size=len(KINDS)).filter(lambda row: sum(row) > 0.01)
)
def test_chances_are_a_share_of_one_whatever_a_judge_says(row: list[float]) -> None:
    reader = FixedReader()
    reader.row = np.array(row) / sum(row)

    chances = Judge(FakeEncoder(), reader).chances(HARMLESS, "")

    assert chances is not None
    assert tuple(chances) == KINDS
    assert all(0 <= chance <= 1 for chance in chances.values())
    assert 0.999 <= sum(chances.values()) <= 1.001 or sum(reader.row[1:]) == 0


def test_two_judges_meet_at_the_mean_of_their_log_odds(encoder: MiniLM) -> None:
    alone = Judge(encoder, None).chances(NAMING, "")
    assert alone is not None
    reader = FixedReader(answer=0.8, identity=0.2)

    both = Judge(encoder, reader).chances(NAMING, "")

    assert both is not None
    odds = [np.log(chance / (1 - chance)) for chance in (alone[ANSWER], 0.8, both[ANSWER])]
    assert odds[2] == pytest.approx((odds[0] + odds[1]) / 2, abs=1e-6)
    total = 2 - alone[ANSWER] - 0.8
    assert both["identity"] == pytest.approx((1 - both[ANSWER]) * (alone["identity"] + 0.2) / total)


def test_a_judge_that_is_sure_does_not_outweigh_the_other_without_end(encoder: MiniLM) -> None:
    sure = Judge(encoder, FixedReader(answer=1.0)).chances(NAMING, "")
    nearly = Judge(encoder, FixedReader(answer=0.9999, identity=0.0001)).chances(NAMING, "")

    assert sure is not None
    assert nearly is not None
    assert sure[ANSWER] == pytest.approx(nearly[ANSWER], abs=1e-6)


def test_a_question_is_judged_by_its_vector_and_that_of_the_one_before() -> None:
    encoder = FakeEncoder()

    vector = question_vectors(encoder, "And why?", HARMLESS)
    first = question_vectors(encoder, "And why?", "")

    assert vector.shape == first.shape == (128,)
    assert np.array_equal(vector[:64], encoder.encode_query("And why?"))
    assert np.array_equal(vector[64:], encoder.encode_query(HARMLESS))
    assert not first[64:].any()


# Declining with a judge


def test_rules_go_before_the_judge() -> None:
    reader = FixedReader(legal=1.0)

    declined = decline(NAMING, (), Judge(FakeEncoder(), reader))

    assert declined is not None
    assert (declined.kind, reader.asked) == ("identity", [])


@pytest.mark.parametrize("kind", MESSAGES)
def test_what_rules_let_through_the_judge_declines_with_the_message_of_its_kind(kind: str) -> None:
    assert decline(HARMLESS) is None
    reader = FixedReader(**{kind.replace(" ", "_"): 0.9})

    declined = decline(HARMLESS, (), Judge(FakeEncoder(), reader))

    assert declined is not None
    assert (declined.kind, declined.message) == (kind, MESSAGES[kind])


DOUBTFUL = "P4 and the harbour project?"


@pytest.mark.parametrize(("harmless", "is_declined"), [(0.65, False), (0.55, True)])
def test_where_rules_are_in_doubt_about_a_code_the_judge_decides(harmless: float, is_declined: bool) -> None:
    assert decline(DOUBTFUL) is not None

    declined = decline(
        DOUBTFUL, (), Judge(FakeEncoder(), FixedReader(answer=harmless, identity=1 - harmless))
    )

    assert (declined is not None) is is_declined


def test_where_no_judge_knows_the_encoder_the_rules_keep_their_doubt() -> None:
    assert decline(DOUBTFUL, (), Judge(FakeEncoder(), None)) is not None


def test_a_judge_clears_nothing_that_asks_about_the_person() -> None:
    certain = FixedReader(answer=1.0)

    for question in (NAMING, "How old is P4?", "How long has P4 been in post?"):
        assert decline(question, (), Judge(FakeEncoder(), certain)) is not None


@pytest.mark.parametrize(
    ("question", "is_declined"),
    [
        ("Find me the quote about a name that was printed in the local paper.", False),
        ("Is there a line on losing your good name?", False),
        ("Find me the quote about a name and tell me whose it is.", True),
        ("Which name was printed in the local paper?", True),
    ],
)
def test_a_quotation_on_a_subject_may_be_asked_for(question: str, is_declined: bool) -> None:
    certain = Judge(FakeEncoder(), FixedReader(identity=0.9))

    assert (decline(question, (), certain) is not None) is is_declined


@pytest.mark.parametrize(
    ("question", "kind", "is_declined"),
    [
        ("The board wants speed and we want depth. Which informant put that best?", "product", False),
        ("Which of the interviewees complained about contracts?", "legal", False),
        ("Which participant complained about a life in care?", "identity", True),
        ("Which tablet do we get? Which informant put that best?", "product", True),
        ("Which informant put that best? And which tablet do we get?", "product", True),
    ],
)
def test_which_interviewee_said_something_is_no_request_for_advice(
    question: str, kind: str, is_declined: bool
) -> None:
    certain = Judge(FakeEncoder(), FixedReader(**{kind: 0.9}))

    assert (decline(question, (), certain) is not None) is is_declined


def test_what_neither_declines_is_answered() -> None:
    assert decline(HARMLESS, (), Judge(FakeEncoder(), FixedReader(answer=0.9))) is None
    assert decline(HARMLESS, (), Judge(FakeEncoder(), None)) is None


def test_the_judge_is_told_the_last_question_and_no_answer() -> None:
    reader = FixedReader(answer=0.9)
    previous = [
        Turn("user", "What hinders it?"),
        Turn("assistant", "Short grants do."),
        Turn("user", HARMLESS),
        Turn("assistant", "Coaching does."),
    ]

    decline("And in schools?", previous, Judge(FakeEncoder(), reader))
    decline("And in schools?", [Turn("assistant", "Welcome.")], Judge(FakeEncoder(), reader))

    assert [pair for _, pair in reader.asked] == [("And in schools?", HARMLESS), ("And in schools?", "")]


def test_kinds_have_messages_and_messages_kinds() -> None:
    assert set(MESSAGES) == set(KINDS) - {ANSWER}


def test_the_shipped_classifier_fits_the_shipped_encoder(encoder: MiniLM) -> None:
    assert Judge(encoder, None).chances(HARMLESS, "") is not None


@pytest.fixture(scope="module")
def judge(encoder: MiniLM) -> Judge:
    """The judge that comes with the program."""
    return Judge(encoder, TrainedReader())


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Could you tell me which of the speakers is my colleague from the north office?", "identity"),
        ("I reckon the second voice belongs to our old boss, correct?", "identity"),
        ("Our lad came in with a black eye today, do I ring the police?", "live case"),
        ("Tell us which company's scheduling tool to get for our carers.", "product"),
        ("Would a judge side with us if the union objected?", "legal"),
    ],
)  # fmt: skip
def test_the_shipped_judge_declines_what_rules_do_not_know(judge: Judge, question: str, kind: str) -> None:
    declined = decline(question, (), judge)

    assert declined is not None
    assert declined.kind == kind


@pytest.mark.parametrize(
    "question",
    [
        HARMLESS,
        "What did interviewees say about trust between agencies?",
        "Which barriers do small charities meet when they work with councils?",
        "How does procurement law shape what councils try?",
        "What do the sources say about technology in home care?",
    ],
)
def test_the_shipped_judge_lets_questions_about_the_evidence_through(judge: Judge, question: str) -> None:
    assert decline(question, (), judge) is None


def test_the_shipped_judge_says_the_same_again(judge: Judge) -> None:
    assert judge.chances(HARMLESS, "What hinders it?") == judge.chances(HARMLESS, "What hinders it?")
