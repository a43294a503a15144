"""Whether quoted sentences bear a claim out: the scorer behind the seam, against people's marks."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from assistant.verification import word_share
from assistant.verification.scorer import RuleScorer, SupportScorer, Verdict
from evals.cases import CaseError
from evals.claims import CONTRADICT, SUPPORT, Pair, load_benchmarks, load_pairs
from evals.judges import own_scorer
from evals.measures.whole_set import auroc_parts
from evals.runs import PART, Measured, Run, dated
from evals.suites import CannotRun, Suite

AGAINST_REST = "supported against the rest"
AGAINST_CONTRADICTED = "supported against contradicted"
NEEDS = "name claims with --cases, or a folder that holds wice, healthver or scifact with --benchmarks"
DIGITS = 6


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this suite."""
    parser.add_argument("--cases", type=Path, action="append", help="lines of id, claim, evidence, label")
    parser.add_argument("--benchmarks", type=Path, metavar="DIR", help="a folder with public sets")
    parser.add_argument("--predictions", type=Path, help="write lines of id, support, contradict")
    parser.add_argument(
        "--arms", action="store_true", help="also judge by rules, and by words in common alone"
    )


def run(options: argparse.Namespace) -> Run:
    """Score and measure. Raises CannotRun without claims, CaseError for claims that cannot be read."""
    sets = {path.stem: load_pairs(path) for path in options.cases or []}
    if options.benchmarks:
        sets |= load_benchmarks(options.benchmarks)
    if not any(sets.values()):
        raise CannotRun(NEEDS)
    pairs = [pair for own in sets.values() for pair in own]
    if len({pair.id for pair in pairs}) < len(pairs):
        raise CaseError("claims of two files have the same id")
    scorer = own_scorer()
    verdicts = judge(pairs, scorer)
    if options.predictions:
        write_predictions(options.predictions, verdicts)
    measures = measures_of(sets, verdicts)
    if options.arms:
        measures += arms_of(sets, verdicts)
    return Run(
        SUITE.name,
        dated(
            {
                "scorer": type(scorer).__name__,
                "cases": len(pairs),
                "marked": {name: _counts(own) for name, own in sets.items()},
            }
        ),
        measures,
        [_item(pair, verdicts[pair.id]) for pair in pairs],
    )


def judge(pairs: Iterable[Pair], by: SupportScorer) -> dict[str, Verdict]:
    """What a scorer says of each claim."""
    return {pair.id: by.score(pair.claim, pair.evidence) for pair in pairs}


def measures_of(sets: Mapping[str, Sequence[Pair]], verdicts: Mapping[str, Verdict]) -> list[Measured]:
    """AUROC of each set: supported claims against all others by the probability of support, and against
    contradicted ones by support less contradiction. Left out where one of the sides is missing."""
    measures = []
    for name, pairs in sets.items():
        by_label: dict[str | None, list[str]] = {}
        for pair in pairs:
            by_label.setdefault(pair.label, []).append(pair.id)
        supported, contradicted = by_label.get(SUPPORT, []), by_label.get(CONTRADICT, [])
        others = [item for label, own in by_label.items() if label not in (SUPPORT, None) for item in own]
        rest = auroc_parts(
            {item: verdicts[item].support for item in supported},
            {item: verdicts[item].support for item in others},
        )
        direction = auroc_parts(
            {item: _direction(verdicts[item]) for item in supported},
            {item: _direction(verdicts[item]) for item in contradicted},
        )
        for question, parts in ((AGAINST_REST, rest), (AGAINST_CONTRADICTED, direction)):
            if parts:
                measures.append(Measured(f"{name}: {question}", parts, is_gated=True))
    return measures


def arms_of(sets: Mapping[str, Sequence[Pair]], verdicts: Mapping[str, Verdict]) -> list[Measured]:
    """The same measures, ours beside rules and beside a judge that only counts words in common."""
    pairs = [pair for own in sets.values() for pair in own]
    arms = {
        "ours": verdicts,
        "rules": judge(pairs, RuleScorer()),
        "words in common": {
            pair.id: Verdict(word_share(pair.claim, " ".join(pair.evidence)), 0.0) for pair in pairs
        },
    }
    return [
        Measured(PART.join([one.name, "arm", arm]), one.scores)
        for arm, judged in arms.items()
        for one in measures_of(sets, judged)
    ]


def write_predictions(path: Path, verdicts: Mapping[str, Verdict]) -> None:
    """Each verdict as a line of JSON: two probabilities."""
    lines = [json.dumps(_probabilities(item, verdict)) for item, verdict in verdicts.items()]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _direction(verdict: Verdict) -> float:
    return verdict.support - verdict.contradict


def _probabilities(item: str, verdict: Verdict) -> dict[str, str | float]:
    return {
        "id": item,
        "support": round(verdict.support, DIGITS),
        "contradict": round(verdict.contradict, DIGITS),
    }


def _item(pair: Pair, verdict: Verdict) -> dict[str, str | float | None]:
    return {**_probabilities(pair.id, verdict), "label": pair.label}


def _counts(pairs: Sequence[Pair]) -> dict[str, int]:
    labels = [pair.label or "not marked" for pair in pairs]
    return {label: labels.count(label) for label in sorted(set(labels))}


SUITE = Suite("support", "whether quoted sentences bear claims out, against people's marks", add_options, run)
