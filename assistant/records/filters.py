"""Which part of the evidence is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from assistant.records.countries import full_name
from assistant.records.documents import DocumentHead, Passage, Sentence
from assistant.records.terms import Sensitivity, Stance, Voice, stricter


@dataclass(frozen=True, slots=True)
class Filter:
    """What evidence must be to be found: one of the values of each field that has any.

    `source` holds ids of documents, `cluster` ids of clusters, `year` the first and the last year, either
    of which may be open. A country takes its parts. Country and sector that a document does not state are
    those of its study; what is not known of it, it is not. Cluster, stance and voice must hold of one and the
    same sentence. Of a document with parts of several tiers, the parts that fit are looked at.
    """

    source: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    year: tuple[int | None, int | None] = (None, None)
    sector: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    sensitivity: tuple[Sensitivity, ...] = ()
    cluster: tuple[str, ...] = ()
    stance: tuple[Stance, ...] = ()
    voice: tuple[Voice, ...] = ()

    def takes(self, head: DocumentHead, passage: Passage) -> bool:
        """Whether a passage of a document is looked at: the document fits, and one of its sentences."""
        return (
            self.takes_document(head)
            and _fits(self.sensitivity, [stricter(head.sensitivity, passage.sensitivity)])
            and (not self.asks_of_sentences or any(map(self.takes_sentence, passage.sentences)))
        )

    def takes_document(self, head: DocumentHead) -> bool:
        """Whether a document fits, by what is known of it."""
        source = head.source
        return (
            _fits(self.source, [head.id])
            and _fits(self.kind, [source.kind])
            and _lies_in(self.year, source.year)
            and _fits(self.sector, head.sectors)
            and _fits(tuple(map(full_name, self.country)), head.countries)
            and _fits(self.sensitivity, [tier for tier, _ in head.tiers] or [head.sensitivity])
        )

    def passages_in(self, head: DocumentHead) -> int:
        """How many passages of a document that fits are of a tier that is looked at."""
        if not self.sensitivity or not head.tiers:
            return head.passages
        return sum(count for tier, count in head.tiers if tier in self.sensitivity)

    def takes_sentence(self, sentence: Sentence) -> bool:
        """Whether a sentence fits, by its labels and its voice."""
        return (
            _fits(self.cluster, [sentence.labels.cluster])
            and _fits(self.stance, [sentence.labels.stance])
            and _fits(self.voice, [sentence.voice])
        )

    @property
    def asks_of_sentences(self) -> bool:
        """Whether anything is asked of sentences, beyond their document."""
        return bool(self.cluster or self.stance or self.voice)

    def stated(self) -> dict[str, Any]:
        """The fields that have values, as plain lists by name; empty if everything is looked at."""
        values = {field.name: list(getattr(self, field.name)) for field in fields(self)}
        return {name: listed for name, listed in values.items() if any(listed)}


def _fits(wanted: tuple[str, ...], given: Iterable[str | None]) -> bool:
    return not wanted or any(value in wanted for value in given)


def _lies_in(years: tuple[int | None, int | None], year: int | None) -> bool:
    first, last = years
    if first is None and last is None:
        return True
    return year is not None and (first is None or first <= year) and (last is None or year <= last)
