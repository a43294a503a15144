"""What leaves the machine for a chat model: shown before, recorded first, and nothing restricted in it."""

from __future__ import annotations

import hashlib
import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.answering.chat_models import open_chat_model
from assistant.commands.previewing import Consent
from assistant.confidentiality.ledger import Entry, Ledger
from assistant.confidentiality.preview import Preview
from assistant.errors import ChatModelFailed
from assistant.framework import load_framework
from assistant.pipeline import Assistant
from assistant.records import Status
from assistant.records.sending import Sending
from assistant.settings import Settings
from tests import studies
from tests.builders import assistant_over, ledger_of, with_server
from tests.chat_servers import KEY, PROTOCOLS, Reply, serving
from tests.fakes import FakeEncoder, QueuedChatModel

SECRETS = ("ZEBRAFINCH", "Trusted volunteers", "Locked doors", "cellar scheme was")
pytestmark = pytest.mark.usefixtures("provider_keys")
NOTHING = Reply("NOT IN THE EVIDENCE")


@pytest.fixture
def small(tmp_path: Path) -> Assistant:
    return assistant_over(tmp_path, FakeEncoder(), studies.WITH_RESTRICTED)


def entries_of(ledger: Ledger) -> list[Entry]:
    return ledger.read()[0]


def sending(**given: object) -> Sending:
    fields = {
        "model": "p:m", "address": "http://far.example", "is_remote": True, "question": "Why?",
        "passages": ("a1", "b2"), "text": "Whole message «ä»",
    }  # fmt: skip
    return Sending(**{**fields, **given})  # type: ignore[arg-type]


# Restricted words


@pytest.mark.parametrize("provider", sorted(PROTOCOLS))
@pytest.mark.parametrize("question", [studies.CELLAR, studies.HARBOUR])
def test_no_restricted_word_is_in_what_a_server_elsewhere_receives(
    provider: str, question: str, small: Assistant
) -> None:
    with serving(provider, NOTHING) as server:
        with_server(small, server, declared_remote=True).ask(question)

        (body,) = server.received
        told = json.dumps(json.loads(body), ensure_ascii=False).split("Sentences:")[1]
        assert "«" in told
        assert not any(secret in told for secret in SECRETS)


@pytest.mark.parametrize("provider", sorted(PROTOCOLS))
def test_a_server_on_this_machine_is_shown_restricted_words_and_that_is_not_recorded(
    provider: str, small: Assistant
) -> None:
    with serving(provider, NOTHING) as server:
        with_server(small, server, declared_remote=False).ask(studies.CELLAR)

        assert b"ZEBRAFINCH" in server.received[0]
    assert not ledger_of(small).path.exists()


# The ledger


def test_what_leaves_is_recorded_with_what_identifies_it(small: Assistant) -> None:
    with serving("openai", NOTHING) as server:
        with_server(small, server, declared_remote=True).ask(studies.HARBOUR)
        message = json.loads(server.received[0])["messages"][0]["content"]

        (entry,) = entries_of(ledger_of(small))
        assert entry.model == server.model
        assert entry.address == server.url
    assert entry.question == studies.HARBOUR
    assert entry.characters == len(message)
    assert entry.sha256 == hashlib.sha256(message.encode()).hexdigest()
    cited = small.index.live().catalogue.passages(list(entry.passages)).values()
    assert cited
    assert all(any(one.text in message for one in passage.sentences) for passage in cited)
    assert stat.S_IMODE(ledger_of(small).path.stat().st_mode) == 0o600


def test_every_request_is_an_entry_and_each_is_added_at_the_end(small: Assistant) -> None:
    with serving("ollama", Reply("nothing that can be read")) as server:
        remote = with_server(small, server, declared_remote=True)
        remote.ask(studies.HARBOUR)
        before = ledger_of(small).path.read_bytes()
        remote.ask(studies.ORCHARD)

        assert len(server.received) == 4
    assert len(entries_of(ledger_of(small))) == 4
    assert ledger_of(small).path.read_bytes().startswith(before)


def test_an_entry_is_on_the_disk_before_its_message_is_sent(small: Assistant) -> None:
    seen: list[int] = []

    def look(_: object) -> Reply:
        seen.append(len(entries_of(ledger_of(small))))
        return NOTHING

    with serving("anthropic", look) as server:
        with_server(small, server, declared_remote=True).ask(studies.HARBOUR)

    assert seen == [1]


def test_what_cannot_be_recorded_is_not_sent(small: Assistant) -> None:
    ledger_of(small).path.mkdir()
    with serving("openai", NOTHING) as server:
        answer = with_server(small, server, declared_remote=True).ask(studies.HARBOUR)

        assert server.received == []
    assert answer.status is Status.ANSWERED
    assert "could not be recorded" in answer.message


def test_the_ledger_holds_no_words_of_documents_and_no_key(small: Assistant) -> None:
    with serving("openai", NOTHING) as server:
        with_server(small, server, declared_remote=True).ask(studies.HARBOUR)

    told = ledger_of(small).path.read_text(encoding="utf-8")
    assert "missing transport" not in told
    assert KEY not in told


