"""Sentences with labels, found in their documents, and what the program says of them.

They come from our own marks (`evals/labels`), which hold no words, or from lines in the form of a list of
examples: `id, file, quote` and, if somebody has marked them, `labels`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.encoding import Encoder
from assistant.framework import Framework
from assistant.index.encoded import encode
from assistant.labelling import label_sentence
from assistant.notation import CODE
from assistant.reading import read
from assistant.records import Block, Document, Kind, Sentence, Source, Stance, Voice
from evals.json_lines import numbered_lines
from evals.marks import MarkError, Marks, load_sentences, locate

NONE = "none"
# The codebook asks for an interviewee's code; people with names of their own are no codes.
SPEAKER_CODE = re.compile(rf"\b{CODE}\b")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document: `document.text[start:end]`, or a document of their own if it does not have
    them. `marks` is None where nobody has labelled them."""

    id: str
    document: Document
    start: int
    end: int
    marks: Marks | None
    is_located: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """What the program says of a quote, in the words of the codebook: `cluster` is an id, `speaker` has
    the codes of interviewees in order ("P3, P4")."""

    stance: Stance
    voice: Voice
    cluster: str | None
    speaker: str | None
    is_conditional: bool = False
    kind: Kind = Kind.STATEMENT


def own_quotes(path: Path, folders: Sequence[Path]) -> list[Quote]:
    """Our own marks in the documents that lie in `folders`. Raises MarkError, DocumentRefused."""
    return [
        Quote(f.sentence.id, f.document, f.sentence.place.start, f.sentence.place.end, f.sentence.marks)
        for f in locate(load_sentences(path), folders)
    ]


def load_quotes(path: Path, folders: Sequence[Path], framework: Framework) -> list[Quote]:
    """Lines of `id, file, quote, labels`, the quotes looked for in the files of `folders` by name.

    Raises MarkError with the line for one that cannot be read or whose file is not there.
    """
    files = {file.name: file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()}
    documents: dict[str, tuple[Document, ...]] = {}
    quotes: list[Quote] = []
    for number, line in numbered_lines(path):
        try:
            entry = json.loads(line)
            name = Path(entry["file"]).name
            if name not in documents:
                documents[name] = read(files[name])
            quotes.append(_quote(entry, documents[name], framework))
        except (KeyError, ValueError, TypeError) as error:
            raise MarkError(f"{path}, line {number}: {error!r} is missing or cannot be used") from error
    return quotes


def is_own_form(path: Path) -> bool:
    """Whether a file of labels names its sentences by place, as our own marks do, and not by their words."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    try:
        return "words_sha256" in json.loads(first)
    except ValueError:
        # The reader of lines tells what is wrong with it.
        return False


def _quote(entry: Mapping[str, Any], documents: Sequence[Document], framework: Framework) -> Quote:
    words = str(entry["quote"])
    marks = _marks(entry["labels"], framework) if entry.get("labels") else None
    anywhere = re.compile(r"\s+".join(map(re.escape, words.split())))
    for document in documents:
        if match := anywhere.search(document.text):
            return Quote(str(entry["id"]), document, match.start(), match.end(), marks)
    alone = Document(str(entry["id"]), entry["file"], Source(""), words, (Block(0, len(words)),))
    return Quote(str(entry["id"]), alone, 0, len(words), marks, is_located=False)


def _marks(labels: Mapping[str, Any], framework: Framework) -> Marks:
    return Marks(
        Stance(labels["stance"]),
        Voice(labels["voice"]),
        cluster_id(labels.get("cluster"), framework),
        labels.get("speaker"),
        bool(labels.get("condition")),
        bool(labels.get("hard")),
        Kind(labels["kind"]) if labels.get("kind") else None,
    )


def cluster_id(name: str | None, framework: Framework) -> str | None:
    """The id of a cluster given by id or name, in any case of letters. Raises ValueError for another."""
    if name is None or name.lower() == NONE:
        return None
    for cluster in framework.clusters:
        if name.lower() in (cluster.id, cluster.name.lower(), *(also.lower() for also in cluster.also)):
            return cluster.id
    raise ValueError(f"no cluster {name!r} in the framework")


def say(quotes: Sequence[Quote], encoder: Encoder, framework: Framework) -> dict[str, Said]:
    """What the program says of each quote, each document read and labelled as a whole."""
    sentences: dict[str, list[Sentence]] = {}
    for quote in quotes:
        document = quote.document
        if document.id not in sentences:
            passages = encode(document, encoder, framework).passages
            sentences[document.id] = [sentence for passage in passages for sentence in passage.sentences]
    return {quote.id: said_of(quote, sentences[quote.document.id], framework) for quote in quotes}


def said_of(quote: Quote, sentences: Sequence[Sentence], framework: Framework) -> Said:
    """The labels of the sentences that overlap a quote, taken together.

    Stance: both if they differ; voice, kind and cluster: of the longest overlap that has one; speakers in order; a
    condition if one of them has one.
    Words that are in no sentence are furniture to the program, unless the document does not have them.
    """
    shared = [(_overlap(quote, sentence), sentence) for sentence in sentences]
    # A sentence that is touched at its border alone says nothing of the quote.
    close = [
        (length, sentence)
        for length, sentence in shared
        if 2 * length >= min(sentence.end - sentence.start, quote.end - quote.start) and length > 0
    ]
    if not close and not quote.is_located:
        document = quote.document
        return _together([label_sentence(document, document.blocks[0], quote.start, quote.end, framework)])
    return _together([sentence for _, sentence in sorted(close, key=lambda pair: -pair[0])])


def _together(sentences: Sequence[Sentence]) -> Said:
    """Labels of sentences that are given with the weightiest first."""
    if not sentences:
        return Said(Stance.NEITHER, Voice.OTHER, None, None)
    stances = {sentence.labels.stance for sentence in sentences} - {Stance.NEITHER}
    stance = Stance.BOTH if len(stances) > 1 else next(iter(stances), Stance.NEITHER)
    in_order = sorted(sentences, key=lambda sentence: sentence.start)
    speakers = dict.fromkeys(
        code for sentence in in_order for code in SPEAKER_CODE.findall(sentence.speaker or "")
    )
    clusters = [sentence.labels.cluster for sentence in sentences if sentence.labels.cluster]
    return Said(
        stance,
        sentences[0].voice,
        clusters[0] if clusters else None,
        ", ".join(speakers) or None,
        any(sentence.labels.condition for sentence in sentences),
        sentences[0].kind,
    )


def _overlap(quote: Quote, sentence: Sentence) -> int:
    return min(quote.end, sentence.end) - max(quote.start, sentence.start)
