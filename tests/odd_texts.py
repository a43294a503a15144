"""Long texts that no one writes and a file can hold: they make careless patterns run for hours."""

from __future__ import annotations

LENGTH = 20_000
UNITS = (
    "a", "A", "é", "中", "1", "1.", "1,", ".", ". ", "-", "- ", "|", "| a ", " ", "\n", " \n", "\t", "#", " #",
    '"', "'", "‘", "“”", "(", ")", "()", "[", "[1,", "[1]", "(P1", "(P1) ", "a: ", "A: ", "A b ", "AB - X ",
    "not ", "not not not ", "lack of ", "reduce ", "if ", "if not ", "without ", "make ", "why do ", "what does ",
    "Smith and ", "(Smith 2020", "http://", "cookies ", "a:b; ", "factors that ", "according to ", "n’t ",
)  # fmt: skip
# What has to come first for some patterns to set out.
STARTS = ("", "# a", "[a: b]", "(P1)", "---", "1. ", "if a ", "not ", "‘", "A: ", "10.1000/")
ENDS = ("", "!", "\nx")


def odd_text(unit: str, start: str = "", end: str = "", length: int = LENGTH) -> str:
    """One unit over and over, `length` characters of it."""
    return start + (unit * (length // len(unit) + 1))[:length] + end
