"""`assistant status`: what there is, what is wrong, and the command that mends it."""

from __future__ import annotations

from typing import Any

import typer

from assistant.commands.printing import print_json
from assistant.encoding.configured import open_encoder
from assistant.errors import AssistantError
from assistant.framework import load_framework
from assistant.index import Index, fingerprint
from assistant.index.withdrawal import is_due
from assistant.reader import TrainedReader
from assistant.rendering import JSON_VERSION
from assistant.settings import Settings


def run_status(settings: Settings, *, as_json: bool) -> int:
    """Print the state; 1 if something is wrong, else 0."""
    form = state(settings)
    if as_json:
        print_json(form)
    else:
        for name, value in form.items():
            if name not in ("version", "problems"):
                typer.echo(f"{name.replace('_', ' ')}: {value}")
        for problem in form["problems"]:
            typer.echo(f"problem: {problem}")
        if not form["problems"]:
            typer.echo("nothing is wrong")
    return 1 if form["problems"] else 0


def state(settings: Settings) -> dict[str, Any]:
    """The state of index and models as the documented JSON form."""
    encoder = open_encoder(settings.encoder)
    index = Index(settings.index, encoder.fingerprint)
    problems: list[str] = []
    form: dict[str, Any] = {
        "version": JSON_VERSION,
        "index": str(settings.index),
        "encoder": encoder.fingerprint.partition(":")[0],
        "reader": TrainedReader().fingerprint,
        "chat_model": settings.model or "none: answers are selected sentences",
        "is_being_written": index.layout.is_locked(),
        "disk_bytes": index.layout.size(),
    }
    try:
        generation = index.live()
        form["generation"] = generation.name
        form["digest"] = generation.digest
        form.update(generation.catalogue.counts())
        if generation.vectors.fault:
            problems.append(
                f"{generation.vectors.fault}; answers come from exact search meanwhile. "
                "Mend it: assistant ingest --rebuild"
            )
        wanted = fingerprint(encoder.fingerprint, load_framework(settings.framework))
        outdated = [part for part, value in wanted.items() if generation.fingerprint.get(part) != value]
        if outdated:
            problems.append(
                f"the index was made with another {', '.join(outdated)}. Bring it up to date: assistant ingest"
            )
        if is_due(index.layout):
            problems.append(
                "a withdrawal was cut off, and what it took out is still there. Finish it: assistant ingest"
            )
    except AssistantError as error:
        problems.append(str(error))
    if index.layout.is_cut_off():
        problems.append("an ingest was cut off. Finish it: run the same ingest again")
    form["problems"] = problems
    return form
