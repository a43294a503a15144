"""`assistant search | ask | show`."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from assistant.commands.batch import run_batch
from assistant.commands.explaining import Explanation, explain
from assistant.commands.printing import WIDTH, print_json
from assistant.conversations import Keeping
from assistant.errors import NotFound
from assistant.index import Generation
from assistant.index.corrections import Corrections
from assistant.index.tiers import closed_spans, without_spans
from assistant.pipeline import Assistant
from assistant.questions import checked_question
from assistant.records import Answer, DocumentHead, Evidence, Filter, Passage
from assistant.rendering import (
    CONTROL,
    JSON_VERSION,
    answer_json,
    as_text,
    evidence_json,
    passage_json,
)
from assistant.retrieval import Found

HEX = re.compile(r"[0-9a-fA-F]+")
AROUND = 700


def run_search(
    assistant: Assistant,
    question: str | None,
    limit: int,
    batch: Path | None,
    output: Path | None,
    within: Filter | None = None,
    *,
    explains: bool = False,
    as_json: bool,
) -> None:
    """Print or write the passages found, with `explains` each with why it was."""

    def results(text: str) -> list[dict[str, Any]]:
        found = assistant.search(text, limit, within)
        return [_result_json(*pair) for pair in zip(found.evidence, reasons(found), strict=True)]

    def reasons(found: Found) -> Sequence[Explanation | None]:
        return explain(found) if explains else [None] * len(found.evidence)

    if batch is not None:
        count = run_batch(batch, output, lambda line: {"id": line.id, "results": results(line.question)})
        typer.echo(f"{count} searched into {output}")
        return
    asked = checked_question(question or "")
    if as_json:
        print_json({"version": JSON_VERSION, "question": asked, "results": results(asked)})
        return
    found = assistant.search(asked, limit, within)
    for item, reason in zip(found.evidence, reasons(found), strict=True):
        section = " > ".join(item.passage.section) or "no section"
        typer.echo(f"{item.rank:>2}. {item.document.source.title} — {section}")
        typer.echo(f"    {item.passage.id}, found by {item.found_by}, {item.scores}")
        if reason is not None:
            typer.echo(textwrap.indent(reason.as_text(WIDTH - 6), "      "))
        typer.echo(textwrap.indent(textwrap.fill(" ".join(item.passage.text.split()), WIDTH - 4), "    "))
    if not found.evidence:
        typer.echo("No passage was found." if within is None else "The filter leaves no passage.")


def run_ask(
    assistant: Assistant,
    question: str | None,
    batch: Path | None,
    output: Path | None,
    within: Filter | None = None,
    *,
    keeping: Keeping,
    shows_dropped: bool = False,
    as_json: bool,
) -> None:
    """Print or write the answer, with `shows_dropped` also what was left out of it. One that is printed for a
    person is kept."""
    if batch is not None:
        count = run_batch(
            batch,
            output,
            lambda line: answer_json(assistant.ask(line.question, line.previous, within), line.id),
        )
        typer.echo(f"{count} answered into {output}")
        return
    answer = assistant.ask(question or "", within=within)
    if as_json:
        print_json(answer_json(answer))
    else:
        typer.echo(as_text(answer, WIDTH))
        if shows_dropped:
            typer.echo("\n".join(["", "LEFT OUT", *dropped_lines(answer, WIDTH)]))
        elif answer.dropped:
            typer.echo("(--dropped shows what was left out.)")
        keeping.keep(answer, assistant.index.live)
        if keeping.problem:
            typer.echo(f"assistant: {keeping.problem}", err=True)


def dropped_lines(answer: Answer, width: int) -> list[str]:
    """What was left out of an answer, each claim with the reason; a line that says so if nothing was."""
    lines = []
    for claim in answer.dropped:
        told = f"• {' '.join(claim.text.split())} [{claim.support.value}: {claim.reason}]"
        lines += textwrap.wrap(CONTROL.sub("", told), width, subsequent_indent="  ")
    return lines or ["Nothing."]


def run_show(assistant: Assistant, prefix: str, *, as_json: bool) -> None:
    """Print a passage in its surroundings."""
    generation = assistant.index.live()
    passage = find_passage(generation, prefix)
    head = generation.heads[passage.document]
    before, after = _around(generation, passage)
    if as_json:
        print_json(_show_json(passage, head, before, after))
        return
    typer.echo(f"{head.source.title}\n{head.path}")
    typer.echo(f"section: {' > '.join(passage.section) or 'none'}   page: {passage.page or 'none'}")
    typer.echo(f"offsets: {passage.start}–{passage.end}   sensitivity: {passage.sensitivity.value}\n")
    typer.echo(textwrap.indent(before.strip(), "  "))
    typer.echo(f"\n▶ {passage.text} ◀\n")
    typer.echo(textwrap.indent(after.strip(), "  "))
    typer.echo("\nSentences")
    corrections = Corrections(assistant.index.layout)
    for number, sentence in enumerate(passage.sentences, 1):
        labels = sentence.labels
        kind = sentence.kind.value
        placed = labels.parameter or labels.cluster
        facts = [kind, sentence.voice.value, sentence.speaker, labels.stance.value, placed]
        typer.echo(f"  {number}. [{', '.join(fact for fact in facts if fact)}; by {labels.origin}]")
        if labels.condition:
            typer.echo(f"     condition: {' '.join(labels.condition.split())}")
        if correction := corrections.of(passage.document, sentence):
            typer.echo(f"     corrected by {correction.by}, {correction.date}: {correction.reason}")
        typer.echo(textwrap.indent(textwrap.fill(" ".join(sentence.text.split()), WIDTH - 4), "    "))


def find_passage(generation: Generation, prefix: str) -> Passage:
    """The passage whose id begins with `prefix`. Raises NotFound if none or several do."""
    found = generation.catalogue.ids_like(prefix.lower()) if HEX.fullmatch(prefix) else []
    if not found:
        raise NotFound(f"There is no passage {prefix!r} in the index. `assistant search` prints ids.")
    if len(found) > 1:
        raise NotFound(f"Several passages begin with {prefix!r}: {', '.join(found)}. Give more digits.")
    return generation.catalogue.passages(found)[found[0]]


def _around(generation: Generation, passage: Passage) -> tuple[str, str]:
    """What stands before and after a passage, without what is stricter than the passage itself."""
    catalogue = generation.catalogue
    text = catalogue.text(passage.document)
    first, last = max(0, passage.start - AROUND), min(len(text), passage.end + AROUND)
    spans = closed_spans(text, catalogue.passages_of(passage.document), passage.sensitivity)
    closed = [(max(start, first), min(end, last)) for start, end in spans if start < last and end > first]
    before = [span for span in closed if span[1] <= passage.start]
    return without_spans(text, first, passage.start, before), without_spans(
        text, passage.end, last, [span for span in closed if span[0] >= passage.end]
    )


def _show_json(passage: Passage, head: DocumentHead, before: str, after: str) -> dict[str, Any]:
    return {
        "version": JSON_VERSION,
        **passage_json(passage),
        "title": head.source.title,
        "file": head.name,
        "before": before,
        "after": after,
        "sentences": [
            {
                "start": sentence.start,
                "end": sentence.end,
                "text": sentence.text,
                "voice": sentence.voice.value,
                "speaker": sentence.speaker,
                "section": sentence.section,
                "stance": sentence.labels.stance.value,
                "condition": sentence.labels.condition,
                "cluster": sentence.labels.cluster,
                "parameter": sentence.labels.parameter,
                "kind": sentence.kind.value,
                "origin": sentence.labels.origin,
            }
            for sentence in passage.sentences
        ],
    }


def _result_json(item: Evidence, reason: Explanation | None) -> dict[str, Any]:
    form = evidence_json(item)
    return form if reason is None else {**form, "explanation": reason.as_json()}
