"""`assistant withdraw`."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import typer

from assistant.commands.printing import print_json
from assistant.confidentiality.ledger import Ledger
from assistant.conversations import forget
from assistant.encoding.configured import open_encoder
from assistant.errors import ConversationsUnusable, NotFound
from assistant.framework import load_framework
from assistant.index.catalogue import Catalogue
from assistant.index.generations import CATALOGUE
from assistant.index.proof import Proof, prove
from assistant.index.sync import Sync
from assistant.index.withdrawal import Outcome, sought_in_files, withdraw
from assistant.rendering import JSON_VERSION, visible
from assistant.settings import Settings


def run_withdraw(
    settings: Settings, wanted: Sequence[str], within: Sequence[str], *, proves: bool, as_json: bool
) -> int:
    """Take documents or speakers out; with `proves`, search for what was withdrawn; 1 if it is found.

    Files that were withdrawn before can be named by their paths, to prove it again.
    """
    sync = Sync(settings.index, open_encoder(settings.encoder), load_framework(settings.framework))
    outcome = _again(sync, wanted, proves=proves) or withdraw(sync, wanted, within)
    saved = _forget(sync, outcome)
    proof = _prove(settings, sync, outcome) if proves else None
    if as_json:
        print_json(_form(outcome, proof))
    else:
        _print(outcome)
        if saved:
            typer.echo(f"  taken out of {saved} saved {'answer' if saved == 1 else 'answers'} too")
        if proof:
            print_proof(proof)
    return 1 if proof and proof.found else 0


def _again(sync: Sync, wanted: Sequence[str], *, proves: bool) -> Outcome | None:
    """What a proof of files that were withdrawn before looks for; None if these are no such files."""
    paths = [Path(name).expanduser() for name in wanted]
    if not proves or not all(path.is_file() for path in paths):
        return None
    try:
        return Outcome((), sought_in_files(sync, paths))
    except NotFound:
        return None


def _forget(sync: Sync, outcome: Outcome) -> int:
    """Take it out of saved conversations too; how many turns held some of it. Raises ConversationsUnusable."""
    try:
        return forget(sync.layout, {target.document.id for target in outcome.targets}, outcome.sought.pieces)
    except ConversationsUnusable as error:
        raise ConversationsUnusable(
            f"What was withdrawn is out of the index, but may stand in saved conversations. {error}"
        ) from error


def _prove(settings: Settings, sync: Sync, outcome: Outcome) -> Proof:
    with closing(Catalogue.open(sync.layout.live() / CATALOGUE)) as live:
        return prove(_folders(settings), live, outcome.sought)


def _folders(settings: Settings) -> list[Path]:
    """The index, in which saved conversations lie too, the cache, and the record of what left the machine,
    which holds questions; none that lies in another."""
    index = settings.index.expanduser().resolve()
    folders = [index, settings.cache.expanduser().resolve(), Ledger.beside(index).path]
    return [
        one for one in folders if not any(one != other and one.is_relative_to(other) for other in folders)
    ]


def _print(outcome: Outcome) -> None:
    for target in outcome.targets:
        who = f"{target.speaker} in " if target.speaker else ""
        title, name = visible(target.document.source.title), visible(target.document.name)
        typer.echo(f"withdrawn: {who}«{title}» ({name})")
    for (title, speaker), count in outcome.mentions.items():
        shown = visible(title)
        typer.echo(f"  the words are blank in the document, so that offsets of the others hold: «{shown}»")
        if count:
            typer.echo(f"  others name {speaker} there {count} times; what they say stands")
    if outcome.generation:
        typer.echo(f"  the index is now at generation {outcome.generation}; the one before is deleted")
    if outcome.targets:
        typer.echo(
            "  remembered by hashes: an ingest leaves it out (--allow-withdrawn takes it in again). The "
            "files that it was read from, copies of the index and answers that you saved are yours to delete."
        )


def print_proof(proof: Proof) -> None:
    """Print what was looked at, looked for and found."""
    typer.echo(
        f"looked at every byte of {proof.files:,} files ({proof.size:,} bytes) and at {proof.terms:,} terms of the word "
        f"index, for {proof.runs:,} runs of words and {proof.vectors:,} vectors:"
    )
    for folder, (files, size) in proof.looked.items():
        held = ", ".join(sorted(path.name for path in Path(folder).glob("*")))
        typer.echo(f"  {folder}: {files:,} files, {size:,} bytes{f' ({held})' if held else ''}")
    if proof.shared:
        typer.echo(f"  {proof.shared} short runs of words stand also in documents that remain")
    for line in proof.found:
        typer.echo(f"  FOUND: {visible(line)}")
    typer.echo("something was found" if proof.found else "nothing was found")


def _form(outcome: Outcome, proof: Proof | None) -> dict[str, object]:
    return {
        "version": JSON_VERSION,
        "withdrawn": [
            {"document": target.document.id, "title": target.document.source.title, "speaker": target.speaker}
            for target in outcome.targets
        ],
        "generation": outcome.generation,
        "proof": dataclasses.asdict(proof) if proof else None,
    }
