"""The records that cross module borders: frozen, without I/O.

What holds is stated with each record and checked by property tests. Offsets are counts of Unicode
code points into `Document.text`, start inclusive, end exclusive, as in Python slices.
"""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass, field
from typing import Any


class Voice(enum.StrEnum):
    """Whose words or claim a sentence is."""

    PARTICIPANT = "participant"
    AUTHORS = "authors"
    CITED = "cited"
    OTHER = "other"


class Stance(enum.StrEnum):
    """What a sentence says about innovation: that something helps it, hinders it, both, neither."""

    ENABLER = "enabler"
    BARRIER = "barrier"
    BOTH = "both"
    NEITHER = "neither"


class Sensitivity(enum.StrEnum):
    """Who may see a document; restricted text reaches no remote model."""

    PUBLIC = "public"
    TEAM = "team"
    RESTRICTED = "restricted"


class Extent(enum.StrEnum):
    """How much of the original was read."""

    FULL = "full"
    PART = "part"
    ABSTRACT = "abstract"
    UNKNOWN = "unknown"


class Support(enum.StrEnum):
    """The verdict on a claim after its citations were checked."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    UNSUPPORTED = "unsupported"


class Status(enum.StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    SOURCES_DIFFER = "sources_differ"
    NOT_IN_EVIDENCE = "not_in_evidence"
    DECLINED = "declined"


class BlockKind(enum.StrEnum):
    """What a stretch of a document's text is."""

    PROSE = "prose"
    ITEM = "item"
    ROW = "row"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Source:
    """The bibliographic entry of a document, and what its evidence rests on.

    `study_group` names the study: files with the same group count once. `missing` names the fields
    that the document does not give; they are never invented.
    """

    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str | None = None
    url: str | None = None
    licence: str | None = None
    kind: str | None = None
    sector: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    method: str | None = None
    n: str | None = None
    read: Extent = Extent.UNKNOWN
    study_group: str | None = None
    interest: str | None = None
    gaps: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    is_note: bool = False

    @property
    def link(self) -> str | None:
        """Address of the original, from the DOI where there is one."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


@dataclass(frozen=True, slots=True)
class Labels:
    """What a sentence says about innovation, in the terms of the framework.

    `origin` tells who labelled it: `note` (written with the note) or `rules`.
    """

    stance: Stance = Stance.NEITHER
    condition: str | None = None
    cluster: str | None = None
    parameter: str | None = None
    basis: str | None = None
    origin: str = "rules"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, table row or piece of furniture of a document.

    `start:end` are its words without markup. `section` is the path of headings above it.
    `prefix` is what a row or item needs to be understood alone: a table's group and header.
    `voice`, `labels` and `original_section` are set where the document itself states them, `time`
    (`hh:mm:ss`) where a recording's transcript does.
    """

    start: int
    end: int
    kind: BlockKind = BlockKind.PROSE
    section: tuple[str, ...] = ()
    speaker: str | None = None
    voice: Voice | None = None
    labels: Labels | None = None
    original_section: str | None = None
    prefix: str = ""
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page starts in the text: `number` counts from 1 in the file, `label` is as printed.

    `engine` names the program that read it, where there was a choice.
    """

    start: int
    number: int
    label: str
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """A stretch of a document that a researcher has coded in a QDA program, and the code's name."""

    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read. `id` is the SHA-256 of its bytes: same bytes, same id.

    A file holds one document, a project or table of extracts several. Blocks are in order, do not overlap and lie inside `text`.
    """

    id: str
    name: str
    source: Source
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    codings: tuple[Coding, ...] = ()
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    is_transcript: bool = False
    warnings: tuple[str, ...] = ()

    def page_at(self, offset: int) -> Page | None:
        """The page on which the character at `offset` stands; None for a file without pages."""
        found = None
        for page in self.pages:
            if page.start > offset:
                break
            found = page
        return found


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage; lies inside it, and `document.text[start:end]` is its text."""

    start: int
    end: int
    text: str
    voice: Voice
    speaker: str | None = None
    section: str | None = None
    labels: Labels = field(default_factory=Labels)


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrievable stretch of a document: `document.text[start:end] == text`.

    `id` is a content hash (document, text, how many equal texts stand before it), so that it
    survives another cutting of its neighbours and re-indexing. `context` is put before the text
    when it is encoded and searched (title, section, a table row's group); it is not part of `text`.
    """

    id: str
    document: str
    start: int
    end: int
    text: str
    section: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    context: str = ""
    page: str | None = None
    page_number: int | None = None
    speaker: str | None = None
    time: str | None = None


def passage_id(document: str, text: str, occurrence: int) -> str:
    """Sixteen hex digits from the document's id, the passage's text and its count among equals."""
    return hashlib.sha256(f"{document}\0{occurrence}\0{text}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage retrieved for a question. Ranks run 1..n; no passage stands twice.

    `scores` holds each signal by name (`words`, `meaning`, `sentence`, `fused`); `found_by` is
    `words`, `meaning` or `both`.
    """

    rank: int
    passage: Passage
    document: DocumentHead
    scores: dict[str, float]
    found_by: str


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """A document without its text: what lists and citations need."""

    id: str
    name: str
    path: str
    source: Source
    sensitivity: Sensitivity
    is_transcript: bool = False
    passages: int = 0
    characters: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def study_group(self) -> str:
        """The study that this document belongs to; a document without one is its own study."""
        return self.source.study_group or self.id


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a claim's words stand. `quote` is `document.text[start:end]`, rendered by program.

    `stance` is what its sentence was labelled with at ingest.
    """

    document: str
    title: str
    passage: str
    start: int
    end: int
    quote: str
    section: str | None
    page: str | None
    speaker: str | None
    voice: Voice
    file: str = ""
    is_note: bool = False
    study_group: str = ""
    link: str | None = None
    time: str | None = None
    stance: Stance = Stance.NEITHER


@dataclass(frozen=True, slots=True)
class Claim:
    """The unit that is checked. A claim without a citation is never `supported`.

    `basis` says in words what it rests on ("one interviewee (P13)", "abstract only").
    """

    text: str
    stance: Stance
    citations: tuple[Citation, ...]
    support: Support
    reason: str
    condition: str | None = None
    cluster: str | None = None
    parameter: str | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance of a conversation; `role` is `user` or `assistant`."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says. Status `not_in_evidence` holds exactly when no claim is supported
    and nothing was declined."""

    question: str
    standalone_question: str
    status: Status
    message: str
    claims: tuple[Claim, ...] = ()
    dropped: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    provenance: dict[str, Any] = field(default_factory=dict)
