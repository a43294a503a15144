"""Public retrieval collections in BEIR form: corpus.jsonl, queries.jsonl, qrels.tsv."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from evals.json_lines import entries_in


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a collection."""

    id: str
    title: str
    text: str

    @property
    def whole(self) -> str:
        """Title and text."""
        return f"{self.title}. {self.text}" if self.title else self.text


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, queries, and which documents answer which query."""

    name: str
    corpus: tuple[Entry, ...]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]

    def only(self, chosen: set[str]) -> Collection:
        """The same documents with some of the queries."""
        queries = {name: text for name, text in self.queries.items() if name in chosen}
        return Collection(self.name, self.corpus, queries, {name: self.qrels[name] for name in queries})


class CollectionError(Exception):
    """A collection that cannot be used; says which file and why."""


def load_collection(directory: Path) -> Collection:
    """The collection in a directory; queries without a relevant document are left out.

    Files may carry a split in their names (`qrels.train.tsv`). Raises CollectionError.
    """
    try:
        corpus = tuple(
            Entry(str(line["_id"]), line.get("title") or "", line["text"])
            for line in entries_in(_one(directory, "corpus*.jsonl"))
        )
        queries = {str(line["_id"]): line["text"] for line in entries_in(_one(directory, "queries*.jsonl"))}
        qrels: dict[str, dict[str, int]] = {}
        with _one(directory, "qrels*.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if int(row["score"]) > 0:
                    qrels.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    except (OSError, ValueError, KeyError) as error:
        raise CollectionError(f"{directory}: {error!r}") from error
    known = {identity: text for identity, text in queries.items() if identity in qrels}
    return Collection(directory.name, corpus, known, {name: qrels[name] for name in known})


def load_answerable(path: Path) -> Collection:
    """ClapNQ's answerable questions as a collection: each passage of the file is a document."""
    corpus: dict[str, Entry] = {}
    queries, qrels = {}, {}
    for line in entries_in(path):
        passage = line["passages"][0]
        entry = Entry(str(line["id"]), passage["title"], passage["text"])
        corpus[entry.id] = entry
        queries[entry.id] = line["input"]
        qrels[entry.id] = {entry.id: 1}
    return Collection("clapnq", tuple(corpus.values()), queries, qrels)


def _one(directory: Path, pattern: str) -> Path:
    found = sorted(directory.glob(pattern))
    if len(found) != 1:
        raise CollectionError(f"{directory}: {len(found)} files match {pattern}, one is needed")
    return found[0]
