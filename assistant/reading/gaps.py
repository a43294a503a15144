"""Holes in a document that its own text gives away: what it speaks of and does not hold.

Each finding is worded for the person who reads an answer. What may as well be the author's manner, or an
accident of how the file was read, is not reported: a false alarm beside an answer costs more than a hole
that is not named. What is a hole of one section begins with `section “its heading”`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.notation import YEAR
from assistant.reading.header import with_origin
from assistant.reading.structure import KNOWN_HEADINGS, TRAILING_CODE, is_reference_heading
from assistant.records import Block, BlockKind, Document, Origin

NUMBER = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+\S")
# A section that begins so goes on with something; "However, …" may be anyone's manner.
OPENS_SMALL = re.compile(r"[a-z]{2,}[ ,]")
ENDS_OPEN = re.compile(r"(?:\b[a-z]+|,)$")
ADDRESS = re.compile(r"\S[@./]\S+$")
EXHIBIT = r"(?P<kind>(?i:table|figure|fig\.))\s+(?P<number>[1-9]\d?)(?!\d|\.\d)"
MENTION = re.compile(rf"\b{EXHIBIT}(?=(?P<after>.{{0,12}}))", re.DOTALL)
# "Table 2 in Example (2010)" and "their Figure 1" are another work's.
ELSEWHERES = re.compile(r"^[a-z]?\)?,?\s+(?:in|of|from)\s+(?!this\s|our\s)")
CAPTION = re.compile(
    rf"^(?:[#*_>\[(|]|[^\S\n])*{EXHIBIT}[a-z]?\s*(?:[.:|–—*_)\]-]|$|\s+(?=[A-Z‘“\"]))", re.MULTILINE
)
CITED = re.compile(r"\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20})\]")
ENTRY = re.compile(rf"^\W{{0,2}}\d{{1,3}}[\].)]?\s+\D.{{20,}}\b{YEAR}\b", re.MULTILINE)
# Numbers in square brackets from this many different ones on are citations.
MIN_CITED, MIN_ENTRIES = 8, 5
MIN_SIBLINGS = 3
MIN_WORDS = 12
MIN_OTHERS = 3


def with_gaps(document: Document) -> Document:
    """The document with the holes that are found in it added to those that it states."""
    if document.source.is_note or document.is_transcript:
        return document
    found = [gap for gap in gaps_in(document) if gap not in document.source.gaps]
    if not found:
        return document
    source = replace(document.source, gaps=(*document.source.gaps, *found))
    is_stated = dict(source.origins).get("gaps") == Origin.HEADER
    return replace(document, source=source if is_stated else with_origin(source, Origin.READING, "gaps"))


def gaps_in(document: Document) -> list[str]:
    """Holes in a document, in words."""
    body = [block for block in document.blocks if block.kind is not BlockKind.FURNITURE]
    if not body:
        return []
    return [
        *_torn_sections(document, body),
        *_missing_sections(document),
        *_missing_exhibits(document, body),
        *_missing_references(document, body),
        *_torn_end(document, body),
    ]


def _torn_sections(document: Document, body: Sequence[Block]) -> Iterator[str]:
    """Sections whose first words go on with something that is not there."""
    opening = [
        (block.section[-1], document.text[block.start : block.end])
        for before, block in zip([None, *body], body, strict=False)
        if block.kind is BlockKind.PROSE
        and block.section
        and _is_sure(block.section[-1])
        and (before is None or before.section != block.section)
    ]
    quoting = [title for title, words in opening if TRAILING_CODE.search(words)]
    is_odd = len(opening) - len(quoting) >= max(MIN_OTHERS, len(quoting))
    for title, words in opening:
        if OPENS_SMALL.match(words) and len(words.split()) >= MIN_WORDS:
            yield f"section “{title}” opens in mid-sentence"
        elif is_odd and title in quoting:
            yield f"section “{title}” opens with a quotation; what leads up to it is missing"


def _is_sure(title: str) -> bool:
    """Whether a heading is one for certain: numbered, or of a kind that is known."""
    return NUMBER.match(title) is not None or title.lower().rstrip(":") in KNOWN_HEADINGS


def _missing_sections(document: Document) -> Iterator[str]:
    """Numbers that are left out among numbered headings of one level."""
    siblings: dict[str, set[int]] = {}
    for title in dict.fromkeys(title for block in document.blocks for title in block.section):
        match = NUMBER.match(title)
        if match:
            above, _, last = match["number"].rpartition(".")
            siblings.setdefault(above, set()).add(int(last))
    for above, numbers in sorted(siblings.items()):
        wanted = set(range(min(numbers), max(numbers)))
        lost = [f"{above}.{number}".lstrip(".") for number in sorted(wanted - numbers)]
        lost = [number for number in lost if not _has_line(document.text, number)]
        if lost and len(numbers) >= MIN_SIBLINGS and len(lost) < len(numbers):
            yield f"{_plural(lost, 'section')} {_listed(lost)} {_is(lost)} missing"


def _has_line(text: str, number: str) -> bool:
    """Whether a line begins with a section's number."""
    return re.search(rf"^(?:[#*]|[^\S\n])*{re.escape(number)}\.?\s", text, re.MULTILINE) is not None


