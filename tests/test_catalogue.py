from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.encoding import PassageVectors
from assistant.errors import IndexDamaged
from assistant.framework import load_framework
from assistant.index.catalogue import Catalogue
from assistant.index.rows import is_storable
from assistant.index.staging import Encoded, Staging
from assistant.index.stored_vectors import PART
from assistant.passages import cut, encoded_text
from assistant.records import Block, Document, Page, Passage, Sensitivity, Source
from tests.fakes import FakeEncoder
from tests.indexing import report

# What a document's text may be made of: no surrogates, no NUL (readers leave them out).
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=200)


def document_of(text: str, name: str = "a.txt", **fields: object) -> Document:
    source = Source(title=f"About {name}")
    return Document(f"id of {name}", name, source, text, (Block(0, len(text)),), **fields)  # type: ignore[arg-type]


def encoded(document: Document) -> Encoded:
    encoder = FakeEncoder()
    passages = cut(document, encoder, load_framework())
    return Encoded(document, passages, encoder.encode_passages([encoded_text(one) for one in passages]))


def published(place: Path, contents: Sequence[Encoded], paths: Sequence[str] = ()) -> Catalogue:
    """A catalogue of documents, each in a file of its own."""
    staging = Staging.at(place / "staging.sqlite")
    for number, content in enumerate(contents):
        staging.put(paths[number] if paths else f"/{content.document.name}", f"hash {number}", [content])
    staging.publish(place / "catalogue.sqlite")
    staging.close()
    return Catalogue.open(place / "catalogue.sqlite")


@given(text=WORDS, sensitivity=st.sampled_from(Sensitivity), warnings=st.lists(WORDS, max_size=2))
@settings(max_examples=60, deadline=None)
def test_what_is_put_in_comes_out_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, text: str, sensitivity: Sensitivity, warnings: list[str]
) -> None:
    document = document_of(text, sensitivity=sensitivity, warnings=tuple(warnings), is_transcript=True)
    content = encoded(document)

    catalogue = published(tmp_path_factory.mktemp("c"), [content])

    assert is_storable(document)
    assert catalogue.document(document.id) == document
    assert tuple(catalogue.passages_of(document.id)) == content.passages
    assert catalogue.text(document.id) == text
    [head] = catalogue.heads()
    assert (head.id, head.name, head.path, head.source) == (document.id, "a.txt", "/a.txt", document.source)
    assert (head.sensitivity, head.is_transcript, head.warnings) == (sensitivity, True, tuple(warnings))
    assert (head.passages, head.characters) == (len(content.passages), len(text))
    for passage, vectors in zip(content.passages, content.vectors, strict=True):
        assert catalogue.vectors_of([passage.id])[passage.id].tobytes() == vectors.passage.tobytes()
        given_back = catalogue.encoded([passage.id])[passage.id]
        assert given_back.sentences.shape == vectors.sentences.shape
        assert np.allclose(given_back.sentences, vectors.sentences, atol=1e-3)
        assert [part.tolist() for part in given_back.tokens] == [part.tolist() for part in vectors.tokens]
    catalogue.close()


def test_a_document_without_a_title_and_with_an_unlabelled_page_comes_out_too(tmp_path: Path) -> None:
    pages = (Page(0, 1, ""), Page(3, 2, "ii"))
    document = replace(document_of("Some words."), source=Source(""), pages=pages)

    catalogue = published(tmp_path, [encoded(document)])

    assert catalogue.document(document.id) == document
    assert catalogue.heads()[0].source == Source("")


@pytest.mark.parametrize("mark", ["\0", "\ud800", "\udfff"])
def test_marks_that_are_no_characters_are_told_apart(mark: str) -> None:
    assert not is_storable(document_of(f"before{mark}after"))
    assert not is_storable(document_of("words", name=f"{mark}.txt"))
    assert is_storable(document_of("before\uffff\U0010ffff\ue000\x01after"))


@pytest.fixture(scope="module")
def contents() -> list[Encoded]:
    return [encoded(document_of(report(number), f"r{number}.txt")) for number in range(4)]


