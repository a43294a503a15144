"""Stance, voice, cluster, speaker, condition and kind as the program labels them, against labels given by reading."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.encoding.minilm import MiniLM
from assistant.framework import Framework, load_framework
from assistant.records import Stance
from evals.agreement import WHO_MARKED
from evals.marks import SENTENCES, MarkError, Marks, load_marks
from evals.measures.whole_set import accuracy, confusion, kappa, macro_f1, parts_of
from evals.quotes import NONE, Quote, Said, is_own_form, load_quotes, own_quotes, say
from evals.runs import PART, Measured, Run, dated
from evals.suites import CannotRun, Suite

Value = Callable[[Marks | Said], str | None]
Pairs = dict[str, tuple[str, str]]
LABELS: dict[str, Value] = {
    "stance": lambda one: one.stance.value,
    "voice": lambda one: one.voice.value,
    "cluster": lambda one: one.cluster or NONE,
    "speaker": lambda one: one.speaker or NONE,
    "conditional": lambda one: str(one.is_conditional),
    "kind": lambda one: one.kind.value if one.kind else None,
}
PROGRAM, READER = "the program", "the reader again"
# Labels of so few classes that each can be looked at; speakers are hardly ever given.
WITH_CLASSES = ("stance", "voice", "cluster", "conditional", "kind")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this suite."""
    parser.add_argument(
        "--cases", type=Path, help="lines of id, file, quote, labels; without it the project's own marks"
    )
    parser.add_argument("--documents", type=Path, action="append", help="where the labelled documents lie")
    parser.add_argument("--predictions", type=Path, help="write lines of id, stance, voice, cluster, speaker")


def run(options: argparse.Namespace) -> Run:
    """Label and compare. Raises CannotRun where documents or labels are missing."""
    framework = load_framework()
    path, folders = options.cases or SENTENCES, options.documents or []
    try:
        quotes = own_quotes(path, folders) if is_own_form(path) else load_quotes(path, folders, framework)
        again = load_marks() if path == SENTENCES else {}
    except MarkError as error:
        raise CannotRun(str(error)) from error
    said = say(quotes, MiniLM(), framework)
    if options.predictions:
        write_predictions(options.predictions, said, framework)
    matrices = confusions(quotes, said)
    for name, matrix in matrices.items():
        print("\n".join([f"{name}: given (rows), found (columns)", *matrix_lines(matrix), ""]))
    beside = beside_reader(quotes, said, again)
    print("\n".join(beside_lines(beside)))
    return Run(
        SUITE.name,
        dated(
            {
                "cases": len(quotes),
                "marked": sum(quote.marks is not None for quote in quotes),
                "not found in their documents": [quote.id for quote in quotes if not quote.is_located],
                "confusion": matrices,
            }
        ),
        measures_of(quotes, said) + beside,
        [_item(quote, said[quote.id]) for quote in quotes],
    )


def measures_of(quotes: Sequence[Quote], said: Mapping[str, Said]) -> list[Measured]:
    """Accuracy of each label; macro-F1 and kappa of those with few classes; and easy and hard apart."""
    measures = []
    marked = [quote for quote in quotes if quote.marks is not None]
    for name, pairs in _pairs(marked, said).items():
        if pairs:
            measures += _scores(name, pairs)
    measures += _direction(_pairs(marked, said)["stance"])
    for name, value in _pairs(marked, said).items():
        for part, is_hard in (("hard", True), ("not hard", False)):
            own = {
                q.id: value[q.id]
                for q in marked
                if q.id in value and q.marks is not None and q.marks.is_hard is is_hard
            }
            measures += [
                Measured(PART.join([one.name, "difficulty", part]), one.scores)
                for one in (_scores(name, own) if own else [])
            ]
    return measures


def beside_reader(
    quotes: Iterable[Quote], said: Mapping[str, Said], again: Mapping[str, Marks]
) -> list[Measured]:
    """On what was marked twice: how far the program, and the second reading, agree with the first."""
    twice = [quote for quote in quotes if quote.marks is not None and quote.id in again]
    if not twice:
        return []
    program, reader = _pairs(twice, said), _pairs(twice, again)
    return [
        Measured(PART.join([one.name, "labeller", labeller]), one.scores)
        for name in WITH_CLASSES
        if program[name] and reader[name]
        for ours, theirs in zip(_scores(name, program[name]), _scores(name, reader[name]), strict=True)
        for labeller, one in ((PROGRAM, ours), (READER, theirs))
    ]


