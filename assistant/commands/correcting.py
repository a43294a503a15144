"""`assistant correct`: what a researcher corrects of a sentence's labels, applied at once and kept."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import DebugOption, IndexOption, JsonOption, plain_errors, settings_of
from assistant.commands.printing import print_json
from assistant.records import Kind, Passage, Sentence, Stance, Voice

if TYPE_CHECKING:
    from assistant.framework import Framework
    from assistant.index import Generation, Index
    from assistant.settings import Settings

# A code ("P13", "Parent 4"), or several; a name would tell who somebody is.
CODE = re.compile(r"(?:[A-Z][A-Za-z]*[ -]?\d{1,4})(?:, (?:[A-Z][A-Za-z]*[ -]?\d{1,4}))*")


def register(app: typer.Typer) -> None:
    """Add the command of this module to the command line."""
    app.command()(correct)


def correct(
    context: typer.Context,
    place: Annotated[
        str | None,
        typer.Argument(
            metavar="PASSAGE[:SENTENCE]", help="As `assistant show` numbers them; none: list corrections."
        ),
    ] = None,
    stance: Annotated[Stance | None, typer.Option("--stance", help="What it says about innovation.")] = None,
    condition: Annotated[
        str | None, typer.Option("--condition", help="When it holds: words of the sentence, or none.")
    ] = None,
    cluster: Annotated[str | None, typer.Option("--cluster", help="Id of a cluster, or none.")] = None,
    parameter: Annotated[
        str | None, typer.Option("--parameter", help="Id in the framework, or none.")
    ] = None,
    voice: Annotated[Voice | None, typer.Option("--voice", help="Whose words they are.")] = None,
    speaker: Annotated[
        str | None, typer.Option("--speaker", help="Code of who speaks, or none; never a name.")
    ] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="What kind of sentence it is.")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why; without words of the source.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who corrects.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the program's labels again.")] = False,
    index: IndexOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Correct the labels of a sentence; kept when the index is made anew."""
    with plain_errors(context, debug):
        settings = settings_of(context, index)
        given = {"stance": stance, "condition": condition, "cluster": cluster, "parameter": parameter}
        given |= {"voice": voice, "speaker": speaker, "kind": kind}
        changes = {name: str(value) for name, value in given.items() if value}
        if place is None:
            _refuse(bool(changes) or undo, "Say which sentence: assistant correct PASSAGE:SENTENCE …")
            _list(settings.index, as_json=as_json)
        elif undo:
            _refuse(bool(changes), "Either undo a correction or make one.")
            _undo(settings, place)
        else:
            _refuse(not changes, f"Say what to correct: {', '.join(f'--{name}' for name in given)}.")
            _refuse(not (reason and by), "Say why and who corrects it: --reason and --by.")
            _put(settings, place, changes, str(reason), str(by))


def _put(settings: Settings, place: str, changes: Mapping[str, str], reason: str, by: str) -> None:
    from assistant.framework import load_framework
    from assistant.index.corrections import Correction, Corrections
    from assistant.index.hashing import words_hash

    index, generation, passage, sentence = _opened(settings, place)
    speakers = generation.catalogue.speakers().get(passage.document, set())
    checked = _checked(changes, sentence, load_framework(settings.framework), speakers)
    corrections = Corrections(index.layout)
    made = Correction(
        document=passage.document,
        start=sentence.start,
        end=sentence.end,
        words=words_hash(sentence.text),
        by=by,
        reason=reason,
        date=datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
    )
    before = corrections.of(passage.document, sentence)
    kept = {name: getattr(before, name) for name in before.corrected} if before else {}
    if before and before.words != made.words:
        # The numbers of words are those of the sentence as it was cut then.
        kept.pop("condition", None)
    with index.layout.writing():
        corrections.put(Correction(**{**dataclasses.asdict(made), **kept, **checked}))
    _apply(settings)
    told = ", ".join(f"{name} {value}" for name, value in checked.items())
    typer.echo(f"corrected: {told} ({passage.id}, by {by})")


def _undo(settings: Settings, place: str) -> None:
    from assistant.errors import NotFound
    from assistant.index.corrections import Corrections

    index, _, passage, sentence = _opened(settings, place)
    with index.layout.writing():
        is_undone = Corrections(index.layout).undo(passage.document, sentence)
    if not is_undone:
        raise NotFound(f"Nothing was corrected of {place}. `assistant correct` lists corrections.")
    _apply(settings)
    typer.echo(f"undone: {place} has the program's labels again")


