from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.encoding import Vectors, unit
from assistant.errors import IndexDamaged
from assistant.index.generations import CHROMA
from assistant.index.manifest import write_manifest
from assistant.index.vectors import MORE_NEIGHBOURS, VectorStore, build, contents_digest
from tests.indexing import ingest, open_index, ranked, write_reports

COUNT = 500
DIMENSION = 32


def made_of(count: int) -> tuple[list[str], Vectors]:
    """Ids and random unit vectors."""
    chance = np.random.default_rng(count)
    return [f"{number:016x}" for number in range(count)], unit(
        chance.normal(size=(count, DIMENSION)).astype(np.float32)
    )


def generation_of(directory: Path, ids: list[str], matrix: Vectors) -> Path:
    """A generation's vector files, as publishing writes them."""
    directory.mkdir()
    build(directory, ids, matrix)
    write_manifest(directory, store=contents_digest(directory), passages=len(ids))
    return directory


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generation_of(tmp_path_factory.mktemp("vectors") / "one", *made_of(COUNT))


@pytest.fixture
def store(generation: Path) -> VectorStore:
    return VectorStore(generation, lambda: made_of(COUNT))


@pytest.mark.parametrize("limit", [1, 10, 200, COUNT, COUNT + 7])
def test_chroma_gives_the_same_lists_as_exact_search(store: VectorStore, limit: int) -> None:
    ids, matrix = made_of(COUNT)
    position = {identity: number for number, identity in enumerate(ids)}
    questions = unit(np.random.default_rng(1).normal(size=(60, DIMENSION)).astype(np.float32))

    for question in questions:
        found, exact = store.search(question, limit), store.search_exactly(question, limit)
        assert len(found) == len(set(found)) == len(exact) == min(limit, COUNT)
        # Two vectors whose cosines differ by less than a float can tell may change places.
        cosines = [[float(matrix[position[one]] @ question) for one in listed] for listed in (found, exact)]
        assert np.allclose(cosines[0], cosines[1], rtol=0, atol=1e-6)
        if limit <= 10:
            assert found == exact

    assert store.fault is None
    store.close()


def test_each_vector_finds_itself(store: VectorStore) -> None:
    ids, matrix = made_of(COUNT)

    assert [store.search(vector, 1) for vector in matrix] == [[identity] for identity in ids]

    store.close()


def test_two_builds_of_the_same_vectors_give_the_same_lists(generation: Path, tmp_path: Path) -> None:
    again = generation_of(tmp_path / "again", *made_of(COUNT))
    stores = [VectorStore(directory, lambda: made_of(0)) for directory in (generation, again)]
    questions = unit(np.random.default_rng(2).normal(size=(40, DIMENSION)).astype(np.float32))

    first, second = ([store.search(question, 50) for question in questions] for store in stores)

    assert first == second
    for store in stores:
        store.close()


def test_opening_a_store_again_and_again_is_no_damage(tmp_path: Path) -> None:
    generation = generation_of(tmp_path / "g", *made_of(50))
    before = (generation / CHROMA / "chroma.sqlite3").read_bytes()

    for _ in range(3):
        store = VectorStore(generation, lambda: made_of(50))
        assert store.search(made_of(50)[1][7], 1) == ["0000000000000007"]
        assert store.fault is None
        store.close()

    assert (generation / CHROMA / "chroma.sqlite3").read_bytes() != before, "Chroma counts its openings"


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_vectors_are_found_too(tmp_path: Path, count: int) -> None:
    ids, matrix = made_of(count)
    store = VectorStore(generation_of(tmp_path / "g", ids, matrix), lambda: (ids, matrix))

    for position, identity in enumerate(ids):
        assert store.search(matrix[position], 1) == [identity]
        assert sorted(store.search(matrix[position], 10)) == ids
    assert store.search(made_of(4)[1][0], 5) == store.search_exactly(made_of(4)[1][0], 5)
    assert store.fault is None
    store.close()


