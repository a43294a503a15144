from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.carrying import MAX_CARRIED
from assistant.conversation import may_be_answered, speaks_of, standalone, topics, turns_of
from assistant.records import Answer, Status, Turn
from assistant.subjects import subject_words
from assistant.words import content_words, stem
from tests.builders import claim, evidence, head, passage

OPENING = "What helps foster carers adopt the reflective supervision model?"


def asked(*questions: str) -> list[Turn]:
    """A conversation in which every question got the same answer."""
    return [
        turn
        for question in questions
        for turn in (Turn("user", question), Turn("assistant", "Zebras graze in Zanzibar."))
    ]


def test_the_first_question_stays_as_it_is() -> None:
    assert standalone("And why is that?", []) == "And why is that?"


@pytest.mark.parametrize(
    "question",
    [
        "Why?",
        "And what gets in the way of it?",
        "What about managers?",
        "Does it also last in small agencies?",
    ],
)
def test_a_follow_up_gets_the_subject_of_the_question_before(question: str) -> None:
    alone = standalone(question, asked(OPENING))

    assert alone.startswith(question)
    for word in ("foster", "carers", "reflective", "supervision"):
        assert word in alone


def test_a_question_with_a_subject_of_its_own_is_left_alone() -> None:
    question = "Which databases were searched for peer mentoring in Norwegian prisons?"

    assert standalone(question, asked(OPENING)) == question


@pytest.mark.parametrize(
    "question",
    ["What is fidelity?", "Who pays for respite?", "What does scaling mean?", "How is trust built?"],
)
def test_a_short_question_that_names_a_thing_is_left_alone(question: str) -> None:
    assert standalone(question, asked(OPENING)) == question


@pytest.mark.parametrize(
    "question", ["What helps?", "What are the barriers?", "In Scotland?", "Which study?"]
)
def test_a_short_question_that_names_no_thing_is_a_follow_up(question: str) -> None:
    assert "supervision" in standalone(question, asked(OPENING))


def test_what_the_assistant_said_is_never_carried_over() -> None:
    alone = standalone("And why?", asked(OPENING))

    assert "Zebras" not in alone
    assert "Zanzibar" not in alone


def test_a_conversation_of_answers_alone_has_no_subject() -> None:
    assert standalone("And why?", [Turn("assistant", "Zebras graze.")]) == "And why?"


def test_a_chain_of_follow_ups_leads_back_to_the_question_with_a_subject() -> None:
    alone = standalone("Any more?", asked(OPENING, "Why?", "And then?"))

    assert "supervision" in alone


@pytest.mark.parametrize(
    "question",
    [
        "Who said that?",
        "Who says that?",
        "And who says so?",
        "Which interviewee said that?",
        "Whose words are those?",
    ],
)
def test_who_said_it_is_answered_by_the_question_before_read_in_full(question: str) -> None:
    follow_up = "How long does it last?"
    in_full = standalone(follow_up, asked(OPENING))

    assert standalone(question, asked(OPENING)) == OPENING
    assert standalone(question, asked(OPENING, follow_up)) == in_full != follow_up
    assert standalone(question, asked(OPENING, in_full)) == in_full
    assert standalone(question, []) == question


@pytest.mark.parametrize(
    "question", ["Who said that grants run out?", "Who is that?", "Who thinks it works?"]
)
def test_who_said_something_else_is_another_question(question: str) -> None:
    assert standalone(question, asked(OPENING)).startswith(question.rstrip("?"))


def test_a_subject_that_was_added_before_is_not_added_with_its_brackets_again() -> None:
    first = standalone("And why do they leave it?", asked(OPENING))
    second = standalone("What about that?", asked(first))

    assert second.count("(about:") == 1
    assert second.count("supervision") == 1


def test_the_subject_is_carried_as_it_was_worded() -> None:
    alone = standalone("And what gets in the way of it?", asked(OPENING))

    assert alone == (
        "And what gets in the way of it? (about: foster carers adopt the reflective supervision model)"
    )


def test_a_question_that_only_asks_why_keeps_which_way_it_was_asked() -> None:
    assert "What helps foster carers" in standalone("Why?", asked(OPENING))


@pytest.mark.parametrize("follow_up", ["And in Scotland?", "in Scotland", "But what about in Scotland?"])
def test_another_place_is_put_into_the_question_before(follow_up: str) -> None:
    assert standalone(follow_up, asked("What helps carers stay?")) == "What helps carers stay, in Scotland?"


def test_a_place_gives_way_to_the_next_and_a_group_is_added_to_it() -> None:
    first = standalone("And in Scotland?", asked("What helps carers stay?"))
    second = standalone("And in Wales?", asked("What helps carers stay?", first))
    third = standalone("And for managers?", asked("What helps carers stay?", first, second))

    assert second == "What helps carers stay, in Wales?"
    assert third == "What helps carers stay, in Wales, for managers?"


@pytest.mark.parametrize("follow_up", ["For whom?", "In general?", "And in that?", "By which team?"])
def test_what_names_no_place_or_group_is_not_taken_for_one(follow_up: str) -> None:
    assert standalone(follow_up, asked(OPENING)).startswith(follow_up)


