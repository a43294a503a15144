"""Proof of a withdrawal: every byte of every file is searched for what was withdrawn.

What is looked for are runs of six words of the withdrawn text, and the vectors of its passages,
sentences and tokens. Beside the bytes, the word index is compared with one that is made anew from what remains.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assistant.encoding import Vectors
from assistant.index.blanking import removed_words
from assistant.index.byte_search import STRETCH, Haystack, Needles, runs
from assistant.index.catalogue import Catalogue
from assistant.index.staging import body_of
from assistant.index.word_index import WordIndex, write_words
from assistant.records import BlockKind, Document

# So many runs in a row are at least fifteen words: no coincidence, but the same text in another document.
IN_A_ROW = 4
SAME = 1 - 1e-5
SHOWN = 60
# Bytes of tokens that are looked for together, as those of other vectors are.
TOKENS = 2 * STRETCH


@dataclass
class Sought:
    """What was withdrawn: pieces of text, titles, vectors of passages (float32), of sentences and of
    tokens (as stored)."""

    pieces: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    passages: list[Vectors] = field(default_factory=list)
    sentences: list[bytes] = field(default_factory=list)
    tokens: list[bytes] = field(default_factory=list)

    def add(self, before: Document, after: Document | None) -> None:
        """The words of a document that was taken out, or that are blank in what is left of it."""
        if after is not None:
            self.pieces += removed_words(before, after)
            return
        self.titles.append(before.source.title)
        self.pieces += [
            line
            for block in before.blocks
            if block.kind is not BlockKind.FURNITURE
            for line in before.text[block.start : block.end].split("\n")
        ]

    def add_vectors(self, catalogue: Catalogue, documents: Iterable[str]) -> None:
        """The vectors that a catalogue holds of some documents."""
        for document in documents:
            self.passages += catalogue.vectors_in(document)
            self.sentences += catalogue.sentence_blobs(document)
            self.tokens += catalogue.token_blobs(document)


@dataclass
class Proof:
    """What was looked at (files, bytes; in `looked` by folder), looked for (runs of words; vectors, and parts
    of tokens), and found, in words.

    `shared` counts runs of words that documents which stay say too, none of them long.
    """

    files: int = 0
    size: int = 0
    runs: int = 0
    vectors: int = 0
    terms: int = 0
    shared: int = 0
    found: list[str] = field(default_factory=list)
    looked: dict[str, tuple[int, int]] = field(default_factory=dict)


def prove(folders: Sequence[Path], live: Catalogue, sought: Sought) -> Proof:
    """Search the folders. `live` is the catalogue after the withdrawal."""
    needles = Needles()
    places = {
        needles.add_words(run): (piece, position, run)
        for piece, position, run in runs([*sought.pieces, *sought.titles])
    }
    vectors = {needles.add_vector(vector) for vector in _gone(sought.passages, live.vectors()[1])}
    staying = {blob for head in live.heads() for blob in live.sentence_blobs(head.id)}
    vectors |= {needles.add_bytes(blob) for blob in {*sought.sentences} - staying}
    tokens = {needles.add_bytes(part): part for part in sorted(_stretches(sought.tokens))}
    seen = needles.search(folders)
    proof = Proof(seen.files, seen.size, len(places), len(vectors) + len(tokens), looked=seen.folders)
    proof.found += [f"not readable, so not searched: {path}" for path in seen.unread]
    _tell_words(places, seen, live, proof, len(sought.pieces))
    vectors |= {number for number, part in tokens.items() if number in seen.found and not _stays(part, live)}
    _tell_vectors(vectors, seen, proof)
    _compare_word_index(live, proof)
    return proof


def _tell_words(
    places: dict[int, tuple[int, int, str]], seen: Haystack, live: Catalogue, proof: Proof, pieces: int
) -> None:
    """The first `pieces` are text; those after them are titles, which other documents may well name."""
    found = {number: places[number] for number in seen.found if number in places}
    by_file: dict[str, list[str]] = {}
    explained: set[int] = set()
    for title, words in _what_stays(live) if found else ():
        said = {number for number, (_, _, run) in found.items() if run.casefold() in words}
        explained |= said
        of_text = {found[number][:2]: found[number][2] for number in said if found[number][0] < pieces}
        for run in _long_runs(of_text):
            proof.found.append(f"“{run} …” stands also in {title}, which is still in the index")
    for number, (_, _, run) in found.items():
        for path in () if number in explained else seen.found[number]:
            by_file.setdefault(path, []).append(run)
    for path, said_there in sorted(by_file.items()):
        example = said_there[0][:SHOWN]
        proof.found.append(f"{len(said_there)} run(s) of words in {path}, as “{example}”")
    proof.shared = len(explained)


def _stretches(blobs: Sequence[bytes]) -> set[bytes]:
    """Tokens in parts that are looked for, and the end of each whole."""
    starts = ((blob, start) for blob in blobs for start in range(0, len(blob), TOKENS) if blob)
    return {blob[max(0, min(start, len(blob) - TOKENS)) :][:TOKENS] for blob, start in starts}


def _stays(part: bytes, live: Catalogue) -> bool:
    """Whether a document that stays has these tokens too: in eight bits, equal words in equal sentences may."""
    return any(part in blob for head in live.heads() for blob in live.token_blobs(head.id))


def _tell_vectors(vectors: set[int], seen: Haystack, proof: Proof) -> None:
    by_file: dict[str, int] = {}
    for number in vectors & seen.found.keys():
        for path in seen.found[number]:
            by_file[path] = by_file.get(path, 0) + 1
    proof.found += [f"{count} vector(s) in {path}" for path, count in sorted(by_file.items())]


def _long_runs(said: dict[tuple[int, int], str]) -> Iterator[str]:
    """The first words of each stretch of the withdrawn text that a document says too."""
    for piece, position in sorted(said):
        is_first = (piece, position - 1) not in said
        if is_first and all((piece, position + more) in said for more in range(IN_A_ROW)):
            yield said[piece, position]


def _what_stays(live: Catalogue) -> Iterator[tuple[str, str]]:
    """(title, everything that is written of it in one line) for each document that is still there."""
    yield "the paths of files", " ".join(live.files()).casefold()
    for head in live.heads():
        document = live.document(head.id)
        sections = {title for block in document.blocks for title in (*block.section, block.prefix)}
        words = " ".join((document.text, head.name, repr(head.source), *sections)).casefold()
        yield f"«{head.source.title}»", re.sub(r"\s+", " ", words)


def _gone(sought: list[Vectors], staying: Vectors) -> list[Vectors]:
    """The vectors that no passage which stays has too."""
    if not sought or not len(staying):
        return sought
    nearest = (np.stack(sought) @ staying.T).max(axis=1)
    return [vector for vector, near in zip(sought, nearest, strict=True) if near < SAME]


def _compare_word_index(live: Catalogue, proof: Proof) -> None:
    """Whether the word index counts exactly the words of what remains."""
    with closing(sqlite3.connect(":memory:")) as anew:
        passages = (passage for head in live.heads() for passage in live.passages_of(head.id))
        write_words(anew, ((n, one.context, body_of(one)) for n, one in enumerate(passages)))
        words = WordIndex(anew)
        expected, expected_postings = words.counted(), words.postings_counted()
    counted = live.words.counted()
    proof.terms = len(counted)
    differing = (counted ^ expected) | (live.words.postings_counted() ^ expected_postings)
    if differing:
        terms = {term for term, *_ in differing}
        proof.found.append(f"{len(terms)} term(s) of the word index are not those of the documents there")
    if strangers := live.words.strangers():
        proof.found.append(f"{len(strangers)} passage(s) in the word index that are not there")
