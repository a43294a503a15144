"""Made-up documents of this field with questions, near misses and claims, as texts to learn from.

They are our own, written for training in the styles of talks, papers, reports and news, and are evidence of nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.records import Document
from evals.collections import Entry
from evals.indexed import document_of

# Between paragraphs.
BREAK = "\n\n"
TEXTS = Path(__file__).with_name("texts")
# What is learnt from, and what is kept back to see what was learnt.
FILE, UNSEEN = TEXTS / "documents.jsonl", TEXTS / "unseen.jsonl"


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A made-up document and what was written for it: paragraphs, questions, near misses and claims."""

    document: Document
    written: dict[str, Any]

    @property
    def group(self) -> str:
        """Its name among the groups of examples."""
        return f"made-up:{self.written['id']}"

    def answers(self, question: dict[str, Any]) -> list[tuple[int, int]]:
        """Where the sentences that answer a question of it stand, the best first."""
        stretches = []
        for answer in question["answers"]:
            paragraphs = self.written["paragraphs"]
            start = sum(len(one) + len(BREAK) for one in paragraphs[: answer["paragraph"]])
            start += paragraphs[answer["paragraph"]].index(answer["sentence"])
            stretches.append((start, start + len(answer["sentence"])))
        return stretches


def load_documents(file: Path = FILE) -> list[MadeUp]:
    """All made-up documents."""
    written = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [
        MadeUp(document_of(Entry(one["id"], one["title"], BREAK.join(one["paragraphs"]))), one)
        for one in written
    ]
