"""Labels of sentences given by reading: `evals/labels/sentences.jsonl`, and 100 of them given a second time.

The files hold no word of the documents. A sentence is named by its document's hash, its offsets and a
hash of its words, and found again where the documents lie.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from assistant.reading import document_id, read
from assistant.records import Document, Kind, Stance, Voice
from evals.json_lines import numbered_lines

DIRECTORY = Path(__file__).with_name("labels")
SENTENCES = DIRECTORY / "sentences.jsonl"
SECOND = DIRECTORY / "second.jsonl"

Made = TypeVar("Made")


class MarkError(Exception):
    """Labels that cannot be used; says which and why."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What one reading says of a sentence. `cluster` is the id of a cluster of the framework, or None.

    `is_conditional` says that a condition is stated; `is_hard` that a fair reader might say otherwise. `kind` is
    None where nobody marked it.
    """

    stance: Stance
    voice: Voice
    cluster: str | None
    speaker: str | None
    is_conditional: bool
    is_hard: bool
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: `text[start:end]` of the document with this id, known by its words' hash."""

    file: str
    document: str
    start: int
    end: int
    words_sha256: str


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence with its labels; it is not in hand until `locate` finds it."""

    id: str
    place: Place
    marks: Marks


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A marked sentence in its document: `document.text[start:end]` is `words`."""

    sentence: MarkedSentence
    document: Document
    words: str


def load_sentences(path: Path = SENTENCES) -> list[MarkedSentence]:
    """The marked sentences of a file. Raises MarkError with the line for one that cannot be read."""
    made = _load(path, lambda entry: MarkedSentence(str(entry["id"]), _place(entry), _marks(entry)))
    return list(made.values())


def load_marks(path: Path = SECOND) -> dict[str, Marks]:
    """Id → labels of another reading. Raises MarkError with the line for one that cannot be read."""
    return _load(path, _marks)


def locate(sentences: Sequence[MarkedSentence], folders: Sequence[Path]) -> list[FoundSentence]:
    """The sentences in the documents that lie in `folders`, in their order.

    Documents are known by their content, wherever they lie. Raises MarkError if one is not there or if
    the words at a place are others, and DocumentRefused for a document that cannot be read.
    """
    wanted = {sentence.place.document for sentence in sentences}
    documents = _documents(wanted, folders)
    absent = sorted({s.place.file for s in sentences if s.place.document not in documents})
    if absent:
        where = ", ".join(str(folder) for folder in folders) or "no folder (name one with --documents)"
        named = ", ".join(absent[:3]) + (" …" if len(absent) > 3 else "")
        raise MarkError(f"{len(absent)} of {len(wanted)} labelled documents are not in {where}: {named}")
    return [_found(sentence, documents[sentence.place.document]) for sentence in sentences]


def _documents(wanted: set[str], folders: Sequence[Path]) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
            if path.is_file() and (identity := document_id(path.read_bytes())) in wanted - found.keys():
                found.update({made.id: made for made in read(path) if made.id == identity})
    return found


def _found(sentence: MarkedSentence, document: Document) -> FoundSentence:
    place = sentence.place
    words = document.text[place.start : place.end]
    if hashlib.sha256(words.encode()).hexdigest() != place.words_sha256:
        raise MarkError(f"{sentence.id}: the words at {place.start}–{place.end} of {place.file} are others")
    return FoundSentence(sentence, document, words)


def _load(path: Path, make: Callable[[Mapping[str, Any]], Made]) -> dict[str, Made]:
    made: dict[str, Made] = {}
    for number, line in numbered_lines(path):
        try:
            entry = json.loads(line)
            identity, one = str(entry["id"]), make(entry)
        except KeyError as error:
            raise MarkError(f"{path}, line {number}: it has no {error}") from error
        except (ValueError, TypeError) as error:
            raise MarkError(f"{path}, line {number}: {error}") from error
        if identity in made:
            raise MarkError(f"{path}, line {number}: {identity} is marked twice")
        made[identity] = one
    return made


def _place(entry: Mapping[str, Any]) -> Place:
    return Place(
        entry["file"], entry["document"], int(entry["start"]), int(entry["end"]), entry["words_sha256"]
    )


def _marks(entry: Mapping[str, Any]) -> Marks:
    return Marks(
        Stance(entry["stance"]),
        Voice(entry["voice"]),
        entry["cluster"],
        entry["speaker"],
        bool(entry["conditional"]),
        bool(entry["hard"]),
        Kind(entry["kind"]) if entry.get("kind") else None,
    )
