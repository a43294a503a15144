"""What researchers correct of a sentence's labels, kept beside the generations as `corrections.json`.

A correction is known by its document, its place and a hash of the words, and holds none of them. Each run of
the index's writer applies all of them anew: they survive ingest, rebuild and another cutting into passages. A changed
file takes over those of what it held before, by their words; a correction whose sentence is not found waits in the
file. What is withdrawn takes its corrections with it.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.encoding import Encoder
from assistant.errors import IndexDamaged
from assistant.framework import Framework
from assistant.index.catalogue import Catalogue
from assistant.index.encoded import labelled
from assistant.index.generations import Layout
from assistant.index.hashing import words_hash
from assistant.index.staging import Staging
from assistant.index.withdrawn import Entry
from assistant.index.word_runs import words_at
from assistant.passages import cut
from assistant.permissions import PRIVATE
from assistant.records import Kind, Passage, Sentence, Stance, Voice, each_speaker

FILE = "corrections.json"
VERSION = 1
# What a label is corrected to that says that there is none.
NONE = "none"
MARK = "corrected by"
LABELS = ("stance", "condition", "cluster", "parameter", "voice", "speaker", "kind")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a sentence is labelled instead; None where the program's label stays, "none" for no condition,
    cluster, parameter or speaker.

    The sentence stands at `start:end` of the document's text; `words` is a hash of its words, and `condition` says
    which of them state it, as in `word_runs`.
    """

    document: str
    start: int
    end: int
    words: str
    by: str
    reason: str
    date: str
    stance: str | None = None
    condition: str | None = None
    cluster: str | None = None
    parameter: str | None = None
    voice: str | None = None
    speaker: str | None = None
    kind: str | None = None

    @property
    def corrected(self) -> tuple[str, ...]:
        """Names of the labels that it corrects."""
        return tuple(name for name in LABELS if getattr(self, name) is not None)

    def is_of(self, sentence: Sentence) -> bool:
        """Whether this is the very sentence, or one that has most of its length in common with it."""
        overlap = min(self.end, sentence.end) - max(self.start, sentence.start)
        return 2 * overlap >= sentence.end - sentence.start

    def on(self, sentence: Sentence, words: str) -> Sentence:
        """The sentence with this correction, and with its origin told; `words` are those that were corrected."""
        labels = sentence.labels
        if self.stance is not None:
            labels = replace(labels, stance=Stance(self.stance))
        if self.condition is not None:
            labels = replace(labels, condition=words_at(self.condition, words) or None)
        if self.cluster is not None:
            labels = replace(labels, cluster=_value(self.cluster))
        if self.parameter is not None:
            labels = replace(labels, parameter=_value(self.parameter))
        told = f"{labels.origin}; {', '.join(self.corrected)} {MARK} {self.by}"
        return replace(
            sentence,
            labels=replace(labels, origin=told),
            voice=Voice(self.voice) if self.voice is not None else sentence.voice,
            speaker=_value(self.speaker) if self.speaker is not None else sentence.speaker,
            kind=Kind(self.kind) if self.kind is not None else sentence.kind,
        )


