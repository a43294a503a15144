"""Commands for interview material, as the command line offers them: `assistant withdraw | …`.

Heavy modules are imported inside the commands, so that `assistant --help` is quick.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from assistant.commands.options import DebugOption, IndexOption, JsonOption, plain_errors, settings_of


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command()(withdraw)
    app.command()(export)
    app.command()(pseudonymise)


def withdraw(
    context: typer.Context,
    wanted: Annotated[
        list[str], typer.Argument(help="Documents (id, file, title or a part of it) or speakers (code).")
    ],
    document: Annotated[
        list[str] | None, typer.Option("--document", help="In which document the speakers are meant.")
    ] = None,
    prove: Annotated[
        bool, typer.Option("--prove", help="Search every byte for what was withdrawn; 1 if it is found.")
    ] = False,
    index: IndexOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Take documents, or what a speaker said, out of the index and keep them out."""
    with plain_errors(context, debug):
        from assistant.commands.withdraw import run_withdraw

        code = run_withdraw(
            settings_of(context, index), wanted, document or [], proves=prove, as_json=as_json
        )
    raise typer.Exit(code)


def export(
    context: typer.Context,
    form: Annotated[
        Literal["ris", "bibtex", "csl-json", "qdpx"],
        typer.Option("--format", help="References, or qdpx: passages with their labels as codes."),
    ],
    output: Annotated[Path | None, typer.Option("--output", help="File to write; none: print.")] = None,
    include_restricted: Annotated[
        bool, typer.Option("--include-restricted", help="Write restricted documents too.")
    ] = False,
    index: IndexOption = None,
    debug: DebugOption = False,
) -> None:
    """Write sources for a reference manager, or passages for a program for qualitative analysis."""
    with plain_errors(context, debug):
        from assistant.commands.export import Format, run_export

        run_export(settings_of(context, index), Format(form), output, include_restricted=include_restricted)


def pseudonymise(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Transcripts.")],
    names: Annotated[
        Path, typer.Option("--map", help="Names and their codes (TOML); proposed if there is no such file.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", help="Folder to write to; none: `pseudonymised` beside a file.")
    ] = None,
    index: IndexOption = None,
    debug: DebugOption = False,
) -> None:
    """Write transcripts with codes for names, and list what else may tell who somebody is."""
    with plain_errors(context, debug):
        from assistant.commands.pseudonymise import run_pseudonymise

        code = run_pseudonymise(settings_of(context, index), files, names, output)
    raise typer.Exit(code)