@pytest.fixture
def catalogue(tmp_path: Path, contents: list[Encoded]) -> Catalogue:
    return published(tmp_path, contents)


def all_passages(contents: Sequence[Encoded]) -> list[Passage]:
    return [passage for content in contents for passage in content.passages]


def test_passages_are_found_by_their_ids_and_unknown_ids_left_out(
    catalogue: Catalogue, contents: list[Encoded]
) -> None:
    wanted = all_passages(contents)

    found = catalogue.passages([*(passage.id for passage in wanted), "unknown", wanted[0].id])

    assert found == {passage.id: passage for passage in wanted}
    assert catalogue.passages([]) == {}
    assert catalogue.vectors_of(["unknown"]) == {}
    assert catalogue.sentence_vectors(["unknown"]).sentences.shape[0] == 0
    assert catalogue.text("unknown") == ""
    assert catalogue.passages_of("unknown") == []
    with pytest.raises(KeyError):
        catalogue.document("unknown")


def test_more_ids_than_a_statement_takes_are_found_in_parts(
    catalogue: Catalogue, contents: list[Encoded]
) -> None:
    wanted = [passage.id for passage in all_passages(contents)]
    many = [f"unknown {number}" for number in range(2 * PART)] + wanted

    assert set(catalogue.passages(many)) == set(wanted)
    assert set(catalogue.vectors_of(many)) == set(wanted)
    assert len(catalogue.sentence_vectors(many).sentences_each) == len(wanted)


def test_the_vectors_of_sentences_are_given_in_the_order_of_their_passages_ids(
    catalogue: Catalogue, contents: list[Encoded]
) -> None:
    made = {
        passage.id: vectors
        for content in contents
        for passage, vectors in zip(content.passages, content.vectors, strict=True)
    }

    held = catalogue.sentence_vectors(list(made))

    tokens_before = np.cumsum([0, *held.tokens_in_passages()])
    for place, identity in enumerate(sorted(made)):
        vectors, own = made[identity], held.places(place)
        assert np.allclose(held.sentences[own], vectors.sentences, atol=1e-3)
        assert held.tokens_each[own].tolist() == [len(tokens) for tokens in vectors.tokens]
        tokens = held.tokens[tokens_before[place] : tokens_before[place + 1]]
        assert tokens.tolist() == np.concatenate(vectors.tokens).tolist()


def test_passages_without_sentences_have_no_vectors_of_any_and_shift_none(tmp_path: Path) -> None:
    content = encoded(document_of("One sentence stands here.\n\nAnother stands here.\n"))
    [passage] = content.passages
    bare = replace(passage, id="0" * len(passage.id), sentences=())
    [own] = content.vectors
    none = PassageVectors(own.passage, own.sentences[:0], ())
    catalogue = published(tmp_path, [Encoded(content.document, (passage, bare), [own, none])])

    held = catalogue.encoded([passage.id, bare.id])

    assert held[bare.id].sentences.shape[0] == len(held[bare.id].tokens) == 0
    assert np.allclose(held[passage.id].sentences, own.sentences, atol=1e-3)
    assert catalogue.sentence_vectors([bare.id]).tokens_in_passages().tolist() == [0]
    assert len(catalogue.sentence_blobs(content.document.id)) == len(own.sentences)


def test_vectors_for_more_or_fewer_sentences_than_there_are_are_not_stored(tmp_path: Path) -> None:
    content = encoded(document_of("One sentence stands here."))
    [own] = content.vectors
    torn = PassageVectors(own.passage, own.sentences[:0], own.tokens)

    with pytest.raises(ValueError, match="zip"):
        published(tmp_path, [Encoded(content.document, content.passages, [torn])])


def test_vectors_are_given_by_id(catalogue: Catalogue, contents: list[Encoded]) -> None:
    ids, matrix = catalogue.vectors()

    assert ids == sorted(passage.id for passage in all_passages(contents))
    assert matrix.shape == (len(ids), 64)
    assert matrix.dtype == np.float32
    assert (catalogue.vectors_of(ids)[ids[3]] == matrix[3]).all()


