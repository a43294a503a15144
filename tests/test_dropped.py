"""What is left out of an answer: counted, shown on demand with the reason; what is borne out in part: marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.commands.reading import run_ask
from assistant.conversations import Keeping
from tests import studies
from tests.builders import assistant_over
from tests.fakes import FakeEncoder, QueuedChatModel

GOOD = "+ Teams keep the lantern model alive with weekly coaching [1]"
WRONG = "+ Weekly coaching helps 73 teams keep the model\x1b alive [1]"
PARTLY = "+ Weekly coaching helps teams bake wholemeal bread quickly [1]"


def printed(root: Path, capsys: pytest.CaptureFixture[str], *lines: str, shows_dropped: bool) -> list[str]:
    model = QueuedChatModel("\n".join(lines))
    small = assistant_over(root, FakeEncoder(), studies.FILES, model)
    keeping = Keeping.of(root / "index", "somebody", saves=False)
    run_ask(small, studies.LANTERN, None, None, keeping=keeping, shows_dropped=shows_dropped, as_json=False)
    return capsys.readouterr().out.splitlines()


def test_what_is_dropped_is_counted_and_shown_on_demand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = printed(tmp_path / "a", capsys, GOOD, WRONG, shows_dropped=False)
    whole = printed(tmp_path / "b", capsys, GOOD, WRONG, shows_dropped=True)

    assert "1 claim(s) dropped because their sources do not bear them out." in short
    assert short[-1] == "(--dropped shows what was left out.)"
    assert "73" not in " ".join(short)
    told = " ".join(" ".join(whole[whole.index("LEFT OUT") :]).split())
    assert "unsupported: the number 73 is not in the cited sentences" in told
    assert "\x1b" not in told


def test_an_answer_of_which_nothing_was_dropped_says_so_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(tmp_path, capsys, GOOD, shows_dropped=True)

    assert lines[-2:] == ["LEFT OUT", "Nothing."]


def test_what_is_borne_out_in_part_is_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = " ".join(" ".join(printed(tmp_path, capsys, GOOD, PARTLY, shows_dropped=False)).split())

    assert "bake wholemeal bread quickly [partly: only part of it stands in the cited sentences]" in told
