"""`assistant export`."""

from __future__ import annotations

import enum
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import typer

from assistant.errors import BadInput
from assistant.exporting.project import Coded, as_qdpx
from assistant.exporting.references import FORMATS, once
from assistant.framework import load_framework
from assistant.index import Generation
from assistant.index.blanking import blanked
from assistant.index.generations import Layout
from assistant.index.tiers import closed_spans
from assistant.records import DocumentHead, Sensitivity, stricter
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
    tier = Sensitivity.RESTRICTED if include_restricted else Sensitivity.TEAM
    heads = [head for head in every if stricter(head.sensitivity, tier) is tier]
    parts = 0
    if form is Format.QDPX:
        framework = load_framework(settings.framework)
        data = as_qdpx(_coded(generation, heads, tier), framework)
        parts = sum(count for head in heads for own, count in head.tiers if stricter(own, tier) is not tier)
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
    if left_out or parts:
        of_others = f" and {parts} restricted passages of others" if parts else ""
        typer.echo(
            f"{left_out} restricted documents{of_others} are left out (--include-restricted writes them too)",
            err=True,
        )


def _coded(generation: Generation, heads: list[DocumentHead], tier: Sensitivity) -> Iterator[Coded]:
    """Documents with their sentences; for what is stricter than the tier, blanks of the same length, so that
    the places of everything else hold."""
    catalogue = generation.catalogue
    for head in heads:
        document, passages = catalogue.document(head.id), catalogue.passages_of(head.id)
        closed = list(closed_spans(document.text, passages, tier))
        text = blanked(document.text, closed)
        codings = tuple(coding for coding in document.codings if text[coding.start : coding.end].strip())
        kept = [passage for passage in passages if stricter(passage.sensitivity, tier) is tier]
        yield Coded(
            replace(document, text=text, codings=codings),
            [sentence for passage in kept for sentence in passage.sentences],
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
