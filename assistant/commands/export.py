"""`assistant export`."""

from __future__ import annotations

import enum
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import typer

from assistant.errors import BadInput
from assistant.exporting.project import Coded, as_qdpx
from assistant.exporting.references import FORMATS, once
from assistant.framework import load_framework
from assistant.index import Generation
from assistant.index.generations import Layout
from assistant.records import DocumentHead, Sensitivity
from assistant.settings import Settings


class Format(enum.StrEnum):
    """What can be written: three forms of references, and a project for qualitative analysis."""

    RIS = "ris"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"
    QDPX = "qdpx"


def run_export(settings: Settings, form: Format, output: Path | None, *, include_restricted: bool) -> None:
    """Write the sources or passages of the index; what is restricted only if that is asked for."""
    if form is Format.QDPX and output is None:
        raise BadInput("A project is no text for a terminal. Say where it goes: --output FILE.qdpx")
    generation = Generation(Layout(settings.index).live())
    every = list(generation.heads.values())
    heads = [head for head in every if include_restricted or head.sensitivity is not Sensitivity.RESTRICTED]
    if form is Format.QDPX:
        framework = load_framework(settings.framework)
        data = as_qdpx(_coded(generation, heads), framework)
        what = f"{len(heads)} documents"
    else:
        sources = once(head.source for head in heads)
        data = FORMATS[form.value](sources).encode()
        what = f"{len(sources)} sources"
    if output is None:
        typer.echo(data.decode(), nl=False)
    else:
        _write(output.expanduser(), data)
        typer.echo(f"{what} written to {output}")
    left_out = len(every) - len(heads)
    if left_out:
        typer.echo(
            f"{left_out} restricted documents are left out (--include-restricted writes them too)", err=True
        )


def _coded(generation: Generation, heads: list[DocumentHead]) -> Iterator[Coded]:
    catalogue = generation.catalogue
    for head in heads:
        passages = catalogue.passages_of(head.id)
        yield Coded(
            catalogue.document(head.id), [sentence for passage in passages for sentence in passage.sentences]
        )


def _write(path: Path, data: bytes) -> None:
    """Write a file at once, readable by its owner alone: it may hold interviews. Raises BadInput."""
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        part = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error
