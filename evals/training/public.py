"""Public sets that may be learnt from, with their licences in `assistant/reader/model/CARD.md`.

SciFact (claims CC BY 4.0, abstracts ODC-By 1.0), QMSum Committee (MIT), COVID-QA and ClapNQ (Apache-2.0).
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.reader.heads import Head
from assistant.sentences import sentence_spans
from assistant.words import stems
from evals.collections import Collection, load_answerable, load_collection
from evals.training.examples import Example, Mixture, Ranking

# Which questions of which set the draw below took for the reader that comes with the program.
LEARNT = Path(__file__).with_name("learnt.json")
HARD, RANDOM = 2, 1
# Words of a text that are read: in most the answer stands early, and time is short.
WORDS = 100
# Questions drawn from each set: long texts are what training takes its time for.
DRAWN = 200
# Negatives are drawn from these ranks: the very first may answer the question unmarked.
HARD_RANKS = slice(2, 40)


def load_public(directory: Path, seed: int) -> Mixture:
    """All public sets as training examples; the draw of negatives depends on the seed alone."""
    generator = random.Random(seed)
    mixture = Mixture()
    collections = [
        load_collection(directory / "scifact"),
        load_collection(directory / "qmsum-committee"),
        load_collection(directory / "covid-qa"),
        load_answerable(directory / "clapnq" / "clapnq_dev_answerable.jsonl"),
    ]
    for collection in collections:
        mixture.rankings += list(_rankings(collection, generator))
    mixture.examples += list(_unanswerable(directory / "clapnq"))
    mixture.examples += list(_scifact(directory / "scifact", generator))
    return mixture


def load_claims_of_scifact(directory: Path, seed: int) -> list[Example]:
    """SciFact's claims as training examples; the draw of other sentences depends on the seed alone."""
    return list(_scifact(directory / "scifact", random.Random(seed)))


def drawn(name: str) -> set[str]:
    """Questions of a set, by id, from which the shipped reader learnt what answers them."""
    ids: dict[str, list[str]] = json.loads(LEARNT.read_text(encoding="utf-8"))
    return set(ids.get(name, ()))


def _rankings(collection: Collection, generator: random.Random) -> Iterator[Ranking]:
    from evals.arms import Source
    from evals.arms.bm25 import BM25
    from evals.arms.pieces import left_whole

    texts = {entry.id: entry.whole for entry in collection.corpus}
    names = sorted(texts)
    words = BM25(left_whole([Source(name, text) for name, text in texts.items()]))
    drawn = generator.sample(sorted(collection.queries), min(DRAWN, len(collection.queries)))
    for query in drawn:
        question = collection.queries[query]
        relevant = set(collection.qrels[query])
        hits = [hit.source for hit in words.search(question, 60) if hit.source not in relevant]
        for right in sorted(relevant)[:1]:
            hard = generator.sample(hits[HARD_RANKS], min(HARD, len(hits[HARD_RANKS])))
            others = [name for name in generator.sample(names, RANDOM + 3) if name not in relevant][:RANDOM]
            yield Ranking(
                question,
                tuple(" ".join(texts[name].split()[:WORDS]) for name in (right, *hard, *others)),
                f"{collection.name}:{query}",
            )


def _unanswerable(directory: Path) -> Iterator[Example]:
    """ClapNQ: a passage that looks right answers one question and not the other."""
    for name, target in (("answerable", 1), ("unanswerable", 0)):
        for line in _lines(directory / f"clapnq_dev_{name}.jsonl"):
            yield Example(
                Head.RELEVANCE, line["input"], line["passages"][0]["text"], target, f"clapnq:{line['id']}"
            )


def _scifact(directory: Path, generator: random.Random) -> Iterator[Example]:
    """Claims with the sentences that support or contradict them; other sentences of the abstract say neither."""
    abstracts = {str(line["_id"]): line["text"] for line in _lines(directory / "corpus.jsonl")}
    for line in _lines(directory / "claims.train.jsonl"):
        group = f"scifact:{line['id']}"
        for document, sets in (line["evidence"] or {}).items():
            sentences = [abstracts[document][a:b] for a, b in sentence_spans(abstracts[document])]
            for rationale in sets:
                chosen = _aligned(sentences, rationale["sentences"], line["claim"])
                target = {"SUPPORT": 0, "CONTRADICT": 1}[rationale["label"]]
                if chosen:
                    yield Example(Head.SUPPORT, " ".join(chosen), line["claim"], target, group)
        if not line["evidence"]:
            for document in line["cited_doc_ids"][:2]:
                text = abstracts.get(str(document), "")
                spans = sentence_spans(text)
                for a, b in generator.sample(spans, min(1, len(spans))):
                    yield Example(Head.SUPPORT, text[a:b], line["claim"], 2, group)


def _aligned(sentences: list[str], positions: list[int], claim: str) -> list[str]:
    """The rationale's sentences. Abstracts here open with their title, sometimes joined to the first
    sentence, so positions may be one too low: the reading that shares more words with the claim is taken."""
    wanted = set(stems(claim))

    def chosen(shift: int) -> list[str]:
        return [sentences[i + shift] for i in positions if i + shift < len(sentences)]

    return max((chosen(1), chosen(0)), key=lambda part: len(wanted & set(stems(" ".join(part)))))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())
