"""What was withdrawn: a list of hashes without words, so that the next ingest does not bring it back.

It lies beside the generations as `withdrawn.json` and is written before anything is taken out: a
withdrawal that is cut off is finished by whatever writes to the index next.

A document is known again by its content, by its words however they are laid out, and by its name at
its path, whatever the file holds by then. Who guesses a name or a code can test it against a hash.
"""

from __future__ import annotations

import dataclasses
import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.bibliography import Bibliography
from assistant.errors import IndexDamaged
from assistant.index.blanking import speakers_of, without_speakers
from assistant.index.catalogue import Catalogue
from assistant.index.encoded import Encoded
from assistant.index.generations import Layout
from assistant.index.hashing import exact_hash, words_hash
from assistant.index.staging import Staging
from assistant.index.works import without_works
from assistant.permissions import PRIVATE
from assistant.records import BlockKind, Document, DocumentHead

FILE = "withdrawn.json"
VERSION = 1


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A withdrawn document, or with `speaker` what one speaker says in it. All fields are hashes.

    `document` is its id, `words` of its words in order, `files` of the files' bytes that held it,
    `paths` of their paths, `name` of its name, `works` of what bibliographies say of it alone. `speaker` is
    made with `salt`.
    """

    document: str
    words: str
    files: tuple[str, ...]
    paths: tuple[str, ...]
    name: str
    speaker: str | None = None
    salt: str = ""
    works: tuple[str, ...] = ()

    def is_at(self, path: str, document: _Named) -> bool:
        """Whether this is the document by its id, or by its name at a path."""
        stands_there = exact_hash(path) in self.paths and exact_hash(document.name) == self.name
        return document.id == self.document or stands_there

    def is_for(self, path: str, document: Document) -> bool:
        """As `is_at`, and by its words."""
        return self.is_at(path, document) or words_hash(document.text) == self.words

    def names(self, speaker: str) -> bool:
        """Whether this speaker was withdrawn."""
        return self.speaker == exact_hash(self.salt + speaker)


def entry_of(
    document: Document, held_by: Mapping[str, str], speaker: str | None = None, works: Iterable[str] = ()
) -> Entry:
    """The entry of a document that these files hold (path → SHA-256), or of one of its speakers."""
    salt = secrets.token_hex(8) if speaker is not None else ""
    return Entry(
        document=document.id,
        words=words_hash(document.text),
        files=tuple(sorted(held_by.values())),
        paths=tuple(sorted(map(exact_hash, held_by))),
        name=exact_hash(document.name),
        speaker=exact_hash(salt + speaker) if speaker is not None else None,
        salt=salt,
        works=tuple(works),
    )


class Withdrawn:
    """The list of an index."""

    def __init__(self, layout: Layout) -> None:
        """Raises IndexDamaged if there is a list that cannot be read."""
        self._layout = layout
        self._path = layout.root / FILE
        self.entries: tuple[Entry, ...] = self._read()

    # Keeping the list

    def add(self, entries: Iterable[Entry]) -> None:
        """Remember more, durably."""
        self._write((*self.entries, *entries))

    def of_file(self, path: str, digest: str) -> tuple[Entry, ...]:
        """What was withdrawn of a file with this SHA-256."""
        return tuple(
            entry
            for entry in self.entries
            if exact_hash(path) in entry.paths or digest in (*entry.files, entry.document)
        )

    def lift(self, entries: Sequence[Entry]) -> None:
        """Forget that something was withdrawn."""
        if entries:
            self._write(entry for entry in self.entries if entry not in entries)

    def _read(self) -> tuple[Entry, ...]:
        try:
            form = json.loads(self._path.read_text(encoding="utf-8"))
            return tuple(
                Entry(
                    **{
                        **fields,
                        "files": tuple(fields["files"]),
                        "paths": tuple(fields["paths"]),
                        "works": tuple(fields.get("works", ())),
                    }
                )
                for fields in form["withdrawn"]
            )
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(
                f"The list of what was withdrawn, {self._path}, cannot be read ({error}). Bring it back from a "
                "copy; without it, withdrawn documents would be taken in again."
            ) from error

    def _write(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        form = {"version": VERSION, "withdrawn": [dataclasses.asdict(entry) for entry in self.entries]}
        self._layout.replace_file(self._path, json.dumps(form, indent=1) + "\n", PRIVATE)

    # Holding to it

    def is_whole_file(self, digest: str) -> bool:
        """Whether the one document of a file with these bytes was withdrawn."""
        return any(entry.document == digest and entry.speaker is None for entry in self.entries)

    def kept(self, path: str, documents: Iterable[Document]) -> tuple[Document, ...]:
        """Documents of the file at `path`, without those that were withdrawn and without the words of
        speakers who were."""
        found = (self._allowed(path, document) for document in documents)
        return tuple(document for document in found if document is not None)

    def is_due(self, catalogue: Catalogue) -> bool:
        """Whether a catalogue holds what was withdrawn."""
        told = (known for known in catalogue.bibliographies() if self.allowed(known) is not known)
        return any(True for _ in self._due(catalogue)) or any(True for _ in told)

    def allowed(self, bibliography: Bibliography) -> Bibliography:
        """A bibliography without what it says of withdrawn documents alone; itself if it says nothing."""
        works = {hashed for entry in self.entries for hashed in entry.works}
        return without_works(bibliography, works) if works else bibliography

    def take_out(self, staging: Staging, encode: Callable[[Document], Encoded]) -> None:
        """Remove what was withdrawn from a catalogue in progress."""
        for identity, allowed in list(self._due(staging)):
            staging.mark_changed()
            if allowed is None:
                staging.remove(identity)
            else:
                staging.replace(encode(allowed))
                # Bibliographies describe it anew.
                staging.forget_reading(identity)
        for known in staging.bibliographies():
            if (allowed_of_it := self.allowed(known)) is not known:
                staging.put_bibliography(allowed_of_it)
                staging.mark_changed()

    def _due(self, catalogue: Catalogue) -> Iterable[tuple[str, Document | None]]:
        """Documents of a catalogue that may not stay as they are, with what may."""
        if not self.entries:
            return
        heads = {head.id: head for head in catalogue.heads()}
        for path, held in catalogue.holdings().items():
            for head in (heads.pop(identity) for identity in held if identity in heads):
                if any(entry.is_at(path, head) for entry in self.entries):
                    document = catalogue.as_read(head.id)
                    allowed = self._allowed(path, document)
                    if allowed != document:
                        yield head.id, allowed

    def _allowed(self, path: str, document: Document) -> Document | None:
        entries = [entry for entry in self.entries if entry.is_for(path, document)]
        if any(entry.speaker is None for entry in entries):
            return None
        if not entries:
            return document
        gone = {
            speaker for speaker in speakers_of(document) if any(entry.names(speaker) for entry in entries)
        }
        left = without_speakers(document, gone) if gone else document
        return left if any(block.kind is not BlockKind.FURNITURE for block in left.blocks) else None


def held_by(catalogue: Catalogue, head: DocumentHead) -> dict[str, str]:
    """The files that hold a document: path → SHA-256 of their bytes."""
    files = catalogue.files()
    return {path: files[path] for path, held in catalogue.holdings().items() if head.id in held}
