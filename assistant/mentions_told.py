"""Mentions → words, for a terminal and for the page: how many, by whom, and who does not mention it."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.mentions import NOT_WHOLE, Mentions
from assistant.records import Extent, Passage

# A name, with the number of passages; none for who does not mention it.
Counted = list[tuple[str, int | None]]


def summary(found: Mentions, words: str) -> list[str]:
    """What was found, out of how much, and what was looked for."""
    labels = "".join(f", or labelled “{parameter.name}”" for parameter in found.parameters)
    return [
        f"“{words}”: {len(found.mentions)} of {found.passages} passages, in "
        f"{len(found.by_document())} of {len(found.documents)} documents and "
        f"{len(found.by_study())} of {len(found.studies)} studies, said by {len(found.by_speaker())} of "
        f"{len(found.speakers)} speakers.",
        f"Looked for: {' and '.join(found.terms)} in any form and spelling{labels}. Other words for it are not "
        "counted.",
    ]


def counts_told(found: Mentions) -> list[tuple[str, Counted]]:
    """Headings with who mentions it, and who does not in what is stored of it; without those that are empty."""
    studies, titles = found.studies, found.titles
    documents = [with_extent(titles[head.id], head.source.read) for head in found.silent_documents()]
    silent = [with_extent(studies[group], found.extent(group)) for group in found.silent_studies()]
    speakers = [f"{code} ({studies[group]})" for group, code in found.silent_speakers()]
    told: list[tuple[str, Counted]] = [
        ("By document", [(titles[head.id], count) for head, count in found.by_document()]),
        ("By study", [(studies[group], count) for group, count in found.by_study()]),
        (
            "By speaker",
            [(f"{code} ({studies[group]})", count) for (group, code), count in found.by_speaker()],
        ),
        (f"Not mentioned in {len(documents)} documents{not_whole(found)}", _uncounted(documents)),
        (f"Not mentioned in {len(silent)} studies", _uncounted(silent)),
        (f"Not mentioned by {len(speakers)} speakers", _uncounted(speakers)),
    ]
    return [(heading, counted) for heading, counted in told if counted]


def with_extent(name: str, read: Extent) -> str:
    """A name, with how much was read where that was not all."""
    return f"{name} ({NOT_WHOLE[read]})" if read in NOT_WHOLE else name


def not_whole(found: Mentions) -> str:
    """Of how many documents that do not mention it not all was read; nothing if none."""
    read = [head.source.read for head in found.silent_documents()]
    parts = [f"{read.count(extent)} {words}" for extent, words in NOT_WHOLE.items() if extent in read]
    return f" (of which {', '.join(parts)})" if parts else ""


def place_of(passage: Passage) -> list[str]:
    """Where a passage stands in its document: headings, page, time."""
    page = f"p. {passage.page}" if passage.page else ""
    return [place for place in (" > ".join(passage.section), page, passage.time) if place]


def _uncounted(names: Iterable[str]) -> Counted:
    return [(name, None) for name in names]