def _missing_exhibits(document: Document, body: Sequence[Block]) -> Iterator[str]:
    """Tables and figures that are spoken of and have no caption."""
    there = {(_kind(found["kind"]), int(found["number"])) for found in CAPTION.finditer(document.text)}
    for name in ("table", "figure"):
        mentioned = {
            number
            for block in body
            if block.kind is not BlockKind.ROW
            for kind, number in _mentions(document.text[block.start : block.end])
            if kind == name
        }
        lost = [str(number) for number in sorted(mentioned) if (name, number) not in there]
        if lost and not (name == "table" and _has_bare_table(document, body)):
            yield f"{_plural(lost, name)} {_listed(lost)} {_is(lost)} mentioned and not in the text"


def _has_bare_table(document: Document, body: Sequence[Block]) -> bool:
    """Whether there are rows of a table without a caption before them, so that it may be any of them."""
    for before, block in zip([None, *body], body, strict=False):
        if block.kind is BlockKind.ROW and (before is None or before.kind is not BlockKind.ROW):
            start = before.start if before else 0
            if not CAPTION.search(document.text, start, block.start):
                return True
    return False


def _mentions(words: str) -> Iterator[tuple[str, int]]:
    for found in MENTION.finditer(words):
        if not ELSEWHERES.match(found["after"]):
            yield _kind(found["kind"]), int(found["number"])


def _kind(word: str) -> str:
    return "table" if word.lower() == "table" else "figure"


def _missing_references(document: Document, body: Sequence[Block]) -> Iterator[str]:
    """Works cited by numbers without a list of them."""
    if any(is_reference_heading(title) for block in document.blocks for title in block.section):
        return
    cited = {
        number
        for block in body
        for group in CITED.findall(document.text[block.start : block.end])
        for number in re.findall(r"\d+", group)
    }
    if len(cited) >= MIN_CITED and len(ENTRY.findall(document.text)) < MIN_ENTRIES:
        yield "works are cited by numbers and the list of references is missing"


def _torn_end(document: Document, body: Sequence[Block]) -> Iterator[str]:
    """A last paragraph that breaks off."""
    last = body[-1]
    words = document.text[last.start : last.end].rstrip()
    is_prose = last.kind is BlockKind.PROSE and len(words.split()) >= MIN_WORDS
    if is_prose and ENDS_OPEN.search(words) and not ADDRESS.search(words):
        yield "the text ends in mid-sentence"


def _plural(found: Sequence[str], word: str) -> str:
    return word if len(found) == 1 else f"{word}s"


def _is(found: Sequence[str]) -> str:
    return "is" if len(found) == 1 else "are"


def _listed(found: Iterable[str]) -> str:
    *most, last = found
    return f"{', '.join(most)} and {last}" if most else last
