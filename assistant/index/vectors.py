"""Passage vectors in Chroma, and exact search beside it. The only module that imports chromadb.

Chroma is a cache of the catalogue's vectors: built once for a generation, audited, never written
again. Where it is missing, altered or broken, exact search gives the same answers from the catalogue;
a damaged vector file is never opened, since Chroma crashes the process on some of them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import struct
import threading
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from assistant.encoding import Vectors
from assistant.errors import IndexDamaged
from assistant.index.generations import CHROMA, STORE
from assistant.index.manifest import altered_files, read_manifest

# Searches until the same question gives the same list, at some cost in building: with these figures
# the nearest neighbours equal those of exact search, with Chroma's defaults a tenth are missed.
HNSW = {"space": "cosine", "ef_construction": 400, "ef_search": 400}
# Where hundreds of passages are nearly one, their neighbours are each other and some others are cut off: then
# more neighbours are kept, in a store made anew.
MORE_NEIGHBOURS = (32, 96, 256)
COLLECTION = "passages"
BATCH = 256
AUDIT_BATCH = 64
# Chroma writes its vector files only from two vectors on; fewer are searched exactly.
MIN_FOR_CHROMA = 2
# Chroma adds a row here whenever it is opened; nothing else in its database changes.
COUNTER = "acquire_write"
# Files of hnswlib: the header tells version, offset, room, count, and bytes of each vector.
HEADER, VECTORS, LENGTHS = "header.bin", "data_level0.bin", "length.bin"
HEADER_FORM = struct.Struct("<iQQQQ")
LENGTH_SIZE = 4
# A neighbour with this cosine is the same text for all that a vector can tell.
SAME = 1 - 1e-5


class VectorStore:
    """Nearest passages to a vector. Safe to share by threads."""

    def __init__(
        self, generation: Path, load: Callable[[], tuple[list[str], Vectors]], *, is_exact: bool = False
    ) -> None:
        """`load` gives all ids and vectors from the catalogue, for exact search. With `is_exact` Chroma is
        not opened: that takes a second, and for a single question no less work than comparing with all."""
        self._directory = generation / CHROMA
        self._load = load
        self._lock = threading.Lock()
        self._client: Any = None
        self._collection: Any = None
        self._exact: tuple[list[str], Vectors] | None = None
        self.fault = find_fault(generation)
        self._uses_chroma = not (is_exact or _is_tiny(generation)) and _is_writable(self._directory)

    def search(self, vector: Vectors, limit: int) -> list[str]:
        """Ids of the `limit` nearest passages, nearest first."""
        if self.fault is None and self._uses_chroma:
            try:
                with _chroma_faults():
                    return self._ask_chroma(vector, limit)
            except IndexDamaged as error:
                self.fault = str(error)
        return self.search_exactly(vector, limit)

    def search_exactly(self, vector: Vectors, limit: int, within: Container[str] | None = None) -> list[str]:
        """The same by comparing with every vector, or with those of the passages `within`; ties by id."""
        with self._lock:
            if self._exact is None:
                self._exact = self._load()
        ids, matrix = self._exact
        if not ids:
            return []
        scores = matrix @ vector
        # Ids are sorted, so a stable sort breaks ties by id.
        order = np.argsort(-scores, kind="stable")
        if within is None:
            return [ids[position] for position in order[:limit]]
        return [ids[position] for position in order if ids[position] in within][:limit]

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            if self._client is not None:
                with _chroma_faults():
                    self._client.close()
            self._client = self._collection = None

    def _ask_chroma(self, vector: Vectors, limit: int) -> list[str]:
        with self._lock:
            if self._collection is None:
                self._client = _client(self._directory)
                self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
        found = self._collection.query(query_embeddings=vector.reshape(1, -1), n_results=limit, include=[])
        return list(found["ids"][0])


def find_fault(generation: Path) -> str | None:
    """What is wrong with the vector files of a generation, without opening them in Chroma."""
    manifest = read_manifest(generation)
    if not manifest:
        return "the manifest is missing or altered"
    altered = altered_files(generation, CHROMA)
    if altered:
        return f"{len(altered)} vector file(s) are missing or altered, first {altered[0]}"
    if contents_digest(generation) != manifest.get("store"):
        return f"the vector store's database {CHROMA}/{STORE} is missing or altered"
    return None


def contents_digest(generation: Path) -> str:
    """Digest of what Chroma's database holds, less the count of its openings; empty if there is none
    or it cannot be read."""
    path = generation / CHROMA / STORE
    digest = hashlib.blake2b()
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return ""
    db.text_factory = bytes
    try:
        tables = db.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%' ORDER BY name"
        )
        for name, made_by in tables.fetchall():
            digest.update(made_by)
            if name.decode() != COUNTER:
                for row in db.execute(f'SELECT * FROM "{name.decode()}"'):  # noqa: S608
                    digest.update(repr(row).encode())
        is_sound = db.execute("PRAGMA quick_check").fetchone() == (b"ok",)
    except (sqlite3.Error, ValueError):
        return ""
    finally:
        db.close()
    return digest.hexdigest()[:32] if is_sound else ""


def build(
    generation: Path,
    ids: list[str],
    vectors: Vectors,
    write: Callable[[Path, list[str], Vectors, int], list[str]] | None = None,
) -> None:
    """Write a generation's vectors and audit them. Raises IndexDamaged if a passage is not found.

    Vectors go in by id, so that the index does not depend on the order of ingestion. All are written
    to the files at once (`sync_threshold`), so that opening the store later leaves these as they are.
    `write` makes a store with so many neighbours and gives the ids that their own vectors do not find.
    """
    write = write or _write
    if len(ids) < MIN_FOR_CHROMA:
        return
    missed: list[str] = []
    for neighbours in MORE_NEIGHBOURS:
        shutil.rmtree(generation / CHROMA, ignore_errors=True)
        missed = write(generation / CHROMA, ids, vectors, neighbours)
        if not missed:
            break
    _blank_unused(generation / CHROMA)
    if missed:
        raise IndexDamaged(
            f"{len(missed)} of {len(ids)} passages cannot be found by their own vectors; the new index is "
            "not used and the old one stays. Try again: assistant ingest"
        )


def _write(directory: Path, ids: list[str], vectors: Vectors, neighbours: int) -> list[str]:
    """Write a store and audit it: the passages that their own vectors do not find."""
    room = {"sync_threshold": len(ids), "batch_size": min(100, len(ids))}
    with _chroma_faults():
        client = _client(directory)
        collection = client.create_collection(
            COLLECTION,
            embedding_function=None,
            configuration={"hnsw": {**HNSW, "max_neighbors": neighbours, **room}},
        )
        for start in range(0, len(ids), BATCH):
            collection.add(ids=ids[start : start + BATCH], embeddings=vectors[start : start + BATCH])
        missed = audit(collection, ids, vectors)
        client.close()
    return missed


def _blank_unused(directory: Path) -> None:
    """Overwrite the room for further vectors in Chroma's files: it is written from memory that was never
    set, and can hold what the process had there before, even vectors that were withdrawn."""
    for header in directory.glob(f"*/{HEADER}"):
        _, _, _, count, size = HEADER_FORM.unpack_from(header.read_bytes())
        for name, each in ((VECTORS, size), (LENGTHS, LENGTH_SIZE)):
            with header.with_name(name).open("r+b") as file:
                end = file.seek(0, os.SEEK_END)
                used = file.seek(min(count * each, end))
                file.write(bytes(end - used))


def audit(collection: Any, ids: list[str], vectors: Vectors) -> list[str]:
    """Ids that their own vector does not find. A passage with the same vector may stand in for one."""
    missed = []
    for start in range(0, len(ids), AUDIT_BATCH):
        part = slice(start, start + AUDIT_BATCH)
        found = collection.query(query_embeddings=vectors[part], n_results=1, include=["distances"])
        for identity, nearest, distances in zip(ids[part], found["ids"], found["distances"], strict=True):
            if not nearest or (nearest[0] != identity and 1 - distances[0] < SAME):
                missed.append(identity)
    if collection.count() != len(ids):
        missed.append("(count)")
    return missed


def _is_tiny(generation: Path) -> bool:
    return int(read_manifest(generation).get("passages", 0)) < MIN_FOR_CHROMA


def _is_writable(directory: Path) -> bool:
    """Whether Chroma can open its files: it writes to them even to read."""
    return os.access(directory, os.W_OK) and os.access(directory / STORE, os.W_OK)


def load_chroma() -> None:
    """Load Chroma's libraries, which takes a second, before they are needed."""
    import chromadb  # noqa: F401


def _client(directory: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(directory), settings=Settings(anonymized_telemetry=False))


@contextmanager
def _chroma_faults() -> Iterator[None]:
    """Turn what Chroma raises into IndexDamaged; its panics are no `Exception`."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, IndexDamaged):
        raise
    except BaseException as error:
        raise IndexDamaged(f"the vector store failed: {type(error).__name__}: {error}") from error
