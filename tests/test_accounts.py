"""Two accounts of one thing: set against each other in an answer, wherever it is shown, kept or opened again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answering.citing import quoting
from assistant.conversations import Keeping, Saved, Store, opened
from assistant.framework import load_framework
from assistant.headings import DIFFER, groups_of
from assistant.pipeline import Assistant
from assistant.records import Account, Answer, Claim, Stance, Status
from assistant.rendering import answer_json, as_markdown, as_text
from assistant.ui.views import citations_in_order, claims_view
from assistant.weighing import Weigher
from tests.builders import assistant_over, candidate, citation, claim, with_model
from tests.fakes import FakeEncoder, QueuedChatModel

FIRST = claim("Teams met weekly.", [citation("Teams met weekly.", "a")], Stance.ENABLER)
ONE = replace(
    claim("Competition drives new ideas.", [citation("Competition drives new ideas.", "b")], Stance.ENABLER),
    account=Account.ONE,
    basis="one trial, 2010",
)
OTHER = replace(
    claim("Competition stifles new ideas.", [citation("Competition stifles them.", "c")], Stance.BARRIER),
    account=Account.OTHER,
    basis="one interviewee (P3), 2014",
)
BOTH = replace(FIRST, account=Account.BOTH)
ANSWER = Answer("Q?", "Q?", Status.SOURCES_DIFFER, "The sources differ.", (FIRST, OTHER, ONE))


def test_the_claims_that_differ_stand_first_and_once_and_one_account_before_the_other() -> None:
    assert groups_of(ANSWER.claims) == [(DIFFER, [ONE, OTHER]), ("What helps", [FIRST])]
    assert groups_of([ONE, OTHER]) == [(DIFFER, [ONE, OTHER])]
    assert groups_of([BOTH, replace(FIRST, basis="another")])[0] == (DIFFER, [BOTH])


def test_what_is_left_keeps_the_order_of_an_answer_that_begins_with_a_statement() -> None:
    states = replace(ONE, stance=Stance.NEITHER)
    rest = [FIRST, replace(OTHER, account=None)]

    assert groups_of([states, *rest, OTHER]) == [
        (DIFFER, [states, OTHER]),
        ("What the sources say", rest),
    ]


@pytest.mark.parametrize("left", [ONE, OTHER])
def test_one_account_alone_stands_where_other_claims_do(left: Claim) -> None:
    assert [heading for heading, _ in groups_of([left])] in (["What helps"], ["What hinders"])
    assert "against" not in as_text(replace(ANSWER, claims=(FIRST, left)))
    assert not claims_view((left,))[0]["claims"][0]["against"]


def test_text_and_markdown_set_one_account_against_the_other_with_who_and_when() -> None:
    assert as_text(ANSWER).startswith(
        "The sources differ.\n\n"
        "WHERE THE SOURCES DIFFER\n"
        "• “Competition drives new ideas.”\n  — one trial, 2010\n  [1] “About b” (b-0)\n\n"
        "against\n\n"
        "• Competition stifles new ideas.\n  — one interviewee (P3), 2014\n"
        "  “Competition stifles them.”\n  [2] “About c” (c-0)\n\n"
        "WHAT HELPS\n"
    )
    assert (
        "## Where the sources differ\n\n- Competition drives new ideas. (one trial, 2010)[^1]\n\nagainst\n\n"
        "- Competition stifles new ideas. (one interviewee (P3), 2014)[^2]\n\n## What helps\n"
    ) in as_markdown(ANSWER)


def test_the_page_numbers_citations_as_it_opens_them() -> None:
    view = claims_view(ANSWER.claims)
    rows = [row for group in view for row in group["claims"]]

    assert [row["against"] for row in rows] == ["", "against", ""]
    assert [mark["number"] for row in rows for mark in row["marks"]] == [1, 2, 3]
    assert [one.document for one in citations_in_order(ANSWER)] == ["b", "c", "a"]


def test_json_says_which_account_a_claim_gives() -> None:
    form = json.loads(json.dumps(answer_json(replace(ANSWER, claims=(*ANSWER.claims, BOTH)))))

    assert [made["account"] for made in form["claims"]] == [None, "other", "one", "both"]


# Through the whole assistant

QUESTION = "Does weekly coaching keep the lantern model alive?"
FOUND = "Weekly coaching keeps the lantern model alive in its teams."
DISPUTED = "The trainers reject the report that weekly coaching kept the lantern model alive."
FILES = {
    "finds.md": f"# Lantern report\n\n{FOUND}\n",
    "disputes.md": f"# Answer of the trainers\n\n{DISPUTED}\n",
}
# The sentence that tells of the dispute is the first that a model is shown.
WORDED = f"+ {FOUND} [2]\n- {DISPUTED} [1]"


@pytest.fixture
def lantern(tmp_path: Path) -> Assistant:
    """The assistant over two sources, of which one disputes what the other finds."""
    return assistant_over(tmp_path, FakeEncoder(), FILES)


def accounts_in(claims: Sequence[Claim]) -> list[tuple[str, Account | None]]:
    return [(one.citations[0].file, one.account) for one in claims]


def asked_of_a_model(lantern: Assistant) -> Answer:
    return with_model(lantern, FakeEncoder(), QueuedChatModel(WORDED)).ask(QUESTION)


def kept(assistant: Assistant, answer: Answer) -> Saved:
    store = Store(assistant.index.layout.root, "ann")
    keeping = Keeping(store)
    keeping.keep(answer, assistant.index.live)
    assert keeping.conversation is not None, keeping.problem
    (saved,) = store.turns(keeping.conversation)
    return saved


def test_a_dispute_stands_against_the_first_claim_of_another_study_and_gives_both_beside_its_own(
    lantern: Assistant,
) -> None:
    live, weigher = lantern.index.live(), Weigher(lantern.retriever, load_framework())
    found = {item.document.name: item for item in lantern.search(QUESTION, 5).evidence}
    finds, disputes = (quoting(found[name], 0, live.heads) for name in FILES)
    read = [candidate(found[name]) for name in FILES]
    same = replace(
        finds, citations=(replace(finds.citations[0], study_group=disputes.citations[0].study_group),)
    )

    assert accounts_in(weigher.weigh(QUESTION, [finds, finds], read, live).claims) == [
        ("finds.md", Account.ONE),
        ("disputes.md", Account.OTHER),
        ("finds.md", None),
    ]
    assert accounts_in(weigher.weigh(QUESTION, [finds, disputes], read, live).claims) == [
        ("finds.md", Account.ONE),
        ("disputes.md", Account.OTHER),
    ]
    assert accounts_in(weigher.weigh(QUESTION, [same], read, live).claims) == [
        ("finds.md", None),
        ("disputes.md", Account.BOTH),
    ]
    assert accounts_in(weigher.weigh(QUESTION, [disputes, finds], read, live).claims) == [
        ("disputes.md", Account.BOTH),
        ("finds.md", None),
    ]


def test_claims_that_a_model_words_are_set_against_each_other(lantern: Assistant) -> None:
    answer = asked_of_a_model(lantern)

    assert answer.status is Status.SOURCES_DIFFER
    assert accounts_in(answer.claims) == [("finds.md", Account.ONE), ("disputes.md", Account.OTHER)]
    assert "\nagainst\n" in as_text(answer)


def test_an_answer_that_was_kept_has_its_accounts_when_it_is_opened(lantern: Assistant) -> None:
    answer = asked_of_a_model(lantern)

    again = opened(kept(lantern, answer), lantern.index.live()).answer

    assert again.claims == answer.claims
    assert as_markdown(again) == as_markdown(answer)


def test_an_answer_that_was_kept_before_there_were_accounts_is_opened_without(lantern: Assistant) -> None:
    saved = kept(lantern, asked_of_a_model(lantern))
    earlier = [
        {name: part for name, part in form.items() if name != "account"} for form in saved.form["claims"]
    ]

    again = opened(replace(saved, form={**saved.form, "claims": earlier}), lantern.index.live()).answer

    assert accounts_in(again.claims) == [("finds.md", None), ("disputes.md", None)]
    assert groups_of(again.claims)[0][0] != DIFFER


def test_where_one_of_the_accounts_is_lost_the_other_stands_against_nothing(lantern: Assistant) -> None:
    saved = kept(lantern, asked_of_a_model(lantern))
    rest = saved.form["claims"][1:]

    again = opened(replace(saved, form={**saved.form, "claims": rest}), lantern.index.live()).answer

    assert [heading for heading, _ in groups_of(again.claims)] == ["What the sources say"]
