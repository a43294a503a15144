"""What the session of a page takes up after a click elsewhere."""

from __future__ import annotations

from assistant.ui.exchange import Asking, Exchange, to_take_up


def test_what_was_cut_off_is_taken_up_however_often_until_it_is_answered() -> None:
    asking = Asking("What helps?")
    exchanges = [Exchange("What lasts?"), Exchange("What helps?", cut_off=asking)]

    assert to_take_up(exchanges, is_more_asked=False) is asking
    assert to_take_up(exchanges, is_more_asked=False) is asking, "a second click does not lose it"

    exchanges[-1].cut_off = None
    assert to_take_up(exchanges, is_more_asked=False) is None
    assert to_take_up([], is_more_asked=False) is None


def test_what_else_is_asked_leaves_it_stopped() -> None:
    exchanges = [Exchange("What helps?", cut_off=Asking("What helps?"))]

    assert to_take_up(exchanges, is_more_asked=True) is None
    assert (len(exchanges), exchanges[0].cut_off) == (1, None)
