"""Bibliographies → the sources of documents, while an ingest writes.

What a bibliography says is kept in the index, so that it holds for files that are read without it. A document
that is described otherwise than before is cut again from what is stored; only passages whose encoded
words changed, as by another title, are encoded again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.bibliography import Bibliography, Library, Reading, closed_tables, read_bibliography
from assistant.encoding import Encoder
from assistant.errors import DocumentRefused
from assistant.framework import Framework
from assistant.index.encoded import Encoded, labelled
from assistant.index.files import is_gone, lies_under
from assistant.index.report import Report
from assistant.index.serialise import to_json
from assistant.index.staging import Staging
from assistant.index.withdrawn import Withdrawn
from assistant.index.works import OPENING
from assistant.messages import plural
from assistant.passages import cut, encoded_text, parts_without_words
from assistant.reading.sensitivity import folder_tiers
from assistant.records import Document, Origin, Sensitivity, Source, stricter


class Describer:
    """Describes the documents of a catalogue in progress."""

    def __init__(
        self, staging: Staging, encoder: Encoder, framework: Framework, withdrawn: Withdrawn
    ) -> None:
        self._withdrawn = withdrawn
        self._staging = staging
        self._encoder = encoder
        self._framework = framework
        self._library = Library(staging.bibliographies())
        self._tiers = staging.tiers()

    def take(self, paths: Iterable[Path], prune_under: Sequence[str], report: Report) -> None:
        """Read bibliographies and keep what they say. What one said before stays if it cannot be read now.

        Tables that were never read, and may restrict who sees documents, restrict all of theirs.
        """
        known = {bibliography.path: bibliography for bibliography in self._staging.bibliographies()}
        given = {str(path): path for path in paths}
        for key, path in given.items():
            try:
                self._keep(known.get(key), read_bibliography(path, known.get(key)))
            except DocumentRefused as refusal:
                is_kept = key in known and known[key].digest != ""
                report.refused[key] = refusal.reported(is_kept=is_kept)
                closed = None if key in known else closed_tables(path)
                if closed is not None:
                    self._keep(None, closed)
                    report.refused[key] += "; until then the files beside it are restricted"
        for key in sorted(known.keys() - given.keys()):
            if any(lies_under(key, prefix) for prefix in prune_under):
                self._staging.forget_bibliography(key)
                self._staging.mark_changed()
                report.removed.append(key)
            elif is_gone(key):
                report.missing.append(key)
        self._library = Library(self._staging.bibliographies())

    def take_tier(self, paths: Iterable[str], tier: Sensitivity | None) -> None:
        """Keep a tier that a person gives these files; None says nothing, and what was said before holds."""
        known = self._staging.tiers()
        for path in paths:
            if tier is not None and known.get(path) is not tier:
                self._staging.put_tier(path, tier)
                self._staging.mark_changed()
        self._tiers = self._staging.tiers()

    def _keep(self, known: Bibliography | None, read: Bibliography) -> None:
        read = self._withdrawn.allowed(read)
        if known != read:
            self._staging.put_bibliography(read)
            self._staging.mark_changed()

    def described(self, path: str, documents: Sequence[Document]) -> tuple[Document, ...]:
        """Documents that were read from a file, as the bibliographies describe them and with the tier that a
        person gave the file.

        What they say of themselves is kept. For documents that are not stored yet.
        """
        if not self._library.bibliographies and path not in self._tiers:
            return tuple(documents)
        return tuple(
            self._as_described(document, (path,), is_alone=len(documents) == 1) for document in documents
        )

    def _as_described(self, document: Document, paths: tuple[str, ...], *, is_alone: bool) -> Document:
        opening = document.text[:OPENING]
        reading = Reading(document.name, paths, document.source, opening)
        source, sensitivity = self._describe(reading, document.sensitivity, is_alone=is_alone)
        if _form(source, sensitivity) == _form(document.source, document.sensitivity):
            self._staging.forget_reading(document.id)
            return document
        self._staging.put_reading(document.id, document.source, document.sensitivity)
        return replace(document, source=source, sensitivity=sensitivity)

    def _describe(self, reading: Reading, own: Sensitivity, *, is_alone: bool) -> tuple[Source, Sensitivity]:
        """Source and tier by the bibliographies, the tier no more open than folders and a person say."""
        source, tier = self._library.describe(reading, own, is_alone=is_alone)
        folders = (found for path in reading.paths for found in folder_tiers(Path(path)))
        tier = stricter(tier, *folders)
        given = stricter(tier, *(self._tiers[path] for path in reading.paths if path in self._tiers))
        if given is not tier:
            origins = {**dict(source.origins), "sensitivity": Origin.GIVEN.value}
            source = replace(source, origins=tuple(origins.items()))
        return source, given

    def update(self, report: Report) -> None:
        """Describe every document again, and store those of which something else is said than before."""
        as_read = self._staging.readings()
        if not self._library.bibliographies and not as_read and not self._tiers:
            return
        self._library = Library(self._library.bibliographies)
        holdings = self._staging.holdings()
        paths: dict[str, list[str]] = {}
        for path, held in sorted(holdings.items()):
            for identity in held:
                paths.setdefault(identity, []).append(path)
        heads = self._staging.heads()
        for head in heads:
            source, tier = as_read.get(head.id, (head.source, head.sensitivity))
            opening = self._staging.opening(head.id, OPENING)
            reading = Reading(head.name, tuple(paths[head.id]), source, opening)
            is_alone = all(len(holdings[path]) == 1 for path in paths[head.id])
            described = self._describe(reading, tier, is_alone=is_alone)
            if _form(*described) != _form(head.source, head.sensitivity):
                lost = self._store(self._staging.as_read(head.id), *described)
                if lost:
                    report.warnings[paths[head.id][0]] = lost
        self._report([(path, head.name) for head in heads for path in paths[head.id]], report)

    def _store(self, as_read: Document, source: Source, sensitivity: Sensitivity) -> tuple[str, ...]:
        """Put a document in its own place, described otherwise; what is to be said of it."""
        self._staging.put_reading(as_read.id, as_read.source, as_read.sensitivity)
        encoded = self._encoded(replace(as_read, source=source, sensitivity=sensitivity))
        self._staging.replace(encoded)
        self._staging.mark_changed()
        if _form(as_read.source, as_read.sensitivity) == _form(source, sensitivity):
            self._staging.forget_reading(as_read.id)
        return parts_not_found(encoded)

    def _encoded(self, document: Document) -> Encoded:
        """A stored document cut again; passages that read as before keep their vectors."""
        passages = cut(document, self._encoder, self._framework)
        known = {passage.id: encoded_text(passage) for passage in self._staging.passages_of(document.id)}
        texts = {passage.id: encoded_text(passage) for passage in passages}
        same = [identity for identity, text in texts.items() if known.get(identity) == text]
        vectors = self._staging.encoded(same)
        anew = [identity for identity in texts if identity not in vectors]
        encoded = self._encoder.encode_passages([texts[identity] for identity in anew]) if anew else []
        vectors.update(zip(anew, encoded, strict=True))
        made = [vectors[passage.id] for passage in passages]
        return labelled(document, passages, made, self._encoder, self._framework)

    def _report(self, documents: Sequence[tuple[str, str]], report: Report) -> None:
        """How many entries each bibliography holds, how many documents it describes, what fits none."""
        unused = self._library.unused_tables(documents)
        for known in self._library.bibliographies:
            tables, entries = len(known.tables), len(known.entries)
            holds = _counted(tables, "table", "tables") if tables else _counted(entries, "entry", "entries")
            describes = _counted(self._library.described[known.path], "document", "documents")
            report.bibliographies[known.path] = f"{holds}, {describes} described"
            notes = (*known.notes, *(f'["{pattern}"] fits no file' for pattern in unused.get(known.path, ())))
            if notes:
                report.warnings[known.path] = notes


def parts_not_found(encoded: Encoded) -> tuple[str, ...]:
    """What is to be said where a part that was named as stricter is not there: it may be misspelt."""
    lost = parts_without_words(encoded.document, encoded.passages)
    return (f"parts that are named as stricter and hold nothing: {'; '.join(lost)}",) if lost else ()


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {plural(count, one, many)}"


def _form(source: Source, sensitivity: Sensitivity) -> tuple[str, str]:
    """What is stored of a source, origins and all: sources that differ in origins alone compare equal."""
    return to_json(source), sensitivity.value
