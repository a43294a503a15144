"""Files and functions stay short enough to be read at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 50
FILES = sorted(path for folder in ("assistant", "evals", "tests") for path in (ROOT / folder).rglob("*.py"))


def functions(text: str) -> Iterator[tuple[str, int]]:
    """Name and lines of each function, its decorators left out."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert node.end_lineno is not None
            yield node.name, node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("folder", ["assistant", "evals", "tests"])
def test_no_file_is_longer_than_300_lines(folder: str) -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in FILES
        if path.is_relative_to(ROOT / folder)
    }

    assert lengths
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


@pytest.mark.parametrize("folder", ["assistant", "evals", "tests"])
def test_no_function_is_longer_than_50_lines(folder: str) -> None:
    long = {
        f"{path.relative_to(ROOT)}: {name}": length
        for path in FILES
        if path.is_relative_to(ROOT / folder)
        for name, length in functions(path.read_text(encoding="utf-8"))
        if length > MOST_LINES_OF_A_FUNCTION
    }

    assert long == {}


def test_the_lines_of_a_function_are_counted_from_its_name_to_its_end() -> None:
    text = "@wrapped\n@twice\ndef outer(\n    a,\n):\n    def inner():\n        pass\n    return inner\n"

    assert dict(functions(text)) == {"outer": 6, "inner": 2}