def beside_lines(beside: Sequence[Measured]) -> list[str]:
    """The program's scores beside the second reading's, for a terminal; empty without a second reading."""
    if not beside:
        return []
    found = {one.name: one.estimate() for one in beside}
    names = list(dict.fromkeys(one.name.split(PART)[0] for one in beside))
    rows = [
        [name, *(found[PART.join([name, "labeller", who])] for who in (PROGRAM, READER))] for name in names
    ]
    head = f"{'where marked twice, as the first reading':<44}{PROGRAM:<32}{READER}"
    return [head, *(f"{row[0]:<44}{row[1]!s:<32}{row[2]}" for row in rows), WHO_MARKED, ""]


def _direction(pairs: Pairs) -> list[Measured]:
    """Of what somebody marked as helping or as hindering: how far the program says the same of it."""
    own = {item: pair for item, pair in pairs.items() if pair[0] in (Stance.ENABLER, Stance.BARRIER)}
    if not own:
        return []
    right = {item: accuracy([pair]) for item, pair in own.items()}
    return [
        Measured("enabler or barrier, accuracy", right, is_gated=True),
        Measured("enabler or barrier, macro-F1", parts_of(own, macro_f1)),
    ]


def _pairs(quotes: Iterable[Quote], found: Mapping[str, Marks | Said]) -> dict[str, Pairs]:
    """Label → id → (given, found), of what was marked and found."""
    pairs: dict[str, Pairs] = {name: {} for name in LABELS}
    for quote in quotes:
        if quote.marks is None:
            continue
        for name, value in LABELS.items():
            given, own = value(quote.marks), value(found[quote.id])
            if given is not None and own is not None:
                pairs[name][quote.id] = (given, own)
    return pairs


def _scores(name: str, pairs: Pairs) -> list[Measured]:
    right = {item: accuracy([pair]) for item, pair in pairs.items()}
    scores = [Measured(f"{name}, accuracy", right, is_gated=name in WITH_CLASSES)]
    if name in WITH_CLASSES:
        scores += [
            Measured(f"{name}, macro-F1", parts_of(pairs, macro_f1)),
            Measured(f"{name}, kappa", parts_of(pairs, kappa)),
        ]
    return scores


def confusions(quotes: Iterable[Quote], said: Mapping[str, Said]) -> dict[str, dict[str, dict[str, int]]]:
    """Label → given → found → count."""
    pairs = _pairs(quotes, said)
    return {name: confusion(list(pairs[name].values())) for name in WITH_CLASSES if pairs[name]}


def matrix_lines(matrix: Mapping[str, Mapping[str, int]]) -> list[str]:
    """A confusion matrix as lines for a terminal."""
    wide = max(len(name) for name in matrix) + 2
    lines = [" " * wide + "".join(f"{name:>{len(name) + 2}}" for name in matrix)]
    for given, row in matrix.items():
        lines.append(f"{given:<{wide}}" + "".join(f"{count:>{len(name) + 2}}" for name, count in row.items()))
    return lines


def write_predictions(path: Path, said: Mapping[str, Said], framework: Framework) -> None:
    """What the program says of each, a line of JSON each; clusters by name, in lower case, or "none"."""
    lines = [json.dumps(_told(item, one, framework), ensure_ascii=False) for item, one in said.items()]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _told(item: str, said: Said, framework: Framework) -> dict[str, str | None]:
    cluster = (framework.cluster_name(said.cluster) or NONE).lower()
    return {
        "id": item,
        "stance": said.stance.value,
        "voice": said.voice.value,
        "cluster": cluster,
        "speaker": said.speaker,
    }


def _item(quote: Quote, said: Said) -> dict[str, Any]:
    item: dict[str, Any] = {"id": quote.id}
    for name, value in LABELS.items():
        given = (value(quote.marks) if quote.marks is not None else None) or "not marked"
        item[name] = value(said) if given == value(said) else f"{value(said)}, given {given}"
    return item


SUITE = Suite(
    "labels",
    "stance, voice, cluster, speaker, condition and kind, against labels given by reading",
    add_options,
    run,
)
