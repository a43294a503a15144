"""Plain text → blocks: headings become section paths; paragraphs, lists and table rows the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.reading.tables import TableReader, is_table_line
from assistant.records import Block, BlockKind

NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?P<title>[A-Z‘'\"“(].*)$")
HASHED = re.compile(r"^(?P<marks>#{1,6})\s+(?P<title>\S.*?)\s*#*$")
ADDRESS = re.compile(r"^\S*https?://\S+$")
ITEM = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)]|\([a-z0-9]\))\s+")
TERMINAL = re.compile(r"[.!?:;,…]['’”\")\]]*$")

KNOWN_HEADINGS = {
    "abstract", "summary", "executive summary", "highlights", "keywords", "key points", "introduction",
    "background", "aim", "aims", "objective", "objectives", "method", "methods", "methodology",
    "design", "results", "findings", "discussion", "conclusion", "conclusions", "limitations",
    "strengths and limitations", "implications", "recommendations", "references", "bibliography",
    "works cited", "acknowledgements", "acknowledgments", "funding", "disclosure", "endnotes", "notes",
    "conflicts of interest", "conflict of interest", "declaration of interests", "ethical approval",
    "data availability statement", "open research", "appendix", "foreword", "contents",
}  # fmt: skip
REFERENCE_HEADINGS = {"references", "bibliography", "works cited", "reference list", "literature cited"}
MAX_HEADING_WORDS = 16
# Text in other scripts than Latin is page furniture here: the packaged encoder reads English.
LATIN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of lines that belong together: `start:end` without surrounding white space."""

    start: int
    end: int
    text: str
    alone: bool


def blocks_of(text: str, start: int = 0) -> tuple[Block, ...]:
    """The body of `text` from `start` on as blocks with their section paths."""
    reader = _BlockReader(text)
    for paragraph in paragraphs_of(text, start):
        reader.take(paragraph)
    return tuple(reader.blocks)


def paragraphs_of(text: str, start: int = 0) -> Iterator[Paragraph]:
    """Paragraphs: groups of lines between blank lines; single lines where lines are not wrapped."""
    wrapped = _is_hard_wrapped(text[start:])
    for group in re.finditer(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", text[start:]):
        lines = list(re.finditer(r"[^\n]*\S[^\n]*", group.group()))
        base = start + group.start()
        runs = _join_lines(lines) if wrapped else [[line] for line in lines]
        for run in runs:
            first, last = base + run[0].start(), base + run[-1].end()
            raw = text[first:last]
            begin = first + len(raw) - len(raw.lstrip())
            yield Paragraph(begin, begin + len(raw.strip()), raw.strip(), len(runs) == 1)


def _is_hard_wrapped(text: str) -> bool:
    """Whether lines are broken at a fixed width: inner lines rarely end a sentence and none is long."""
    inner = [
        line
        for group in re.split(r"\n\s*\n", text)
        for line in [ln.strip() for ln in group.splitlines() if ln.strip()][:-1]
        if not is_table_line(line)
    ]
    if len(inner) < 5:
        return False
    longest = sorted(len(line) for line in inner)[int(len(inner) * 0.98)]
    unfinished = sum(not TERMINAL.search(line) for line in inner)
    return longest <= 130 and unfinished / len(inner) > 0.6


def _join_lines(lines: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Wrapped lines as paragraphs; a list item, a table line or a numbered heading starts anew."""
    runs: list[list[re.Match[str]]] = []
    for line in lines:
        words = line.group().strip()
        starts_anew = is_table_line(words) or ITEM.match(words) or NUMBERED.match(words)
        if (
            not runs
            or starts_anew
            or is_table_line(runs[-1][-1].group())
            or (len(runs[-1]) == 1 and heading_of(runs[-1][0].group().strip(), alone=False))
        ):
            runs.append([line])
        else:
            runs[-1].append(line)
    return runs


def heading_of(line: str, *, alone: bool) -> tuple[int, str] | None:
    """(level, title) if a line is a heading. A short line without end mark counts if it stands alone."""
    if "\n" in line or len(line.split()) > MAX_HEADING_WORDS or len(line) > 140:
        return None
    if hashed := HASHED.match(line):
        return len(hashed["marks"]), hashed["title"]
    bare = line.strip().rstrip(":").lower()
    if bare in KNOWN_HEADINGS:
        return 1, line.strip().rstrip(":")
    numbered = NUMBERED.match(line)
    if numbered and not TERMINAL.search(line) and "|" not in line:
        return numbered["number"].count(".") + 1, line.strip()
    if alone and line[:1].isupper() and not TERMINAL.search(line) and "|" not in line:
        return (9, line.strip()) if len(line.split()) <= 12 else None
    return None


@dataclass
class _BlockReader:
    """Walks over paragraphs with the section path and the table that they stand in."""

    text: str
    blocks: list[Block] = field(default_factory=list)
    levels: list[tuple[int, str]] = field(default_factory=list)
    table: TableReader = field(default_factory=TableReader)

    def take(self, paragraph: Paragraph) -> None:
        if is_table_line(paragraph.text):
            self._take_row(paragraph)
            return
        self.table = TableReader()
        heading = heading_of(paragraph.text, alone=paragraph.alone or self._stands_out(paragraph))
        if heading:
            self._open_section(*heading)
        else:
            self.blocks.append(self._block(paragraph))

    def _stands_out(self, paragraph: Paragraph) -> bool:
        """A short line above a long one, in a file with one paragraph a line."""
        following = self.text[paragraph.end : paragraph.end + 200].lstrip("\n").split("\n", 1)[0]
        return len(paragraph.text) < 80 and len(following) > 120

    def _take_row(self, paragraph: Paragraph) -> None:
        next_line = self.text[paragraph.end :].lstrip("\n").split("\n", 1)[0].strip()
        row = self.table.row(paragraph.text, next_line)
        if row is None:
            return
        self.blocks.append(
            Block(
                start=paragraph.start,
                end=paragraph.end,
                kind=BlockKind.ROW,
                section=self._section(),
                prefix=row.prefix,
                labels=row.labels,
            )
        )

    def _open_section(self, level: int, title: str) -> None:
        self.levels = [entry for entry in self.levels if entry[0] < level]
        self.levels.append((level, title))

    def _section(self) -> tuple[str, ...]:
        return tuple(title for _, title in self.levels)

    def _block(self, paragraph: Paragraph) -> Block:
        section = self._section()
        item = ITEM.match(paragraph.text)
        kind = BlockKind.ITEM if item else BlockKind.PROSE
        if is_furniture(paragraph.text, section):
            kind = BlockKind.FURNITURE
        start = paragraph.start + (item.end() if item and kind is BlockKind.ITEM else 0)
        return Block(start=start, end=paragraph.end, kind=kind, section=section)


def is_furniture(words: str, section: tuple[str, ...]) -> bool:
    """Whether a paragraph is no evidence: a reference, a bare address, or in another script than Latin."""
    if any(title.lower().rstrip(":") in REFERENCE_HEADINGS for title in section):
        return True
    if ADDRESS.match(words):
        return True
    letters = [character for character in words if character.isalpha()]
    latin = sum(character < "ɐ" for character in letters)
    return not letters or latin / len(letters) < LATIN_SHARE
