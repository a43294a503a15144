"""Files → the index, as a sync: what is new is added, what changed is replaced, the rest stays.

All work goes into a staging catalogue; a finished one becomes a new generation, is audited and only
then switched to. Cut off at any moment, the live index is as it was, and the next ingest goes on
with the documents that were already staged.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.encoding import Encoder
from assistant.errors import AssistantError, DocumentRefused, IndexError_
from assistant.framework import Framework
from assistant.index import fingerprint, vectors
from assistant.index.catalogue import Catalogue
from assistant.index.generations import CATALOGUE, Layout, write_manifest
from assistant.index.staging import Encoded, Staging
from assistant.passages import cut, encoded_text
from assistant.reading import SUFFIXES, document_id, read, read_bytes
from assistant.records import Document

BUNDLED = "corpus:"
# Files that describe a folder and are no evidence.
NOT_EVIDENCE = {"readme.md", "license.md", "licence.md", "notes.md", "changelog.md", "license.txt"}

Progress = Callable[[int, int, str], None]


@dataclass
class Report:
    """What an ingest did, by path. `refused` gives reasons; `missing` are files that are gone but
    kept in the index."""

    added: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    generation: str | None = None

    @property
    def is_changed(self) -> bool:
        """Whether the index holds anything else than before."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Item:
    """A file to read, and the name by which the index knows it."""

    path: Path
    key: str


def find_files(paths: Sequence[Path]) -> tuple[list[Item], dict[str, str]]:
    """Files under the given paths by name, and reasons for paths that hold none.

    A file that is named itself is tried whatever its name; in a folder only known suffixes are.
    """
    items: dict[str, Item] = {}
    problems: dict[str, str] = {}
    for path in paths:
        whole = path.expanduser().resolve()
        if whole.is_dir():
            for file in sorted(whole.rglob("*")):
                if _is_evidence(file, whole):
                    items[str(file)] = Item(file, str(file))
        elif whole.exists():
            items[str(whole)] = Item(whole, str(whole))
        else:
            problems[str(path)] = "no such file or folder"
    return [items[key] for key in sorted(items)], problems


def bundled_files(corpus: Path) -> list[Item]:
    """The evidence notes that ship with the program, known by name wherever they are installed."""
    return [Item(path, BUNDLED + path.name) for path in sorted((corpus / "notes").glob("*.md"))]


