"""`assistant sources`: the documents, where what is known of them comes from, and what is not known."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import typer

from assistant.bibliography import missing_fields, templates_for
from assistant.commands.printing import WIDTH, print_json
from assistant.errors import NotFound
from assistant.index.naming import documents_called
from assistant.pipeline import Assistant
from assistant.records import DocumentHead
from assistant.rendering import JSON_VERSION, source_json

# Fields of a source in the order in which they are shown, with what is said of them.
FIELDS = (
    "title", "authors", "year", "doi", "url", "licence", "kind", "sector", "country", "method", "n", "read",
    "study_group", "interest",
)  # fmt: skip
PARTS = ("team_parts", "restricted_parts")


def run_sources(assistant: Assistant, document: str | None, *, incomplete: bool, as_json: bool) -> None:
    """Print the documents, one of them with the origins of its fields, or what they lack.

    Raises NotFound if no document has the name or id `document`, or several have.
    """
    generation = assistant.index.live()
    heads = list(generation.heads.values())
    if document is not None:
        heads = [find_document(heads, document)]
    if incomplete:
        _print_incomplete(heads, as_json=as_json)
    elif as_json:
        refused = {} if document else generation.catalogue.refusals()
        print_json(
            {
                "version": JSON_VERSION,
                "sources": [source_json(head) for head in heads],
                "refused": [{"path": path, "reason": reason} for path, reason in refused.items()],
            }
        )
    elif document is not None:
        _print_one(heads[0])
    else:
        _print_all(heads)


def find_document(heads: Sequence[DocumentHead], wanted: str) -> DocumentHead:
    """The one document that is called so. Raises NotFound if none or several."""
    found = documents_called(wanted, heads)
    if not found:
        raise NotFound(
            f"There is no document {wanted!r} in the index. `assistant sources --json` lists them."
        )
    if len(found) > 1:
        paths = ", ".join(head.path for head in found)
        raise NotFound(f"Several documents are called {wanted!r}: {paths}. Give the path or the id.")
    return found[0]


def _print_all(heads: Sequence[DocumentHead]) -> None:
    for head in heads:
        source = head.source
        note = "note on: " if source.is_note else ""
        typer.echo(f"{note}{source.title}")
        facts = [
            "; ".join(source.authors) or "authors not given",
            str(source.year or "year not given"),
            source.kind or "kind not given",
            f"read: {source.read.value}",
            f"{head.passages} passages",
            head.sensitivity.value,
        ]
        typer.echo(textwrap.indent(textwrap.fill(" · ".join(facts), WIDTH - 4), "    "))
        if source.link:
            typer.echo(f"    {source.link}")
        for gap in source.gaps:
            typer.echo(f"    gap: {gap}")
    typer.echo(f"{len(heads)} documents, {len({head.study_group for head in heads})} studies")


def _print_one(head: DocumentHead) -> None:
    source = head.source
    origins = dict(source.origins)
    typer.echo(f"{head.path}\n{head.id}")
    for name in FIELDS:
        if not source.gives(name):
            typer.echo(f"  {_label(name)}: not given")
        else:
            value = getattr(source, name)
            words = "; ".join(value) if isinstance(value, tuple) else str(value)
            typer.echo(f"  {_label(name)}: {words}  [{origins.get(name, 'origin not known')}]")
    typer.echo(f"  sensitivity: {head.sensitivity.value}  [{origins.get('sensitivity', 'rule of its kind')}]")
    for name in PARTS:
        for part in getattr(source, name):
            typer.echo(f"  {_label(name)}: {part}  [{origins.get(name, 'origin not known')}]")
    if len(head.tiers) > 1:
        counts = ", ".join(f"{count} {tier.value}" for tier, count in head.tiers)
        typer.echo(f"  passages by sensitivity: {counts}")
    for gap in source.gaps:
        typer.echo(f"  gap: {gap}  [{origins.get('gaps', 'origin not known')}]")
    for warning in head.warnings:
        typer.echo(f"  warning: {warning}")


def _print_incomplete(heads: Sequence[DocumentHead], *, as_json: bool) -> None:
    lacking = [(head, missing) for head in heads if (missing := missing_fields(head))]
    templates = templates_for(heads)
    if as_json:
        documents = [
            {"document": head.id, "file": head.name, "path": head.path, "missing": list(missing)}
            for head, missing in lacking
        ]
        print_json({"version": JSON_VERSION, "incomplete": documents, "templates": templates})
        return
    for head, missing in lacking:
        typer.echo(f"{head.source.title}\n    {head.path}\n    lacks {', '.join(map(_label, missing))}")
    typer.echo(f"{len(lacking)} of {len(heads)} documents lack something that answers tell.")
    for path, lines in templates.items():
        typer.echo(f"\nFill in what you know, leave the rest empty, and save it as {path}")
        typer.echo("(a file that has a table there already takes the lines into that):\n")
        typer.echo(lines.rstrip())


def _label(field: str) -> str:
    return field.replace("_", " ")
