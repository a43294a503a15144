"""Search alone, without an answer: gold found, and how high, beside rival designs on the same questions.

On cases, and on documents with exact spans, gold is found by overlap, so that splitters can be compared;
on a collection in BEIR form whole entries are ranked, as the published figures count them.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.conversation import standalone
from assistant.encoding.configured import open_encoder
from assistant.mistyped import mended
from assistant.reader import TrainedReader
from assistant.records import DocumentHead, Passage
from assistant.reranking import JUDGED, ReaderReranker, rerank
from assistant.retrieval import Found, Retriever
from assistant.settings import load_settings
from assistant.shorthand import spelt_out
from evals import asking
from evals.arms import Arm, Source, by_source
from evals.arms.pieces import Piece, left_whole, pieces
from evals.arms.rivals import First, rivals
from evals.cases import Gold
from evals.collections import Collection, CollectionError, load_answerable, load_collection
from evals.indexed import CollectionSearch, index_of
from evals.measures import kinds
from evals.measures.ranking import Ranked, judge, write_trec
from evals.measures.retrieval import Stretch
from evals.runs import PART, Measured, Run, dated, measured
from evals.span_scores import Judged, judge_spans
from evals.spans import QUESTIONS, Ask, load_spans
from evals.suites import CannotRun, Suite
from evals.training.public import drawn

# ClapNQ's questions are a collection of another form; its passages are the entries.
CLAPNQ = "clapnq_dev_answerable.jsonl"
# How far the rankings of spans and of entries go.
DEPTH, DEEP = 20, 100
GATED = ("nDCG@10", "recall@10")
READ_TOO = "ours with the reader"
Search = Callable[[str], Sequence[Stretch]]


@dataclass(frozen=True, slots=True)
class Ground:
    """What one run searches: questions with gold, the texts for rival arms, our own search, the same with or
    without the reader as an arm of another name, and our passages where rivals are to search those as well."""

    name: str
    asks: Sequence[Ask]
    texts: Sequence[Source]
    ours: Search
    about: dict[str, Any]
    other: tuple[str, Search] | None
    heads: Mapping[str, DocumentHead] = field(default_factory=dict)
    passages: Sequence[Piece] = ()


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this suite."""
    asking.add_options(parser)
    parser.add_argument(
        "--beir",
        type=Path,
        metavar="DIR",
        help="a collection instead: corpus.jsonl, queries.jsonl and qrels.tsv, or ClapNQ's files, or "
        f"{QUESTIONS} and corpora/ with exact spans",
    )
    parser.add_argument("--predictions", type=Path, help="write what was found, as a TREC run file")
    parser.add_argument("--arms", action="store_true", help="run the rival designs on the same questions")
    parser.add_argument(
        "--without-reader",
        action="store_true",
        help="of a collection, leave out the arm with the reader, which takes a second a question",
    )
    parser.add_argument(
        "--unseen",
        action="store_true",
        help="of a collection, only the questions from which the reader has not learnt",
    )
    parser.add_argument(
        "--queries", type=int, metavar="N", help="only so many questions, the same ones each time"
    )


def run(options: argparse.Namespace) -> Run:
    """Search and measure. Raises CannotRun for a collection that cannot be read."""
    cache = load_settings().cache
    try:
        if options.beir and not (options.beir / QUESTIONS).exists():
            return _run_collection(options, load(options.beir), cache)
        ground = _spans(options, cache) if options.beir else _cases(options)
    except CollectionError as error:
        raise CannotRun(str(error)) from error
    if options.queries:
        chosen = _sample({ask.id: ask.question for ask in ground.asks}, options.queries)
        ground = replace(ground, asks=[ask for ask in ground.asks if ask.id in chosen])
    found = {ask.id: ground.ours(ask.question) for ask in ground.asks}
    if options.predictions:
        write_trec(options.predictions, {item: named(ranked) for item, ranked in found.items()}, "assistant")
    texts = {source.id: source.text for source in ground.texts}
    judged = {"ours": judge_spans(ground.asks, found, texts)}
    if options.arms:
        for name, search in _others(ground, cache).items():
            judged[name] = judge_spans(ground.asks, {a.id: search(a.question) for a in ground.asks}, texts)
    items = [_item(ask.id, ask.question) for ask in ground.asks]
    about = {**ground.about, "cases": len(ground.asks)}
    measures = measures_of(judged) + by_kind(ground.asks, found, ground.heads)
    return Run(SUITE.name, _about(ground.name, about), measures, items)


