"""CSL-JSON, as Zotero exports it."""

from __future__ import annotations

import json
import re
from typing import Any

from assistant.bibliography.entries import Entry, entry_of

KINDS = {
    "article-journal": "journal article", "article-magazine": "magazine article", "article-newspaper": "news",
    "article": "article", "report": "report", "chapter": "book chapter", "book": "book", "thesis": "thesis",
    "paper-conference": "conference paper", "webpage": "web page", "post-weblog": "blog post",
    "manuscript": "unpublished work", "pamphlet": "pamphlet", "legislation": "legislation",
}  # fmt: skip
TAG = re.compile(r"</?(?:i|b|sub|sup|span)\b[^<>]{0,100}>")


def items_of(text: str) -> list[dict[str, Any]] | None:
    """The items of a CSL-JSON text; None if it is something else. Raises ValueError if it is no JSON."""
    try:
        form = json.loads(text)
    except RecursionError as error:
        raise ValueError("its lists are nested too deeply") from error
    if isinstance(form, dict):
        form = form.get("items", form.get("references"))
    if not isinstance(form, list) or not form:
        return None
    items = [item for item in form if isinstance(item, dict)]
    return items if len(items) == len(form) and all(_is_item(item) for item in items) else None


def entries_of(items: list[dict[str, Any]]) -> list[Entry]:
    """The entries of the items of a CSL-JSON file."""
    return [_entry(item) for item in items]


def _is_item(item: dict[str, Any]) -> bool:
    return isinstance(item.get("type"), str) and bool({"id", "title", "DOI"} & item.keys())


def _entry(item: dict[str, Any]) -> Entry:
    names = item.get("author") or item.get("editor") or []
    return entry_of(
        _attachments(item),
        title=TAG.sub("", _text(item.get("title"))),
        authors=[_name(name) for name in names] if isinstance(names, list) else (),
        year=_year(item.get("issued")),
        doi=_text(item.get("DOI")),
        url=_text(item.get("URL")),
        licence=_text(item.get("license")),
        kind=KINDS.get(_text(item.get("type"))),
    )


def _name(name: Any) -> str:
    if not isinstance(name, dict):
        return ""
    particle = _text(name.get("non-dropping-particle"))
    family = f"{particle} {_text(name.get('family'))}".strip()
    parts = [part for part in (family, _text(name.get("given"))) if part]
    return _text(name.get("literal")) or ", ".join(parts)


def _year(issued: Any) -> str:
    if not isinstance(issued, dict):
        return ""
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return str(parts[0][0])
    return _text(issued.get("raw")) or _text(issued.get("literal"))


def _attachments(item: dict[str, Any]) -> list[str]:
    """Paths of the files of an item, which some exporters add."""
    found = item.get("attachments")
    files = [file for file in found if isinstance(file, dict)] if isinstance(found, list) else []
    return [_text(file.get("localPath") or file.get("path")) for file in files]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
