"""Options that narrow what is looked at, as `search`, `ask` and `mentions` take them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from assistant.index import Generation
    from assistant.records import Filter
    from assistant.settings import Settings

PANEL = "Look only at (repeat an option for several values)"
OPTIONS = {
    "source": "Title or a part of it, file, id.",
    "kind": "As in sources: study, review …",
    "year": "2018, 2015-2020, 2015- or -2020; once.",
    "sector": "Field of practice.",
    "country": "Where it was.",
    "sensitivity": "public, team or restricted.",
    "cluster": "Cluster of conditions.",
    "stance": "enabler, barrier, both or neither.",
    "voice": "participant, authors, cited or other.",
}


def takes_filter(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes the options of a filter too, before its `index`; `filter_given` reads them."""

    @functools.wraps(command)
    def run(**given: Any) -> None:
        command(**{name: value for name, value in given.items() if name not in OPTIONS})

    own = list(inspect.signature(command, eval_str=True).parameters.values())
    at = [parameter.name for parameter in own].index("index")
    signature = inspect.Signature([*own[:at], *map(_parameter, OPTIONS), *own[at:]])
    vars(run)["__signature__"] = signature
    return run


def _parameter(name: str) -> inspect.Parameter:
    option = typer.Option(f"--{name}", help=OPTIONS[name], rich_help_panel=PANEL)
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Parameter(name, kind, default=None, annotation=Annotated[list[str] | None, option])


def filter_given(context: typer.Context, settings: Settings, live: Callable[[], Generation]) -> Filter | None:
    """The filter that a command's options make over the live index; None, and no index is needed, if none is
    given.

    A person is told on stderr how many documents it leaves out because nothing is known of a field. Raises
    BadInput for a value that the index does not know.
    """
    wanted = {field: context.params[field] for field in OPTIONS if context.params.get(field)}
    if not wanted:
        return None
    from assistant.framework import load_framework
    from assistant.index.filtering import filter_of, left_out

    heads = live().heads.values()
    within = filter_of(wanted, heads, load_framework(settings.framework))
    if not context.params.get("as_json"):
        for line in left_out(within, heads):
            typer.echo(line, err=True)
    return within
