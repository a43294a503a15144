"""Commands that find evidence, as the command line offers them: `assistant search | mentions | ask`.

The options of a filter are read from the context, all together. Heavy modules are imported inside the
commands, so that `assistant --help` is quick.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.filters import filter_given, takes_filter
from assistant.commands.options import (
    DebugOption,
    IndexOption,
    JsonOption,
    NoSaveOption,
    plain_errors,
    settings_of,
)
from assistant.commands.sending import PreviewOption

LimitOption = Annotated[int, typer.Option("--limit", min=1, max=200, help="How many passages.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command()(search)
    app.command()(mentions)
    app.command()(ask)


@takes_filter
def search(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="Question or words.")] = None,
    limit: LimitOption = 10,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why each passage stands where it does.")
    ] = False,
    batch: Annotated[Path | None, typer.Option("--batch", help="JSON Lines with id and question.")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="Where batch results go.")] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Passages for a question, best first."""
    with plain_errors(context, debug):
        from assistant.commands.reading import run_search
        from assistant.pipeline import open_assistant

        settings = settings_of(context, index)
        assistant = open_assistant(settings, for_one_question=batch is None)
        run_search(
            assistant,
            question,
            limit,
            batch,
            output,
            filter_given(context, settings, assistant.index.live),
            explains=explain,
            as_json=as_json,
        )


@takes_filter
def mentions(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help='Words that must all stand there: "trust in leaders".')],
    page: Annotated[int, typer.Option("--page", min=1, help="Which page.")] = 1,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many passages a page.")] = 20,
    index: IndexOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Every passage that speaks of something, with counts of who does and who does not; no model."""
    with plain_errors(context, debug):
        from assistant.commands.mentioning import Page, run_mentions
        from assistant.framework import load_framework
        from assistant.index import Generation
        from assistant.index.generations import Layout

        settings = settings_of(context, index)
        generation = Generation(Layout(settings.index).live())
        within = filter_given(context, settings, lambda: generation)
        framework = load_framework(settings.framework)
        run_mentions(generation, framework, words, within, Page(page, limit), as_json=as_json)


@takes_filter
def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", help="JSON Lines with id, question, previous.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", help="Where batch answers go.")] = None,
    preview: PreviewOption = False,
    dropped: Annotated[
        bool, typer.Option("--dropped", help="Show what was left out of the answer, and why.")
    ] = False,
    no_save: NoSaveOption = False,
    index: IndexOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Answer a question from the evidence, with citations."""
    with plain_errors(context, debug):
        from assistant.commands.previewing import run_preview
        from assistant.commands.reading import run_ask
        from assistant.confidentiality.preview import Preview
        from assistant.conversations import Keeping
        from assistant.pipeline import open_assistant

        settings = settings_of(context, index)
        record = Preview() if preview else None
        assistant = open_assistant(settings, for_one_question=batch is None, record=record)
        if record is not None:
            within = filter_given(context, settings, assistant.index.live)
            run_preview(assistant, record, question or "", within, as_json=as_json)
            return
        run_ask(
            assistant,
            question,
            batch,
            output,
            filter_given(context, settings, assistant.index.live),
            keeping=Keeping.of(
                settings.index, settings.user, saves=settings.save_conversations and not no_save
            ),
            shows_dropped=dropped,
            as_json=as_json,
        )