class Corrections:
    """The corrections of an index."""

    def __init__(self, layout: Layout) -> None:
        """Raises IndexDamaged if there is a file that cannot be read."""
        self._layout = layout
        self._path = layout.root / FILE
        self.entries: tuple[Correction, ...] = self._read()

    # Keeping them

    def put(self, correction: Correction) -> None:
        """Remember one, durably, in the place of an older one of the same sentence."""
        self._write([*self._others(correction.document, correction.start, correction.end), correction])

    def undo(self, document: str, sentence: Sentence) -> bool:
        """Forget what was corrected of a sentence; whether anything was."""
        kept = [one for one in self.entries if not _is_for(one, document, sentence)]
        is_there = len(kept) < len(self.entries)
        if is_there:
            self._write(kept)
        return is_there

    def of(self, document: str, sentence: Sentence) -> Correction | None:
        """The correction of a sentence."""
        return next((one for one in self.entries if _is_for(one, document, sentence)), None)

    def naming(self, document: str, speaker: str) -> int:
        """How many sentences of a document are a speaker's by correction."""
        return sum(one.document == document and speaker in each_speaker(one.speaker) for one in self.entries)

    def _others(self, document: str, start: int, end: int) -> list[Correction]:
        place = (document, start, end)
        return [one for one in self.entries if (one.document, one.start, one.end) != place]

    def _read(self) -> tuple[Correction, ...]:
        try:
            form = json.loads(self._path.read_text(encoding="utf-8"))
            return tuple(Correction(**fields) for fields in form["corrections"])
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(
                f"The corrections of labels, {self._path}, cannot be read ({error}). Bring the file back from a "
                "copy, or move it away to go on without them."
            ) from error

    def _write(self, entries: Iterable[Correction]) -> None:
        self.entries = tuple(sorted(entries, key=lambda one: (one.document, one.start, one.end)))
        form = {"version": VERSION, "corrections": [dataclasses.asdict(entry) for entry in self.entries]}
        text = json.dumps(form, indent=1, ensure_ascii=False)
        self._layout.replace_file(self._path, text + "\n", PRIVATE)

    # Holding to them

    def drop_withdrawn(self, withdrawn: Sequence[Entry], staging: Staging) -> None:
        """Forget the corrections of withdrawn documents, and those of words that a speaker took back."""
        if not withdrawn or not self.entries:
            return
        kept = [one for one in self.entries if not _is_withdrawn(one, withdrawn, staging)]
        if len(kept) < len(self.entries):
            self._write(kept)

    def carry_over(self, before: Catalogue, staging: Staging) -> tuple[int, int]:
        """Give corrections of documents that are gone to what the files that held them hold now, each to the one
        sentence with its words; how many were given, and how many wait since no such sentence is there."""
        follow = _followers(before, staging) if self.entries else {}
        carried, waiting, entries = 0, 0, []
        for one in self.entries:
            moved = [
                replace(one, document=identity, start=sentence.start, end=sentence.end)
                for identity in follow.get(one.document, ())
                for passage in staging.passages_of(identity)
                for sentence in passage.sentences
                if words_hash(sentence.text) == one.words
            ]
            is_carried = len(moved) == 1
            carried += is_carried
            waiting += one.document in follow and not is_carried
            entries.append(moved[0] if is_carried else one)
        if carried:
            self._write(entries)
        return carried, waiting

    def apply(self, staging: Staging, encoder: Encoder, framework: Framework) -> None:
        """Label every sentence of a catalogue in progress as corrected, and as before what no longer is."""
        labelled_otherwise = staging.documents_labelled(MARK)
        known = {head.id for head in staging.heads()}
        for identity in sorted(labelled_otherwise | ({one.document for one in self.entries} & known)):
            stored = staging.passages_of(identity)
            plain = stored
            if identity in labelled_otherwise:
                plain = _labelled_anew(identity, stored, staging, encoder, framework)
            wanted = self._corrected(identity, staging.text(identity), plain)
            if wanted != stored:
                staging.relabel(wanted)
                staging.mark_changed()

    def _corrected(self, document: str, text: str, passages: Sequence[Passage]) -> list[Passage]:
        sentences = [sentence for passage in passages for sentence in passage.sentences]
        found = [
            placed
            for one in self.entries
            if one.document == document and (placed := _placed(one, text, sentences)) is not None
        ]
        return [
            replace(
                passage, sentences=tuple(_corrected(sentence, found, text) for sentence in passage.sentences)
            )
            for passage in passages
        ]


def _is_for(one: Correction, document: str, sentence: Sentence) -> bool:
    return one.document == document and (words_hash(sentence.text) == one.words or one.is_of(sentence))


def _corrected(sentence: Sentence, corrections: Sequence[Correction], text: str) -> Sentence:
    found = next((one for one in corrections if one.is_of(sentence)), None)
    return found.on(sentence, text[found.start : found.end]) if found else sentence


def _followers(before: Catalogue, staging: Staging) -> dict[str, list[str]]:
    """Document that is gone → the documents that the files which held it hold now."""
    known = {head.id for head in staging.heads()}
    now = staging.holdings()
    found: dict[str, list[str]] = {}
    for path, documents in before.holdings().items():
        for gone in documents:
            if gone not in known and path in now:
                found.setdefault(gone, []).extend(now[path])
    return {gone: list(dict.fromkeys(following)) for gone, following in found.items()}


def _placed(one: Correction, text: str, sentences: Sequence[Sentence]) -> Correction | None:
    """A correction where its words stand now: as before, or at the one place that they moved to."""
    if words_hash(text[one.start : one.end]) == one.words:
        return one
    moved = [sentence for sentence in sentences if words_hash(sentence.text) == one.words]
    return replace(one, start=moved[0].start, end=moved[0].end) if len(moved) == 1 else None


def _labelled_anew(
    identity: str, stored: list[Passage], staging: Staging, encoder: Encoder, framework: Framework
) -> list[Passage]:
    """A document's passages with the program's own labels, by the vectors that are stored."""
    document = staging.document(identity)
    passages = cut(document, encoder, framework)
    names = [passage.id for passage in passages]
    if names != [passage.id for passage in stored]:
        return stored
    held = staging.encoded(names)
    vectors = [held[name] for name in names]
    return list(labelled(document, passages, vectors, encoder, framework).passages)


def _is_withdrawn(one: Correction, withdrawn: Sequence[Entry], staging: Staging) -> bool:
    entries = [entry for entry in withdrawn if entry.document == one.document]
    if any(entry.speaker is None for entry in entries):
        return True
    # What a speaker said is blank by now.
    return bool(entries) and words_hash(staging.text(one.document)[one.start : one.end]) != one.words


def _value(given: str) -> str | None:
    return None if given == NONE else given
