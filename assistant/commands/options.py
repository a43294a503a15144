"""Options that all commands take, and how their errors are shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from assistant.settings import Settings

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Directory of the index (or ASSISTANT_INDEX).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the documented JSON form.")]
NoSaveOption = Annotated[bool, typer.Option("--no-save", help="Keep nothing of what is asked.")]
DebugOption = Annotated[bool, typer.Option("--debug", help="Show the whole error of the program.")]


@contextmanager
def plain_errors(context: typer.Context, debug: bool) -> Iterator[None]:
    """Errors as one sentence on stderr and an exit code; the whole one with --debug."""
    from assistant.errors import AssistantError

    try:
        yield
    except AssistantError as error:
        if debug or _given_before_the_command(context, "debug"):
            raise
        typer.echo(f"assistant: {error}", err=True)
        raise typer.Exit(error.exit_code) from None
    except KeyboardInterrupt:
        typer.echo("assistant: stopped", err=True)
        raise typer.Exit(130) from None
    except BrokenPipeError:
        # The reader (head, less) has gone; nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except Exception as error:
        if debug or _given_before_the_command(context, "debug"):
            raise
        typer.echo(
            f"assistant: an error of the program itself ({type(error).__name__}: {error}); "
            "run it again with --debug to see where",
            err=True,
        )
        raise typer.Exit(1) from None


def settings_of(context: typer.Context, index: Path | None) -> Settings:
    """The settings, with the index that this call names."""
    from assistant.settings import load_settings

    return load_settings(index=index or _given_before_the_command(context, "index"))


def _given_before_the_command(context: typer.Context, option: str) -> Any:
    """An option as in `assistant --index DIR ask …`."""
    return context.find_root().params.get(option)
