"""Tables of interview extracts (CSV, TSV): one document a source, one paragraph an extract.

The first line names the columns, in any order and case:

| column | meaning |
|---|---|
| `text`, `extract` or `quote` | the words; required |
| `speaker`, `participant` or `code` | who said them, as a code (`P4`) |
| `source`, `document` or `title` | which document they are from; several values make several documents |
| `theme` or `code_name` | what a researcher coded them as; several with semicolons |
| `time` | when in the recording, `hh:mm:ss` |
| `page` | the page in the source, as printed |
| `url`, `link` or `doi` | where the source is published, if it is |
| `sensitivity` | who may see the extract; the source is as open as its most open one |

Other columns are not read. Columns are parted by commas, semicolons, tabs or pipes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.errors import DocumentRefused
from assistant.reading.building import TextBuilder, document_from
from assistant.reading.decode import decode
from assistant.reading.reader import Reader, ReadOptions
from assistant.reading.sensitivity import sensitivity_of, stated_tier
from assistant.reading.transcript import STAMP, clock, voice_of_speaker
from assistant.records import Block, Coding, Document, Origin, Page, Sensitivity, stricter

COLUMNS = {
    "text": "text", "extract": "text", "quote": "text",
    "speaker": "speaker", "participant": "speaker", "code": "speaker",
    "source": "source", "document": "source", "title": "source",
    "theme": "theme", "code_name": "theme", "code name": "theme",
    "time": "time", "page": "page", "url": "url", "link": "url", "doi": "doi", "sensitivity": "sensitivity",
}  # fmt: skip
SUFFIXES = (".csv", ".tsv")
SEPARATORS = ",;\t|"
# What Excel writes above a table to say how it is parted.
EXCEL_LINE = re.compile(r"^sep=(.)\n", re.IGNORECASE)
Row = dict[str, str]


def _recognises(path: Path, data: bytes) -> bool:
    if path.suffix.lower() in SUFFIXES:
        return True
    if b"\0" in data[:4096]:
        return False
    lines = data[:8192].decode("utf-8-sig", "replace").splitlines()[:2]
    if len(lines) < 2:
        return False
    # Under another name it is a table only if more than its column of words is named.
    names = _names(lines[0], _separator(lines[0]))
    known = {COLUMNS[name] for name in names if name in COLUMNS}
    return "text" in known and len(known) > 1 and all(len(name) < 40 for name in names)


def _read(path: Path, data: bytes, options: ReadOptions) -> tuple[Document, ...]:
    text, warnings = decode(path, data)
    groups: dict[str, list[Row]] = {}
    for row in _rows(path, text):
        groups.setdefault(row.get("source", ""), []).append(row)
    if not groups:
        raise DocumentRefused(path, "a table of extracts without an extract", "check its rows")
    documents = []
    for source, rows in groups.items():
        content = data if len(groups) == 1 else json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()
        document = _document(path, source, rows, hashlib.sha256(content).hexdigest(), warnings)
        name = path.name if len(groups) == 1 else f"{path.name}: {document.source.title}"
        documents.append(replace(document, name=name))
    return tuple(documents)


def _rows(path: Path, text: str) -> list[Row]:
    """The rows with an extract, by the meaning of their columns."""
    excel = EXCEL_LINE.match(text)
    body = text[excel.end() :] if excel else text
    separator = excel[1] if excel else _separator(body.split("\n", 1)[0])
    try:
        table = list(csv.reader(io.StringIO(body), delimiter=separator))
    except (csv.Error, ValueError, TypeError) as error:
        raise DocumentRefused(path, f"a table that cannot be read: {error}", "save it anew as CSV") from error
    names = [_name(name) for name in table[0]]
    if "text" not in {COLUMNS.get(name) for name in names}:
        raise DocumentRefused(
            path,
            f"a table without a column of extracts; its columns are: {', '.join(names[:20])}",
            "name the column with the words `text`, `extract` or `quote`",
        )
    rows = []
    for cells in table[1:]:
        row: Row = {}
        for name, cell in zip(names, cells, strict=False):
            # The first of two columns with the same meaning holds; `code` beside `speaker` says no more.
            if name in COLUMNS and cell.strip():
                row.setdefault(COLUMNS[name], cell.strip())
        if "text" in row:
            rows.append(row)
    return rows


def _document(
    path: Path, source: str, rows: list[Row], document_id: str, warnings: tuple[str, ...]
) -> Document:
    builder = TextBuilder()
    blocks: dict[tuple[str | None, ...], Block] = {}
    tiers: dict[int, list[Sensitivity | None]] = {}
    codings: set[Coding] = set()
    pages: list[Page] = []
    for row in rows:
        # An extract under two themes stands in two rows and is one extract.
        key = tuple(row.get(name) for name in ("text", "speaker", "time", "page"))
        block = blocks.get(key) or _paragraph(builder, row)
        if block is None:
            continue
        stated = stated_tier(path, row["sensitivity"]) if "sensitivity" in row else None
        tiers.setdefault(block.start, []).append(stated)
        if key not in blocks:
            blocks[key] = block
            pages.append(_page(block, row.get("page", ""), len(pages) + 1))
        for theme in row.get("theme", "").split(";"):
            if theme.strip():
                codings.add(Coding(block.start, block.end, builder.tidy(theme)))
    fields: dict[str, Any] = {
        "title": builder.tidy(source) or path.stem,
        "kind": "interview extracts",
        "url": next((row["url"] for row in rows if row.get("url", "").startswith("http")), None),
        "doi": next((row["doi"] for row in rows if "doi" in row), None),
    }
    document = document_from(
        path, document_id, builder, fields, is_transcript=True, warnings=warnings, origin=Origin.HEADER
    )
    return replace(
        _with_tiers(path, document, tiers),
        codings=tuple(sorted(codings, key=lambda coding: (coding.start, coding.end, coding.code))),
        pages=tuple(pages) if any(page.label for page in pages) else (),
    )


def _with_tiers(path: Path, document: Document, stated: dict[int, list[Sensitivity | None]]) -> Document:
    """The document with each extract's tier: the strictest that its rows state, where one states none with
    that of its kind. The folder's holds for all."""
    if not any(any(tiers) for tiers in stated.values()):
        return document
    folder = sensitivity_of(path, {})
    by_start = {
        start: stricter(folder, *(tier or document.sensitivity for tier in tiers))
        for start, tiers in stated.items()
    }
    blocks = (replace(block, sensitivity=by_start.get(block.start)) for block in document.blocks)
    most_open = min(by_start.values(), key=tuple(Sensitivity).index)
    origins = (*document.source.origins, ("sensitivity", Origin.HEADER.value))
    return replace(
        document,
        blocks=tuple(blocks),
        sensitivity=most_open,
        source=replace(document.source, origins=origins),
    )


def _paragraph(builder: TextBuilder, row: Row) -> Block | None:
    speaker = builder.tidy(row.get("speaker", "")).replace("\n", " ") or None
    time = row.get("time", "")
    return builder.paragraph(
        row["text"],
        label=speaker or "",
        speaker=speaker,
        voice=voice_of_speaker(speaker),
        time=clock(time) if re.fullmatch(STAMP, time) else None,
    )


def _page(block: Block, label: str, count: int) -> Page:
    """The page of an extract; one without a page ends the page before it."""
    return Page(
        start=block.start, number=int(label) if re.fullmatch(r"[1-9]\d{0,5}", label) else count, label=label
    )


def _separator(line: str) -> str:
    """The separator under which the most columns of a header are known."""
    return max(SEPARATORS, key=lambda sign: sum(name in COLUMNS for name in _names(line, sign)))


def _names(line: str, separator: str) -> list[str]:
    return [_name(name) for name in line.split(separator)]


def _name(cell: str) -> str:
    return " ".join(cell.strip().strip('"').strip("\ufeff").lower().split())


READER = Reader("table of extracts", SUFFIXES, _recognises, _read, sets_sensitivity=True)
