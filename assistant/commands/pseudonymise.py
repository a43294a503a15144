"""`assistant pseudonymise`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import typer

from assistant.confidentiality.pseudonyms import PseudonymMap, load_map, propose_map
from assistant.confidentiality.review import Finding, Recogniser, packaged_recogniser, review
from assistant.errors import BadInput
from assistant.permissions import PRIVATE, PRIVATE_FOLDER
from assistant.reading.decode import decode
from assistant.reading.isolation import read_isolated
from assistant.reading.speakers import named_speakers
from assistant.records import Document
from assistant.settings import Settings

FOLDER = "pseudonymised"
# Their own text is written again; of other formats the words alone are.
KEPT_AS_THEY_ARE = {".txt", ".text", ".md", ".markdown", ".vtt", ".srt", ".csv", ".tsv"}
NO_CLAIM = (
    "This is no anonymisation: what people tell can show who they are, and the list above misses much. "
    "Read the written files before they are ingested or shared."
)


def run_pseudonymise(settings: Settings, files: Sequence[Path], at: Path, output: Path | None) -> int:
    """Write the files with codes for names; 1 if the map has first to be confirmed or completed, else 0."""
    _check_apart(settings, at)
    documents = {path: read_isolated(path) for path in files}
    for path, found in documents.items():
        if len(found) > 1 or path.suffix.lower() in (".qdpx", ".qdc"):
            raise BadInput(
                f"{path} holds several documents, or codings at places that would move. Pseudonymise its "
                "sources in the program that made it, or export them as text first."
            )
    speakers = {path: _speakers(found) for path, found in documents.items()}
    names = set().union(
        *map(named_speakers, (document for found in documents.values() for document in found))
    )
    if not at.exists():
        propose_map(at, names, set().union(*speakers.values()))
        typer.echo(f"A map with {len(names)} speaker(s) is proposed in {at}, which only you can read.")
        typer.echo(
            "Look through it, set confirmed = true, and run the same command again. Nothing was written."
        )
        return 1
    pseudonyms = load_map(at)
    unmapped = sorted(names - pseudonyms.speakers.keys())
    if not pseudonyms.is_confirmed or unmapped:
        why = f"it lacks {', '.join(unmapped)}" if unmapped else "it does not say confirmed = true"
        typer.echo(f"The map {at} is not confirmed: {why}. Nothing was written.")
        return 1
    recogniser = packaged_recogniser()
    for path, (document,) in documents.items():
        _write_one(path, document, pseudonyms, output, recogniser)
    typer.echo(NO_CLAIM)
    return 0


def _write_one(
    path: Path,
    document: Document,
    pseudonyms: PseudonymMap,
    output: Path | None,
    recogniser: Recogniser | None,
) -> None:
    is_text = path.suffix.lower() in KEPT_AS_THEY_ARE
    text = decode(path, path.read_bytes())[0] if is_text else _as_talk(document)
    made, count = pseudonyms.replaced(text)
    folder = output or path.parent / FOLDER
    target = folder / (_without_names(path.stem, pseudonyms) + (path.suffix if is_text else ".txt"))
    if target.resolve() == path.resolve():
        raise BadInput(f"{path} would be written over. Give another folder: --output DIR")
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        target.touch(mode=PRIVATE)
        target.chmod(PRIVATE)
        target.write_text(made, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{target} cannot be written: {error.strerror}.") from error
    typer.echo(f"{target}: {count} names replaced")
    for finding in review(made, pseudonyms.codes, recogniser):
        typer.echo(_line(finding))


def _without_names(stem: str, pseudonyms: PseudonymMap) -> str:
    """A file's name with codes for names, however its words are parted."""
    made, count = pseudonyms.replaced(re.sub(r"[_.-]", " ", stem), in_small_letters=True)
    return made if count else stem


def _as_talk(document: Document) -> str:
    """The words of a document of another format as labelled talk."""
    turns = []
    for block in document.blocks:
        label = f"{block.speaker}: " if block.speaker else ""
        turns.append(label + document.text[block.start : block.end])
    return "\n\n".join(turns) + "\n"


def _speakers(documents: Sequence[Document]) -> set[str]:
    return {block.speaker for document in documents for block in document.blocks if block.speaker}


def _line(finding: Finding) -> str:
    times = f", {finding.count} times" if finding.count > 1 else ""
    return f"  look at line {finding.line}{times}: {finding.kind}: {finding.words}"


def _check_apart(settings: Settings, at: Path) -> None:
    """Raises BadInput for a map in the index, where it would be copied with it."""
    if at.expanduser().resolve().is_relative_to(settings.index.expanduser().resolve()):
        raise BadInput(f"The map {at} lies in the index. Keep names apart from it: --map ELSEWHERE.toml")
