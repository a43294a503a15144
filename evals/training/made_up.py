"""Made-up documents of this field with questions, near misses and claims, as training examples.

The documents are our own, written for training in the styles of talks, papers, reports and news, and are evidence of
nothing. They are cut and searched as the program cuts and searches, so that what the models learn to tell
apart is what the search brings together.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.encoding.minilm import MiniLM
from assistant.reader.heads import Head
from assistant.records import Document, Passage
from assistant.reranking import nearest_sentences, words_of
from assistant.retrieval import Found, Retriever
from evals.collections import Entry
from evals.indexed import document_of, index_of
from evals.training.examples import Example, Mixture, Ranking

# Between paragraphs.
BREAK = "\n\n"
TEXTS = Path(__file__).with_name("texts")
# What is learnt from, and what is kept back to see what was learnt.
FILE, UNSEEN = TEXTS / "documents.jsonl", TEXTS / "unseen.jsonl"
# Others shown beside the right passage: the best found of the same document, and of any other.
SAME, OTHER = 2, 1
# Those of other documents are drawn from here on: the very first may answer the question as well.
OTHERS_FROM, OTHERS_TO = 5, 40
# How deep is searched: so far that most of a document's own passages are found.
DEPTH = 100
# Passages that look as if they answered a near miss.
LOOK_ALIKES = 2
# How often a passage is read after its context, as a reranker of whole passages reads it.
WITH_CONTEXT = 0.5
# Whole passages are what training takes its time for: the share of rankings and of pairs of them that are kept, and
# from how many words on a text counts as one.
RANKINGS_KEPT, PAIRS_KEPT = 0.55, 0.6
LONG = 70
# Which of them: a draw of its own.
THINNING = 5
CLAIMS = (("supported", 0), ("contradicted", 1), ("overstated", 2), ("unsupported", 2))


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a passage."""

    passage: Passage
    position: int


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


class Library:
    """A search over the made-up documents, as the program cuts and searches them."""

    def __init__(self, documents: Sequence[MadeUp], cache: Path) -> None:
        """`cache` is where their index is kept."""
        encoder = MiniLM()
        index = index_of([one.document for one in documents], encoder, cache)
        self._retriever = Retriever(index, encoder)
        catalogue = index.live().catalogue
        self._passages = {one.document.id: catalogue.passages_of(one.document.id) for one in documents}

    def search(self, question: str) -> Found:
        """As the program searches, and deeper."""
        return self._retriever.search(question, DEPTH)

    def places(self, document: MadeUp, stretches: Sequence[tuple[int, int]]) -> list[Place]:
        """The sentence that shares most with each stretch."""
        every = [
            (sentence, Place(passage, position))
            for passage in self._passages[document.document.id]
            for position, sentence in enumerate(passage.sentences)
        ]
        return [
            max(every, key=lambda one: min(end, one[0].end) - max(start, one[0].start))[1]
            for start, end in stretches
        ]


def load_made_up(documents: Sequence[MadeUp], cache: Path, seed: int) -> Mixture:
    """Everything written for the documents; the draw of others depends on the seed alone. Their index is kept in
    `cache`."""
    generator = random.Random(seed)
    mixture = Mixture()
    library = Library(documents, cache)
    for document in documents:
        for question in document.written["questions"]:
            right = library.places(document, document.answers(question))
            found = library.search(question["question"])
            mixture.rankings += _rankings(document, question["question"], right, found, generator)
            mixture.examples += _pairs(document, question["question"], right, found, generator)
        for question in document.written["near_miss"]:
            mixture.examples += _look_alikes(document, question, library.search(question), generator)
        for claim in document.written["claims"]:
            mixture.examples += [
                Example(Head.SUPPORT, claim["quote"], text, target, document.group)
                for name, target in CLAIMS
                for text in claim[name]
            ]
    return _thinned(mixture)


