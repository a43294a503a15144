"""What of a restricted document reaches which chat model."""

from __future__ import annotations

import pytest

from assistant.errors import ChatModelFailed
from assistant.pipeline import Assistant
from assistant.records import Status
from tests import invariants, studies
from tests.builders import assistant_over, with_model
from tests.fakes import FakeEncoder, QueuedChatModel

SECRETS = ("ZEBRAFINCH", "Trusted volunteers", "Locked doors", "cellar scheme was")
MIXED = "Did trusted volunteers help the cellar scheme last, and shared meals the harbour circles last?"
PUBLIC_CLAIM = "+ Shared meals helped the harbour circles last [{number}]"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("restricted"), FakeEncoder(), studies.WITH_RESTRICTED)


@pytest.fixture(scope="module")
def only_restricted(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    files = {"cellar.md": studies.RESTRICTED}
    return assistant_over(tmp_path_factory.mktemp("only"), FakeEncoder(), files)


@pytest.mark.parametrize("question", [studies.CELLAR, studies.HARBOUR, MIXED])
def test_no_sentence_of_a_restricted_document_reaches_a_remote_model(small: Assistant, question: str) -> None:
    model = QueuedChatModel("nothing that can be read", "nothing again", is_remote=True)

    with_model(small, FakeEncoder(), model).ask(question)

    assert len(model.prompts) == 2
    for prompt in model.prompts:
        sentences = prompt.split("Sentences:")[1]
        assert "«" in sentences
        assert not any(secret in sentences for secret in SECRETS)


def test_a_team_document_does_not_leave_the_machine_either(
    small: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = {"team.md": studies.RESTRICTED.replace("restricted", "team"), "harbour.md": studies.PAPER}
    made = assistant_over(tmp_path_factory.mktemp("team"), FakeEncoder(), files)
    model = QueuedChatModel("NOT IN THE EVIDENCE", is_remote=True)

    with_model(made, FakeEncoder(), model).ask(studies.CELLAR)

    assert not any("Trusted volunteers" in prompt.split("Sentences:")[1] for prompt in model.prompts)


def test_sentences_of_a_restricted_document_do_reach_a_local_model(small: Assistant) -> None:
    model = QueuedChatModel("NOT IN THE EVIDENCE", is_remote=False)

    with_model(small, FakeEncoder(), model).ask(studies.CELLAR)

    assert "«Trusted volunteers helped the cellar scheme last through the winter.»" in model.prompts[0]


def test_a_remote_model_that_may_see_nothing_is_not_asked_and_the_answer_is_selected(
    only_restricted: Assistant,
) -> None:
    model = QueuedChatModel(is_remote=True)

    answer = with_model(only_restricted, FakeEncoder(), model).ask(studies.CELLAR)

    assert model.prompts == []
    assert answer.claims == only_restricted.ask(studies.CELLAR).claims
    assert answer.status is Status.ANSWERED
    assert "fake:queued was not asked" in answer.message


def test_a_remote_model_that_fails_leaves_the_answer_to_all_documents(small: Assistant) -> None:
    model = QueuedChatModel(ChatModelFailed("It did not answer."), is_remote=True)

    answer = with_model(small, FakeEncoder(), model).ask(studies.CELLAR)

    assert answer.claims == small.ask(studies.CELLAR).claims
    invariants.check(answer, small)


def test_a_number_of_a_sentence_that_was_withheld_points_at_nothing(small: Assistant) -> None:
    """A remote model that guesses numbers gets sentences that it was shown, never withheld ones."""
    lines = "\n".join(f"+ Trusted volunteers helped the cellar scheme last [{n}]" for n in range(1, 40))
    model = QueuedChatModel(lines, is_remote=True)

    answer = with_model(small, FakeEncoder(), model).ask(studies.CELLAR)

    written = [*answer.dropped, *(answer.claims if answer.provenance["written_by"] == model.name else ())]
    cited = {c.document for claim in written for c in claim.citations}
    restricted = {head.id for head in small.index.live().heads.values() if head.name == "cellar.md"}
    assert cited
    assert not cited & restricted
    assert "may not leave this machine; fake:queued was not shown them" in answer.message
