"""Words → every passage of the index that speaks of them, counted. No model, and nothing is ranked.

A passage speaks of the words if all of them stand in it, in its headings or in the group of its table row,
in any form ("leader", "leaders") and spelling ("co-production", "coproduction"); or if one of its sentences is
labelled with the framework's condition of that name. What is said in other words is not found: that is what
`search` is for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.errors import BadInput
from assistant.framework import Framework, Parameter
from assistant.index import Generation
from assistant.index.filtering import allowed_passages
from assistant.records import DocumentHead, Extent, Filter, Passage, Sentence, each_speaker
from assistant.spellings import Term, held, terms_of

READ_FURTHEST = (Extent.FULL, Extent.UNKNOWN, Extent.PART, Extent.ABSTRACT)
# What is said of that which does not mention it, since what was not read may.
NOT_WHOLE = {Extent.ABSTRACT: "abstract only", Extent.PART: "read in part"}
# Who spoke: the study, since P4 of one study is not P4 of another, and the speaker's code.
Speaker = tuple[str, str]
Key = TypeVar("Key", str, Speaker)


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that speaks of the words, by `words`, `label` or `both`, and its sentences that do; `whole` are
    those that hold all the words, or the label, themselves."""

    passage: Passage
    document: DocumentHead
    sentences: tuple[Sentence, ...]
    whole: tuple[Sentence, ...]
    by: str

    @property
    def speakers(self) -> set[Speaker]:
        """Who says it, whole, in one sentence."""
        codes = {code for one in self.whole for code in each_speaker(one.speaker)}
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

    @property
    def titles(self) -> dict[str, str]:
        """Document → its title, told apart from a note on it and from others of that title."""
        named = {
            head.id: f"note on: {head.source.title}" if head.source.is_note else head.source.title
            for head in self.documents
        }
        often = Counter(named.values())
        return {
            head.id: f"{named[head.id]} ({head.name})" if often[named[head.id]] > 1 else named[head.id]
            for head in self.documents
        }

    @property
    def names(self) -> dict[Speaker, str]:
        """Speaker → the code, with the study where speakers of several have it."""
        often = Counter(code for _, code in self.speakers)
        studies = self.studies
        return {
            (group, code): f"{code} ({studies[group]})" if often[code] > 1 else code
            for group, code in self.speakers
        }

    def extent(self, study: str) -> Extent:
        """How much of a study was read: of that of its documents which was read furthest."""
        read = {head.source.read for head in self.documents if head.study_group == study}
        return next((extent for extent in READ_FURTHEST if extent in read), Extent.UNKNOWN)

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

    def silent_speakers(self) -> list[Speaker]:
        """Speakers who do not say it in the words that are stored, by study and code."""
        return sorted(self.speakers - {speaker for mention in self.mentions for speaker in mention.speakers})

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
    terms = terms_of(words)
    if not terms:
        raise BadInput(f"{words!r} has no word to look for. Try, for example: trust in leaders")
    parameters = [
        p for p in framework.parameters() if words.strip().lower() == p.id or _is_name(words, p.name)
    ]
    heads = generation.heads
    places = generation.catalogue.words.holding([term.lookups for term in terms])
    places |= _labelled(generation, parameters)
    found = []
    for passage in generation.catalogue.passages(
        sorted(places & allowed_passages(generation, within))
    ).values():
        mention = _mention(passage, heads, terms, parameters)
        kept = tuple(one for one in mention.sentences if within.takes_sentence(one)) if mention else ()
        if mention and kept:
            whole = tuple(one for one in mention.whole if one in kept)
            found.append(replace(mention, sentences=kept, whole=whole))
    documents = tuple(
        replace(head, passages=within.passages_in(head))
        for head in heads.values()
        if within.takes_document(head)
    )
    order = {head.id: place for place, head in enumerate(documents)}
    found.sort(key=lambda mention: (order[mention.document.id], mention.passage.start))
    speakers = _speakers(generation, documents, within)
    written = tuple(term.written for term in terms)
    return Mentions(written, tuple(parameters), tuple(found), documents, speakers)


def _is_name(words: str, name: str) -> bool:
    """Whether two texts hold the same words, whatever their form and spelling."""
    first, second = terms_of(words), terms_of(name)
    return len(held(first, name)) == len(first) and len(held(second, words)) == len(second)


def _mention(
    passage: Passage,
    heads: dict[str, DocumentHead],
    terms: Sequence[Term],
    parameters: Sequence[Parameter],
) -> Mention | None:
    """The passage with the sentences that speak of it: those labelled so, and those with all the words, else with
    any, else all of them, since then the words stand above them. None if it does not speak of it."""
    own = [held(terms, sentence.text) for sentence in passage.sentences]
    above = held(terms, _headings(passage, heads))
    by_words = len(above.union(*own)) == len(terms)
    labels = {parameter.id for parameter in parameters}
    labelled = [sentence.labels.parameter in labels for sentence in passage.sentences]
    if not by_words and not any(labelled):
        return None
    most = max(map(len, own), default=0)
    spoken, whole = [], []
    for sentence, words, has_label in zip(passage.sentences, own, labelled, strict=True):
        is_whole = has_label or len(words) == len(terms)
        if is_whole:
            whole.append(sentence)
        if is_whole or (by_words and most < len(terms) and (words or not most)):
            spoken.append(sentence)
    by = "label" if not by_words else "both" if any(labelled) else "words"
    return Mention(passage, heads[passage.document], tuple(spoken), tuple(whole), by)


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


def _speakers(
    generation: Generation, documents: Iterable[DocumentHead], within: Filter
) -> frozenset[Speaker]:
    spoken = generation.catalogue.speakers(within.sensitivity)
    return frozenset((head.study_group, code) for head in documents for code in spoken.get(head.id, ()))


def _most_first(counts: Counter[Key]) -> list[tuple[Key, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
