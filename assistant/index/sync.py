"""Files → the index, as a sync: what is new is added, what changed is replaced, the rest stays.

All work goes into a staging catalogue; a finished one becomes a new generation, is audited and only
then switched to. Cut off at any moment, the live index is as it was, and the next ingest goes on
with the documents that were already staged.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from assistant.encoding import Encoder
from assistant.errors import DocumentRefused, IndexDamaged, IndexError_
from assistant.framework import Framework
from assistant.index import fingerprint
from assistant.index.before import Before, look
from assistant.index.corrections import Corrections
from assistant.index.describing import Describer
from assistant.index.encoded import Encoded, encode, refuse_unstorable
from assistant.index.files import Item, is_gone, item_of, lies_under
from assistant.index.generations import CATALOGUE, Layout
from assistant.index.publishing import publish
from assistant.index.report import Report
from assistant.index.staging import Staging
from assistant.index.taking import Progress, Taking
from assistant.index.withdrawn import Withdrawn
from assistant.reading import document_id, read_bytes
from assistant.reading.isolation import read_isolated
from assistant.reading.reader import ReadOptions
from assistant.records import Document

__all__ = ["Progress", "Report", "Sync"]


class Sync:
    """One run of ingest over an index directory."""

    def __init__(
        self, root: Path, encoder: Encoder, framework: Framework, options: ReadOptions | None = None
    ) -> None:
        self.layout = Layout(root)
        self.options = options or ReadOptions()
        self.encoder = encoder
        self.framework = framework
        self.fingerprint = json.dumps(fingerprint(encoder.fingerprint, framework), sort_keys=True)

    def run(
        self,
        items: Sequence[Item],
        bibliographies: Sequence[Path] = (),
        *,
        prune_under: Sequence[str] = (),
        rebuild: bool = False,
        allow_withdrawn: bool = False,
        progress: Progress = lambda done, total, name: None,
    ) -> Report:
        """Bring the index up to date with `items`, described by `bibliographies` and those that it knows.

        What was withdrawn is left out, and taken out where it still is; `allow_withdrawn` forgets that
        the given items were.

        Files known to the index under a prefix in `prune_under` and no longer among the items are
        removed. A new generation is made if that changes anything, if files of the live one are
        damaged, or with `rebuild`. Raises IndexLocked if another process writes, IndexMissing if there
        is nothing to rebuild, IndexError_ if the disk is full or a new generation fails its audit; the
        live index is then as it was.
        """
        try:
            with self.layout.writing():
                return self._run(items, bibliographies, prune_under, rebuild, allow_withdrawn, progress)
        except (OSError, sqlite3.Error) as error:
            raise IndexError_(
                f"The index {self.layout.root} could not be written: {error}. What was there before is "
                "still there; make room or mend the cause and run the same command again."
            ) from error

    def bring_up(self) -> None:
        """Make the index anew from what it holds if another version or other settings made it: its tables may be
        others. Raises what `run` raises."""
        with self.layout.writing():
            self.layout.find_lost_pointer()
            before = look(self.layout)
        if before.catalogue is not None:
            is_other = before.fingerprint != self.fingerprint
            before.catalogue.close()
            if is_other:
                self.run([])

    def _run(
        self,
        items: Sequence[Item],
        bibliographies: Sequence[Path],
        prune_under: Sequence[str],
        rebuild: bool,
        allow_withdrawn: bool,
        progress: Progress,
    ) -> Report:
        self.layout.find_lost_pointer()
        self.layout.sweep()
        self.withdrawn = Withdrawn(self.layout)
        before = look(self.layout)
        if rebuild and not before.name:
            self.layout.live()
        given = {item.key for item in items}
        items = [*items, *(item_of(path) for path in before.lost if path not in given)]
        report = Report(mended=before.fault)
        staging = self._open_staging(before, {item.key: item.path for item in items})
        try:
            if allow_withdrawn:
                self._let_back(staging, items)
            # First of all: whatever else happens, nothing withdrawn is published again.
            self.withdrawn.take_out(staging, self.encode)
            corrections = Corrections(self.layout)
            corrections.drop_withdrawn(self.withdrawn.entries, staging)
            self.describer = Describer(staging, self.encoder, self.framework, self.withdrawn)
            self.describer.take([*bibliographies, *before.lost_bibliographies], prune_under, report)
            self.describer.take_tier([item.key for item in items], self.options.sensitivity)
            with Taking(
                staging, before, self.describer, self.withdrawn, self.encoder, self.framework, self.options
            ) as taking:
                taking.take(items, report, progress)
            self._prune(staging, items, prune_under, before, report)
            self.describer.update(report)
            if before.catalogue:
                report.carried, report.waiting = corrections.carry_over(before.catalogue, staging)
            corrections.apply(staging, self.encoder, self.framework)
            if rebuild or before.fault or staging.is_changed() or not before.holds_the_same(staging):
                report.generation = self._publish(staging)
        finally:
            staging.close()
            if before.catalogue:
                before.catalogue.close()
        if report.generation is None:
            self.layout.discard_staging()
        return report

    # Staging

    def _open_staging(self, before: Before, paths: dict[str, Path]) -> Staging:
        """Work in progress if it goes on from the live generation; else a copy of the live one."""
        if self.layout.staging.exists():
            staging = Staging.resume(self.layout.staging)
            if staging is not None:
                meta = staging.meta()
                if meta.get("base") == before.name and meta.get("fingerprint") == self.fingerprint:
                    self._recut(before, staging, paths)
                    return staging
                staging.close()
        self.layout.discard_staging()
        staging = Staging.at(self.layout.make_staging())
        if before.fingerprint == self.fingerprint:
            staging.copy_from(self.layout.generations / before.name / CATALOGUE)
        elif before.catalogue:
            staging.set_meta(recut="to do")
        staging.set_meta(base=before.name, fingerprint=self.fingerprint)
        self._recut(before, staging, paths)
        return staging

    def _recut(self, before: Before, staging: Staging, paths: dict[str, Path]) -> None:
        """Take over documents that were cut or encoded otherwise, from what the index holds of them.

        Where another reader read them, a file that still is what it was is read again.
        """
        catalogue = before.catalogue
        if catalogue is None or staging.meta().get("recut") != "to do":
            return
        is_reader_known = _reader(before.fingerprint) == _reader(self.fingerprint)
        done = staging.files()
        for path, held in catalogue.holdings().items():
            if path in done:
                continue
            digest = before.files[path]
            again = None
            if not is_reader_known:
                again = _read_again(paths.get(path, item_of(path).path), digest, self.options)
            documents = again or [catalogue.as_read(name) for name in held]
            if all(staging.has_document(document.id) for document in documents):
                staging.put_alias(path, digest, [document.id for document in documents])
            else:
                staging.put(path, digest, [self.encode(document) for document in documents])
        for path, reason in catalogue.refusals().items():
            staging.put_refusal(path, reason)
        for bibliography in catalogue.bibliographies():
            staging.put_bibliography(bibliography)
        for path, tier in catalogue.tiers().items():
            staging.put_tier(path, tier)
        staging.set_meta(recut="done")

    def _let_back(self, staging: Staging, items: Sequence[Item]) -> None:
        """Forget that these files, or parts of them, were withdrawn; they are read anew."""
        digests = {}
        for item in items if self.withdrawn.entries else ():
            with contextlib.suppress(DocumentRefused):
                digests[item.key] = document_id(read_bytes(item.path))
        holdings = staging.holdings()
        for key, digest in digests.items():
            entries = self.withdrawn.of_file(key, digest)
            if entries:
                staging.mark_changed()
                for document in holdings.get(key, ()):
                    staging.remove(document)
                self.withdrawn.lift(entries)
                staging.read_bibliographies_anew()

    def encode(self, document: Document) -> Encoded:
        """A document cut and encoded. Raises DocumentRefused if it cannot be stored."""
        refuse_unstorable(document)
        return encode(document, self.encoder, self.framework)

    @staticmethod
    def _prune(
        staging: Staging, items: Sequence[Item], prune_under: Sequence[str], before: Before, report: Report
    ) -> None:
        given = {item.key for item in items}
        files = staging.files()
        for path in sorted((files.keys() | before.files.keys() | staging.refusals().keys()) - given):
            if any(lies_under(path, prefix) for prefix in prune_under):
                staging.forget(path)
                if path in before.files:
                    report.removed.append(path)
            elif path in files and is_gone(path):
                report.missing.append(path)

    def _publish(self, staging: Staging) -> str:
        try:
            return publish(self.layout, staging)
        except IndexDamaged:
            # What failed its audit once would fail it again.
            staging.close()
            self.layout.discard_staging()
            raise


def _reader(made_with: str) -> str | None:
    reader: str | None = json.loads(made_with or "{}").get("reader")
    return reader


def _read_again(path: Path, digest: str, options: ReadOptions) -> tuple[Document, ...] | None:
    """The documents of a file if it still has this digest and can be read."""
    try:
        return read_isolated(path, options) if document_id(read_bytes(path)) == digest else None
    except DocumentRefused:
        return None
