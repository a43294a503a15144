"""A folder of made-up studies that changes, and conversations over an index of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.conversation import standalone
from assistant.conversations import Comparison, Keeping, Saved, Store, compare
from assistant.framework import load_framework
from assistant.index import Index
from assistant.index.files import find_bibliographies, find_files
from assistant.index.generations import Layout
from assistant.index.sync import Sync
from assistant.pipeline import Assistant
from assistant.records import Filter, Turn
from tests import studies
from tests.builders import write_files
from tests.fakes import FakeEncoder
from tests.indexing import ingest


def after(*questions: str) -> str:
    """The last of several questions as it is read after the others, each of which is kept as it was read."""
    previous: list[Turn] = []
    for question in questions:
        reading = standalone(question, previous)
        previous += [Turn("user", reading), Turn("assistant", "Zebras graze.")]
    return reading


class Desk:
    """An index of the studies below a folder, the assistant over it and the saved conversations of one user."""

    def __init__(self, root: Path, user: str = "ann") -> None:
        self.root = root / "index"
        self.files = write_files(root / "files", studies.FILES)
        self.store = Store(self.root, user)
        ingest(self.root, self.files)

    @property
    def layout(self) -> Layout:
        return Layout(self.root)

    @property
    def index(self) -> Index:
        return Index(self.root, FakeEncoder.fingerprint)

    def assistant(self) -> Assistant:
        return Assistant(self.index, FakeEncoder(), load_framework())

    def write(self, name: str, text: str) -> None:
        """A file of the folder anew, and the index with it."""
        write_files(self.files, {name: text})
        sync = Sync(self.root, FakeEncoder(), load_framework())
        sync.run(find_files([self.files])[0], find_bibliographies([self.files]))

    def remove(self, name: str) -> None:
        """A file out of the folder and the index."""
        (self.files / name).unlink()
        ingest(self.root, self.files, prune=True)

    def ask(self, *questions: str, within: Filter | None = None) -> int:
        """Ask and keep the answers; the conversation."""
        assistant, keeping = self.assistant(), Keeping(self.store)
        for question in questions:
            keeping.keep(assistant.ask(question, within=within), assistant.index.live)
        assert keeping.conversation is not None, keeping.problem
        return keeping.conversation

    def turns(self, conversation: int) -> Sequence[Saved]:
        return self.store.turns(conversation)

    def again(self, conversation: int) -> Comparison:
        """What changed in the answer to the first question."""
        saved = self.turns(conversation)[0]
        answer = self.assistant().ask(saved.standalone)
        return compare(saved, answer, self.index.live(), self.layout)
