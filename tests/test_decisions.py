"""Each default that was measured names the note that tells how, and the note is of that default."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

NOTES = ROOT / "evals" / "decisions"
NAMED = re.compile(r"evals/decisions/([\w-]+\.md)")
# Module and name of each default that was measured → how its value is written in its note.
MEASURED = {
    ("assistant.retrieval", "WEIGHTS"): "0.46, 0.07, 0.17, 0.23, 0.07",
    ("assistant.retrieval", "FIRST"): "3",
    ("assistant.retrieval", "STEEPNESS"): "1.5",
    ("assistant.retrieval", "CANDIDATES"): "200",
    ("assistant.retrieval", "LOOKED_INTO"): "300",
    ("assistant.retrieval", "FAR"): "5",
    ("assistant.pipeline", "EVIDENCE"): "24",
    ("assistant.pipeline", "ANSWERABLE_AT"): "0.3",
    ("assistant.answering.disagreement", "MIN_ASKED"): "2",
    ("assistant.answering.disagreement", "ASKED_SHARE"): "0.5",
    ("assistant.answering.disagreement", "MIN_SHARE"): "0.15",
    ("assistant.answering.disagreement", "IN_COMMON"): "0.25",
    ("assistant.answering.disputes", "BEST"): "10",
    ("assistant.answering.disputes", "WITHIN"): "0.8",
    ("assistant.answering.disputes", "SHARE"): "0.3",
    ("assistant.verification.abstention", "OFF_TOPIC"): "0.26",
    ("assistant.verification.abstention", "SURE_BELOW"): "0.1",
    ("assistant.answering.unnamed", "TURNS_ON"): "0.3",
    ("assistant.answering.unnamed", "RARE"): "20",
    ("assistant.reranking", "WEIGHT"): "0.02",
    ("assistant.labelling.asides", "ASIDE_AT"): "-2.0",
    ("assistant.labelling.asides", "ONE_IN"): "12",
    ("assistant.labelling.trained", "RULES"): "0.3",
    ("assistant.labelling.spoken", "SPOKEN_AT"): "0.9",
    ("assistant.labelling.spoken", "QUOTED_AT"): "0.3",
    ("assistant.answering.extractive", "PER_SIDE"): "5",
    ("assistant.answering.extractive", "PER_STUDY"): "4",
    ("assistant.confidentiality.judging", "DECLINED_AT"): "0.6",
    ("assistant.answering.selection", "READER"): "0.4",
    ("assistant.answering.selection", "WEIGHTS"): "0.23, 0.09, 0.23, 0.45",
    ("assistant.answering.extractive", "BELONGS"): "0.6",
    ("assistant.answering.extractive", "FLOOR"): "0.3",
    ("assistant.answering.extractive", "WITHIN"): "0.7",
    ("assistant.answering.extractive", "OF_BEST"): "0.65",
    ("assistant.answering.selection", "ELSEWHERE_LOSS"): "0.1",
    ("assistant.answering.extractive", "BEST"): "4",
    ("assistant.answering.merging", "ALIKE"): "0.8",
    ("assistant.answering.merging", "RETOLD"): "0.6",
    ("assistant.answering.merging", "GIVES_WAY"): "0.9",
    ("assistant.confidentiality.judging", "DOUBTED_AT"): "0.4",
    ("assistant.verification", "BORNE_OUT_AT"): "0.7",
    ("assistant.verification", "PARTLY_BORNE_OUT_AT"): "0.5",
    ("assistant.verification", "OPPOSED_AT"): "0.3",
    ("assistant.reranking", "READ"): "16",
    ("assistant.reranking", "SENTENCES"): "3",
    ("assistant.reranking", "WHOLE"): "3",
    ("assistant.passages", "TARGET"): "220",
    ("assistant.mistyped", "MUCH_MORE"): "8",
}
PARTS = ("Question", "Method", "Table", "Verdict", "Date")


def comment_above(module: str, name: str) -> str:
    """The comment lines directly above the assignment of a name."""
    path = Path(str(importlib.import_module(module).__file__))
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    (line,) = [
        node.lineno
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign)
        and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
    ]
    comment = []
    for above in reversed(lines[: line - 1]):
        if not above.startswith("#"):
            break
        comment.append(above)
    return "\n".join(comment)


def written(value: object) -> str:
    """A default as notes write it."""
    if isinstance(value, dict):
        return ", ".join(f"{weight:.2f}" for weight in value.values())
    return str(value)


@pytest.mark.parametrize(("module", "name"), MEASURED)
def test_a_measured_default_names_a_note_that_has_its_value(module: str, name: str) -> None:
    value = written(getattr(importlib.import_module(module), name))
    named = NAMED.search(comment_above(module, name))

    assert value == MEASURED[module, name]
    assert named, f"{module}.{name} names no note"
    note = (NOTES / named[1]).read_text(encoding="utf-8")
    assert re.search(rf"(?<![\d.]){re.escape(value)}(?!\d)", note), f"{named[1]} does not tell of {value}"


def test_every_note_that_the_program_names_is_there_and_every_note_is_named() -> None:
    named = {
        note
        for path in (ROOT / "assistant").rglob("*.py")
        for note in NAMED.findall(path.read_text(encoding="utf-8"))
    }

    assert named == {path.name for path in NOTES.glob("*.md")}


@pytest.mark.parametrize("note", sorted(NOTES.glob("*.md")), ids=lambda path: path.stem)
def test_a_note_has_question_method_table_verdict_and_date(note: Path) -> None:
    text = note.read_text(encoding="utf-8")

    parts = [match[1] for match in re.finditer(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE)]
    assert [part for part in parts if part in PARTS] == list(PARTS)
    assert re.search(r"^\|(?:---\|)+$", text, re.MULTILINE)
    assert re.search(r"^\*\*Date\.\*\* \d{4}-\d\d-\d\d$", text, re.MULTILINE)


def test_every_default_that_names_a_note_is_held_to_it() -> None:
    """A name that stands below such a comment and is not listed above would not be checked."""
    found = set()
    for path in sorted((ROOT / "assistant").rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.parse("\n".join(lines)).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if NAMED.search(comment_above(module, name)):
                    found.add((module, name))

    assert found == set(MEASURED)
