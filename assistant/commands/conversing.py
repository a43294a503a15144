"""Commands that talk and remember, as the command line offers them: `assistant chat | conversations …`.

Heavy modules are imported inside the commands, so that `assistant --help` is quick.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.filters import filter_given, takes_filter
from assistant.commands.options import (
    DebugOption,
    IndexOption,
    JsonOption,
    NoSaveOption,
    plain_errors,
    settings_of,
)
from assistant.commands.sending import ConsentOption

if TYPE_CHECKING:
    from assistant.conversations import Store
    from assistant.settings import Settings

UserOption = Annotated[
    str | None, typer.Option("--user", help="Whose conversations (or ASSISTANT_USER); else who runs this.")
]
IdArgument = Annotated[int, typer.Argument(help="Number of a conversation, as `list` gives it.")]

conversations = typer.Typer(
    help="Saved conversations: read them, ask again, delete them.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command()(chat)
    conversations.command("list")(list_)
    conversations.command()(show)
    conversations.command()(again)
    conversations.command()(purge)
    app.add_typer(conversations, name="conversations")


@takes_filter
def chat(
    context: typer.Context,
    preview: ConsentOption = False,
    no_save: NoSaveOption = False,
    user: UserOption = None,
    index: IndexOption = None,
    debug: DebugOption = False,
) -> None:
    """Ask in the terminal, with memory of the conversation."""
    with plain_errors(context, debug):
        from assistant.commands.chatting import Chat
        from assistant.commands.previewing import Consent
        from assistant.confidentiality.ledger import Ledger
        from assistant.conversations import Keeping
        from assistant.framework import load_framework
        from assistant.pipeline import open_assistant

        settings = settings_of(context, index)
        record = Consent(Ledger.beside(settings.index).record) if preview else None
        assistant = open_assistant(settings, record=record)
        within = filter_given(context, settings, assistant.index.live)
        saves = settings.save_conversations and not no_save
        keeping = Keeping.of(settings.index, user or settings.user, saves=saves)
        Chat(assistant, load_framework(settings.framework), keeping, within).run()


def list_(
    context: typer.Context,
    user: UserOption = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """The saved conversations, the last used first."""
    with plain_errors(context, debug):
        from assistant.commands.conversations import run_list

        run_list(_store(settings_of(context, index), user), as_json=as_json)


def show(
    context: typer.Context,
    conversation: IdArgument,
    user: UserOption = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """The questions and answers of a conversation, in the words that the index holds now."""
    with plain_errors(context, debug):
        from assistant.commands.conversations import run_show
        from assistant.index import Generation
        from assistant.index.generations import Layout

        settings = settings_of(context, index)
        live = Generation(Layout(settings.index).live())
        run_show(_store(settings, user), conversation, live, as_json=as_json)


def again(
    context: typer.Context,
    conversation: IdArgument,
    no_save: NoSaveOption = False,
    user: UserOption = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Ask the questions of a conversation again, and say what changed and through what."""
    with plain_errors(context, debug):
        from assistant.commands.conversations import run_again
        from assistant.pipeline import open_assistant

        settings = settings_of(context, index)
        saves = settings.save_conversations and not no_save
        run_again(
            _store(settings, user), conversation, open_assistant(settings), saves=saves, as_json=as_json
        )


def purge(
    context: typer.Context,
    conversation: Annotated[list[int] | None, typer.Argument(help="Numbers of conversations.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All of this user.")] = False,
    before: Annotated[
        datetime.datetime | None,
        typer.Option("--before", formats=["%Y-%m-%d"], help="Those not used since this day."),
    ] = None,
    user: UserOption = None,
    index: IndexOption = None,
    debug: DebugOption = False,
) -> None:
    """Delete saved conversations, so that their bytes are gone too."""
    with plain_errors(context, debug):
        from assistant.commands.conversations import run_purge

        day = before.date() if before else None
        run_purge(_store(settings_of(context, index), user), conversation or [], day, everything=everything)


def _store(settings: Settings, user: str | None) -> Store:
    from assistant.conversations import Store

    return Store(settings.index, user or settings.user)
