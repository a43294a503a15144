"""Options that narrow what is looked at, as `search`, `ask` and `mentions` take them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.index import Generation
    from assistant.records import Filter
    from assistant.settings import Settings

PANEL = "Look only at (repeat an option for several values)"
FIELDS = ("source", "kind", "year", "sector", "country", "sensitivity", "cluster", "stance", "voice")

SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", help="Title or a part of it, file, id.", rich_help_panel=PANEL),
]
KindOption = Annotated[
    list[str] | None, typer.Option("--kind", help="As in sources: study, review …", rich_help_panel=PANEL)
]
YearOption = Annotated[
    list[str] | None, typer.Option("--year", help="2018, 2015-2020, 2015- or -2020.", rich_help_panel=PANEL)
]
SectorOption = Annotated[
    list[str] | None, typer.Option("--sector", help="Field of practice.", rich_help_panel=PANEL)
]
CountryOption = Annotated[
    list[str] | None, typer.Option("--country", help="Where it was.", rich_help_panel=PANEL)
]
SensitivityOption = Annotated[
    list[str] | None,
    typer.Option("--sensitivity", help="public, team or restricted.", rich_help_panel=PANEL),
]
ClusterOption = Annotated[
    list[str] | None, typer.Option("--cluster", help="Cluster of conditions.", rich_help_panel=PANEL)
]
StanceOption = Annotated[
    list[str] | None,
    typer.Option("--stance", help="enabler, barrier, both or neither.", rich_help_panel=PANEL),
]
VoiceOption = Annotated[
    list[str] | None,
    typer.Option("--voice", help="participant, authors, cited or other.", rich_help_panel=PANEL),
]


def filter_given(context: typer.Context, settings: Settings, live: Callable[[], Generation]) -> Filter | None:
    """The filter that a command's options make over the live index; None, and no index is needed, if none is
    given.

    Raises BadInput for a value that the index does not know.
    """
    wanted = {field: context.params[field] for field in FIELDS if context.params.get(field)}
    if not wanted:
        return None
    from assistant.framework import load_framework
    from assistant.index.filtering import filter_of

    return filter_of(wanted, live().heads.values(), load_framework(settings.framework))