@pytest.mark.parametrize("count", [1, 2])
def test_an_index_of_few_passages_answers(tmp_path: Path, count: int) -> None:
    folder = write_reports(tmp_path / "files", range(count), paragraphs=1)
    ingest(tmp_path / "index", folder)
    index = open_index(tmp_path / "index")

    assert index.live().passages == count
    assert all(len(found) == count for found in ranked(index))
    assert index.live().vectors.fault is None


def test_equal_vectors_are_no_fault(tmp_path: Path) -> None:
    ids, matrix = made_of(40)
    matrix[1::2] = matrix[::2]

    store = VectorStore(generation_of(tmp_path / "g", ids, matrix), lambda: (ids, matrix))

    assert set(store.search(matrix[6], 2)) == {ids[6], ids[7]}
    assert store.search_exactly(matrix[6], 2) == [ids[6], ids[7]]
    store.close()


def test_ids_that_stand_twice_fail_the_audit(tmp_path: Path) -> None:
    # Chroma ignores an id that it has; within one call it refuses it.
    ids, matrix = made_of(300)
    ids[299] = ids[0]

    with pytest.raises(IndexDamaged, match="2 of 300 passages cannot be found"):
        build(tmp_path, ids, matrix)


@pytest.mark.parametrize(("value", "message"), [(0.0, "of 30 passages"), (np.nan, "vector store failed")])
def test_vectors_that_find_nothing_fail_the_audit(tmp_path: Path, value: float, message: str) -> None:
    ids, matrix = made_of(30)
    matrix[11:15] = value

    with pytest.raises(IndexDamaged, match=message):
        build(tmp_path, ids, matrix)


def test_what_chroma_raises_at_a_question_is_answered_exactly_and_named(generation: Path) -> None:
    ids, matrix = made_of(COUNT)
    store = VectorStore(generation, lambda: (ids, matrix))
    short = np.ones(DIMENSION, dtype=np.float32)[: DIMENSION - 1]

    with pytest.raises(ValueError, match="matmul"):
        store.search(short, 3)

    assert store.fault is not None
    assert "the vector store failed" in store.fault
    assert store.search(matrix[3], 1) == [ids[3]]
    store.close()


class ForgetfulWriter:
    """Makes stores that lose passages until enough neighbours are kept; it records what it was asked."""

    def __init__(self, enough: int) -> None:
        self.asked: list[int] = []
        self._enough = enough

    def __call__(self, directory: Path, ids: list[str], vectors: Vectors, neighbours: int) -> list[str]:
        assert not directory.exists(), "a store that lost passages is not written over"
        directory.mkdir()
        self.asked.append(neighbours)
        return [] if neighbours >= self._enough else ids[-2:]


@pytest.mark.parametrize("made", [1, 2, 3])
def test_a_store_that_loses_passages_is_made_again_with_more_neighbours(tmp_path: Path, made: int) -> None:
    """Hundreds of equal texts can cut others off from the graph; whether they do is up to chance."""
    writer = ForgetfulWriter(MORE_NEIGHBOURS[made - 1])

    build(tmp_path, *made_of(40), writer)

    assert writer.asked == list(MORE_NEIGHBOURS[:made])
    assert (tmp_path / CHROMA).is_dir()


def test_a_store_that_loses_passages_however_it_is_made_is_refused(tmp_path: Path) -> None:
    writer = ForgetfulWriter(MORE_NEIGHBOURS[-1] + 1)

    with pytest.raises(IndexDamaged, match="2 of 40 passages cannot be found"):
        build(tmp_path, *made_of(40), writer)

    assert writer.asked == list(MORE_NEIGHBOURS)


def test_a_store_of_hundreds_of_nearly_equal_texts_loses_none_of_the_others(tmp_path: Path) -> None:
    ids = [f"{number:016d}" for number in range(260)]
    base = np.random.default_rng(7).normal(size=(14, 64)).astype(np.float32)
    rows = [base[0] + 1e-4 * number * base[1] for number in range(247)] + list(base[1:])
    matrix = unit(np.array(rows, dtype=np.float32))

    store = VectorStore(generation_of(tmp_path / "g", ids, matrix), lambda: (ids, matrix))

    assert [store.search(vector, 1) for vector in matrix[247:]] == [[identity] for identity in ids[247:]]
    store.close()
