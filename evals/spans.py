"""Questions whose gold is stretches of documents: of the cases, or of Chroma's set for splitters.

The set (Smith and Troynikov 2024) is `questions_df.csv` with exact spans in `corpora/*.md`.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from assistant.records import Document
from evals.cases import Gold
from evals.collections import CollectionError, Entry
from evals.indexed import document_of

QUESTIONS = "questions_df.csv"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question and the stretches that answer it."""

    id: str
    question: str
    gold: tuple[Gold, ...]


def load_spans(directory: Path) -> tuple[list[Document], list[Ask]]:
    """Documents and questions of a set in Chroma's form.

    Raises CollectionError for a set that cannot be read or whose gold is not where it says.
    """
    try:
        documents = {
            path.stem: document_of(Entry(path.name, "", path.read_text(encoding="utf-8")))
            for path in sorted((directory / "corpora").glob("*.md"))
        }
        with (directory / QUESTIONS).open(encoding="utf-8", newline="") as file:
            asks = [_ask(number, row, documents) for number, row in enumerate(csv.DictReader(file), 1)]
    except (OSError, ValueError, KeyError) as error:
        raise CollectionError(f"{directory}: {error!r}") from error
    return list(documents.values()), asks


def _ask(number: int, row: dict[str, str], documents: dict[str, Document]) -> Ask:
    document = documents[row["corpus_id"]]
    gold = []
    for reference in json.loads(row["references"]):
        start, end = reference["start_index"], reference["end_index"]
        if document.text[start:end] != reference["content"]:
            raise ValueError(f"question {number}: its gold is not at {start}–{end} of {document.name}")
        gold.append(Gold(document.id, start, end))
    return Ask(f"{row['corpus_id']}:{number}", row["question"], tuple(gold))