def _apply(settings: Settings) -> None:
    """Bring the index in line with the corrections; an ingest of nothing."""
    from assistant.encoding.configured import open_encoder
    from assistant.framework import load_framework
    from assistant.index.sync import Sync

    Sync(settings.index, open_encoder(settings.encoder), load_framework(settings.framework)).run([])


def _opened(settings: Settings, place: str) -> tuple[Index, Generation, Passage, Sentence]:
    """Index, generation, passage and sentence that are meant. Raises NotFound or BadInput."""
    from assistant.commands.reading import find_passage
    from assistant.encoding.configured import open_encoder
    from assistant.errors import BadInput, NotFound
    from assistant.index import Index

    index = Index(settings.index, open_encoder(settings.encoder).fingerprint, is_exact=True)
    generation = index.live()
    prefix, _, number = place.partition(":")
    passage = find_passage(generation, prefix)
    count = len(passage.sentences)
    if not number and count > 1:
        raise BadInput(f"{prefix} has {count} sentences. Say which: {prefix}:1 to {prefix}:{count}.")
    if number and not (number.isdecimal() and 1 <= int(number) <= count):
        raise NotFound(f"{prefix} has no sentence {number!r}; `assistant show {prefix}` numbers them.")
    return index, generation, passage, passage.sentences[int(number or 1) - 1]


def _checked(
    changes: Mapping[str, str], sentence: Sentence, framework: Framework, speakers: set[str]
) -> dict[str, str]:
    """What is corrected, with what follows from it. Raises BadInput for an id, speaker or condition that cannot be."""
    from assistant.errors import BadInput
    from assistant.index.corrections import NONE

    checked = dict(changes)
    clusters = [cluster.id for cluster in framework.clusters]
    cluster, parameter, speaker = (checked.get(name) for name in ("cluster", "parameter", "speaker"))
    if cluster not in (None, NONE, *clusters):
        raise BadInput(f"There is no cluster {cluster!r}. There are: {', '.join([*clusters, NONE])}.")
    if parameter not in (None, NONE):
        home = {known.id: known.cluster for known in framework.parameters()}
        if parameter not in home:
            raise BadInput(f"There is no parameter {parameter!r}. There are: {', '.join([*home, NONE])}.")
        if cluster not in (None, home[parameter]):
            raise BadInput(
                f"The parameter {parameter} is in the cluster {home[parameter]}, not in {cluster}."
            )
        checked["cluster"] = home[parameter]
    elif cluster is not None:
        # Another cluster's condition does not stay.
        checked["parameter"] = NONE
    elif checked.get("stance") == Stance.NEITHER:
        checked["cluster"] = checked["parameter"] = NONE
    checked.update(_condition(changes, sentence))
    if speaker not in (None, NONE, *speakers) and not CODE.fullmatch(str(speaker)):
        raise BadInput(
            f"{speaker!r} is neither a code such as P4 nor somebody who speaks in the document: a name would tell "
            "who somebody is."
        )
    return checked


def _condition(changes: Mapping[str, str], sentence: Sentence) -> dict[str, str]:
    """The condition that is corrected, by the numbers of its words. Raises BadInput for one that cannot be."""
    from assistant.errors import BadInput
    from assistant.index.corrections import NONE
    from assistant.index.word_runs import BETWEEN, runs_of

    given, stance = changes.get("condition"), changes.get("stance")
    if given in (None, NONE):
        return {"condition": NONE} if given or stance == Stance.NEITHER else {}
    if (stance or sentence.labels.stance) == Stance.NEITHER:
        raise BadInput(
            "Only what helps or hinders has a condition, and the stance of this sentence is neither: correct that"
            " with --stance."
        )
    runs = runs_of(str(given), sentence.text)
    if runs is None:
        raise BadInput(
            f"The sentence has no {given!r}. A condition is given in the words of the sentence, with {BETWEEN} where"
            " others stand between them, or is none."
        )
    return {"condition": runs}


def _list(root: Path, *, as_json: bool) -> None:
    from assistant.index.corrections import Corrections
    from assistant.index.generations import Layout
    from assistant.rendering import JSON_VERSION

    entries = Corrections(Layout(root)).entries
    if as_json:
        print_json({"version": JSON_VERSION, "corrections": [dataclasses.asdict(entry) for entry in entries]})
        return
    for one in entries:
        told = ", ".join(f"{name} {getattr(one, name)}" for name in one.corrected)
        typer.echo(f"{one.document[:12]} {one.start}–{one.end}: {told} — {one.by}, {one.date}: {one.reason}")
    if not entries:
        typer.echo("Nothing was corrected.")


def _refuse(is_wrong: bool, message: str) -> None:
    from assistant.errors import BadInput

    if is_wrong:
        raise BadInput(message)
