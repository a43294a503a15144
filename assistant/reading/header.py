"""What a file says about itself: YAML front matter, or `Key: value` lines above a dashed line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import DocumentRefused
from assistant.notation import DOI_IN_TEXT, YEAR
from assistant.records import PART_FIELDS, Extent, Origin, Source, part_of

RULE = re.compile(r"^-{5,}\s*$", re.MULTILINE)
PAIR = re.compile(r"^([A-Z][A-Za-z ]{1,30}):\s*(.*)$")
DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s;,)]+")
PRINTED_YEAR = re.compile(rf"\b{YEAR}\b")
NOT_GIVEN = re.compile(r"^(?:authors?|names?) (?:are |is )?(?:not|un)", re.IGNORECASE)
UNTITLED = re.compile(r"^\[title not [^\]]*\]\s*")

# Keys of the plain header, and the fields they fill.
PLAIN_KEYS = {
    "title", "subtitle", "authors", "author", "year", "source", "kind", "licence", "licence stated",
    "url", "doi", "sector", "country", "method", "n", "read", "study group", "interest",
    "sensitivity", "restricted parts", "team parts", "repository",
}  # fmt: skip

# The fields of a Source that describe a work.
DESCRIBED = (
    "title", "authors", "year", "doi", "url", "licence", "kind", "sector", "country", "method", "n", "read",
    "study_group", "interest", "gaps", *PART_FIELDS,
)  # fmt: skip


def split_front_matter(path: Path, text: str) -> tuple[dict[str, Any], int]:
    """The YAML between two `---` lines at the top, and where the body starts; ({}, 0) without one."""
    if not text.startswith("---\n"):
        return {}, 0
    end = re.compile(r"^---[ \t]*$", re.MULTILINE).search(text, 4)
    if end is None:
        return {}, 0
    try:
        fields = _front_matter(text[4 : end.start()]) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise DocumentRefused(
            path, f"its front matter is not valid YAML: {_first_line(error)}", "mend the front matter"
        ) from error
    if not isinstance(fields, dict):
        raise DocumentRefused(path, "its front matter is not a list of fields", "write `key: value`")
    return {str(key).replace(" ", "_").lower(): value for key, value in fields.items()}, end.end()


def _front_matter(words: str) -> Any:
    """YAML without aliases, which can make a small file huge. Raises YAMLError and ValueError."""
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(words, Loader=yaml.SafeLoader)):
        raise yaml.YAMLError("it refers to itself (an alias, `*name`)")
    return yaml.safe_load(words)


def split_plain_header(text: str) -> tuple[dict[str, Any], int]:
    """`Key: value` lines at the top that end in a line of dashes, and where the body starts."""
    rule = RULE.search(text, 0, 4000)
    if rule is None:
        return {}, 0
    lines = text[: rule.start()].splitlines()
    if any(line.strip() and PAIR.match(line.strip()) is None for line in lines):
        return {}, 0
    # A key that is not known is no reason to lose the others, its sensitivity above all.
    fields = fields_in(lines)
    return (fields, rule.end()) if fields.keys() & {"title", "sensitivity"} else ({}, 0)


def fields_in(lines: Iterable[str]) -> dict[str, Any]:
    """Fields of the plain header among lines that hold other things too, such as a file's comments."""
    pairs = (PAIR.match(line.strip()) for line in lines)
    return {
        pair[1].lower().replace(" ", "_"): pair[2].strip()
        for pair in pairs
        if pair and pair[2].strip() and pair[1].lower() in PLAIN_KEYS
    }


def source_from(
    path: Path, fields: dict[str, Any], title: str, origins: Mapping[str, Origin] | None = None
) -> Source:
    """A Source from header fields; `title` is used where the header gives none.

    `origins` tells where fields come from that the file's own header does not give.
    """
    authors = _names(fields.get("authors") or fields.get("author"))
    unknown = any(NOT_GIVEN.search(name) for name in authors)
    where = str(fields.get("source") or "")
    doi = fields.get("doi") or next(iter(DOI_IN_TEXT.findall(where)), None)
    url = fields.get("url") or next((found.rstrip(".") for found in ADDRESS.findall(where)), None)
    year = fields.get("year")
    read = str(fields.get("read") or "").lower()
    source = Source(
        title=UNTITLED.sub("", str(fields.get("title") or title)).strip(),
        authors=() if unknown else authors,
        year=_year(year),
        doi=DOI_PREFIX.sub("", str(doi)).strip().rstrip(".") if doi else None,
        url=str(url) if url else None,
        licence=_text(fields.get("licence") or fields.get("licence_stated")),
        kind=_text(fields.get("kind")),
        sector=_names(fields.get("sector")),
        country=_names(fields.get("country")),
        method=_text(fields.get("method")),
        n=_text(fields.get("n")),
        read=_extent(path, read, str(fields.get("kind") or "")),
        study_group=_text(fields.get("study_group")),
        interest=_text(fields.get("interest")),
        gaps=_names(fields.get("gaps")),
        restricted_parts=_parts(path, "restricted_parts", fields),
        team_parts=_parts(path, "team_parts", fields),
        missing=_names(fields.get("missing")) + (("authors",) if unknown else ()),
    )
    known = {"title": Origin.HEADER if fields.get("title") else Origin.TEXT, **(origins or {})}
    if source.title == path.stem:
        known["title"] = Origin.FILE_NAME
    given = [name for name in DESCRIBED if source.gives(name)]
    given += ["sensitivity"] if fields.get("sensitivity") else []
    return replace(source, origins=tuple((name, known.get(name, Origin.HEADER).value) for name in given))


def _parts(path: Path, name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
    parts = _names(fields.get(name))
    try:
        for words in parts:
            part_of(words, PART_FIELDS[name])
    except ValueError as error:
        raise DocumentRefused(path, f"of its {name.replace('_', ' ')} {error}") from None
    return parts


def with_origin(source: Source, origin: Origin, *fields: str) -> Source:
    """The source with `origin` for those of these fields that it gives."""
    given = {name: origin.value for name in fields if source.gives(name)}
    return replace(source, origins=tuple((dict(source.origins) | given).items()))


def _extent(path: Path, stated: str, kind: str) -> Extent:
    if stated:
        try:
            return Extent(stated)
        except ValueError:
            raise DocumentRefused(
                path, f"what was read is given as {stated!r}", f"write one of: {', '.join(Extent)}"
            ) from None
    kind = kind.lower()
    if "full text" in kind and "near" not in kind:
        return Extent.FULL
    if "abstract" in kind and "passages" not in kind:
        return Extent.ABSTRACT
    if re.search(r"cut short|start of|opening|near full|passages|extract|part", kind):
        return Extent.PART
    return Extent.UNKNOWN


def _year(value: Any) -> int | None:
    found = PRINTED_YEAR.search(str(value)) if value is not None else None
    return int(found.group()) if found else None


def _names(value: Any) -> tuple[str, ...]:
    """A list as given, or a line split at semicolons, else at commas."""
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(str(item).strip() for item in value if str(item).strip())
    separator = ";" if ";" in str(value) else ","
    return tuple(part.strip() for part in str(value).split(separator) if part.strip())


def _text(value: Any) -> str | None:
    return str(value).strip() or None if value is not None else None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
