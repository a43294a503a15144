"""`assistant chat`: a conversation in the terminal."""

from __future__ import annotations

from dataclasses import fields

import typer

from assistant.commands.printing import WIDTH
from assistant.conversation import turns_of
from assistant.conversations import Keeping
from assistant.errors import BadInput
from assistant.framework import Framework
from assistant.index.filtering import filter_of
from assistant.pipeline import Assistant
from assistant.records import Filter, Turn
from assistant.rendering import as_text, filter_in_words

FIELDS = tuple(field.name for field in fields(Filter))
RESTATES = "="
NARROWS = "/only"
WELCOME = (
    "Ask about what helps and what hinders innovation. An empty line ends the chat.\n"
    f"{NARROWS} country Scotland looks only there ({NARROWS} alone: everywhere again)."
)
HOW_TO_RESTATE = f"Not what you meant? Write {RESTATES} and the question in full."


class Chat:
    """A conversation from its first question until the person leaves."""

    def __init__(
        self, assistant: Assistant, framework: Framework, keeping: Keeping, within: Filter | None = None
    ) -> None:
        self._assistant = assistant
        self._framework = framework
        self._keeping = keeping
        self._within = within
        self._wanted: dict[str, list[str]] = {}
        self._previous: list[Turn] = []

    def run(self) -> None:
        """Ask and answer until an empty line or the end of the input."""
        typer.echo(WELCOME)
        while said := _line():
            try:
                if said.split()[0] == NARROWS:
                    self._narrow(said.split()[1:])
                else:
                    self._answer(said)
            except BadInput as error:
                typer.echo(str(error))

    def _answer(self, said: str) -> None:
        restates = said.startswith(RESTATES)
        question = said.removeprefix(RESTATES)
        answer = self._assistant.ask(question, self._previous, self._within, restated=restates)
        typer.echo("\n" + as_text(answer, WIDTH))
        if answer.standalone_question != answer.question:
            typer.echo(f"\n{HOW_TO_RESTATE}")
        self._previous += turns_of(answer)
        was_kept = not self._keeping.problem
        self._keeping.keep(answer, self._assistant.index.live)
        if was_kept and self._keeping.problem:
            typer.echo(f"assistant: {self._keeping.problem}", err=True)

    def _narrow(self, words: list[str]) -> None:
        """Look only at documents or sentences with a value of a field; without words at everything."""
        if words and (len(words) == 1 or words[0] not in FIELDS):
            raise BadInput(f"Write {NARROWS}, one of {', '.join(FIELDS)}, and a value; or {NARROWS} alone.")
        if words:
            wanted = {**self._wanted, words[0]: [*self._wanted.get(words[0], []), " ".join(words[1:])]}
            heads = self._assistant.index.live().heads.values()
            self._within, self._wanted = filter_of(wanted, heads, self._framework), wanted
        else:
            self._within, self._wanted = None, {}
        stated = filter_in_words(self._within.stated()) if self._within else "everything"
        typer.echo(f"Looking at {stated}." if self._within is None else f"Looking only at {stated}.")


def _line() -> str:
    """What the person writes; empty at the end."""
    try:
        return input("\n> ").strip()
    except EOFError:
        return ""
