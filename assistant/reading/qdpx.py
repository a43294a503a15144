"""Projects of programs for qualitative analysis, in the REFI-QDA exchange format (QDPX).

One document a source, from its plain text, with the researchers' codings; a note with text is a
document of the kind `memo`. Transcripts of recordings keep their times. What the project only points
to on somebody's disk is not read. A codebook alone (QDC) holds no documents and is refused.

The standard counts positions in characters of the plain text. Programs differ in whether a Windows
line end is one or two of them: ATLAS.ti counts one, the others two.
"""

from __future__ import annotations

import bisect
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from assistant.errors import DocumentRefused
from assistant.reading.archive import Archive, directory_of
from assistant.reading.decode import decode_exactly
from assistant.reading.header import split_plain_header, with_origin
from assistant.reading.invisible import Cleaned, clean
from assistant.reading.plain import TALK, read_plain
from assistant.reading.reader import Reader, ReadOptions
from assistant.reading.sensitivity import sensitivity_of
from assistant.reading.transcript import clock
from assistant.reading.xml import attribute, local_name, parse_xml
from assistant.records import Block, Coding, Document, Origin

NAMESPACE = b"urn:QDA-XML:"
COUNTS_LINE_END_ONCE = re.compile(r"atlas", re.IGNORECASE)
INTERNAL = re.compile(r"^internal:/*(?P<name>.+)$", re.IGNORECASE)
FOLDERS = ("sources/", "Sources/", "")
# Elements that hold plain text, and whether it is a recording's transcript.
TEXTS = {"TextSource": False, "Representation": False, "Transcript": True}
SHOWN = 3


