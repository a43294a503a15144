"""What is sent to a chat model, as the command line offers it: `--preview` and `assistant ledger`."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.commands.options import DebugOption, IndexOption, JsonOption, plain_errors, settings_of

PreviewOption = Annotated[
    bool, typer.Option("--preview", help="Show what a chat model would be sent, and send nothing.")
]
ConsentOption = Annotated[
    bool, typer.Option("--preview", help="Show what a chat model would be sent, and ask before it is.")
]


def register(app: typer.Typer) -> None:
    """Add the command of this module to the command line."""
    app.command()(ledger)


def ledger(
    context: typer.Context, index: IndexOption = None, as_json: JsonOption = False, debug: DebugOption = False
) -> None:
    """What has left this machine for chat models elsewhere: when, to which, about what."""
    with plain_errors(context, debug):
        from assistant.commands.previewing import run_ledger
        from assistant.confidentiality.ledger import Ledger

        run_ledger(Ledger.beside(settings_of(context, index).index), as_json=as_json)
