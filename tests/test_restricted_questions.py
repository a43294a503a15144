"""Words of a restricted document in what is asked: no chat model elsewhere is, and the answer says why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.commands.previewing import Consent, run_preview
from assistant.confidentiality.preview import Preview
from assistant.conversation import turns_of
from assistant.framework import load_framework
from assistant.pipeline import Assistant
from assistant.records import Turn
from tests import studies
from tests.builders import assistant_over, ledger_of, with_server
from tests.chat_servers import PROTOCOLS, Reply, serving
from tests.fakes import FakeEncoder, QueuedChatModel

pytestmark = pytest.mark.usefixtures("provider_keys")
NOTHING = Reply("NOT IN THE EVIDENCE")
PASTED = "Trusted volunteers helped the cellar scheme last through the winter"
WHY_NOT = "repeats words of a document that may not leave this machine, so "


@pytest.fixture
def small(tmp_path: Path) -> Assistant:
    return assistant_over(tmp_path, FakeEncoder(), studies.WITH_RESTRICTED)


@pytest.mark.parametrize("provider", sorted(PROTOCOLS))
@pytest.mark.parametrize(
    ("question", "previous"),
    [
        (f"Is it true that “{PASTED.upper()}”?", []),
        ("And what hindered it?", [Turn("user", f"{PASTED}: is that so?")]),
        ("And what hindered it?", [Turn("user", f"{PASTED}: is that so?"), Turn("assistant", "It is.")] * 2),
        (f"And why is it that {PASTED}?", [Turn("user", studies.HARBOUR)]),
    ],
    ids=["question", "earlier question", "carried further", "follow-up"],
)
def test_what_repeats_restricted_words_is_asked_of_no_server_elsewhere(
    provider: str, question: str, previous: list[Turn], small: Assistant
) -> None:
    with serving(provider, NOTHING) as server:
        answer = with_server(small, server, declared_remote=True).ask(question, previous)

        assert server.received == []
        assert f"{WHY_NOT}{server.model} was not asked." in answer.message
    assert not ledger_of(small).path.exists()
    assert answer.claims == small.ask(question, previous).claims != ()
    assert answer.provenance["written_by"] == "selection"


def test_words_of_an_answer_go_nowhere_until_a_person_repeats_them(small: Assistant) -> None:
    told = turns_of(small.ask(studies.CELLAR))
    assert "Trusted volunteers helped" in told[1].content
    with serving("openai", NOTHING) as server:
        remote = with_server(small, server, declared_remote=True)
        remote.ask("And what hindered it?", told)

        assert server.received
        assert not any(b"through the winter. " in body or b"ZEBRA" in body for body in server.received)
        before = len(server.received)
        remote.ask(f"Why do you say {told[1].content}", told)
        assert len(server.received) == before


def test_a_server_on_this_machine_is_asked_in_restricted_words(small: Assistant) -> None:
    with serving("openai", NOTHING) as server:
        with_server(small, server, declared_remote=False).ask(f"Is it true that {PASTED}?")

        assert PASTED.encode() in server.received[0]


def test_a_preview_tells_what_may_not_be_asked_elsewhere_and_nobody_is_asked_to_agree(
    small: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    def nobody(_: str) -> str:
        raise AssertionError

    question = f"Is it true that {PASTED}?"
    model = QueuedChatModel(is_remote=True)
    preview, consent = Preview(), Consent(ledger_of(small).record, nobody)
    previewing = Assistant(small.index, FakeEncoder(), load_framework(), model, record=preview)
    run_preview(previewing, preview, question, None, as_json=False)
    shown = " ".join(capsys.readouterr().out.split())
    run_preview(previewing, preview, question, None, as_json=True)
    form = json.loads(capsys.readouterr().out)
    answer = previewing.recording(consent).ask(question)

    assert shown.startswith(
        "Nothing would be sent to a chat model. What you asked, now or before, repeats words"
    )
    assert (form["messages"], form["answer"]) == ([], answer.message)
    assert WHY_NOT in answer.message
    assert model.prompts == preview.kept == []
