"""`assistant ask --preview`, `assistant chat --preview` and `assistant ledger`: what a chat model would be
sent, and what has left the machine."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import typer

from assistant.commands.printing import WIDTH, print_json
from assistant.confidentiality.ledger import Ledger
from assistant.confidentiality.preview import Preview
from assistant.errors import ChatModelFailed
from assistant.pipeline import Assistant
from assistant.records import Filter
from assistant.records.sending import Sending
from assistant.rendering import CONTROL, JSON_VERSION


class Consent:
    """Stands where messages are recorded: shows each, and lets through and records what the person agrees to."""

    def __init__(self, record: Callable[[Sending], None], ask: Callable[[str], str] = input) -> None:
        self._record = record
        self._ask = ask

    def __call__(self, sending: Sending) -> None:
        """Asks. Raises ChatModelFailed if the person does not say yes."""
        typer.echo(f"\n{_in_words(sending)}\n")
        try:
            agreed = self._ask("Send it? [y/N] ").strip().lower() in ("y", "yes")
        except EOFError:
            agreed = False
        if not agreed:
            raise ChatModelFailed(f"The chat model {sending.model} was not asked, as you wished.")
        self._record(sending)


def run_preview(
    assistant: Assistant, preview: Preview, question: str, within: Filter | None, *, as_json: bool
) -> None:
    """Print what a chat model would be sent for a question. `preview` is what the assistant records with."""
    answer = assistant.ask(question, within=within)
    if as_json:
        messages = [_form(sending) for sending in preview.kept]
        print_json({"version": JSON_VERSION, "sent": False, "messages": messages, "answer": answer.message})
        return
    if not preview.kept:
        typer.echo(textwrap.fill(f"Nothing would be sent to a chat model. {answer.message}", WIDTH))
    for sending in preview.kept:
        typer.echo(f"Nothing was sent. {_in_words(sending)}")


def run_ledger(kept: Ledger, *, as_json: bool) -> None:
    """Print the ledger, oldest entry first."""
    entries, damaged = kept.read()
    if as_json:
        form = [asdict(entry) for entry in entries]
        print_json({"version": JSON_VERSION, "ledger": str(kept.path), "entries": form, "damaged": damaged})
        return
    for entry in entries:
        typer.echo(f"{entry.when}  {entry.model} at {entry.address}")
        typer.echo(textwrap.fill(f"question: {CONTROL.sub('', entry.question)}", WIDTH, initial_indent="  "))
        typer.echo(f"  {entry.characters:,} characters, sha256 {entry.sha256}")
        told = f"sentences of: {', '.join(entry.passages) or 'no passage'}"
        typer.echo(textwrap.fill(told, WIDTH, initial_indent="  ", subsequent_indent="    "))
    if entries:
        typer.echo(f"{len(entries)} message(s) left this machine, as {kept.path} tells.")
    elif not damaged:
        typer.echo(f"Nothing has left this machine: there is no entry in {kept.path}.")
    if damaged:
        numbers = ", ".join(map(str, damaged))
        typer.echo(
            f"{len(damaged)} line(s) are no entry that can be read, and may be of messages that left: {numbers}."
        )


def _in_words(sending: Sending) -> str:
    where = "elsewhere" if sending.is_remote else "on this machine"
    return (
        f"{sending.model} at {sending.address}, which runs {where}, would be sent this message of "
        f"{len(sending.text):,} characters, with {sending.sentences} sentence(s) of {len(sending.passages)} passage(s):\n\n"
        f"{textwrap.indent(CONTROL.sub('', sending.text), '  | ', lambda _: True)}\n\n"
        f"Passages: {', '.join(sending.passages) or 'none'}"
    )


def _form(sending: Sending) -> dict[str, Any]:
    return {**asdict(sending), "characters": len(sending.text)}
