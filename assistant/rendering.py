"""Answer → words: plain text for a terminal, Markdown, JSON for programs."""

from __future__ import annotations

import dataclasses
import re
import textwrap
from typing import Any

from assistant.headings import AGAINST, groups_of, is_set_against
from assistant.messages import plural
from assistant.records import (
    Answer,
    Citation,
    Claim,
    DocumentHead,
    Evidence,
    Passage,
    Status,
    Support,
)

# Version of the JSON forms; README.md describes them.
JSON_VERSION = 1
GAPS_SHOWN = 2
# What a terminal would obey rather than show, and marks that turn the direction of writing.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# What Markdown would read as more than its letter: a document must not bring pictures or links in.
MARKUP = re.compile(r"([\\`*_\[\]<>~&])")
ADDRESS = re.compile(r"https?://[^\s<>]+")


def reference(citation: Citation) -> str:
    """Where a quotation stands, in one line: title, section, page, speaker."""
    title = f"Note on “{citation.title}”" if citation.is_note else f"“{citation.title}”"
    parts = [title]
    if citation.section:
        parts.append(f"section {citation.section}" if citation.section[:1].isdigit() else citation.section)
    if citation.page:
        parts.append(f"p. {citation.page}")
    if citation.speaker:
        parts.append(citation.speaker)
    if citation.time:
        parts.append(f"at {citation.time}")
    return ", ".join(parts)


def gap_line(claim: Claim, told: set[tuple[frozenset[str], str]]) -> str:
    """The known holes in a claim's sources as one short line; empty if none touches it that was not `told`
    of them before. Those of this claim are put there."""
    documents = frozenset(citation.document for citation in claim.citations)
    gaps = [gap for gap in claim.gaps if (documents, gap) not in told]
    told.update((documents, gap) for gap in gaps)
    if not gaps:
        return ""
    more = len(gaps) - GAPS_SHOWN
    shown = "; ".join(gaps[:GAPS_SHOWN]) + (f"; {more} more" if more > 0 else "")
    return f"Gap in {'this source' if len(documents) == 1 else 'its sources'}: {shown}"


def narrowed_to(answer: Answer) -> str:
    """The filter that an answer was found within, in words; empty for none."""
    stated: dict[str, list[Any]] = answer.provenance.get("filter", {})
    return filter_in_words(stated)


def filter_in_words(stated: dict[str, list[Any]]) -> str:
    """A filter as `Filter.stated` gives it, in words; empty for none."""
    parts = []
    for field, values in stated.items():
        if field == "year":
            first, last = values
            years = str(first) if first == last else f"{first or 'up'} to {last or 'now'}"
            parts.append(f"year {years}")
        elif field == "source":
            parts.append(f"{len(values)} {plural(len(values), 'source', 'sources')}")
        else:
            parts.append(f"{field} {' or '.join(str(value).replace('_', ' ') for value in values)}")
    return "; ".join(parts)


def against_line(answer: Answer) -> str:
    """What a search for the other side of the answer found, in one line; empty where none was made."""
    if not answer.tried:
        return ""
    shown = {(c.document, c.start) for claim in answer.claims for c in claim.citations}
    above = [one for one in answer.against if (one.citations[0].document, one.citations[0].start) in shown]
    new = [
        f"“{_flat(one.text)}” — {one.basis}, {reference(one.citations[0])} ({one.citations[0].passage})"
        for one in answer.against
        if one not in above
    ]
    found = [*new, *(["what stands above on the other side"] if above else [])]
    if not found:
        return "Looked for evidence against it in other studies: none found."
    return (
        "Looked for evidence against it in other studies; found on the other side of the same conditions, which need not"
        f" contradict it: {'; '.join(found)}"
    )


def as_text(answer: Answer, width: int = 96) -> str:
    """The answer for a terminal, with numbered references and, if there is none, the nearest passages."""
    lines = [*textwrap.wrap(answer.message, width), ""]
    if answer.standalone_question != answer.question:
        lines = [f"(Read as: {answer.standalone_question})", "", *lines]
    if narrowed := narrowed_to(answer):
        lines = [f"(Looked only at: {narrowed})", "", *lines]
    number = 0
    told: set[tuple[frozenset[str], str]] = set()
    for heading, claims in groups_of(answer.claims, answer.nearest):
        lines.append(heading.upper())
        for claim in claims:
            if is_set_against(heading, claim):
                lines += [AGAINST, ""]
            quoted = claim.text == claim.citations[0].quote
            words = f"“{_flat(claim.text)}”" if quoted else _flat(claim.text)
            lines += textwrap.wrap(f"• {words}{_doubt(claim)}", width, subsequent_indent="  ")
            lines += textwrap.wrap(f"  — {claim.basis}", width, subsequent_indent="    ")
            lines += textwrap.wrap(f"  {gap_line(claim, told)}", width, subsequent_indent="    ")
            for citation in claim.citations:
                number += 1
                if not quoted:
                    lines += textwrap.wrap(f"  “{_flat(citation.quote)}”", width, subsequent_indent="    ")
                lines += textwrap.wrap(
                    f"  [{number}] {reference(citation)} ({citation.passage})",
                    width,
                    subsequent_indent="      ",
                )
            lines.append("")
    if answer.status is Status.NOT_IN_EVIDENCE and not answer.nearest:
        lines += _passages_near(answer, width)
    lines += textwrap.wrap(against_line(answer), width, subsequent_indent="  ")
    if answer.dropped:
        lines.append(f"{len(answer.dropped)} claim(s) dropped because their sources do not bear them out.")
    return CONTROL.sub("", "\n".join(lines).rstrip())