def test_ids_are_found_by_their_first_digits_at_most_ten(
    catalogue: Catalogue, contents: list[Encoded]
) -> None:
    ids = sorted(passage.id for passage in all_passages(contents))

    assert catalogue.ids_like("") == ids[:10]
    assert catalogue.ids_like(ids[2]) == [ids[2]]
    assert catalogue.ids_like(ids[2] + "0") == []
    assert catalogue.ids_like("%") == catalogue.ids_like("_") == []


def test_counts_and_files_are_those_of_what_it_holds(catalogue: Catalogue, contents: list[Encoded]) -> None:
    passages = all_passages(contents)

    assert catalogue.counts() == {
        "documents": 4,
        "files": 4,
        "refusals": 0,
        "passages": len(passages),
        "sentences": sum(len(passage.sentences) for passage in passages),
    }
    assert catalogue.files() == {f"/r{number}.txt": f"hash {number}" for number in range(4)}
    assert catalogue.holdings() == {f"/r{number}.txt": [f"id of r{number}.txt"] for number in range(4)}


def test_a_file_may_hold_several_documents_and_a_document_lie_in_several_files(
    tmp_path: Path, contents: list[Encoded]
) -> None:
    staging = Staging.at(tmp_path / "staging.sqlite")
    staging.put("/project", "p", contents[:3])
    staging.put("/single", "s", [contents[2]])
    assert staging.counts()["documents"] == 3

    staging.put("/project", "p2", contents[:2])
    assert staging.has_document(contents[2].document.id), "another file still holds it"

    staging.forget("/single")
    assert not staging.has_document(contents[2].document.id)
    assert staging.counts()["passages"] == len(all_passages(contents[:2]))
    staging.put_refusal("/project", "a reason")
    assert staging.counts() == {"documents": 0, "files": 0, "refusals": 1, "passages": 0, "sentences": 0}
    staging.close()


def test_what_is_put_in_by_halves_is_not_in_it(tmp_path: Path, contents: list[Encoded]) -> None:
    staging = Staging.at(tmp_path / "staging.sqlite")
    staging.put("/a", "a", [contents[0]])
    torn = Encoded(contents[1].document, contents[1].passages, list(contents[1].vectors[:-1]))

    with pytest.raises(ValueError, match="zip"):
        staging.put("/a", "b", [torn])

    assert staging.files() == {"/a": "a"}
    assert staging.counts()["documents"] == 1
    staging.close()


def test_a_published_catalogue_cannot_be_written_to(catalogue: Catalogue) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        catalogue._db.execute("DELETE FROM documents")


def test_what_was_replaced_is_not_in_the_published_file(tmp_path: Path, contents: list[Encoded]) -> None:
    secret = encoded(document_of("The zeppelin was never mentioned.", "former.txt"))
    staging = Staging.at(tmp_path / "staging.sqlite")
    staging.put("/r0.txt", "0", [secret])
    staging.put("/r0.txt", "1", [contents[0]])
    staging.publish(tmp_path / "catalogue.sqlite")
    staging.close()

    assert b"eppelin" not in (tmp_path / "catalogue.sqlite").read_bytes()
    assert secret.vectors[0].passage.tobytes()[:64] not in (tmp_path / "catalogue.sqlite").read_bytes()


@pytest.mark.parametrize("content", [None, b"", b"not a database at all" * 300])
def test_a_catalogue_that_cannot_be_opened_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "catalogue.sqlite").write_bytes(content)

    with pytest.raises(IndexDamaged, match=r"catalogue\.sqlite cannot be read .* assistant ingest"):
        Catalogue.open(tmp_path / "catalogue.sqlite")


def test_vectors_of_nothing_are_no_vectors(tmp_path: Path) -> None:
    ids, matrix = published(tmp_path, []).vectors()

    assert (ids, matrix.shape) == ([], (0, 0))
    assert isinstance(PassageVectors(matrix, matrix, ()), PassageVectors)
