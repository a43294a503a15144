"""`sources.toml`: what a researcher states of files, a table for each file or group of them.

["Example 2019.pdf"]
study_group = "valley-pilots"
kind = "interview study"

["interviews/*.vtt"]
sensitivity = "restricted"
"""

from __future__ import annotations

import difflib
import tomllib
from typing import Any

from assistant.bibliography.entries import FIELDS, LISTS, Table, plain_doi, tidy
from assistant.notation import YEAR_OF_A_WORK
from assistant.records import PART_FIELDS, Extent, Sensitivity, part_of

# Fields that a table which cannot be read may hold.
CLOSES = ("sensitivity", *PART_FIELDS)


def tables_of(text: str) -> list[Table]:
    """The tables in order; a field without a value is as if it were not there.

    `gaps` may be empty: it then says that there are none. Raises ValueError with what is wrong and where.
    """
    try:
        form = tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("its lists are nested too deeply") from error
    return [Table(tidy(pattern), _fields(pattern, table)) for pattern, table in form.items()]


def _fields(pattern: str, table: Any) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise ValueError(f'{pattern} stands outside a table; write it below a file\'s name, ["paper.pdf"]')
    fields = {}
    for name, value in table.items():
        where = f'{name} of ["{pattern}"]'
        if name not in FIELDS:
            raise ValueError(f"{where} is not known{_meant(pattern, name, value)}")
        found = _list(where, value) if name in LISTS else _value(where, name, value)
        if name in PART_FIELDS:
            _check_parts(where, found, PART_FIELDS[name])
        if found or (name == "gaps" and value == []):
            fields[name] = found
    return fields


def _meant(pattern: str, name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f'; put a file\'s name in quotes: ["{pattern}.{name}"]'
    close = difflib.get_close_matches(name, FIELDS, 1)
    return f"; did you mean {close[0]}?" if close else f"; known: {', '.join(FIELDS)}"


def _list(where: str, value: Any) -> list[str]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ValueError(f"{where} must be a list of texts")
    return [item for item in map(tidy, items) if item]


def _check_parts(where: str, parts: list[str], tier: Sensitivity) -> None:
    for words in parts:
        try:
            part_of(words, tier)
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from None


def _value(where: str, name: str, value: Any) -> Any:
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise ValueError(f"{where} must be a text")
    words = tidy(value)
    if not words:
        return None
    if name == "year":
        if not YEAR_OF_A_WORK.fullmatch(words):
            raise ValueError(f"{where} must be a year")
        return int(words)
    if name == "doi":
        if not plain_doi(words):
            raise ValueError(f"{where} must be a DOI (10.…/…)")
        return plain_doi(words)
    for field, values in (("read", list(Extent)), ("sensitivity", list(Sensitivity))):
        if name == field and words not in values:
            raise ValueError(f"{where} must be one of: {', '.join(values)}")
    return words


def restricting() -> Table:
    """The table that stands for one that cannot be read and might restrict who sees the files."""
    return Table("*", {"sensitivity": Sensitivity.RESTRICTED.value})