def test_the_subject_stays_that_of_the_conversation_and_does_not_grow() -> None:
    subject = "foster carers adopt the reflective supervision model"
    second = standalone("What about training?", asked(OPENING))
    third = standalone("And what hinders it?", asked(OPENING, second))
    fourth = standalone("Does leadership matter for it?", asked(OPENING, second, third))
    fifth = standalone("And money?", asked(OPENING, second, third, fourth))

    assert second.endswith(f"(about: What helps {subject})")
    assert third.endswith(f"(about: training; {subject})")
    assert fourth.endswith(f"(about: training; {subject})")
    assert fifth.endswith(f"(about: leadership; {subject})")


def test_a_pronoun_that_the_question_itself_explains_takes_nothing_from_before() -> None:
    question = "How many rural libraries kept reading circles after they lost their grants?"

    assert standalone(question, asked(OPENING)) == question


@given(question=st.text(max_size=300), before=st.lists(st.text(max_size=300), max_size=4))
def test_any_conversation_gives_a_question_that_holds_what_was_asked_and_nothing_that_was_answered(
    question: str, before: list[str]
) -> None:
    alone = standalone(question, asked(*before))

    assert set(content_words(question)) <= set(content_words(alone))
    assert "Zanzibar" not in alone
    carried = max((len(text.split()) for text in before), default=0) * 2 + MAX_CARRIED
    assert len(alone.split()) <= len(question.split()) + carried + 1


@pytest.mark.parametrize(
    ("follow_up", "brought"),
    [
        ("And what about drones?", {"drone"}),
        ("And in Brazil?", {"brazil"}),
        ("How many did it in Brazil?", {"brazil"}),
        ("So what do the sources say about drones for it?", {"drone"}),
        ("And what about supervision?", set()),
        ("Why?", set()),
        ("Does it last?", set()),
        ("What is fidelity?", set()),
    ],
)
def test_what_a_follow_up_brings_up_is_told_from_what_was_asked_before(
    follow_up: str, brought: set[str]
) -> None:
    told = topics(standalone(follow_up, asked(OPENING)))

    assert brought == {stem(word) for phrase in told for word in subject_words(phrase)}
    assert topics(standalone(follow_up, [])) == []


def test_evidence_speaks_of_a_topic_in_its_words_or_in_what_is_known_of_its_document() -> None:
    scottish = evidence(passage("doc", "Carers stayed."), head("doc", country=("Scotland",)))

    assert speaks_of("in Scotland", [scottish])
    assert speaks_of("for carers in Brazil", [scottish])
    assert not speaks_of("in Brazil", [scottish])
    assert not speaks_of("in Scotland", [])


PRICED = asked("Did the weekly walks of wardens in Highland last?")


@pytest.mark.parametrize(
    ("question", "words", "may"),
    [
        ("And what did they cost?", "Walks of wardens in Highland came to £40.", True),
        ("And what did they cost?", "Walks of wardens in Highland were dear.", False),
        ("And what did they cost?", "Boats in the harbour came to £40.", False),
        ("And what did they pay per hour?", "Wardens of the weekly walks had £40 in all.", False),
        ("And what did they pay per hour?", "Wardens of the weekly walks had £9 an hour.", True),
        ("Had they stopped five years later?", "Walks of wardens in Highland began in 2008.", False),
        ("Had they stopped five years later?", "Three years on, wardens still led weekly walks.", True),
        ("And who paid for them?", "Walks of wardens in Highland were dear.", True),
        ("What do boats cost to hire here?", "Walks of wardens were dear.", True),
    ],
)
def test_a_follow_up_that_asks_for_an_amount_needs_one_of_its_subject(
    question: str, words: str, may: bool
) -> None:
    found = [evidence(passage("doc", words), head("doc"))]

    assert may_be_answered(standalone(question, PRICED), found) is may


@pytest.mark.parametrize(
    ("words", "chance", "may"),
    [
        ("Bosses move on after two years.", 0.9, True),
        ("Bosses move on after two years.", 0.1, False),
        ("Bosses move on.", 0.9, False),
    ],
)
def test_a_sentence_that_is_read_as_an_answer_gives_an_amount_in_other_words(
    words: str, chance: float, may: bool
) -> None:
    found = [evidence(passage("doc", words), head("doc"))]
    reading = "How long? (about: tenures of leaders in councils)"

    assert may_be_answered(reading, found, {(found[0].passage.id, 0): chance}) is may
    assert not may_be_answered(reading, found)


def test_what_became_of_a_thing_is_told_in_words_of_the_thing_alone() -> None:
    found = [evidence(passage("doc", "Boats still left the harbour after two years."), head("doc"))]
    reading = "And five years later? (about: walks of wardens)"

    assert not may_be_answered(reading, found, {(found[0].passage.id, 0): 1.0})


def test_a_sentence_that_is_read_as_an_answer_does_not_speak_of_what_a_follow_up_brings_up() -> None:
    found = [evidence(passage("doc", "Bosses move on after two years."), head("doc"))]

    assert not may_be_answered(
        "How long in Brazil? (about: tenures of leaders)", found, {(found[0].passage.id, 0): 1.0}
    )


def test_a_turn_is_remembered_in_full_with_what_was_said() -> None:
    user, said = turns_of(
        Answer("And why?", "And why? (about: carers)", Status.ANSWERED, "Because.", (claim("So."),))
    )

    assert user == Turn("user", "And why? (about: carers)")
    assert said == Turn("assistant", "Because. So.")
