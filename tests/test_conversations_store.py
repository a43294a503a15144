"""Saved conversations on disk: private, bounded, shared by processes, and plain about what is wrong."""

from __future__ import annotations

import datetime
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.conversations import FILE, Saved, Store
from assistant.conversations.store import VERSION
from assistant.errors import ConversationsUnusable, NotFound
from tests.indexing import PROCESSES

FORM = {"message": "m", "claims": [], "dropped": [], "evidence": [], "provenance": {}, "forgotten": 0}
ORCHARD = "the quince orchard behind the ferry landing"
TURNS = 40


def save(store: Store, question: str, conversation: int | None = None) -> int:
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return store.save(Saved(0, 0, now, question, question, "answered", FORM, None), conversation)


def save_many(directory: Path, user: str) -> None:
    """For a process of its own: one conversation of many turns."""
    store, conversation = Store(directory, user), None
    for number in range(TURNS):
        conversation = save(store, f"{user} asks {number}", conversation)


def questions(store: Store, conversation: int) -> list[str]:
    return [saved.question for saved in store.turns(conversation)]


def test_turns_are_kept_in_order_and_the_last_used_conversation_stands_first(tmp_path: Path) -> None:
    store = Store(tmp_path, "ann")
    first = save(store, "What helps?")
    second = save(store, "What hinders?")
    save(store, "And why?", first)

    assert questions(Store(tmp_path, "ann"), first) == ["What helps?", "And why?"]
    listed = store.conversations()
    assert [(one.id, one.title, one.turns) for one in listed] == [
        (first, "What helps?", 2),
        (second, "What hinders?", 1),
    ]


def test_nobody_sees_or_deletes_the_conversations_of_another_user(tmp_path: Path) -> None:
    ann, ben = Store(tmp_path, "ann"), Store(tmp_path, "ben")
    of_ann = save(ann, "What helps?")

    assert ben.conversations() == []
    with pytest.raises(NotFound, match="no saved conversation"):
        ben.turns(of_ann)
    assert ben.delete([of_ann]) == 0
    assert ben.delete_all() == 0
    assert save(ben, "Mine", of_ann) != of_ann
    assert questions(ann, of_ann) == ["What helps?"]


def test_the_file_is_its_owners_alone_also_after_it_was_opened_to_others(tmp_path: Path) -> None:
    store = Store(tmp_path, "ann")
    save(store, "What helps?")
    assert store.path.stat().st_mode & 0o777 == 0o600

    store.path.chmod(0o644)
    store.conversations()

    assert store.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("how", ["one", "before", "all"])
def test_what_is_purged_is_gone_from_the_bytes(tmp_path: Path, how: str) -> None:
    store = Store(tmp_path, "ann")
    conversation = save(store, f"What of {ORCHARD}?")
    for number in range(20):
        save(store, f"More of {ORCHARD} {number}?", conversation)
    assert ORCHARD.encode() in store.path.read_bytes()

    day = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    purge = {
        "one": lambda: store.delete([conversation]),
        "before": lambda: store.delete_before(day),
        "all": store.delete_all,
    }[how]

    assert purge() == 1
    assert store.conversations() == []
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert ORCHARD.encode() not in store.path.read_bytes()


def test_a_purge_before_a_day_leaves_what_was_used_since(tmp_path: Path) -> None:
    store = Store(tmp_path, "ann")
    save(store, "What helps?")

    assert store.delete_before(datetime.datetime.now(datetime.UTC).date()) == 0
    assert len(store.conversations()) == 1


def test_the_oldest_turns_go_when_there_are_too_many(tmp_path: Path) -> None:
    other = Store(tmp_path, "ben", kept=3)
    of_other = save(other, "Mine")
    store = Store(tmp_path, "ann", kept=3)
    old = save(store, "old 1")
    save(store, "old 2", old)
    new = save(store, "new 1")
    save(store, "new 2", new)
    save(store, "new 3", new)

    assert [one.id for one in store.conversations()] == [new]
    assert questions(store, new) == ["new 1", "new 2", "new 3"]
    assert questions(other, of_other) == ["Mine"]


def test_a_turn_of_a_conversation_that_was_deleted_meanwhile_begins_a_new_one(tmp_path: Path) -> None:
    store = Store(tmp_path, "ann")
    conversation = save(store, "What helps?")
    store.delete_all()

    again = save(store, "And then?", conversation)

    assert again != conversation
    assert questions(store, again) == ["And then?"]


def test_two_processes_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    running = [PROCESSES.Process(target=save_many, args=(tmp_path, user)) for user in ("ann", "ben")]
    for process in running:
        process.start()
    for process in running:
        process.join(60)
        assert process.exitcode == 0

    for user in ("ann", "ben"):
        (kept,) = Store(tmp_path, user).conversations()
        assert questions(Store(tmp_path, user), kept.id) == [f"{user} asks {n}" for n in range(TURNS)]


def test_threads_share_a_store_while_it_is_purged(tmp_path: Path) -> None:
    store, other = Store(tmp_path, "ann"), Store(tmp_path, "ben")
    with ThreadPoolExecutor(4) as pool:
        saved = [pool.submit(save, store, f"Question {number}") for number in range(30)]
        purged = [pool.submit(other.delete_all) for _ in range(5)]
        assert [one.result() for one in purged] == [0] * 5
        assert len({one.result() for one in saved}) == 30

    assert len(store.conversations()) == 30


def test_a_damaged_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    store = Store(tmp_path, "ann")
    store.path.write_bytes(b"no database at all " * 400)

    for use in (lambda: save(store, "What helps?"), store.conversations, store.delete_all):
        with pytest.raises(ConversationsUnusable, match=r"damaged.*move the file away"):
            use()


def test_a_turn_that_is_not_in_its_form_is_damage(tmp_path: Path) -> None:
    store = Store(tmp_path, "ann")
    conversation = save(store, "What helps?")
    with sqlite3.connect(store.path) as connection:
        connection.execute("UPDATE turns SET form = '[1, 2'")
    connection.close()

    with pytest.raises(ConversationsUnusable, match="damaged"):
        store.turns(conversation)


def test_a_newer_version_is_refused_by_its_number_and_left_as_it_is(tmp_path: Path) -> None:
    store = Store(tmp_path, "ann")
    save(store, "What helps?")
    with sqlite3.connect(store.path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = store.path.read_bytes()

    with pytest.raises(
        ConversationsUnusable, match=f"of version {VERSION + 1}; this program reads version {VERSION}"
    ):
        save(store, "And now?")

    assert store.path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")

    with pytest.raises(ConversationsUnusable, match="cannot be used now"):
        save(Store(tmp_path / "file", "ann"), "What helps?")


def test_reading_makes_no_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "index", "ann")

    assert store.conversations() == []
    assert store.delete_all() == 0
    assert not store.path.parent.exists()
