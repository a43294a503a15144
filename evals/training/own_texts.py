"""Our own training texts: questions and claims written for the bundled findings, messages to decline,
and labelled sentences."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.framework import load_framework
from assistant.reader.heads import CLASSES, Head
from assistant.reading import read
from assistant.records import Stance
from assistant.resources import corpus_directory
from evals.training.examples import Example, Mixture, Ranking

TEXTS = Path(__file__).with_name("texts")
# Others shown beside the right text: of the same note (the topic is the same) and of any note.
SAME_NOTE, ANY_NOTE = 3, 2
# Questions of a finding that are learnt as rankings; all of them are learnt as pairs.
RANKED = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of a bundled note with its labels; `id` is note#number."""

    id: str
    note: str
    text: str
    section: str
    stance: Stance
    cluster: str | None


def findings() -> dict[str, Finding]:
    """The findings of all bundled notes by id."""
    framework = load_framework()
    found = {}
    for path in sorted((corpus_directory() / "notes").glob("*.md")):
        document = read(path)[0]
        labelled = [block for block in document.blocks if block.labels is not None]
        for number, block in enumerate(labelled, 1):
            assert block.labels is not None
            parameter = framework.parameter(block.labels.parameter)
            found[f"{path.stem}#{number}"] = Finding(
                id=f"{path.stem}#{number}",
                note=path.stem,
                text=document.text[block.start : block.end],
                section=" > ".join(block.section),
                stance=block.labels.stance,
                cluster=parameter.cluster if parameter else None,
            )
    return found


def load_own(seed: int) -> Mixture:
    """All our own texts as training examples; the draw of others depends on the seed alone."""
    generator = random.Random(seed)
    known = findings()
    mixture = Mixture()
    for entry in _lines(TEXTS / "findings.jsonl"):
        finding = known[entry["id"]]
        mixture.rankings += _rankings(entry, finding, known, generator)
        mixture.examples += _claims(entry, finding)
        mixture.examples += _labels(entry, finding)
        mixture.examples += [
            Example(Head.RELEVANCE, question, finding.text, 0, finding.note)
            for question in entry["near_miss"]
        ]
        mixture.examples += [
            Example(Head.RELEVANCE, question, finding.text, 1, finding.note)
            for question in entry["questions"]
        ]
    mixture.examples += list(declines())
    mixture.examples += list(_sentences())
    return mixture


def _rankings(
    entry: dict[str, Any], finding: Finding, known: dict[str, Finding], generator: random.Random
) -> Iterator[Ranking]:
    same = [other.text for other in known.values() if other.note == finding.note and other.id != finding.id]
    rest = [other.text for other in known.values() if other.note != finding.note]
    for question in generator.sample(entry["questions"], RANKED):
        others = generator.sample(same, min(SAME_NOTE, len(same))) + generator.sample(rest, ANY_NOTE)
        yield Ranking(question, (finding.text, *others), finding.note)


def _claims(entry: dict[str, Any], finding: Finding) -> Iterator[Example]:
    for name, target in (("supported", 0), ("contradicted", 1), ("overstated", 2), ("unsupported", 2)):
        for claim in entry[name]:
            yield Example(Head.SUPPORT, finding.text, claim, target, finding.note)
    yield Example(Head.SUPPORT, finding.text, finding.text, 0, finding.note)


def _labels(entry: dict[str, Any], finding: Finding) -> Iterator[Example]:
    """A finding and its paraphrases have the same stance and cluster."""
    stance = CLASSES[Head.STANCE].index(finding.stance)
    cluster = CLASSES[Head.CLUSTER].index(finding.cluster or "none")
    for text in (finding.text, *entry["supported"]):
        yield Example(Head.STANCE, text, "", stance, finding.note)
        yield Example(Head.CLUSTER, text, "", cluster, finding.note)


def declines() -> Iterator[Example]:
    """Messages to answer or to decline, after what was asked before."""
    for entry in _lines(TEXTS / "declines.jsonl"):
        asked = [turn["content"] for turn in entry.get("previous") or () if turn["role"] == "user"]
        target = CLASSES[Head.DECLINE].index(entry["kind"])
        yield Example(Head.DECLINE, entry["question"], asked[-1] if asked else "", target)


CLUSTER_IDS = {
    "mobilisers": "mobilisers",
    "design and implementation features": "design-and-implementation",
    "operational capability": "operational-capability",
    "organisational culture, climate and processes": "culture-and-climate",
    "macro context": "macro-context",
    "none": "none",
}


def _sentences() -> Iterator[Example]:
    """Labelled sentences that we made up in the styles of papers, talks, news and tables."""
    for entry in _lines(TEXTS / "sentences.jsonl"):
        stance = CLASSES[Head.STANCE].index(entry["stance"])
        cluster = CLASSES[Head.CLUSTER].index(CLUSTER_IDS[entry["cluster"]])
        yield Example(Head.STANCE, entry["text"], "", stance)
        yield Example(Head.CLUSTER, entry["text"], "", cluster)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())
