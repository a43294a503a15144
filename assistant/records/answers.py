"""What is found and said: evidence, citations, claims, answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assistant.records.documents import DocumentHead, Passage
from assistant.records.terms import Account, Sensitivity, Stance, Status, Support, Voice, stricter

# Where a sentence stands: the id of its passage, and its position there from 0.
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage retrieved for a question. Ranks run 1..n; no passage stands twice.

    `scores` holds each signal of the search by name (`assistant.retrieval.WEIGHTS`), their weighted sum `fused`,
    and what reordered the passage: `reader` and `ranked`, `reranked`. `found_by` is `words`, `meaning` or `both`.
    """

    rank: int
    passage: Passage
    document: DocumentHead
    scores: dict[str, float]
    found_by: str

    @property
    def sensitivity(self) -> Sensitivity:
        """The passage's tier or its document's, whichever is stricter."""
        return stricter(self.passage.sensitivity, self.document.sensitivity)


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

    `basis` says in words what it rests on ("one interviewee (P13)", "abstract only"), `gaps` which known
    holes of its sources touch it. `leads`: an answer of several sides opens with it, since it answers best. `account`:
    which side it stands on where the sources of the answer differ; None for a claim that stands on neither.
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
    gaps: tuple[str, ...] = ()
    leads: bool = False
    account: Account | None = None

    @property
    def study_groups(self) -> frozenset[str]:
        """The studies that it rests on."""
        return frozenset(citation.study_group for citation in self.citations)

    def quotes(self, document: str, start: int, end: int) -> bool:
        """Whether a citation holds `document.text[start:end]` as a whole."""
        return any(
            one.document == document and one.start <= start and end <= one.end for one in self.citations
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance of a conversation; `role` is `user` or `assistant`."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says. Status `not_in_evidence` holds exactly when no claim is supported
    and nothing was declined.

    `against` is what a second search found in other studies that points the other way; none was made where
    `tried`, the number of claims that it was made for, is 0. `nearest` are sentences that come nearest where
    nothing is answered.
    """

    question: str
    standalone_question: str
    status: Status
    message: str
    claims: tuple[Claim, ...] = ()
    dropped: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    against: tuple[Claim, ...] = ()
    tried: int = 0
    nearest: tuple[Claim, ...] = ()
    provenance: dict[str, Any] = field(default_factory=dict)
