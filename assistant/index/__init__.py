"""Passage ⇄ disk. `Index` reads; `sync` (in `assistant.index.sync`) writes.

SQLite holds the truth, Chroma a cache of its vectors, both in one directory per generation; the live
generation is switched atomically and looked up before each question.
"""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path

from assistant.encoding import Vectors
from assistant.errors import IndexDamaged, IndexMismatch
from assistant.framework import Framework
from assistant.index.catalogue import Catalogue
from assistant.index.generations import CATALOGUE, Layout
from assistant.index.manifest import check_catalogue
from assistant.index.studies import with_study_fields, with_study_groups
from assistant.index.vectors import VectorStore
from assistant.passages import SPLITTER
from assistant.records import DocumentHead

SCHEMA = "5"
# Changes whenever the same file would be read or labelled otherwise.
READER = "5"
LABELLER = "classifier-1"
# How often a reader looks for the live generation while ingests replace it.
ATTEMPTS = 5


def fingerprint(encoder: str, framework: Framework) -> dict[str, str]:
    """What an index was made with. Another encoder, splitter or schema cannot search it."""
    return {
        "schema": SCHEMA,
        "encoder": encoder,
        "splitter": SPLITTER,
        "reader": READER,
        "labeller": LABELLER,
        "framework": hashlib.sha256(repr(framework).encode()).hexdigest()[:12],
    }


class Generation:
    """One state of the index. Safe to share by threads: each gets its own connection."""

    def __init__(self, directory: Path, *, is_exact: bool = False) -> None:
        """Raises IndexDamaged if the catalogue is not what was published."""
        check_catalogue(directory)
        self.directory = directory
        self.name = directory.name
        self._local = threading.local()
        self.meta = self.catalogue.meta()
        self.vectors = VectorStore(directory, self._all_vectors, is_exact=is_exact)
        heads = with_study_fields(with_study_groups(self.catalogue.heads()))
        self._heads = {head.id: head for head in heads}

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue, opened for the calling thread."""
        if not hasattr(self._local, "catalogue"):
            self._local.catalogue = Catalogue.open(self.directory / CATALOGUE)
        catalogue: Catalogue = self._local.catalogue
        return catalogue

    def hold(self) -> None:
        """Open the catalogue for the calling thread, which can then finish its question with it even if
        an ingest deletes this generation meanwhile."""
        _ = self.catalogue

    @property
    def fingerprint(self) -> dict[str, str]:
        """What this generation was made with."""
        return dict(json.loads(self.meta.get("fingerprint", "{}")))

    @property
    def digest(self) -> str:
        """Twelve hex digits of what it holds: same documents, same settings, same digest."""
        return self.meta.get("digest", "")

    @property
    def passages(self) -> int:
        """How many passages it holds."""
        return sum(head.passages for head in self._heads.values())

    @property
    def heads(self) -> dict[str, DocumentHead]:
        """Document id → document without its text, by title."""
        return self._heads

    def _all_vectors(self) -> tuple[list[str], Vectors]:
        return self.catalogue.vectors()


class Index:
    """The index in a directory, at its live generation."""

    def __init__(self, root: Path, encoder: str, *, is_exact: bool = False) -> None:
        """`encoder` is the fingerprint of the encoder that questions will be encoded with; `is_exact` compares
        a question with every vector, for a process that asks one."""
        self._is_exact = is_exact
        self.layout = Layout(root)
        self._encoder = encoder
        self._lock = threading.Lock()
        self._live: Generation | None = None

    def live(self) -> Generation:
        """The live generation, opened anew if it has changed.

        Raises IndexMissing, IndexDamaged, or IndexMismatch with the command that mends it.
        """
        with self._lock:
            # Between the pointer's reading and the opening an ingest may switch and delete: look again.
            for _ in range(ATTEMPTS - 1):
                directory = self.layout.live()
                try:
                    return self._open(directory)
                except IndexDamaged:
                    if self.layout.live() == directory:
                        raise
            return self._open(self.layout.live())

    def _open(self, directory: Path) -> Generation:
        if self._live is None or self._live.name != directory.name:
            generation = Generation(directory, is_exact=self._is_exact)
            self._check(generation)
            previous, self._live = self._live, generation
            if previous is not None:
                previous.vectors.close()
        self._live.hold()
        return self._live

    def _check(self, generation: Generation) -> None:
        made_with = generation.fingerprint
        wanted = {"schema": SCHEMA, "encoder": self._encoder, "splitter": SPLITTER}
        for part, value in wanted.items():
            if made_with.get(part) != value:
                raise IndexMismatch(
                    f"The index {self.layout.root} was made with {part} {made_with.get(part)!r}, this program "
                    f"uses {value!r}. Make it anew from what it holds: assistant ingest"
                )