def test_entries_are_read_as_they_were_written(tmp_path: Path) -> None:
    kept = Ledger(tmp_path / "below" / "ledger.jsonl")
    assert entries_of(kept) == []

    kept.record(sending(question="Was “ä” said?\nYes"))
    kept.record(sending(is_remote=False))
    kept.record(sending(text=""))

    first, second = entries_of(kept)
    assert isinstance(first, Entry)
    assert (first.question, first.passages, first.characters) == ("Was “ä” said?\nYes", ("a1", "b2"), 17)
    assert second.characters == 0


def test_a_line_that_is_no_entry_is_told_by_its_number_and_hides_no_other(tmp_path: Path) -> None:
    kept = Ledger(tmp_path / "ledger.jsonl")
    kept.record(sending(question="First"))
    with kept.path.open("a") as file:
        file.write('{}\n{"when": "2026-0')
    kept.record(sending(question="Last"))

    entries, damaged = kept.read()

    assert [entry.question for entry in entries] == ["First", "Last"]
    assert damaged == [2, 3]


def test_a_ledger_that_takes_only_part_of_a_line_stops_the_message(tmp_path: Path) -> None:
    kept = Ledger(tmp_path / "ledger.jsonl")
    kept.record(sending())
    room = kept.path.stat().st_size + 20
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from assistant.confidentiality.ledger import Ledger\n"
        "from assistant.errors import ChatModelFailed\n"
        "from assistant.records.sending import Sending\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)\n"
        "try: Ledger(Path(sys.argv[1])).record(Sending('p:m', 'far', True, 'Why?', (), 'text'))\n"
        "except ChatModelFailed: print('was not sent')\n"
    )
    command = [sys.executable, "-c", program, str(kept.path), str(room)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)

    assert done.stdout == "was not sent\n"
    kept.record(sending(question="After"))
    entries, damaged = kept.read()
    assert ([entry.question for entry in entries], damaged) == (["Why?", "After"], [2])


# The preview


@pytest.mark.parametrize("declared_remote", [True, False])
def test_a_preview_is_what_would_be_received_and_sends_nothing(
    declared_remote: bool, small: Assistant
) -> None:
    with serving("openai", NOTHING) as server:
        settings = Settings(model=server.model, model_url=server.url)
        model = open_chat_model(settings, is_remote=declared_remote)
        preview = Preview()
        Assistant(small.index, FakeEncoder(), load_framework(), model, record=preview).ask(studies.CELLAR)
        assert server.received == []
        assert not ledger_of(small).path.exists()

        with_server(small, server, declared_remote=declared_remote).ask(studies.CELLAR)
        (sent,) = (json.loads(body)["messages"] for body in server.received)

    (kept,) = preview.kept
    assert [message["content"] for message in sent] == [kept.text]
    assert ("ZEBRAFINCH" in kept.text) is not declared_remote


def test_a_question_that_is_declined_or_has_no_evidence_would_send_nothing(small: Assistant) -> None:
    for question in ("Who is P4?", studies.ELSEWHERE):
        preview = Preview()
        model = QueuedChatModel(is_remote=True)
        Assistant(small.index, FakeEncoder(), load_framework(), model, record=preview).ask(question)
        assert preview.kept == []


def test_a_preview_lets_nothing_through() -> None:
    with pytest.raises(ChatModelFailed, match="was not asked"):
        Preview()(sending())


def run(environment: dict[str, str], *arguments: str, said: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        env=environment, input=said, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return done.stdout


def test_the_command_line_shows_a_preview_asks_and_prints_the_ledger(
    over_notes: dict[str, str], bundled_index: Path
) -> None:
    question = "What helps a new practice model last?"
    with serving("openai", NOTHING) as server:
        environment = {
            **over_notes, "ASSISTANT_MODEL": server.model, "ASSISTANT_MODEL_URL": server.url,
            "ASSISTANT_MODEL_IS_REMOTE": "true", "OPENAI_API_KEY": KEY,
        }  # fmt: skip
        shown = run(environment, "ask", "--preview", question)
        form = json.loads(run(environment, "ask", "--preview", "--json", question))
        assert server.received == []
        assert "Nothing has left this machine" in run(environment, "ledger")

        run(environment, "ask", question)
        (message,) = json.loads(server.received[0])["messages"]

    assert shown.startswith(f"Nothing was sent. {server.model} at {server.url}, which runs elsewhere")
    assert f"Question: {question}" in shown
    assert form["sent"] is False
    assert [one["text"] for one in form["messages"]] == [message["content"]]
    printed = run(over_notes, "ledger")
    (entry,) = json.loads(run(over_notes, "ledger", "--json"))["entries"]
    assert entry["passages"] == form["messages"][0]["passages"]
    assert server.model in printed
    assert question in printed
    assert "1 message(s) left this machine" in printed
    Ledger.beside(bundled_index).path.unlink()


@pytest.mark.parametrize(("said", "sent"), [("y", 1), ("Yes", 1), ("n", 0), ("", 0)])
def test_a_chat_with_preview_sends_what_the_person_agrees_to(
    said: str, sent: int, small: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    model = QueuedChatModel("NOT IN THE EVIDENCE", is_remote=True)
    consent = Consent(ledger_of(small).record, lambda _: said)
    answer = Assistant(small.index, FakeEncoder(), load_framework(), model, record=consent).ask(
        studies.HARBOUR
    )

    assert "«Shared meals helped the harbour circles last.»" in capsys.readouterr().out
    assert len(model.prompts) == len(entries_of(ledger_of(small))) == sent
    assert ("as you wished" in answer.message) is (not sent)
