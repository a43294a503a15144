"""What was read: sources, documents, and the passages and sentences that they are cut into."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from assistant.records.countries import with_whole
from assistant.records.terms import BlockKind, Extent, Kind, Sensitivity, Stance, Voice

# Kinds of source that are studies, and those that are none though they name one.
STUDY = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|experiments?|(?:meta-?|re-?)?analys[ei]s|evaluations?|surveys?|interviews?"
    r"|focus groups?|research|(?:systematic |literature )?reviews?|synthes[ei]s|case|cohort|ethnograph\w+)\b",
    re.IGNORECASE,
)
NO_STUDY = re.compile(
    r"\b(?:talk|speech|lecture|podcast|blog|news\w*|opinion|essay|editorial|commentary|proposal|protocol|(?:web|home|project) ?page)\b",
    re.IGNORECASE,
)
# What stands in a field of a source that is not given.
NOT_GIVEN = (None, "", (), Extent.UNKNOWN)
# What stands between the codes of several speakers of one sentence.
BETWEEN_SPEAKERS = ", "


@dataclass(frozen=True, slots=True)
class Source:
    """The bibliographic entry of a document, and what its evidence rests on.

    `study_group` names the study: files with the same group count once. `missing` names the fields
    that the document does not give; they are never invented. `origins` pairs each field that is given
    with where it comes from: an `Origin`, or the name of a bibliography file. `restricted_parts` and
    `team_parts` name parts that fewer people may see than the whole (`Part`).
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
    restricted_parts: tuple[str, ...] = ()
    team_parts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    is_note: bool = False
    origins: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def link(self) -> str | None:
        """Address of the original, from the DOI where there is one."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    def gives(self, field_name: str) -> bool:
        """Whether a field of it is given."""
        return getattr(self, field_name) not in NOT_GIVEN


@dataclass(frozen=True, slots=True)
class Labels:
    """What a sentence says about innovation, in the terms of the framework.

    `origin` tells who labelled it: `note` (written with the note), `table` (by its columns),
    `rules` or `classifier`; and who corrected it, if somebody did.
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
    (`hh:mm:ss`) where a recording's transcript does, `sensitivity` where a part is marked as stricter.
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
    sensitivity: Sensitivity | None = None


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
    kind: Kind = Kind.STATEMENT


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrievable stretch of a document: `document.text[start:end] == text`.

    `id` is a content hash (document, text, how many equal texts stand before it), so that it
    survives another cutting of its neighbours and re-indexing. `context` is put before the text
    when it is encoded and searched (title, section, a table row's group); it is not part of `text`.
    A passage that an aside interrupts has it in its text and not among its sentences; the aside is another passage.
    `sensitivity` is the document's tier, or that of its part if that is stricter.
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
    sensitivity: Sensitivity = Sensitivity.PUBLIC

    @property
    def said(self) -> str:
        """Its sentences in one line: its text without the marks of the file between them, and without an aside
        that it goes on behind."""
        return " ".join(" ".join(sentence.text for sentence in self.sentences).split())


def each_speaker(speaker: str | None) -> tuple[str, ...]:
    """Everybody who speaks in words with this speaker: several have their codes in one line ("P3, P4")."""
    return tuple(speaker.split(BETWEEN_SPEAKERS)) if speaker else ()


def passage_id(document: str, text: str, occurrence: int) -> str:
    """Sixteen hex digits from the document's id, the passage's text and its count among equals."""
    return hashlib.sha256(f"{document}\0{occurrence}\0{text}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """A document without its text: what lists and citations need.

    `tiers` counts its passages by tier: parts of it can be stricter than the whole. `study_countries` and
    `study_sectors` are what other files of its work or study say, where it says nothing and they agree.
    """

    id: str
    name: str
    path: str
    source: Source
    sensitivity: Sensitivity
    is_transcript: bool = False
    passages: int = 0
    characters: int = 0
    warnings: tuple[str, ...] = ()
    tiers: tuple[tuple[Sensitivity, int], ...] = ()
    study_countries: tuple[str, ...] = ()
    study_sectors: tuple[str, ...] = ()

    @property
    def study_group(self) -> str:
        """The study that this document belongs to; a document without one is its own study."""
        return self.source.study_group or self.id

    @property
    def countries(self) -> tuple[str, ...]:
        """Where it was, by itself or else by its study, with the country that these are a part of."""
        return with_whole(self.source.country or self.study_countries)

    @property
    def sectors(self) -> tuple[str, ...]:
        """Its field of practice, by itself or else by its study."""
        return self.source.sector or self.study_sectors

    @property
    def is_study(self) -> bool:
        """Whether it is a study, or a review of some, by the kind that is given: a talk or an opinion is none."""
        kind = self.source.kind or ""
        return bool(STUDY.search(kind)) and not NO_STUDY.search(kind)
