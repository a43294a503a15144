"""Cases through the assistant: an index that fits the program, and an answer to each case."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import assistant
from assistant.encoding.configured import open_encoder
from assistant.encoding.cross_encoder import open_cross_encoder
from assistant.framework import load_framework
from assistant.index import Index
from assistant.index.files import bundled_files, find_files
from assistant.index.sync import Sync
from assistant.pipeline import Assistant
from assistant.reader import TrainedReader
from assistant.records import Answer
from assistant.resources import corpus_directory
from assistant.settings import load_settings
from evals.cases import Case

# What an index is made with: where one of these changes, an index that was made before is stale.
MAKES_AN_INDEX = (
    "records",
    "words.py",
    "framework.py",
    "sentences.py",
    "passages.py",
    "reading",
    "bibliography",
    "labelling",
    "encoding",
    "index",
)


@dataclass(frozen=True, slots=True)
class Result:
    """A case and what came of it."""

    case: Case
    answer: Answer


def build(index: Path, cache: Path, documents: Sequence[Path]) -> Assistant:
    """An assistant over the bundled notes and the given documents, indexed in `index`, with the encoder and the
    reranker that the settings name."""
    settings, framework = load_settings(), load_framework()
    encoder = open_encoder(settings.encoder)
    items = bundled_files(corpus_directory())
    if documents:
        items += find_files(documents)[0]
    Sync(index, encoder, framework).run(items)
    return Assistant(
        Index(index, encoder.fingerprint),
        encoder,
        framework,
        reader=TrainedReader(),
        cross_encoder=open_cross_encoder(settings.reranker),
    )


def run_cases(assistant: Assistant, cases: Iterable[Case]) -> list[Result]:
    """Ask every case."""
    return [Result(case, assistant.ask(case.question, case.previous)) for case in cases]


def index_name(documents: Sequence[Path]) -> str:
    """A directory name for the index of a set of documents, by this state of the program.

    The program's own fingerprint is raised by hand; an eval after a change of the code must not look at
    what the code made before.
    """
    digest = hashlib.sha256()
    package = Path(assistant.__file__).parent
    for part in MAKES_AN_INDEX:
        path = package / part
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            digest.update(file.read_bytes())
    for document in sorted(str(path.resolve()) for path in documents):
        digest.update(document.encode())
    if (encoder := load_settings().encoder) is not None:
        digest.update(open_encoder(encoder).fingerprint.encode())
    return f"{'documents' if documents else 'bundled'}-{digest.hexdigest()[:12]}"