def load(directory: Path) -> Collection:
    """A collection in BEIR form, or ClapNQ's answerable questions. Raises CollectionError."""
    clapnq = directory / CLAPNQ
    return load_answerable(clapnq) if clapnq.exists() else load_collection(directory)


def _run_collection(options: argparse.Namespace, collection: Collection, cache: Path) -> Run:
    learnt = drawn(collection.name)
    if options.unseen:
        collection = collection.only(set(collection.queries) - learnt)
    if options.queries:
        collection = collection.only(_sample(collection.queries, options.queries))
    ours = CollectionSearch(collection, open_encoder(load_settings().encoder), cache)
    rankings = {query: ours.search(text, DEEP) for query, text in collection.queries.items()}
    if options.predictions:
        write_trec(options.predictions, rankings, "assistant")
    judged = {"ours": judge(collection.qrels, rankings)}
    if options.arms:
        judged |= _arms(options, collection, ours, cache)
    items = [_item(query, text) for query, text in collection.queries.items()]
    about = {
        "documents": len(collection.corpus),
        "cases": len(collection.queries),
        "of these the reader learnt from": len(learnt & set(collection.queries)),
        "arms read": "whole entries",
        # What it learnt from some questions of these sets would flatter it: it is an arm of its own.
        "ours": "without the reader",
    }
    return Run(SUITE.name, _about(collection.name, about), measures_of(judged), items)


def _arms(
    options: argparse.Namespace, collection: Collection, ours: CollectionSearch, cache: Path
) -> dict[str, Judged]:
    """Arm → what it found, judged; ours with the reader among them."""
    judged = {}
    if not options.without_reader:
        reranker = ReaderReranker(TrainedReader())
        read = {query: ours.search_read(text, reranker, DEEP) for query, text in collection.queries.items()}
        judged[READ_TOO] = judge(collection.qrels, read)
    sources = [Source(entry.id, entry.whole) for entry in collection.corpus]
    for arm in rivals(left_whole(sources), cache):
        ranked = {query: by_source(arm.search(text, DEEP)) for query, text in collection.queries.items()}
        judged[arm.name] = judge(collection.qrels, ranked)
    return judged


def _others(ground: Ground, cache: Path) -> dict[str, Search]:
    """Arm → its search: ours in its other form, the rivals on texts cut as plain pipelines cut them, and on
    our passages."""
    others = dict([ground.other] if ground.other else [])
    for arm in rivals(pieces(ground.texts), cache):
        others[arm.name] = _search_of(arm)
    for arm in rivals(ground.passages, cache) if ground.passages else ():
        # How many are shown is told apart from how they are cut by the measures at so many words.
        if not isinstance(arm, First):
            others[f"{arm.name}, our passages"] = _search_of(arm)
    return others


def _search_of(arm: Arm) -> Search:
    return lambda question: stretches_of(arm, question)


def _sample(queries: Mapping[str, str], count: int) -> set[str]:
    """So many queries, drawn by the digests of their texts: the same for each run, in no order of the set."""
    return set(sorted(queries, key=lambda query: _digest(queries[query]))[:count])