def _recognises(path: Path, data: bytes) -> bool:
    is_project = b".qde" in directory_of(data).lower()
    return is_project or (data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<" and NAMESPACE in data[:4096])


def _read(path: Path, data: bytes, options: ReadOptions) -> tuple[Document, ...]:
    if not data.startswith(b"PK"):
        _refuse_part(path, data)
    archive = Archive(path, data)
    name = next((name for name in archive.names if name.lower().endswith(".qde")), "project.qde")
    project = _Project(path, archive, parse_xml(path, archive.read(name), name))
    documents: dict[str, Document] = {}
    left_out: list[str] = []
    for member in project.members():
        try:
            document = project.document(member)
        except DocumentRefused as refusal:
            left_out.append(f"{member.name} ({refusal.reason})")
            continue
        twin = documents.get(document.id)
        if twin is not None:
            codings = _in_order({*twin.codings, *document.codings})
            document = replace(twin, codings=codings)
        documents[document.id] = document
    missing = _missing(left_out)
    if not documents:
        raise DocumentRefused(
            path,
            "; ".join(("a project without a text that can be read", *missing)),
            "export it with its sources in the project file",
        )
    first, *others = documents.values()
    return replace(first, warnings=first.warnings + missing), *others


def _refuse_part(path: Path, data: bytes) -> None:
    root = parse_xml(path, data, path.name)
    if local_name(root) == "CodeBook":
        raise DocumentRefused(
            path,
            "a codebook: it holds codes and no documents",
            "export the project itself as .qdpx to read its coded sources",
        )
    raise DocumentRefused(path, "a project's inner file without its sources", "give the .qdpx file")


def _missing(left_out: list[str]) -> tuple[str, ...]:
    named = ", ".join(left_out[:SHOWN]) + (", …" if len(left_out) > SHOWN else "")
    return (f"{len(left_out)} sources of the project were left out: {named}",) if left_out else ()


@dataclass(frozen=True, slots=True)
class _Member:
    """An element that holds or points to a plain text, and the name that the project gives it."""

    element: Any
    name: str
    is_memo: bool = False
    is_recording: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """A member's bytes, its text as positions count it, and the same cleaned."""

    data: bytes
    counted: str
    cleaned: Cleaned
    warnings: tuple[str, ...]


class _Project:
    """An opened project."""

    def __init__(self, path: Path, archive: Archive, root: Any) -> None:
        self._path = path
        self._archive = archive
        self._root = root
        self._counts_once = bool(COUNTS_LINE_END_ONCE.search(attribute(root, "origin") or ""))
        self._codes = {
            _guid(attribute(code, "guid")): " ".join((attribute(code, "name") or "").split())
            for code in root.iter()
            if local_name(code) == "Code"
        }

    def members(self) -> Iterator[_Member]:
        """Sources in the project's order, then notes with text."""
        for group in self._root:
            if local_name(group) == "Sources":
                for count, source in enumerate(group, 1):
                    name = _line(attribute(source, "name")) or f"source {count}"
                    yield from _texts_of(source, name)
        for group in self._root:
            if local_name(group) == "Notes":
                for count, note in enumerate(group, 1):
                    name = _line(attribute(note, "name")) or f"memo {count}"
                    if self._has_text(note):
                        yield _Member(note, name, is_memo=True)

    def document(self, member: _Member) -> Document:
        """A member as a Document. Raises DocumentRefused if its text is not there or cannot be read."""
        text = self._text(member.element)
        words = text.cleaned.text.replace("\r", "\n")
        told = member.is_recording or (not member.is_memo and bool(TALK.search(member.name)))
        document = read_plain(
            self._path,
            words,
            hashlib.sha256(text.data).hexdigest(),
            text.warnings + text.cleaned.warnings,
            told=told,
        )
        fields, _ = split_plain_header(words)
        source = replace(document.source, title=str(fields.get("title") or member.name))
        if member.is_memo:
            source = replace(source, kind="memo")
        codings, lost = self._codings(member.element, text)
        if lost:
            warning = f"{lost} codings of {member.name} lie outside its text and were left out"
            document = replace(document, warnings=(*document.warnings, warning))
        return replace(
            document,
            name=f"{self._path.name}: {member.name}",
            source=with_origin(source, Origin.HEADER, "title", "kind"),
            codings=codings,
            blocks=self._timed(document.blocks, member.element, text),
            sensitivity=sensitivity_of(self._path, fields, from_participants=True, link=source.link),
        )

    def _has_text(self, element: Any) -> bool:
        return bool(attribute(element, "plainTextPath") or _content(element).strip())

    def _text(self, element: Any) -> _Text:
        inside = _content(element)
        data, found = inside.encode(), inside
        warnings: tuple[str, ...] = ()
        if not inside.strip():
            data = self._stored(attribute(element, "plainTextPath"))
            found, warnings = decode_exactly(self._path, data)
        counted = found.replace("\r\n", "\n") if self._counts_once else found
        return _Text(data, counted, clean(counted), warnings)

    def _stored(self, address: str | None) -> bytes:
        """The bytes of a file in the project. Raises DocumentRefused for one that lies elsewhere."""
        if not address:
            raise DocumentRefused(self._path, "no plain text")
        internal = INTERNAL.match(address.replace("\\", "/"))
        if internal is None:
            raise DocumentRefused(self._path, "its text lies outside of the project")
        for folder in FOLDERS:
            name = folder + unquote(internal["name"])
            if name in self._archive:
                return self._archive.read(name)
        raise DocumentRefused(self._path, "its text is missing from the project")

    def _codings(self, element: Any, text: _Text) -> tuple[tuple[Coding, ...], int]:
        """The codings of a source, and how many lie outside its text."""
        points = _sync_points(element)
        found: set[Coding] = set()
        lost = 0
        for selection in element:
            name = local_name(selection)
            if name == "Coding":
                start, end = 0, len(text.counted)
                codes = [selection]
            elif name in ("PlainTextSelection", "TranscriptSelection"):
                start, end = _positions(selection, points)
                codes = [child for child in selection if local_name(child) == "Coding"]
            else:
                continue
            for code in filter(None, map(self._code, codes)):
                if 0 <= start < end <= len(text.counted):
                    found.add(_coding(text, start, end, code))
                else:
                    lost += 1
        return _in_order(coding for coding in found if coding.start < coding.end), lost

    def _code(self, coding: Any) -> str | None:
        reference = next((child for child in coding if local_name(child) == "CodeRef"), None)
        return self._codes.get(_guid(attribute(reference, "targetGUID"))) if reference is not None else None

    @staticmethod
    def _timed(blocks: tuple[Block, ...], element: Any, text: _Text) -> tuple[Block, ...]:
        """Blocks of a recording's transcript with the time of the last point before them."""
        points = sorted((position, stamp) for position, stamp in _sync_points(element).values() if stamp)
        if not points:
            return blocks
        places = [text.cleaned.at(position) for position, _ in points]
        timed = []
        for block in blocks:
            before = bisect.bisect_right(places, block.start) - 1
            timed.append(replace(block, time=block.time or (points[before][1] if before >= 0 else None)))
        return tuple(timed)


def _texts_of(source: Any, name: str) -> Iterator[_Member]:
    """The elements with plain text of one source: itself, or what a PDF or recording holds of it."""
    found = [element for element in source.iter() if local_name(element) in TEXTS]
    for count, element in enumerate(found, 1):
        numbered = name if count == 1 else f"{name} ({count})"
        yield _Member(element, numbered, is_recording=TEXTS[local_name(element)])
    if not found and local_name(source) != "PictureSource":
        yield _Member(source, name)


def _sync_points(element: Any) -> dict[str, tuple[int, str | None]]:
    """Points that tie a transcript to its recording: position in the text and time."""
    points = {}
    for point in element:
        position, milliseconds = attribute(point, "position"), attribute(point, "timeStamp")
        if local_name(point) == "SyncPoint" and position and position.isdecimal():
            seconds = _number(milliseconds)
            stamp = clock(f"00:00:{seconds // 1000}") if seconds >= 0 else None
            points[_guid(attribute(point, "guid"))] = (int(position), stamp)
    return points


def _positions(selection: Any, points: dict[str, tuple[int, str | None]]) -> tuple[int, int]:
    """Where a selection starts and ends; (-1, -1) if it does not say."""
    given = _number(attribute(selection, "startPosition")), _number(attribute(selection, "endPosition"))
    if min(given) >= 0:
        return given
    start = points.get(_guid(attribute(selection, "fromSyncPoint")))
    end = points.get(_guid(attribute(selection, "toSyncPoint")))
    return (start[0], end[0]) if start and end else (-1, -1)


def _coding(text: _Text, start: int, end: int, code: str) -> Coding:
    """A coding by offsets in the cleaned text, without white space at its ends."""
    begin, finish = text.cleaned.at(start), text.cleaned.at(end)
    words = text.cleaned.text[begin:finish]
    begin += len(words) - len(words.lstrip())
    return Coding(start=begin, end=max(begin, begin + len(words.strip())), code=code)


def _in_order(codings: Iterable[Coding]) -> tuple[Coding, ...]:
    return tuple(sorted(codings, key=lambda coding: (coding.start, coding.end, coding.code)))


def _content(element: Any) -> str:
    found = next((child for child in element if local_name(child) == "PlainTextContent"), None)
    return "".join(found.itertext()) if found is not None else ""


def _guid(given: str | None) -> str:
    return (given or "").strip("{} ").lower()


def _number(given: str | None) -> int:
    """A count that an attribute gives; -1 if it gives none."""
    return int(given) if given and given.isdecimal() and len(given) < 13 else -1


def _line(given: str | None) -> str:
    return " ".join(clean(given or "").text.split())


READER = Reader("REFI-QDA project", (".qdpx", ".qdc"), _recognises, _read, sets_sensitivity=True)
