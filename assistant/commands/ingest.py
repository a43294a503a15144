"""`assistant ingest`."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from assistant.commands.printing import print_json
from assistant.conversations import forget
from assistant.encoding.configured import open_encoder
from assistant.errors import BadInput
from assistant.framework import load_framework
from assistant.index.files import BUNDLED, Item, bundled_files, find_bibliographies, find_files
from assistant.index.sync import Report, Sync
from assistant.reading.reader import ReadOptions
from assistant.records import Sensitivity
from assistant.rendering import JSON_VERSION, visible
from assistant.resources import corpus_directory
from assistant.settings import Settings

SHOWN = 8


def run_ingest(
    settings: Settings,
    paths: Sequence[Path],
    bibliographies: Sequence[Path] = (),
    *,
    prune: bool,
    rebuild: bool,
    as_json: bool,
    options: ReadOptions | None = None,
    allow_withdrawn: bool = False,
) -> int:
    """Bring the index up to date and report; 1 if a file was refused, else 0.

    Without paths these are the bundled notes; with `rebuild` or `bibliographies` and without paths, what the
    index holds. Bibliographies among the paths are found without being named.
    """
    tier = _tier_of(paths, options)
    items: list[Item]
    problems: dict[str, str] = {}
    prefixes: list[str] = []
    if paths:
        items, problems = find_files(paths)
        prefixes = [str(path.expanduser().resolve()) for path in paths]
    elif rebuild or bibliographies:
        items = []
    else:
        items = bundled_files(corpus_directory())
        prefixes = [BUNDLED]
    # Notes that a later release no longer ships are pruned always: nobody else can remove them.
    prune_under = prefixes if prune or not paths else []
    sync = Sync(settings.index, open_encoder(settings.encoder), load_framework(settings.framework), options)
    with _ProgressLine(quiet=as_json) as progress:
        report = sync.run(
            items,
            sorted({*find_bibliographies(paths), *(path.expanduser().resolve() for path in bibliographies)}),
            prune_under=prune_under,
            rebuild=rebuild,
            allow_withdrawn=allow_withdrawn,
            progress=progress,
        )
    # A withdrawal that was cut off is finished by whatever writes to the index next.
    forget(sync.layout)
    report.refused.update(problems)
    if as_json:
        form = {"version": JSON_VERSION, **dataclasses.asdict(report)}
        print_json(form)
    else:
        print_report(report)
        _print_tier(tier, len(items))
    return 1 if report.refused else 0


def _tier_of(paths: Sequence[Path], options: ReadOptions | None) -> Sensitivity | None:
    """The tier that is given to these files. Raises BadInput for one that is given to none."""
    tier = options.sensitivity if options is not None else None
    if tier is not None and not paths:
        raise BadInput("Name the files that have this sensitivity: assistant ingest FILE --sensitivity …")
    return tier


def print_report(report: Report) -> None:
    """Print what became of each file, by its path."""
    counts = (
        ("added", report.added),
        ("kept", report.kept),
        ("changed", report.changed),
        ("removed", report.removed),
        ("refused", list(report.refused)),
        ("withdrawn", report.withdrawn),
    )
    typer.echo(", ".join(f"{len(paths)} {name}" for name, paths in counts if paths or name != "withdrawn"))
    if report.mended:
        typer.echo(f"  mended: {report.mended}")
    if report.generation:
        typer.echo(f"  the index is now at generation {report.generation}")
    if report.carried or report.waiting:
        told = f"{report.carried} carried over to changed files, {report.waiting} not, for their words stand there no more or twice"
        typer.echo(f"  corrections of labels: {told}")
    for path, found in sorted(report.bibliographies.items()):
        typer.echo(f"  {visible(path)}: {found}")
    for path, reason in sorted(report.refused.items()):
        typer.echo(f"  refused {visible(path)}: {reason}")
    for path, warnings in sorted(report.warnings.items()):
        typer.echo(f"  {visible(path)}: {'; '.join(warnings)}")
    for path in report.withdrawn:
        typer.echo(f"  withdrawn, left out (--allow-withdrawn takes it in again): {visible(path)}")
    for path in report.missing[:SHOWN]:
        typer.echo(f"  gone from the disk, kept in the index (--prune removes it): {visible(path)}")
    if len(report.missing) > SHOWN:
        typer.echo(f"  … and {len(report.missing) - SHOWN} more gone from the disk")


def _print_tier(tier: Sensitivity | None, count: int) -> None:
    if tier is not None:
        typer.echo(f"  {tier.value} or stricter from now on: {count} of these files")


class _ProgressLine:
    """A progress line on stderr, redrawn in place on a terminal and absent elsewhere."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()

    def __enter__(self) -> _ProgressLine:
        return self

    def __call__(self, done: int, total: int, name: str) -> None:
        """Draw the line for `done` of `total` files, now at `name`."""
        if self._shown and total:
            filled = 30 * done // total
            bar = "█" * filled + "·" * (30 - filled)
            sys.stderr.write(f"\r{bar} {done}/{total} {name[:40]:<40}")
            sys.stderr.flush()

    def __exit__(self, *_: object) -> None:
        if self._shown:
            sys.stderr.write("\r" + " " * 84 + "\r")
