"""The words that records are written in: each a short list of values."""

from __future__ import annotations

import enum


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


OPPOSITES = {Stance.ENABLER: Stance.BARRIER, Stance.BARRIER: Stance.ENABLER}


class Kind(enum.StrEnum):
    """What a sentence tells: what something is, how a study was made, how much, what was found, or else."""

    DEFINITION = "definition"
    METHOD = "method"
    NUMBER = "number"
    FINDING = "finding"
    STATEMENT = "statement"


class Sensitivity(enum.StrEnum):
    """Who may see a document or a part of it; what is not public reaches no remote model."""

    PUBLIC = "public"
    TEAM = "team"
    RESTRICTED = "restricted"


def stricter(*tiers: Sensitivity) -> Sensitivity:
    """The strictest of some tiers, at least one. They are listed from the most open to the strictest."""
    return max(tiers, key=tuple(Sensitivity).index)


class Extent(enum.StrEnum):
    """How much of the original was read."""

    FULL = "full"
    PART = "part"
    ABSTRACT = "abstract"
    UNKNOWN = "unknown"


class Origin(enum.StrEnum):
    """Where a field of a source comes from, if no bibliography gives it."""

    HEADER = "file header"
    METADATA = "file metadata"
    TEXT = "text"
    FILE_NAME = "file name"
    READING = "reading"
    STUDY = "another file of its study"
    GIVEN = "given to ingest"


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


class Account(enum.StrEnum):
    """Which of two accounts a claim gives where sources differ; `both`: it tells itself that there are two."""

    ONE = "one"
    OTHER = "other"
    BOTH = "both"


class BlockKind(enum.StrEnum):
    """What a stretch of a document's text is."""

    PROSE = "prose"
    ITEM = "item"
    ROW = "row"
    FURNITURE = "furniture"
