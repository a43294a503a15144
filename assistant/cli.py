"""The command line: `assistant ingest | search | mentions | ask | chat | show | sources | status | ui | …`.

Heavy modules are imported inside the commands, so that `assistant --help` is quick.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant import __version__
from assistant.commands import conversing, correcting, finding, interviews, sending
from assistant.commands.options import (
    DebugOption,
    IndexOption,
    JsonOption,
    NoSaveOption,
    plain_errors,
    settings_of,
)

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

PasswordOption = Annotated[
    str | None, typer.Option("--password", help="Password of encrypted PDFs among the files.")
]
TierOption = Annotated[
    Literal["public", "team", "restricted"] | None,
    typer.Option(
        "--sensitivity",
        help="Who may see these files, beside what they say: the stricter holds, until another is given.",
    ),
]
BibliographyOption = Annotated[
    list[Path] | None,
    typer.Option("--bibliography", help="RIS, BibTeX, CSL-JSON or TOML that lies elsewhere."),
]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Answers from an evidence base on innovation in social care and public services, with citations "
    "to the exact words in the sources.",
)


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


def _assistant(context: typer.Context, index: Path | None) -> Assistant:
    from assistant.pipeline import open_assistant

    return open_assistant(settings_of(context, index))


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
    password: PasswordOption = None,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Read scanned PDFs through tesseract, if it is installed.")
    ] = False,
    keep_names: Annotated[
        bool, typer.Option("--keep-names", help="Take interviews that give their speakers' names.")
    ] = False,
    allow_withdrawn: Annotated[
        bool, typer.Option("--allow-withdrawn", help="Take in again what was withdrawn of these files.")
    ] = False,
    sensitivity: TierOption = None,
    bibliography: BibliographyOption = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Bring the index up to date with files: what is new is added, what changed is replaced."""
    with plain_errors(context, debug):
        from assistant.commands.ingest import run_ingest
        from assistant.reading.reader import ReadOptions
        from assistant.records import Sensitivity

        code = run_ingest(
            settings_of(context, index),
            paths or [],
            bibliography or [],
            prune=prune,
            rebuild=rebuild,
            as_json=as_json,
            options=ReadOptions(
                password, ocr=ocr, keep_names=keep_names, sensitivity=sensitivity and Sensitivity(sensitivity)
            ),
            allow_withdrawn=allow_withdrawn,
        )
    raise typer.Exit(code)


finding.register(app)


conversing.register(app)


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
    context: typer.Context,
    document: Annotated[
        str | None, typer.Argument(help="File name, path or id of one, to see where its fields come from.")
    ] = None,
    incomplete: Annotated[
        bool, typer.Option("--incomplete", help="What they lack, and what to write into sources.toml.")
    ] = False,
    index: IndexOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """The documents in the index, where they come from, and what is missing."""
    with plain_errors(context, debug):
        from assistant.commands.sources import run_sources

        run_sources(_assistant(context, index), document, incomplete=incomplete, as_json=as_json)


@app.command()
def status(
    context: typer.Context, index: IndexOption = None, as_json: JsonOption = False, debug: DebugOption = False
) -> None:
    """The state of the index and models; what is wrong, and the command that mends it."""
    with plain_errors(context, debug):
        from assistant.commands.status import run_status

        code = run_status(settings_of(context, index), as_json=as_json)
    raise typer.Exit(code)


@app.command()
def ui(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port on loopback.")] = 8501,
    no_save: NoSaveOption = False,
    index: IndexOption = None,
    debug: DebugOption = False,
) -> None:
    """Start the chat page on loopback and print its address."""
    with plain_errors(context, debug):
        from assistant.ui.serve import run_ui

        settings = settings_of(context, index)
        if no_save:
            settings = settings.model_copy(update={"save_conversations": False})
        run_ui(settings, port)


interviews.register(app)
sending.register(app)
correcting.register(app)


def main() -> None:
    """Entry point of the command `assistant`."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # What the terminal cannot show, as a file's name that is no text, is shown in escapes.
        sys.stdout.reconfigure(errors="backslashreplace")
    app()
