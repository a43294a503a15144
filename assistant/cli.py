"""The command line: `assistant ingest | search | ask | chat | show | sources | status | ui`.

Heavy modules are imported inside the commands, so that `assistant --help` is quick.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant import __version__

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.settings import Settings

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Answers from an evidence base on innovation in social care and public services, with citations "
    "to the exact words in the sources.",
)
IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Directory of the index (or ASSISTANT_INDEX).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the documented JSON form.")]
DebugOption = Annotated[bool, typer.Option("--debug", help="Show the whole error of the program.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=200, help="How many passages.")]


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"assistant {__version__}")
        raise typer.Exit


@app.callback()
def common(
    index: IndexOption = None,
    debug: DebugOption = False,
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Options that hold for every command."""


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


def _settings(context: typer.Context, index: Path | None) -> Settings:
    from assistant.settings import load_settings

    return load_settings(index=index or _given_before_the_command(context, "index"))


def _given_before_the_command(context: typer.Context, option: str) -> Any:
    """An option as in `assistant --index DIR ask …`."""
    return context.find_root().params.get(option)


def _assistant(context: typer.Context, index: Path | None) -> Assistant:
    from assistant.pipeline import open_assistant

    return open_assistant(_settings(context, index))


def _print_json(form: Any) -> None:
    typer.echo(json.dumps(form, ensure_ascii=False, indent=1))


@app.command()
def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; none: the bundled corpus.")
    ] = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove files that have vanished from the given paths.")
    ] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the index anew from what it holds; needs no files.")
    ] = False,
    password: Annotated[
        str | None, typer.Option("--password", help="Password of encrypted PDFs among the files.")
    ] = None,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Read scanned PDFs through tesseract, if it is installed.")
    ] = False,
    index: IndexOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Bring the index up to date with files: what is new is added, what changed is replaced."""
    with plain_errors(context, debug):
        from assistant.commands.ingest import run_ingest
        from assistant.reading.reader import ReadOptions

        code = run_ingest(
            _settings(context, index),
            paths or [],
            prune=prune,
            rebuild=rebuild,
            as_json=as_json,
            options=ReadOptions(password=password, ocr=ocr),
        )
    raise typer.Exit(code)


@app.command()
def search(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="Question or words.")] = None,
    limit: LimitOption = 10,
    batch: Annotated[Path | None, typer.Option("--batch", help="JSON Lines with id and question.")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="Where batch results go.")] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Passages for a question, best first."""
    with plain_errors(context, debug):
        from assistant.commands.reading import run_search

        run_search(_assistant(context, index), question, limit, batch, output, as_json=as_json)


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", help="JSON Lines with id, question, previous.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", help="Where batch answers go.")] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Answer a question from the evidence, with citations."""
    with plain_errors(context, debug):
        from assistant.commands.reading import run_ask

        run_ask(_assistant(context, index), question, batch, output, as_json=as_json)


@app.command()
def chat(context: typer.Context, index: IndexOption = None, debug: DebugOption = False) -> None:
    """Ask in the terminal, with memory of the conversation."""
    with plain_errors(context, debug):
        from assistant.commands.reading import run_chat

        run_chat(_assistant(context, index))


@app.command()
def show(
    context: typer.Context,
    passage: Annotated[str, typer.Argument(help="Id of a passage, or its first digits.")],
    index: IndexOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """A passage with what stands before and after it, and what its sentences are."""
    with plain_errors(context, debug):
        from assistant.commands.reading import run_show

        run_show(_assistant(context, index), passage, as_json=as_json)


@app.command()
def sources(
    context: typer.Context, index: IndexOption = None, as_json: JsonOption = False, debug: DebugOption = False
) -> None:
    """The documents in the index."""
    with plain_errors(context, debug):
        from assistant.commands.reading import run_sources

        run_sources(_assistant(context, index), as_json=as_json)


@app.command()
def status(
    context: typer.Context, index: IndexOption = None, as_json: JsonOption = False, debug: DebugOption = False
) -> None:
    """The state of the index and models; what is wrong, and the command that mends it."""
    with plain_errors(context, debug):
        from assistant.commands.status import run_status

        code = run_status(_settings(context, index), as_json=as_json)
    raise typer.Exit(code)


@app.command()
def ui(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port on loopback.")] = 8501,
    index: IndexOption = None,
    debug: DebugOption = False,
) -> None:
    """Start the chat page on loopback and print its address."""
    with plain_errors(context, debug):
        from assistant.ui.serve import run_ui

        run_ui(_settings(context, index), port)


def main() -> None:
    """Entry point of the command `assistant`."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # What the terminal cannot show, as a file's name that is no text, is shown in escapes.
        sys.stdout.reconfigure(errors="backslashreplace")
    app()
