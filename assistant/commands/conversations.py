"""`assistant conversations list | show | again | purge`."""

from __future__ import annotations

import dataclasses
import datetime
import json
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from assistant.commands.printing import WIDTH, print_json
from assistant.conversations import (
    WORDS_NOT_KEPT,
    Comparison,
    Keeping,
    Saved,
    Store,
    compare,
    filter_kept,
    opened,
    told,
)
from assistant.errors import BadInput
from assistant.index import Generation
from assistant.pipeline import Assistant
from assistant.records import Answer
from assistant.rendering import JSON_VERSION, answer_json, as_text


def run_list(store: Store, *, as_json: bool) -> None:
    """Print the conversations of a user."""
    found = store.conversations()
    if as_json:
        _print_versioned({"conversations": [dataclasses.asdict(one) for one in found]})
        return
    if not found:
        typer.echo(f"No conversation of {store.user} is saved.")
    for one in found:
        turns = "1 question" if one.turns == 1 else f"{one.turns} questions"
        typer.echo(f"{one.id:>5}  {one.last[:10]}  {turns:>12}  {textwrap.shorten(one.title, 60)}")


def run_show(store: Store, conversation: int, live: Generation, *, as_json: bool) -> None:
    """Print the turns of a conversation."""
    turns = store.turns(conversation)
    if as_json:
        _print_versioned(
            {"conversation": conversation, "turns": [_turn_json(saved, live) for saved in turns]}
        )
        return
    for saved in turns:
        found = opened(saved, live)
        typer.echo(f"\n{saved.time}\n> {saved.question}\n")
        typer.echo(as_text(found.answer, WIDTH))
        for line in found.what_is_missing():
            typer.echo(line)
        typer.echo(f"(index {saved.form['provenance'].get('index', 'not asked')})")


def run_again(store: Store, conversation: int, assistant: Assistant, *, saves: bool, as_json: bool) -> None:
    """Ask each question of a conversation again, compare with its last answer, keep the new one."""
    turns = _last_asked(store.turns(conversation))
    if not turns:
        raise BadInput(f"The words of what was asked in conversation {conversation} are not kept.")
    keeping = Keeping(store if saves else None, conversation)
    forms = []
    for saved in turns:
        answer = assistant.ask(saved.standalone, within=filter_kept(saved.form))
        changes = compare(saved, answer, assistant.index.live(), assistant.index.layout)
        keeping.keep(answer, assistant.index.live)
        if as_json:
            forms.append(_changes_json(saved, changes, answer))
        else:
            _print_changes(saved, changes, answer)
    if as_json:
        _print_versioned({"conversation": conversation, "again": forms})
    if keeping.problem:
        typer.echo(f"assistant: {keeping.problem}", err=True)


def run_purge(
    store: Store, conversations: Sequence[int], before: datetime.date | None, *, everything: bool
) -> None:
    """Delete conversations. Raises BadInput unless one way of naming them is used."""
    if bool(conversations) + (before is not None) + everything != 1:
        raise BadInput("Say which: numbers of conversations, or --all, or --before YYYY-MM-DD.")
    if everything:
        count = store.delete_all()
    elif before is not None:
        count = store.delete_before(before)
    else:
        count = store.delete(conversations)
    typer.echo(f"{count} {'conversation' if count == 1 else 'conversations'} of {store.user} deleted")


def _last_asked(turns: Iterable[Saved]) -> list[Saved]:
    """The turns whose words are kept, each question within one filter once, with its last answer."""
    last: dict[str, Saved] = {}
    for saved in turns:
        if saved.question != WORDS_NOT_KEPT:
            last[json.dumps([saved.standalone, saved.form["provenance"].get("filter")])] = saved
    return list(last.values())


def _print_changes(saved: Saved, changes: Comparison, answer: Answer) -> None:
    typer.echo(f"\n> {saved.standalone}\n  (last asked {saved.time[:10]})\n")
    for line in told(changes):
        typer.echo(textwrap.fill(f"• {line}", WIDTH, subsequent_indent="  "))
    if not changes.is_same:
        typer.echo("\n" + as_text(answer, WIDTH))


def _turn_json(saved: Saved, live: Generation) -> dict[str, Any]:
    found = opened(saved, live)
    return {
        "time": saved.time,
        "answer": answer_json(found.answer),
        "lost": found.lost,
        "forgotten": found.forgotten,
    }


def _changes_json(saved: Saved, changes: Comparison, answer: Answer) -> dict[str, Any]:
    return {
        "question": saved.standalone,
        "before": saved.time,
        "same": changes.is_same,
        "told": told(changes),
        "changes": dataclasses.asdict(changes),
        "answer": answer_json(answer),
    }


def _print_versioned(form: dict[str, Any]) -> None:
    print_json({"version": JSON_VERSION, **form})
