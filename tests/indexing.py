"""Folders of made-up reports, indexes over them, and the processes that the tests start and kill."""

from __future__ import annotations

import json
import multiprocessing
import random
import sqlite3
from collections.abc import Iterable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from assistant.errors import AssistantError
from assistant.framework import load_framework
from assistant.index import SCHEMA, Index
from assistant.index.catalogue import Catalogue
from assistant.index.files import find_files
from assistant.index.generations import CATALOGUE, Layout
from assistant.index.manifest import read_manifest, write_manifest
from assistant.index.proof import Proof, prove
from assistant.index.sync import Report, Sync
from assistant.index.withdrawal import Outcome, withdraw
from assistant.retrieval import Retriever
from tests.fakes import FakeEncoder

# Children that have the heavy modules already: a process a trial, without a start a trial.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.indexing", "chromadb"])

SUBJECTS = ("A manager", "The team", "One council", "A carer", "The funder", "Each partner", "A trainer")
DEEDS = ("trusted", "delayed", "adapted", "measured", "shared", "lost", "protected", "questioned")
THINGS = (
    "the pilot",
    "its budget",
    "the new model",
    "old routines",
    "the evidence",
    "staff time",
    "a review",
)
ENDS = (
    "after a year",
    "without support",
    "in small steps",
    "with families",
    "under pressure",
    "by agreement",
)
QUESTIONS = (
    "Which council protected staff time?",
    "Who adapted the new model with families?",
    "budget delayed without support",
    "What did the trainer question under pressure?",
)


def report(number: int, paragraphs: int = 3) -> str:
    """A made-up report: the same number gives the same text, another number another one."""
    chance = random.Random(number)  # noqa: S311 - a test text, no secret
    lines = [f"Report number {number} on a pilot in the valley", ""]
    for _ in range(paragraphs):
        sentences = [
            f"{chance.choice(SUBJECTS)} {chance.choice(DEEDS)} {chance.choice(THINGS)} {chance.choice(ENDS)}."
            for _ in range(5)
        ]
        lines += [" ".join(sentences), ""]
    return "\n".join(lines)


def write_reports(folder: Path, numbers: Iterable[int], paragraphs: int = 3) -> Path:
    """A folder with a text file for each number."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"report-{number:03d}.txt").write_text(report(number, paragraphs), encoding="utf-8")
    return folder


def ingest(
    root: Path,
    *paths: Path,
    encoder: FakeEncoder | None = None,
    prune: bool = False,
    rebuild: bool = False,
    allow_withdrawn: bool = False,
) -> Report:
    """What `assistant ingest PATHS` does, by the fake encoder."""
    sync = Sync(root, encoder or FakeEncoder(), load_framework())
    prefixes = [str(path.resolve()) for path in paths] if prune else []
    return sync.run(
        find_files(paths)[0], prune_under=prefixes, rebuild=rebuild, allow_withdrawn=allow_withdrawn
    )


def take_out(root: Path, *wanted: str, within: Sequence[str] = ()) -> Outcome:
    """What `assistant withdraw WANTED` does, by the fake encoder."""
    return withdraw(Sync(root, FakeEncoder(), load_framework()), wanted, within)


def proof_of(root: Path, outcome: Outcome) -> Proof:
    """What `assistant withdraw --prove` finds in the index directory after a withdrawal."""
    live = Catalogue.open(Layout(root).live() / CATALOGUE)
    try:
        return prove([root], live, outcome.sought)
    finally:
        live.close()


def make_older(root: Path) -> None:
    """Make the live generation one of the schema before, whose tables for words and vectors were others."""
    directory = Layout(root).live()
    record = read_manifest(directory)
    db = sqlite3.connect(directory / CATALOGUE)
    made_with = json.loads(db.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()[0])
    older = json.dumps({**made_with, "schema": str(int(SCHEMA) - 1)}, sort_keys=True)
    db.execute("UPDATE meta SET value = ? WHERE key = 'fingerprint'", (older,))
    for table in ("sentence_vectors", "postings", "lengths"):
        db.execute(f"DROP TABLE {table}")
    db.commit()
    db.close()
    write_manifest(directory, **{name: value for name, value in record.items() if name != "files"})


def open_index(root: Path) -> Index:
    """The index as a reader opens it."""
    return Index(root, FakeEncoder.fingerprint)


def names(index: Index) -> list[str]:
    """Names of the documents in the live generation."""
    return sorted(head.name for head in index.live().heads.values())


def ranked(index: Index, questions: Sequence[str] = QUESTIONS) -> list[list[tuple[str, float]]]:
    """(passage id, score) of what is found for each question, best first."""
    retriever = Retriever(index, FakeEncoder())
    return [
        [(item.passage.id, item.scores["fused"]) for item in retriever.search(question, 20).evidence]
        for question in questions
    ]


def ingest_reporting(root: Path, folder: Path, reports: Connection, waits: bool = False) -> None:
    """For a process of its own: ingest a folder and send how many files are staged, then how it ended.

    With `waits` it goes on after the first file only when it is sent something.
    """

    def tell(done: int, total: int, name: str) -> None:
        reports.send(done)
        if waits and done == 0:
            reports.recv()

    try:
        made = Sync(root, FakeEncoder(), load_framework()).run(find_files([folder])[0], progress=tell)
    except AssistantError as error:
        reports.send(str(error))
        return
    reports.send(made)
