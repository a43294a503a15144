"""What a click does to the session's state is done whole, whatever else is clicked meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from streamlit.runtime.scriptrunner import RerunException

P = ParamSpec("P")


def whole(change: Callable[P, None]) -> Callable[P, None]:
    """A change of the session's state, made from its start again until it comes to its end.

    Streamlit ends a run at any look at the state once something else has been clicked, in a callback too: what was
    typed or chosen was then lost with it. It does so once for each click; the last is handed on when the change is
    made. The change must come to the same when it is begun twice.
    """

    @wraps(change)
    def made(*args: P.args, **kwargs: P.kwargs) -> None:
        cut_off: RerunException | None = None
        while True:
            try:
                change(*args, **kwargs)
                break
            except RerunException as error:
                cut_off = error
        if cut_off is not None:
            raise cut_off

    return made
