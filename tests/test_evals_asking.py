"""The options that every suite takes, and what is asked of whom by them."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from evals import asking
from evals.__main__ import main
from evals.suites import SUITES, Suite

NAMED = ("answers", "retrieval", "labels", "support", "abstention", "injection", "speed")


def parser_of(suite: Suite) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    suite.add_options(parser)
    asking.add_unused(parser)
    return parser


@pytest.mark.parametrize(
    "suite", [suite for suite in SUITES if suite.name in NAMED], ids=lambda one: one.name
)
def test_every_suite_takes_the_same_options(suite: Suite, capsys: pytest.CaptureFixture[str]) -> None:
    given = [part for option in asking.TAKEN for part in (option, "somewhere")]

    options = parser_of(suite).parse_args(given)
    asking.tell_unused(suite.name, options)

    told = capsys.readouterr().err.splitlines()
    used = [option for option in asking.TAKEN if getattr(options, option[2:], None)]
    assert told == [f"evals: {suite.name} has no use for {o}" for o in asking.TAKEN if o not in used]
    assert {"--cases"} <= set(used)


def test_all_suites_that_are_asked_for_are_there() -> None:
    assert set(NAMED) <= {suite.name for suite in SUITES}


def test_nothing_is_told_of_options_that_were_not_given(capsys: pytest.CaptureFixture[str]) -> None:
    for suite in SUITES:
        if suite.name in NAMED:
            asking.tell_unused(suite.name, parser_of(suite).parse_args([]))

    assert capsys.readouterr().err == ""


def test_an_option_of_no_use_is_told_and_the_suite_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = tmp_path / "claims.jsonl"
    claims.write_text('{"id": "a", "claim": "Soup is served.", "evidence": ["Soup is served daily."]}\n')

    assert main(["support", "--cases", str(claims), "--index", "anywhere"]) == 0
    assert capsys.readouterr().err == "evals: support has no use for --index\n"