def _is_evidence(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return (
        not hidden
        and file.suffix.lower() in SUFFIXES
        and file.name.lower() not in NOT_EVIDENCE
        and file.is_file()
        and not file.is_symlink()
    )


class Sync:
    """One run of ingest over an index directory."""

    def __init__(self, root: Path, encoder: Encoder, framework: Framework) -> None:
        self.layout = Layout(root)
        self.encoder = encoder
        self.framework = framework
        self.fingerprint = json.dumps(fingerprint(encoder.fingerprint, framework), sort_keys=True)

    def run(
        self,
        items: Sequence[Item],
        *,
        prune_under: Sequence[str] = (),
        progress: Progress = lambda done, total, name: None,
    ) -> Report:
        """Bring the index up to date with `items`.

        Files known to the index under a prefix in `prune_under` and no longer among the items are
        removed. Raises IndexLocked if another process writes, IndexError_ if the disk is full or a
        new generation fails its audit; the live index is then as it was.
        """
        with self.layout.writing():
            try:
                return self._run(items, prune_under, progress)
            except (OSError, sqlite3.Error) as error:
                raise IndexError_(
                    f"The index {self.layout.root} could not be written: {error}. What was there before is "
                    "still there; make room or mend the cause and run the same command again."
                ) from error

    def _run(self, items: Sequence[Item], prune_under: Sequence[str], progress: Progress) -> Report:
        self.layout.sweep()
        staging = self._open_staging()
        report = Report()
        try:
            self._take(staging, items, report, progress)
            self._prune(staging, items, prune_under, report)
            if report.is_changed or staging.meta().get("dirty") or self.layout.live_name() is None:
                report.generation = self._publish(staging)
        finally:
            staging.close()
        if report.generation is None:
            self.layout.discard_staging()
        return report

    # Staging

    def _open_staging(self) -> Staging:
        """Work in progress if it goes on from the live generation; else a copy of the live one."""
        base = self.layout.live_name() or ""
        if self.layout.staging.exists():
            staging = Staging.at(self.layout.staging)
            meta = staging.meta()
            if meta.get("base") == base and meta.get("fingerprint") == self.fingerprint:
                return staging
            staging.close()
        self.layout.discard_staging()
        return self._new_staging(base)

    def _new_staging(self, base: str) -> Staging:
        live = self.layout.generations / base / CATALOGUE if base else None
        staging = Staging.at(self.layout.staging)
        if live is not None:
            catalogue = Catalogue.open(live)
            same = catalogue.meta().get("fingerprint") == self.fingerprint
            if same:
                staging.copy_from(live)
            else:
                self._recut(catalogue, staging)
            catalogue.close()
        staging.set_meta(base=base, fingerprint=self.fingerprint)
        return staging

    def _recut(self, catalogue: Catalogue, staging: Staging) -> None:
        """Take over documents that were cut or encoded otherwise, from what the index holds of them."""
        digests = catalogue.files()
        documents = {document.id: document for document in catalogue.documents()}
        for path, held in catalogue.holdings().items():
            staging.put(path, digests[path], [self._encode(documents[name]) for name in held])
        for path, reason in catalogue.refusals().items():
            staging.put_refusal(path, reason)
        staging.set_meta(dirty="recut")

    # Taking files in

    def _take(self, staging: Staging, items: Sequence[Item], report: Report, progress: Progress) -> None:
        before = self._files_before()
        known = staging.files()
        for position, item in enumerate(items):
            progress(position, len(items), item.path.name)
            try:
                self._take_one(staging, item, known, before, report)
            except DocumentRefused as refusal:
                reason = refusal.reason + (f"; {refusal.advice}" if refusal.advice else "")
                report.refused[item.key] = reason
                if item.key in known:
                    report.removed.append(item.key)
                staging.put_refusal(item.key, reason)
        progress(len(items), len(items), "")

    def _take_one(
        self,
        staging: Staging,
        item: Item,
        known: dict[str, str],
        before: dict[str, str],
        report: Report,
    ) -> None:
        digest = document_id(read_bytes(item.path))
        if known.get(item.key) != digest:
            twin = next((path for path, other in staging.files().items() if other == digest), None)
            if twin is not None:
                staging.put_alias(item.key, digest, staging.holdings().get(twin, []))
            else:
                documents = read(item.path)
                staging.put(item.key, digest, [self._encode(document) for document in documents])
                warnings = tuple(warning for document in documents for warning in document.warnings)
                if warnings:
                    report.warnings[item.key] = warnings
        # Reported against the live index, so that a run that was cut off is reported as a whole.
        old = before.get(item.key)
        outcome = report.added if old is None else report.kept if old == digest else report.changed
        outcome.append(item.key)

    def _encode(self, document: Document) -> Encoded:
        passages = cut(document, self.encoder, self.framework)
        return Encoded(
            document,
            passages,
            self.encoder.encode_passages([encoded_text(passage) for passage in passages]),
        )

    def _prune(
        self, staging: Staging, items: Iterable[Item], prune_under: Sequence[str], report: Report
    ) -> None:
        given = {item.key for item in items}
        for path in sorted(staging.files()):
            if path in given:
                continue
            if any(_lies_under(path, prefix) for prefix in prune_under):
                staging.forget(path)
                report.removed.append(path)
            elif not path.startswith(BUNDLED) and not Path(path).exists():
                report.missing.append(path)

    def _files_before(self) -> dict[str, str]:
        base = self.layout.live_name()
        if base is None:
            return {}
        catalogue = Catalogue.open(self.layout.generations / base / CATALOGUE)
        files = catalogue.files()
        catalogue.close()
        return files

    # Publishing

    def _publish(self, staging: Staging) -> str:
        name = self.layout.next_name()
        built = self.layout.building(name)
        self._check_room(built)
        staging.set_meta(digest=_digest_of(staging))
        staging.publish(built / CATALOGUE)
        catalogue = Catalogue.open(built / CATALOGUE)
        ids, matrix = catalogue.vectors()
        counts = catalogue.counts()
        catalogue.close()
        vectors.build(built, ids, matrix)
        write_manifest(built, fingerprint=json.loads(self.fingerprint), **counts)
        staging.close()
        self.layout.switch(built, name)
        return name

    def _check_room(self, built: Path) -> None:
        """Refuse before Chroma meets a full disk: it hangs on one."""
        needed = 4 * self.layout.staging.stat().st_size + 50_000_000
        free = shutil.disk_usage(built).free
        if free < needed:
            raise AssistantError(
                f"The index needs about {needed // 1_000_000:,} MB of free disk and there are "
                f"{free // 1_000_000:,} MB at {self.layout.root}. Nothing was changed; make room and run the "
                "same command again."
            )


def _lies_under(path: str, prefix: str) -> bool:
    return (
        path == prefix
        or path.startswith(prefix.rstrip("/") + "/")
        or (prefix == BUNDLED and path.startswith(BUNDLED))
    )


def _digest_of(catalogue: Catalogue) -> str:
    """Digest of what a catalogue holds: fingerprint, documents, their sources, passages."""
    digest = hashlib.sha256(catalogue.meta().get("fingerprint", "").encode())
    for head in sorted(catalogue.heads(), key=lambda head: head.id):
        digest.update(repr((head.id, head.source, head.sensitivity)).encode())
        for passage in catalogue.passages_of(head.id):
            digest.update(passage.id.encode())
    return digest.hexdigest()[:12]
