"""Claims beside quotations, as training examples for the reader of claims.

Whether a claim is borne out must not be told from how it is worded. So each claim stands beside its own quotation, beside
others and beside itself, and what contradicts a quotation stands on either side of it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.encoding import Vectors
from assistant.encoding.minilm import MiniLM
from assistant.reader.heads import CLASSES, Head
from evals.training.examples import Example, Mixture
from evals.training.made_up import load_documents
from evals.training.own_texts import TEXTS, findings
from evals.training.public import load_claims_of_scifact

SUPPORTS, CONTRADICTS, NEITHER = (
    CLASSES[Head.SUPPORT].index(name) for name in ("supports", "contradicts", "neither")
)
# Of how many of the nearest quotations of other documents is one drawn, to stand beside a claim that it does not bear out.
NEAR = 20
# The share of claims that also stand beside themselves; of what contradicts a quotation, that which also stands before it
# as the quotation, and that which also stands beside another quotation.
ITSELF, TURNED, ELSEWHERE = 0.35, 0.5, 0.5


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation with claims that it bears out, that it contradicts, that go beyond it and on something else."""

    quotation: str
    supported: Sequence[str]
    contradicted: Sequence[str]
    overstated: Sequence[str]
    unsupported: Sequence[str]
    group: str


class Others:
    """Quotations that do not bear a claim out, drawn for it."""

    def __init__(self, quoted: Sequence[Quoted], vectors: Vectors, generator: random.Random) -> None:
        """`vectors` are the unit vectors of the quotations, shape (quotations, dim)."""
        self._quoted, self._generator = quoted, generator
        self._near = np.argsort(-(vectors @ vectors.T), axis=1, kind="stable")
        self._same = {
            group: [i for i, one in enumerate(quoted) if one.group == group]
            for group in {one.group for one in quoted}
        }

    def of_the_document(self, number: int) -> str:
        """Another quotation of the same document, or one like it."""
        same = [i for i in self._same[self._quoted[number].group] if i != number]
        return self._quoted[self._generator.choice(same)].quotation if same else self.like(number)

    def like(self, number: int) -> str:
        """One of the quotations of other documents that come nearest."""
        group = self._quoted[number].group
        near = [int(i) for i in self._near[number, : 4 * NEAR] if self._quoted[i].group != group]
        return self._quoted[self._generator.choice(near[:NEAR])].quotation

    def any(self, number: int) -> str:
        """Any quotation of another document."""
        group = self._quoted[number].group
        others = [one.quotation for one in self._quoted if one.group != group]
        return self._generator.choice(others)


def load_claims(public: Path | None, seed: int) -> Mixture:
    """All claims of our own, and SciFact's if `public` sets are given; the draw of others depends on the seed alone."""
    generator = random.Random(seed)
    quoted = [*_of_findings(), *_of_documents()]
    encoder = MiniLM()
    vectors = np.array([one.passage for one in encoder.encode_passages([(q.quotation, []) for q in quoted])])
    others = Others(quoted, vectors, generator)
    mixture = Mixture()
    for number, one in enumerate(quoted):
        mixture.examples += [
            Example(Head.SUPPORT, quotation, claim, target, one.group)
            for quotation, claim, target in _pairs(one, number, others, generator)
        ]
    if public is not None:
        mixture.examples += load_claims_of_scifact(public, seed)
    return mixture


def _pairs(
    one: Quoted, number: int, others: Others, generator: random.Random
) -> Iterator[tuple[str, str, int]]:
    """(quotation, claim, target)."""
    quotation = one.quotation
    for text in (quotation, _unmarked(quotation, generator)):
        yield quotation, text, SUPPORTS
    for claim in one.supported:
        yield quotation, claim, SUPPORTS
        yield _drawn(others, number, generator), claim, NEITHER
        if generator.random() < ITSELF:
            yield claim, _unmarked(claim, generator), SUPPORTS
    for claim in one.contradicted:
        yield quotation, claim, CONTRADICTS
        if generator.random() < TURNED:
            yield claim, quotation, CONTRADICTS
        if generator.random() < ITSELF:
            yield claim, _unmarked(claim, generator), SUPPORTS
        if generator.random() < ELSEWHERE:
            yield _drawn(others, number, generator), claim, NEITHER
    for claim in (*one.overstated, *one.unsupported):
        yield quotation, claim, NEITHER
        if generator.random() < ITSELF:
            yield claim, _unmarked(claim, generator), SUPPORTS


def _drawn(others: Others, number: int, generator: random.Random) -> str:
    return generator.choice((others.of_the_document, others.like, others.any))(number)


def _unmarked(text: str, generator: random.Random) -> str:
    """The same as a claim is often written: without its last mark, or in small letters at its beginning."""
    bare = text.rstrip(".")
    return generator.choice((text, bare, bare[:1].lower() + bare[1:]))


def _of_findings() -> Iterator[Quoted]:
    known = findings()
    for line in (TEXTS / "findings.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        finding = known[entry["id"]]
        yield _quoted(finding.text, entry, finding.note)


def _of_documents() -> Iterator[Quoted]:
    for document in load_documents():
        for claim in document.written["claims"]:
            yield _quoted(claim["quote"], claim, document.group)


def _quoted(quotation: str, entry: dict[str, Any], group: str) -> Quoted:
    return Quoted(
        quotation,
        entry["supported"],
        entry["contradicted"],
        entry["overstated"],
        entry["unsupported"],
        group,
    )