def _passages_near(answer: Answer, width: int) -> list[str]:
    """The first passages that were found, as lines."""
    lines = []
    for item in answer.evidence[:3]:
        said = (item.passage.said or _flat(item.passage.text))[:200]
        told = f"nearest: “{said}…” {item.document.source.title} ({item.passage.id})"
        lines += textwrap.wrap(told, width, subsequent_indent="  ")
    return lines


def as_markdown(answer: Answer) -> str:
    """The answer as Markdown with notes. Words of documents and models stand in it as plain text."""
    lines = [f"# {_escaped(answer.question)}", "", _escaped(answer.message), ""]
    notes: list[str] = []
    told: set[tuple[frozenset[str], str]] = set()
    for heading, claims in groups_of(answer.claims, answer.nearest):
        lines += [f"## {heading}", ""]
        for claim in claims:
            if is_set_against(heading, claim):
                lines += ["", AGAINST, ""]
            marks = []
            for citation in claim.citations:
                notes.append(
                    f"[^{len(notes) + 1}]: “{_escaped(citation.quote)}” {_escaped(reference(citation))}."
                    f"{_address(citation.link)}"
                )
                marks.append(f"[^{len(notes)}]")
            about = "; ".join(part for part in (claim.basis, gap_line(claim, told)) if part)
            lines.append(
                f"- {_escaped(claim.text)} ({_escaped(about)}){_escaped(_doubt(claim))}{''.join(marks)}"
            )
        lines.append("")
    if line := against_line(answer):
        lines += [_escaped(line), ""]
    return CONTROL.sub("", "\n".join([*lines, *notes]).rstrip()) + "\n"


def _doubt(claim: Claim) -> str:
    """Why a claim is not fully borne out, to be put after it; nothing for one that is."""
    return "" if claim.support is Support.SUPPORTED else f" [{claim.support.value}: {claim.reason}]"


def _escaped(words: str) -> str:
    """Words in one line that Markdown shows letter for letter."""
    return MARKUP.sub(r"\\\1", _flat(words))


def _address(link: str | None) -> str:
    """A web address as a link; anything else that a file gives as its address as plain words."""
    if not link:
        return ""
    return f" <{link}>" if ADDRESS.fullmatch(link) else f" {_escaped(link)}"


def answer_json(answer: Answer, identity: str | None = None) -> dict[str, Any]:
    """The answer as the documented JSON form."""
    form: dict[str, Any] = {"version": JSON_VERSION}
    if identity is not None:
        form["id"] = identity
    form.update(
        question=answer.question,
        standalone_question=answer.standalone_question,
        status=answer.status.value,
        message=answer.message,
        claims=[_plain(claim) for claim in answer.claims],
        dropped=[_plain(claim) for claim in answer.dropped],
        evidence=[evidence_json(item) for item in answer.evidence],
        against=[_plain(claim) for claim in answer.against],
        tried=answer.tried,
        nearest=[_plain(claim) for claim in answer.nearest],
        provenance=answer.provenance,
    )
    return form


def evidence_json(item: Evidence) -> dict[str, Any]:
    """A retrieved passage as the documented JSON form."""
    return {
        "rank": item.rank,
        **passage_json(item.passage),
        "title": item.document.source.title,
        "file": item.document.name,
        "found_by": item.found_by,
        "scores": item.scores,
    }


def passage_json(passage: Passage) -> dict[str, Any]:
    """A passage as the documented JSON form."""
    return {
        "passage": passage.id,
        "document": passage.document,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "section": " > ".join(passage.section) or None,
        "page": passage.page,
        "speaker": passage.speaker,
        "time": passage.time,
        "sensitivity": passage.sensitivity.value,
    }


def source_json(head: DocumentHead) -> dict[str, Any]:
    """A document's entry as the documented JSON form."""
    return {
        "document": head.id,
        "file": head.name,
        "path": head.path,
        "sensitivity": head.sensitivity.value,
        "is_transcript": head.is_transcript,
        "passages": head.passages,
        "characters": head.characters,
        "warnings": list(head.warnings),
        **_plain(head.source),
    }


def _plain(record: Any) -> Any:
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        return {field.name: _plain(getattr(record, field.name)) for field in dataclasses.fields(record)}
    if isinstance(record, (list, tuple)):
        return [_plain(item) for item in record]
    return getattr(record, "value", record)


def visible(name: str) -> str:
    """A file's name or a title in one line: what cannot be printed stands as its escape, so that no name
    passes for another, or for a line of the report."""
    return "".join(mark if mark.isprintable() else repr(mark)[1:-1] for mark in name)


def _flat(words: str) -> str:
    return " ".join(words.split())
