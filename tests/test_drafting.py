"""Who drafts an answer, what of it is kept, and what is said of the chat model's part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.drafting import Draft, Drafter
from assistant.answering.selection import Candidate
from assistant.errors import ChatModelFailed
from assistant.framework import load_framework
from assistant.records import Claim, Sensitivity, Sentence, Stance, Support
from assistant.records.sending import Sending
from assistant.verification import verify
from tests.builders import candidate, claim, evidence, head, passage, said, sender_to
from tests.fakes import QueuedChatModel

TEXTS = (
    said("Regular coaching helps teams keep the model.", Stance.ENABLER),
    said("Short grants stop teams from keeping it.", Stance.BARRIER),
)
QUESTION = "What helps teams keep the model?"
COACHING = "+ Teams keep the model with regular coaching [1]"
GRANTS = "- Short grants stop teams keeping it [2]"
WRONG = "+ Coaching helps 73 teams keep the model [1]"


def candidates() -> list[Candidate]:
    item = evidence(passage("doc", *TEXTS))
    return [candidate(item, position) for position in range(len(TEXTS))]


def restricted(*words: Sentence) -> list[Candidate]:
    item = evidence(replace(passage("closed", *words), sensitivity=Sensitivity.RESTRICTED))
    return [candidate(item, position) for position in range(len(words))]


def draft_with(
    model: QueuedChatModel | None,
    record: Callable[[Sending], None] = lambda _: None,
    closed: Sequence[str] = (),
    among: Sequence[Candidate] | None = None,
) -> tuple[Draft, list[Claim]]:
    """The draft, and the claims that came while it was made."""
    into = Draft()
    sender = sender_to(model, record, closed) if model else None
    heads = {name: head(name) for name in ("doc", "closed")}
    drafter = Drafter(load_framework(), verify)
    return into, list(drafter.draft(QUESTION, among or candidates(), heads, into, sender))


def texts(claims: Sequence[Claim]) -> list[str]:
    return [one.text for one in claims]


SELECTED = texts(draft_with(None)[1])


# Without a model


def test_a_claim_says_as_it_comes_that_it_is_from_elsewhere_than_was_asked_about() -> None:
    into = Draft()
    drafter = Drafter(load_framework(), verify)
    heads = {"doc": head("doc", country=("Sweden",))}

    came = list(drafter.draft("What helps teams in Wales keep the model?", candidates(), heads, into))

    assert came
    assert all(one.basis.endswith("— you asked about in Wales") for one in came)
    assert into.checked == came


def test_without_a_model_sentences_are_selected_and_nothing_is_said_of_one() -> None:
    draft, came = draft_with(None)

    assert came
    assert set(texts(came)) <= {one.text for one in TEXTS}
    assert (draft.author, draft.notice, draft.set_aside) == ("", "", [])


# With one


def test_claims_of_a_model_come_as_they_are_checked_and_those_that_fail_do_not() -> None:
    draft, came = draft_with(QueuedChatModel("\n".join([COACHING, WRONG, GRANTS])))

    assert texts(came) == [COACHING[2:-4], GRANTS[2:-4]]
    kept, dropped = draft.parted()
    assert texts(kept) == texts(came)
    assert texts(dropped) == [WRONG[2:-4]]
    assert draft.author == "fake:queued"


def test_selection_takes_over_where_nothing_is_borne_out_and_what_was_said_is_set_aside() -> None:
    draft, came = draft_with(QueuedChatModel(WRONG))

    assert texts(came) == SELECTED
    assert texts(draft.set_aside) == [WRONG[2:-4]]
    assert draft.author == ""
    assert "is borne out by its sources" in draft.notice
    assert texts(draft.parted()[1]) == [WRONG[2:-4]]


def test_a_model_that_says_that_nothing_answers_is_believed() -> None:
    draft, came = draft_with(QueuedChatModel("NOT IN THE EVIDENCE"))

    assert came == []
    assert draft.parted() == ((), ())
    assert draft.author == "fake:queued"


def test_a_model_that_fails_half_way_leaves_nothing_of_its_own() -> None:
    class BreaksOff(QueuedChatModel):
        def stream(self, prompt: str):  # type: ignore[no-untyped-def]
            yield COACHING + "\n"
            raise ChatModelFailed("It broke off.")

    draft, came = draft_with(BreaksOff())

    assert texts(came) == [COACHING[2:-4], *SELECTED]
    assert texts(draft.checked) == SELECTED
    assert draft.notice.startswith("It broke off.")


# What a model may be shown, and what is recorded of it


def test_a_model_that_may_be_shown_nothing_is_not_asked_and_nothing_is_recorded() -> None:
    recorded: list[Sending] = []
    model = QueuedChatModel(is_remote=True)
    draft, came = draft_with(model, recorded.append, among=restricted(*TEXTS))

    assert model.prompts == recorded == []
    assert texts(came) == SELECTED
    assert draft.notice.startswith(
        "What answers this stands in documents that may not leave this machine, so "
    )


def test_a_message_that_repeats_words_that_may_not_leave_is_neither_recorded_nor_sent() -> None:
    recorded: list[Sending] = []
    model = QueuedChatModel(is_remote=True)
    draft, came = draft_with(model, recorded.append, closed=[QUESTION])

    assert model.prompts == recorded == []
    assert texts(came) == SELECTED
    assert draft.author == ""
    assert draft.notice.startswith(
        "What you asked, now or before, repeats words of a document that may not leave"
    )


def test_a_model_on_this_machine_is_sent_words_that_may_not_leave_it() -> None:
    model = QueuedChatModel(COACHING)

    draft_with(model, closed=[QUESTION])

    assert QUESTION in model.prompts[0]


def test_a_model_is_shown_what_it_may_see_and_the_answer_says_how_much_it_was_not() -> None:
    model = QueuedChatModel("NOT IN THE EVIDENCE", is_remote=True)
    draft, _ = draft_with(model, among=[*restricted(TEXTS[0]), candidates()[1]])

    assert "Short grants" in model.prompts[0]
    assert "Regular coaching" not in model.prompts[0]
    assert draft.notice.startswith("1 of the sentences found")


def test_each_request_is_recorded_before_it_is_made() -> None:
    model = QueuedChatModel("nothing to be read", COACHING)
    before: list[int] = []
    recorded: list[Sending] = []

    def record(sending: Sending) -> None:
        before.append(len(model.prompts))
        recorded.append(sending)

    draft_with(model, record=record)

    assert before == [0, 1]
    assert [sending.text for sending in recorded] == model.prompts
    assert (recorded[0].passages, recorded[0].sentences) == (("doc-0",), 2)
    assert recorded[0].question == QUESTION


def test_what_may_not_be_sent_after_all_is_not_and_selection_takes_over() -> None:
    def refuse(_: Sending) -> None:
        raise ChatModelFailed("Not to be sent.")

    model = QueuedChatModel()
    draft, came = draft_with(model, record=refuse)

    assert model.prompts == []
    assert texts(came) == SELECTED
    assert draft.notice.startswith("Not to be sent.")


# What is kept


@given(st.lists(st.sampled_from(Support), max_size=6), st.lists(st.just(Support.UNSUPPORTED), max_size=3))
def test_nothing_is_lost_and_nothing_unsupported_is_kept(
    verdicts: list[Support], set_aside: list[Support]
) -> None:
    checked = [claim(f"claim {number}", support=verdict) for number, verdict in enumerate(verdicts)]
    aside = [claim(f"aside {number}", support=verdict) for number, verdict in enumerate(set_aside)]
    kept, dropped = Draft(checked, aside).parted()

    assert sorted(texts([*kept, *dropped])) == sorted(texts([*checked, *aside]))
    assert all(one.support is not Support.UNSUPPORTED for one in kept)
    assert bool(kept) is (Support.SUPPORTED in verdicts)


@pytest.mark.parametrize("partly", [0, 1, 5])
def test_what_is_partly_supported_makes_no_answer_by_itself(partly: int) -> None:
    kept, dropped = Draft([claim("half", support=Support.PARTLY)] * partly).parted()

    assert kept == ()
    assert len(dropped) == partly
