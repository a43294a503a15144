"""Files → staged documents, one file after another: the next are read and cut while the one before is encoded."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from assistant.encoding import Encoder, PassageVectors
from assistant.errors import DocumentRefused
from assistant.framework import Framework
from assistant.index.before import Before
from assistant.index.describing import Describer, parts_not_found
from assistant.index.encoded import labelled, refuse_unstorable
from assistant.index.files import Item
from assistant.index.report import Report
from assistant.index.staging import Staging
from assistant.index.vectors import load_chroma
from assistant.index.withdrawn import Withdrawn
from assistant.passages import cut, encoded_text
from assistant.reading import document_id, read_bytes
from assistant.reading.isolation import read_isolated
from assistant.reading.reader import ReadOptions
from assistant.reading.speakers import refuse_names
from assistant.records import Document, Passage

Progress = Callable[[int, int, str], None]
# How many files are read before it is their turn, and encoded while others are read: what waits is in memory.
AHEAD = 3


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file that is looked at before it is its turn: its digest, or why it has none, and its documents if they
    are being read."""

    item: Item
    digest: str | DocumentRefused
    documents: Future[tuple[Document, ...]] | None = None


@dataclass(frozen=True, slots=True)
class _Begun:
    """A document that is cut and is being encoded."""

    document: Document
    passages: tuple[Passage, ...]
    vectors: Future[list[PassageVectors]]


@dataclass(frozen=True, slots=True)
class _File:
    """A file whose documents are being encoded, and what is to be said of it."""

    key: str
    digest: str
    begun: tuple[_Begun, ...]
    warnings: tuple[str, ...]


class Taking:
    """Takes files into a catalogue in progress. Used in `with`, which waits for what is still encoded."""

    def __init__(
        self,
        staging: Staging,
        before: Before,
        describer: Describer,
        withdrawn: Withdrawn,
        encoder: Encoder,
        framework: Framework,
        options: ReadOptions,
    ) -> None:
        self._staging = staging
        self._before = before
        self._describer = describer
        self._withdrawn = withdrawn
        self._encoder = encoder
        self._framework = framework
        self._options = options
        # One: what is read has its time by the clock, and shares the processors with what is encoded.
        self._readers = ThreadPoolExecutor(1, thread_name_prefix="reading")
        # Two, so that no processor is idle where documents are of one passage.
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="ahead")
        self._begun: deque[_File] = deque()
        self._has_begun = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._readers.shutdown(cancel_futures=True)
        self._threads.shutdown(cancel_futures=True)

    def take(self, items: Sequence[Item], report: Report, progress: Progress) -> None:
        """Take files in, in order; each is reported, and one that cannot be taken costs itself alone."""
        for position, reading in enumerate(self._ahead(items)):
            progress(position, len(items), reading.item.path.name)
            try:
                self._take(reading, report)
            except DocumentRefused as refusal:
                self._finish(report)
                self._refuse(reading.item.key, refusal, report)
        self._finish(report)
        progress(len(items), len(items), "")

    def _ahead(self, items: Sequence[Item]) -> Iterator[_Reading]:
        waiting: deque[_Reading] = deque()
        for item in items:
            waiting.append(self._look(item, {reading.digest for reading in waiting}))
            if len(waiting) > AHEAD:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()

    def _look(self, item: Item, others: Container[str | DocumentRefused]) -> _Reading:
        """Begin to read a file, if its bytes are not those of one that is held, left out or before it."""
        try:
            digest = document_id(read_bytes(item.path))
        except DocumentRefused as refusal:
            return _Reading(item, refusal)
        is_held = digest == self._staging.digest_of(item.key) or self._staging.path_with(digest) is not None
        if is_held or digest in others or self._withdrawn.is_whole_file(digest):
            return _Reading(item, digest)
        return _Reading(item, digest, self._readers.submit(read_isolated, item.path, self._options))

    def _take(self, reading: _Reading, report: Report) -> None:
        item, digest = reading.item, reading.digest
        if isinstance(digest, DocumentRefused):
            raise digest
        if self._staging.digest_of(item.key) == digest:
            self._report(item.key, digest, report)
            return
        if any(file.digest == digest for file in self._begun):
            # The same bytes once more: they are stored before it is asked whether they are.
            self._finish(report)
        twin = self._staging.path_with(digest)
        if self._withdrawn.is_whole_file(digest):
            self._leave_out(item.key, report)
        elif twin is not None:
            self._finish(report)
            self._staging.put_alias(item.key, digest, self._staging.holdings()[twin])
            self._report(item.key, digest, report)
        else:
            being_read = reading.documents
            documents = being_read.result() if being_read else read_isolated(item.path, self._options)
            self._begin_file(item, digest, documents, report)

    def _begin_file(self, item: Item, digest: str, documents: tuple[Document, ...], report: Report) -> None:
        if document_id(read_bytes(item.path)) != digest:
            # Half of one state and half of another is nobody's text; what was held before is kept.
            raise DocumentRefused(item.path, "it changed while it was read; try again") from BlockingIOError()
        if not self._options.keep_names:
            refuse_names(item.path, documents)
        allowed = self._withdrawn.kept(item.key, documents)
        if not allowed:
            self._leave_out(item.key, report)
            return
        warnings = tuple(warning for document in allowed for warning in document.warnings)
        if allowed != documents:
            warnings += ("a part of it was withdrawn and left out",)
        described = self._describer.described(item.key, allowed)
        begun = tuple(self._begin(document) for document in described)
        self._begun.append(_File(item.key, digest, begun, warnings))
        if len(self._begun) > AHEAD:
            self._store(self._begun.popleft(), report)

    def _begin(self, document: Document) -> _Begun:
        refuse_unstorable(document)
        if not self._has_begun:
            self._has_begun = True
            self._threads.submit(load_chroma)
        passages = cut(document, self._encoder, self._framework)
        texts = [encoded_text(passage) for passage in passages]
        return _Begun(document, passages, self._threads.submit(self._encoder.encode_passages, texts))

    def _finish(self, report: Report) -> None:
        """Store all whose documents are being encoded: what comes next may depend on it."""
        while self._begun:
            self._store(self._begun.popleft(), report)

    def _store(self, file: _File, report: Report) -> None:
        contents = [
            labelled(one.document, one.passages, one.vectors.result(), self._encoder, self._framework)
            for one in file.begun
        ]
        self._staging.put(file.key, file.digest, contents)
        warnings = file.warnings + tuple(words for content in contents for words in parts_not_found(content))
        if warnings:
            report.warnings[file.key] = warnings
        self._report(file.key, file.digest, report)

    def _report(self, key: str, digest: str, report: Report) -> None:
        """Reported against the live index, so that a run that was cut off is reported as a whole."""
        old = self._before.files.get(key)
        outcome = report.added if old is None else report.kept if old == digest else report.changed
        outcome.append(key)

    def _leave_out(self, key: str, report: Report) -> None:
        self._finish(report)
        self._staging.forget(key)
        report.withdrawn.append(key)

    def _refuse(self, key: str, refusal: DocumentRefused, report: Report) -> None:
        # What cannot be opened today may be as it was; what it holds is kept, as of a missing file.
        is_kept = isinstance(refusal.__cause__, OSError) and self._staging.digest_of(key) is not None
        report.refused[key] = refusal.reported(is_kept=is_kept)
        if is_kept:
            return
        self._staging.put_refusal(key, report.refused[key])
        if key in self._before.files:
            report.removed.append(key)
