"""`assistant mentions`: every passage that speaks of something, in pages, with counts."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

import typer

from assistant.commands.printing import WIDTH, print_json
from assistant.errors import BadInput
from assistant.framework import Framework
from assistant.index import Generation
from assistant.mentions import Mention, Mentions, find_mentions
from assistant.mentions_told import counts_told, place_of, summary
from assistant.records import DocumentHead, Filter
from assistant.rendering import CONTROL, JSON_VERSION, passage_json


@dataclass(frozen=True, slots=True)
class Page:
    """Which mentions are shown: `number` counts from 1, each page has `size`."""

    number: int
    size: int


def run_mentions(
    generation: Generation,
    framework: Framework,
    words: str,
    within: Filter | None,
    page: Page,
    *,
    as_json: bool,
) -> None:
    """Print a page of mentions; with the first one, who mentions it and who does not. No model is opened."""
    found = find_mentions(generation, framework, words, within)
    pages = max(1, -(-len(found.mentions) // page.size))
    if page.number > pages:
        raise BadInput(f"There is no page {page.number}: the mentions fill {pages}.")
    first = (page.number - 1) * page.size
    shown = found.mentions[first : first + page.size]
    if as_json:
        form = _mentions_json(found, words, within)
        form.update(page=page.number, pages=pages, mentions=[mention_json(mention) for mention in shown])
        print_json(form)
        return
    lines = [*_summary(found, words), ""]
    for number, mention in enumerate(shown, first + 1):
        lines += _mention_lines(number, mention, found.titles[mention.document.id])
    if page.number == 1:
        lines += _count_lines(found)
    if pages > 1:
        lines.append(f"Page {page.number} of {pages} (--page N)")
    typer.echo(CONTROL.sub("", "\n".join(lines)))


def mention_json(mention: Mention) -> dict[str, Any]:
    """A mention as the documented JSON form."""
    return {
        **passage_json(mention.passage),
        "title": mention.document.source.title,
        "file": mention.document.name,
        "study_group": mention.document.study_group,
        "by": mention.by,
        "sentences": [
            {"start": one.start, "end": one.end, "text": one.text, "speaker": one.speaker}
            for one in mention.sentences
        ],
    }


def _mentions_json(found: Mentions, words: str, within: Filter | None) -> dict[str, Any]:
    names = found.studies
    return {
        "version": JSON_VERSION,
        "words": words,
        "terms": list(found.terms),
        "parameters": [parameter.name for parameter in found.parameters],
        "filter": within.stated() if within else {},
        "total": len(found.mentions),
        "passages": found.passages,
        "documents": {
            "mentioning": [
                {**_document_json(head), "passages": count} for head, count in found.by_document()
            ],
            "silent": [_document_json(head) for head in found.silent_documents()],
            "of": len(found.documents),
        },
        "studies": {
            "mentioning": [
                {"study_group": group, "name": names[group], "passages": count}
                for group, count in found.by_study()
            ],
            "silent": [
                {"study_group": group, "name": names[group], "read": found.extent(group).value}
                for group in found.silent_studies()
            ],
            "of": len(names),
        },
        "speakers": {
            "mentioning": [
                {"study_group": group, "speaker": code, "passages": count}
                for (group, code), count in found.by_speaker()
            ],
            "silent": [{"study_group": group, "speaker": code} for group, code in found.silent_speakers()],
            "of": len(found.speakers),
        },
    }


def _document_json(head: DocumentHead) -> dict[str, Any]:
    source = head.source
    return {
        "document": head.id,
        "title": source.title,
        "file": head.name,
        "is_note": source.is_note,
        "read": source.read.value,
    }


def _summary(found: Mentions, words: str) -> list[str]:
    return [line for told in summary(found, words) for line in textwrap.wrap(told, WIDTH)]


def _mention_lines(number: int, mention: Mention, title: str) -> list[str]:
    passage = mention.passage
    facts = [passage.id, *place_of(passage), f"by {mention.by}"]
    lines = [f"{number:>3}. {title}", *_indented(", ".join(facts))]
    for sentence in mention.sentences:
        who = f"{sentence.speaker}: " if sentence.speaker else ""
        lines += _indented(f"{who}“{' '.join(sentence.text.split())}”")
    return [*lines, ""]


def _count_lines(found: Mentions) -> list[str]:
    lines = []
    for heading, counted in counts_told(found):
        lines += [heading, *(f"{count or '':>4}  {name}" for name, count in counted), ""]
    return lines


def _indented(words: str) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent="     ", subsequent_indent="     ")
