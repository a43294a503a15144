"""What is withdrawn is gone from saved conversations too, to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversations import FILE, forget, opened
from assistant.conversations.forgetting import WITHDRAWN_WORDS
from assistant.errors import ConversationsUnusable
from tests import studies
from tests.builders import write_files
from tests.conversing import Desk
from tests.indexing import proof_of, take_out
from tests.program import json_of, run

QUOTING = "Who said that missing transport was a barrier to the harbour circles, and why?"
INTERVIEW = """Title: Talk at the lighthouse
Sensitivity: public
--------------------

P14: The harbour master lent the lighthouse circle his oldest boathouse without any rent.

P15: Seventeen painted benches helped the lighthouse circle last until the spring.
"""
LIGHTHOUSE = (
    "Did the harbour master lend the lighthouse circle his oldest boathouse without rent?",
    "Did seventeen painted benches help the lighthouse circle last until the spring?",
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def bytes_of(desk: Desk) -> bytes:
    return b"".join(path.read_bytes() for path in desk.root.glob(f"{FILE}*"))


def speakers_in(desk: Desk, conversation: int) -> set[str | None]:
    return {
        citation["speaker"]
        for saved in desk.turns(conversation)
        for claim in saved.form["claims"]
        for citation in claim["citations"]
    }


def test_a_withdrawn_document_is_gone_from_the_bytes_of_every_users_conversations(
    desk: Desk, tmp_path: Path
) -> None:
    other = Desk(tmp_path, "ben")
    mine, theirs = desk.ask(studies.HARBOUR, QUOTING, studies.LANTERN), other.ask(studies.HARBOUR)
    (document,) = (head.id for head in desk.index.live().heads.values() if head.name == "harbour.md")
    assert b"missing transport was a barrier" in bytes_of(desk)
    assert b"Harbour circles in Southmere" in bytes_of(desk)
    before = desk.turns(mine)[2].form

    outcome = take_out(desk.root, "harbour.md")
    assert any(FILE in line for line in proof_of(desk.root, outcome).found)
    changed = forget(desk.layout, [document], outcome.sought.pieces)

    assert changed == 4
    assert proof_of(desk.root, outcome).found == []
    for words in (b"missing transport", b"Harbour circles in Southmere", b"harbour.md"):
        assert words not in bytes_of(desk)
    first, second, third = desk.turns(mine)
    assert first.form["forgotten"] > 0
    assert second.question == f"Who said that {WITHDRAWN_WORDS}, and why?"
    assert (third.form["claims"], third.form["message"]) == (before["claims"], before["message"])
    assert other.turns(theirs)[0].form["claims"] == []
    assert "withdrawn since" in " ".join(opened(first, desk.index.live()).what_is_missing())


def test_what_a_withdrawn_speaker_said_is_gone_and_the_others_stay(desk: Desk) -> None:
    desk.write("interview.txt", INTERVIEW)
    conversation = desk.ask(*LIGHTHOUSE)
    speakers = speakers_in(desk, conversation)
    assert {"P14", "P15"} <= speakers

    outcome = take_out(desk.root, "P14")
    forget(desk.layout, [target.document.id for target in outcome.targets], outcome.sought.pieces)

    assert speakers_in(desk, conversation) == speakers - {"P14"}
    assert b"P14" not in bytes_of(desk)


def test_what_was_nearest_goes_with_its_document_and_what_was_said_stays(desk: Desk) -> None:
    conversation = desk.ask(studies.ELSEWHERE)
    [before] = desk.turns(conversation)
    [file, *_] = {citation["file"] for claim in before.form["nearest"] for citation in claim["citations"]}

    outcome = take_out(desk.root, file)
    assert forget(desk.layout, [target.document.id for target in outcome.targets], outcome.sought.pieces) == 1

    [after] = desk.turns(conversation)
    assert 0 < len(before.form["nearest"]) > len(after.form["nearest"])
    assert after.form["message"] == before.form["message"]
    assert file.encode() not in bytes_of(desk)


def test_a_withdrawal_that_was_cut_off_before_is_made_good_from_its_list(desk: Desk) -> None:
    conversation = desk.ask(studies.HARBOUR)
    take_out(desk.root, "harbour.md")

    assert forget(desk.layout) == 1

    assert b"Harbour circles in Southmere" not in bytes_of(desk)
    assert desk.turns(conversation)[0].form["claims"] == []
    assert forget(desk.layout) == 0


def test_what_was_not_withdrawn_stays_as_it_was(desk: Desk) -> None:
    conversation = desk.ask(studies.HARBOUR, studies.LANTERN)
    before = desk.turns(conversation)
    assert forget(desk.layout) == 0

    take_out(desk.root, "orchard.md")
    forget(desk.layout, [], ["words that nobody has ever put into any question"])

    for one, other in zip(before, desk.turns(conversation), strict=True):
        assert one.question == other.question
        for kept in ("claims", "message", "forgotten"):
            assert one.form[kept] == other.form[kept]


def test_the_command_takes_it_out_of_conversations_and_proves_it(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    folder = write_files(tmp_path / "files", studies.FILES)
    json_of(environment, "ingest", folder)
    assert run(environment, "ask", QUOTING).returncode == 0
    saved = Path(environment["ASSISTANT_INDEX"]) / FILE
    assert b"missing transport was a barrier" in saved.read_bytes()

    done = run(environment, "withdraw", "harbour.md", "--prove")

    assert (done.returncode, done.stderr) == (0, "")
    assert "taken out of 1 saved answer too" in done.stdout
    assert "nothing was found" in done.stdout
    assert b"missing transport" not in saved.read_bytes()


def test_conversations_that_cannot_be_read_are_told_after_a_withdrawal(desk: Desk) -> None:
    desk.ask(studies.HARBOUR)
    take_out(desk.root, "harbour.md")
    desk.store.path.write_bytes(b"no database at all " * 400)

    with pytest.raises(ConversationsUnusable, match="damaged"):
        forget(desk.layout)