def _rankings(
    document: MadeUp, question: str, right: Sequence[Place], found: Found, generator: random.Random
) -> Iterator[Ranking]:
    """The passage that answers before others, and the sentence before others."""
    answering = {place.passage.id for place in right}
    others = _others(document, answering, found, generator)
    first = right[0]
    yield Ranking(
        question,
        tuple(_read(passage, generator) for passage in (first.passage, *others)),
        document.group,
    )
    beside = [
        Place(first.passage, position)
        for position in _nearest(first.passage, found)
        if Place(first.passage, position) not in right
    ]
    nearest = [Place(passage, position) for passage in others for position in _nearest(passage, found)[:1]]
    best = first.passage.sentences[first.position].text
    texts = (words_of(place.passage, place.position) for place in (*beside[:2], *nearest))
    # A sentence that points back is read after the one before it, which may be what answers.
    wrong = [text for text in dict.fromkeys(texts) if best not in text and text not in best]
    if wrong:
        yield Ranking(question, (words_of(first.passage, first.position), *wrong), document.group)


def _pairs(
    document: MadeUp, question: str, right: Sequence[Place], found: Found, generator: random.Random
) -> Iterator[Example]:
    """What answers, as a passage and as a sentence, and a sentence that does not."""
    first = right[0]
    yield _example(question, _read(first.passage, generator), 1, document)
    yield _example(question, words_of(first.passage, first.position), 1, document)
    answering = {place.passage.id for place in right}
    for passage in _others(document, answering, found, generator)[:1]:
        for position in _nearest(passage, found)[:1]:
            yield _example(question, words_of(passage, position), 0, document)


def _look_alikes(
    document: MadeUp, question: str, found: Found, generator: random.Random
) -> Iterator[Example]:
    """The sentences that come nearest to a question that nothing answers, and the passage of the first."""
    own = [item.passage for item in found.evidence if item.passage.document == document.document.id]
    for passage in own[:1]:
        yield _example(question, _read(passage, generator), 0, document)
    for passage in own[:LOOK_ALIKES]:
        for position in _nearest(passage, found)[:1]:
            yield _example(question, words_of(passage, position), 0, document)


def _others(document: MadeUp, answering: set[str], found: Found, generator: random.Random) -> list[Passage]:
    """Passages that were found and do not answer: the best of the same document first."""
    passages = [item.passage for item in found.evidence if item.passage.id not in answering]
    same = [passage for passage in passages if passage.document == document.document.id][:SAME]
    rest = [
        item.passage
        for item in found.evidence[OTHERS_FROM:OTHERS_TO]
        if item.passage.document != document.document.id
    ]
    return [*same, *generator.sample(rest, min(OTHER, len(rest)))]


def _nearest(passage: Passage, found: Found) -> list[int]:
    """Positions of the sentences nearest to the question, the nearest first."""
    vectors = found.sentence_vectors.get(passage.id)
    if vectors is None:
        return []
    cosines = vectors @ found.vector
    return sorted(nearest_sentences(passage, cosines), key=lambda n: (-round(float(cosines[n]), 6), n))


def _read(passage: Passage, generator: random.Random) -> str:
    if generator.random() < WITH_CONTEXT:
        return f"{passage.context}. {passage.text}"
    return passage.text


def _example(question: str, text: str, target: int, document: MadeUp) -> Example:
    return Example(Head.RELEVANCE, question, text, target, document.group)


def _thinned(mixture: Mixture) -> Mixture:
    """The same with fewer whole passages."""
    generator = random.Random(THINNING)
    rankings = [
        ranking
        for ranking in mixture.rankings
        if not _is_long(ranking.texts[0]) or generator.random() < RANKINGS_KEPT
    ]
    examples = [
        example
        for example in mixture.examples
        if example.head is not Head.RELEVANCE
        or not _is_long(example.second)
        or generator.random() < PAIRS_KEPT
    ]
    return Mixture(examples, rankings)


def _is_long(text: str) -> bool:
    return len(text.split()) > LONG