def _cases(options: argparse.Namespace) -> Ground:
    asked = asking.prepare(options)
    assistant, generation = asked.assistant, asked.assistant.index.live()
    asks = [
        Ask(
            case.id,
            standalone(mended(spelt_out(case.question), generation.catalogue), case.previous),
            case.gold,
        )
        for case in asked.cases
        if case.must_be_answered and case.gold
    ]
    about = {
        "files": [path.name for path in asked.files],
        "index": generation.digest,
        "documents": len(asked.texts),
    }
    sources = [Source(text.document, text.text) for text in asked.texts]

    def ours(question: str) -> list[Passage]:
        return passages_of(assistant.search(question, DEPTH))

    def without(question: str) -> list[Passage]:
        return passages_of(assistant.retriever.search(question, DEPTH))

    other = ("ours without the reader", without)
    return Ground("cases", asks, sources, ours, about, other, generation.heads)


def _spans(options: argparse.Namespace, cache: Path) -> Ground:
    documents, asks = load_spans(options.beir)
    encoder = open_encoder(load_settings().encoder)
    index = index_of(documents, encoder, cache)
    sources = [Source(document.id, document.text) for document in documents]
    retriever = Retriever(index, encoder)
    cut = [
        (passage.document, passage.start, passage.end, passage.text)
        for document in documents
        for passage in index.live().catalogue.passages_of(document.id)
    ]

    def ours(question: str) -> list[Passage]:
        return passages_of(retriever.search(question, DEPTH))

    def read(question: str) -> list[Passage]:
        return passages_of(rerank(question, retriever.search(question, JUDGED), reranker, DEPTH).found)

    reranker = ReaderReranker(TrainedReader())
    about = {"documents": len(documents), "passages": len(cut), "ours": "without the reader"}
    other = None if options.without_reader else (READ_TOO, read)
    return Ground(options.beir.name, asks, sources, ours, about, other, passages=cut)


def passages_of(found: Found) -> list[Passage]:
    """What was found, best first."""
    return [item.passage for item in found.evidence]


def stretches_of(arm: Arm, question: str) -> list[Gold]:
    """What an arm found, as stretches of documents."""
    return [Gold(hit.source, hit.start, hit.end) for hit in arm.search(question, DEPTH)]


def named(ranked: Sequence[Stretch]) -> Ranked:
    """Stretches as entries of a run file, each by its document and place, with a score that falls."""
    return [
        (f"{stretch.document[:16]}:{stretch.start}-{stretch.end}", 1 / rank)
        for rank, stretch in enumerate(ranked, 1)
    ]


def measures_of(judged: Mapping[str, Judged]) -> list[Measured]:
    """Our own measures, and where there are other arms every arm's as parts of the same measure."""
    ours = judged["ours"]
    measures = [measured(name, scores.items(), is_gated=name in GATED) for name, scores in ours.items()]
    if len(judged) > 1:
        measures += [
            measured(PART.join([name, "arm", arm]), scores[name].items())
            for name in ours
            for arm, scores in judged.items()
        ]
    return measures


def by_kind(
    asks: Sequence[Ask], found: Mapping[str, Sequence[Stretch]], heads: Mapping[str, DocumentHead]
) -> list[Measured]:
    """Our recall by the kind of source in which the gold stands; nothing where no kinds are known."""
    scores: Judged = {}
    for ask in asks if heads else ():
        for kind, share in kinds.found_by_kind(ask.gold, found[ask.id], heads, 10).items():
            scores.setdefault(kind, {})[ask.id] = share
    return [
        measured(PART.join(["recall@10", "source", kind]), scores[kind].items()) for kind in sorted(scores)
    ]


def _item(identity: str, question: str) -> dict[str, Any]:
    """An item by the digest of its question: public questions are not copied into runs."""
    return {"id": identity, "case": _digest(question)[:12]}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _about(name: str, about: Mapping[str, Any]) -> dict[str, Any]:
    return dated({"on": name, **about})


SUITE = Suite("retrieval", "search alone: gold found, and how high", add_options, run)
