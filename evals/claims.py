"""Claims with the sentences that bear on them: lines of JSON, or public sets of marked pairs.

WiCE (Kamoi et al. 2023), HealthVer (Sarrouti et al. 2021) and SciFact (Wadden et al. 2020) mark in words
of their own; here a claim is supported, contradicted, or neither.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.sentences import sentence_spans
from assistant.words import stems
from evals.cases import CaseError
from evals.json_lines import entries_in, numbered_lines

SUPPORT, CONTRADICT, NEITHER = "support", "contradict", "neither"
LABELS = {
    "support": SUPPORT, "supports": SUPPORT, "supported": SUPPORT,
    "contradict": CONTRADICT, "contradicts": CONTRADICT, "contradicted": CONTRADICT,
    "refute": CONTRADICT, "refutes": CONTRADICT, "refuted": CONTRADICT,
    "neither": NEITHER, "neutral": NEITHER, "partly": NEITHER, "partially_supported": NEITHER,
    "not_supported": NEITHER, "overstated": NEITHER, "does not": NEITHER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and evidence for it, in sentences. `label` is None where nobody has marked it."""

    id: str
    claim: str
    evidence: tuple[str, ...]
    label: str | None = None


def load_pairs(path: Path) -> list[Pair]:
    """Lines of `id, claim, evidence[sentences]` and perhaps `label`. Raises CaseError with the line."""
    pairs: dict[str, Pair] = {}
    for number, line in numbered_lines(path):
        try:
            pair = _pair(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise CaseError(f"{path}, line {number}: {error!r}") from error
        if pair.id in pairs:
            raise CaseError(f"{path}, line {number}: there is another claim {pair.id}")
        pairs[pair.id] = pair
    return list(pairs.values())


def _pair(entry: dict[str, Any]) -> Pair:
    evidence, label = entry["evidence"], entry.get("label")
    if isinstance(evidence, str) or not all(isinstance(sentence, str) for sentence in evidence):
        raise TypeError("evidence is no list of sentences")
    return Pair(str(entry["id"]), entry["claim"], tuple(evidence), _label(label) if label else None)


def _label(word: str) -> str:
    label = LABELS.get(word.strip().lower())
    if label is None:
        raise ValueError(f"the label {word!r} is none of {', '.join(LABELS)}")
    return label


def load_benchmarks(directory: Path) -> dict[str, list[Pair]]:
    """Those of the three sets that lie in a folder, by name. Raises CaseError for one of another form."""
    found = {}
    for name, file, load in SETS:
        path = directory / name / file
        if path.exists():
            try:
                found[name] = list(load(path))
            except (ValueError, KeyError, TypeError) as error:
                raise CaseError(f"{path}: {error!r}") from error
    return found


def _wice(path: Path) -> Iterator[Pair]:
    for number, line in enumerate(entries_in(path), 1):
        yield Pair(f"wice:{number}", line["claim"], tuple(line["evidence"]), _label(line["label"]))


def _healthver(path: Path) -> Iterator[Pair]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 1):
            sentences = tuple(_sentences(row["evidence"]))
            yield Pair(f"healthver:{number}", row["claim"], sentences, _label(row["label"]))


def _scifact(path: Path) -> Iterator[Pair]:
    """A pair for each claim and abstract that has marked sentences; the whole abstract where none has."""
    abstracts = {str(line["_id"]): line["text"] for line in entries_in(path.with_name("corpus.jsonl"))}
    for line in entries_in(path):
        for document, sets in line["evidence"].items():
            sentences = _sentences(abstracts[document])
            positions = sorted({position for one in sets for position in one["sentences"]})
            evidence = tuple(aligned(sentences, positions, line["claim"]))
            if evidence:
                label = _label(sets[0]["label"])
                yield Pair(f"scifact:{line['id']}:{document}", line["claim"], evidence, label)
        if not line["evidence"]:
            for document in map(str, line["cited_doc_ids"][:1]):
                evidence = tuple(_sentences(abstracts.get(document, "")))
                yield Pair(f"scifact:{line['id']}:{document}", line["claim"], evidence, NEITHER)


SETS = (
    ("wice", "claim.dev.jsonl", _wice),
    ("healthver", "healthver_dev.csv", _healthver),
    ("scifact", "claims.train.jsonl", _scifact),
)


def aligned(sentences: Sequence[str], positions: Sequence[int], claim: str) -> list[str]:
    """The sentences at the given positions. Abstracts in BEIR form open with their title, which may or
    may not be joined to the first sentence: the reading that shares more words with the claim is taken."""
    wanted = set(stems(claim))
    readings = [[sentences[p + shift] for p in positions if p + shift < len(sentences)] for shift in (1, 0)]
    return max(readings, key=lambda chosen: len(wanted & set(stems(" ".join(chosen)))))


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]
