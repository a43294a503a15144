"""Words → every passage of the index that speaks of them, counted. No model, and nothing is ranked.

A passage speaks of the words if all of them stand in it, in its headings or in the group of its table row,
in any form ("leader", "leaders"); or if one of its sentences is labelled with the framework's condition of
that name. What is said in other words is not found: that is what `search` is for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.errors import BadInput
from assistant.framework import Framework, Parameter
from assistant.index import Generation
from assistant.index.filtering import allowed_passages
from assistant.records import DocumentHead, Filter, Passage, Sentence
from assistant.words import content_words, stems

# Who spoke: the study, since P4 of one study is not P4 of another, and the speaker's code.
Speaker = tuple[str, str]
Key = TypeVar("Key", str, Speaker)


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that speaks of the words, by `words`, `label` or `both`, and its sentences that do."""

    passage: Passage
    document: DocumentHead
    sentences: tuple[Sentence, ...]
    by: str

    @property
    def speakers(self) -> set[Speaker]:
        """Who says it."""
        codes = {code for one in self.sentences if one.speaker for code in one.speaker.split(", ")}
        return {(self.document.study_group, code) for code in codes}


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions, by title of document and place, and what was looked through for them.

    `documents`, `speakers` and `passages` are what the filter takes of the index's: what the counts are
    out of. A filter by cluster, stance or voice narrows the mentions and not these.
    """

    terms: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    mentions: tuple[Mention, ...]
    documents: tuple[DocumentHead, ...]
    speakers: frozenset[Speaker]

    @property
    def passages(self) -> int:
        """How many passages were looked through."""
        return sum(head.passages for head in self.documents)

    @property
    def studies(self) -> dict[str, str]:
        """Study group → its name, or the title of the document that is its own study."""
        return {head.study_group: head.source.study_group or head.source.title for head in self.documents}

    def by_document(self) -> list[tuple[DocumentHead, int]]:
        """Documents with the number of their passages that mention it, most first."""
        counts = Counter(mention.document.id for mention in self.mentions)
        heads = {head.id: head for head in self.documents}
        return [(heads[identity], count) for identity, count in _most_first(counts)]

    def by_study(self) -> list[tuple[str, int]]:
        """Study groups with the number of passages in their files that mention it, most first."""
        return _most_first(Counter(mention.document.study_group for mention in self.mentions))

    def by_speaker(self) -> list[tuple[Speaker, int]]:
        """Speakers with the number of passages in which they say it, most first."""
        return _most_first(Counter(speaker for mention in self.mentions for speaker in mention.speakers))

    def silent_documents(self) -> list[DocumentHead]:
        """Documents that do not mention it, by title."""
        speaking = {mention.document.id for mention in self.mentions}
        return [head for head in self.documents if head.id not in speaking]

    def silent_studies(self) -> list[str]:
        """Study groups none of whose files mentions it."""
        speaking = {mention.document.study_group for mention in self.mentions}
        return sorted(group for group in self.studies if group not in speaking)


def find_mentions(
    generation: Generation, framework: Framework, words: str, within: Filter | None = None
) -> Mentions:
    """Every passage that speaks of `words` and that the filter takes. Raises BadInput if no word is left
    to look for."""
    within = within or Filter()
    terms = content_words(words)
    if not terms:
        raise BadInput(f"{words!r} has no word to look for. Try, for example: trust in leaders")
    sought = frozenset(stems(words))
    parameters = [
        p for p in framework.parameters() if words.strip().lower() == p.id or sought == set(stems(p.name))
    ]
    by_words = _holding(generation, terms, sought)
    by_label = _labelled(generation, parameters)
    chosen = sorted((by_words | by_label) & allowed_passages(generation, within))
    heads = generation.heads
    found = []
    for passage in generation.catalogue.passages(chosen).values():
        spoken = _sentences(passage, sought if passage.id in by_words else None, parameters)
        kept = tuple(one for one in spoken if within.takes_sentence(one))
        if kept:
            by = _by(passage.id, by_words, by_label)
            found.append(Mention(passage, heads[passage.document], kept, by))
    documents = tuple(
        replace(head, passages=within.passages_in(head))
        for head in heads.values()
        if within.takes_document(head)
    )
    places = {head.id: place for place, head in enumerate(documents)}
    found.sort(key=lambda mention: (places[mention.document.id], mention.passage.start))
    return Mentions(
        tuple(terms), tuple(parameters), tuple(found), documents, _speakers(generation, documents, within)
    )


def _holding(generation: Generation, terms: Sequence[str], sought: Collection[str]) -> set[str]:
    """Ids of passages with all the terms in their text, or there and in what stands above it."""
    catalogue = generation.catalogue
    in_text = catalogue.words.holding(terms, in_body=True)
    anywhere = catalogue.words.holding(terms)
    above = catalogue.passages(sorted(anywhere - in_text))
    return in_text | {
        passage.id
        for passage in above.values()
        if set(stems(f"{passage.said} {_headings(passage, generation.heads)}")).issuperset(sought)
    }


def _headings(passage: Passage, heads: dict[str, DocumentHead]) -> str:
    """A row's group and the headings, without the title: what a report as a whole is about tells of no
    place in it."""
    title = heads[passage.document].source.title
    context = passage.context.replace(title, "")
    # A context that was too long has lost the end of the title.
    cut = next((n for n in range(len(title) - 1, 0, -1) if context.endswith(f". {title[:n]}")), 0)
    return context[: len(context) - cut]


def _labelled(generation: Generation, parameters: Sequence[Parameter]) -> set[str]:
    if not parameters:
        return set()
    return {identity for identity, _ in generation.catalogue.labelled(parameter=[p.id for p in parameters])}


def _sentences(
    passage: Passage, sought: Collection[str] | None, parameters: Sequence[Parameter]
) -> list[Sentence]:
    """The sentences that speak of it: those labelled so, and those with all the words, else with any, else
    all of them, since then the words stand above them."""
    labels = {parameter.id for parameter in parameters}
    held = [set(stems(sentence.text)) & set(sought or ()) for sentence in passage.sentences]
    most = max(map(len, held), default=0)
    return [
        sentence
        for sentence, words in zip(passage.sentences, held, strict=True)
        if sentence.labels.parameter in labels
        or (
            sought is not None and (len(words) == len(sought) or (most < len(sought) and (words or not most)))
        )
    ]


def _by(identity: str, by_words: set[str], by_label: set[str]) -> str:
    if identity in by_words and identity in by_label:
        return "both"
    return "words" if identity in by_words else "label"


def _speakers(
    generation: Generation, documents: Iterable[DocumentHead], within: Filter
) -> frozenset[Speaker]:
    spoken = generation.catalogue.speakers(within.sensitivity)
    return frozenset((head.study_group, code) for head in documents for code in spoken.get(head.id, ()))


def _most_first(counts: Counter[Key]) -> list[tuple[Key, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
