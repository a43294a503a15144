"""Plain text → blocks: headings become section paths; paragraphs, lists and table rows the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.notation import PRINTED_CODE
from assistant.reading.marking import is_mark
from assistant.reading.tables import TableReader, is_separator, is_table_line
from assistant.records import Block, BlockKind

NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?P<title>[A-Z‘'\"“(].*)$")
HASHED = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<title>\S.*)$")
LINE = re.compile(r"[^\n]+")
# What mail and Markdown put before lines that are quoted; before a figure it means "more than".
REPLY_MARK = re.compile(r"(?:>[ \t]*)+(?=[“\"‘'A-Z])")
NEXT_LINE = re.compile(r"\s*([^\n]*)")
ADDRESS = re.compile(r"^(?:\S*https?://|www\.)\S+$")
ITEM = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)]|\([a-z0-9]\))\s+")
TERMINAL = re.compile(r"[.!?:;,…]['’”\")\]]*$")

# "We had no time. (P4)" and "… [3, 4]" are sentences with what follows their full stop.
TRAILING_BRACKET = re.compile(r"(?:\([^()]{1,60}\)|\[[^\[\]]{1,60}\])$")
TRAILING_CODE = re.compile(rf"\({PRINTED_CODE}\b[^()]{{0,60}}\)$")

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
# Level of a heading that is known by its looks alone: below all others.
BY_LOOKS = 9
# Text in other scripts than Latin is page furniture here: the packaged encoder reads English.
LATIN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of lines that belong together: `start:end` without surrounding white space."""

    start: int
    end: int
    text: str
    alone: bool


Span = tuple[int, int]


def blocks_of(
    text: str, start: int = 0, end: int | None = None, *, marked: bool = False
) -> tuple[Block, ...]:
    """The body of `text` from `start` to `end` as blocks with their section paths.

    `marked` says that headings are marked (`#`): then no line is taken for one by its looks.
    """
    reader = _BlockReader(text, len(text) if end is None else end, marked)
    for paragraph in paragraphs_of(text, start, end):
        reader.take(paragraph)
    return tuple(reader.blocks)


def paragraphs_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Paragraph]:
    """Paragraphs: groups of lines between blank lines; single lines where lines are not wrapped."""
    groups = list(_line_groups(text, start, len(text) if end is None else end))
    wrapped = _is_hard_wrapped(text, groups)
    for lines in groups:
        runs = _join_lines(text, lines) if wrapped else [[line] for line in lines]
        for run in runs:
            first, last = run[0][0], run[-1][1]
            yield Paragraph(first, last, text[first:last], len(runs) == 1)


def _line_groups(text: str, start: int, end: int) -> Iterator[list[Span]]:
    """Lines that stand together, without the white space round them."""
    group: list[Span] = []
    after = start
    for line in LINE.finditer(text, start, end):
        words = line.group().strip()
        # More than one line end since the last line, or a line of white space.
        if group and (not words or line.start() > after + 1):
            yield group
            group = []
        if words:
            first = line.end() - len(line.group().lstrip())
            mark = REPLY_MARK.match(words)
            group.append((first + (mark.end() if mark else 0), first + len(words)))
        after = line.end()
    if group:
        yield group


def _is_hard_wrapped(text: str, groups: list[list[Span]]) -> bool:
    """Whether lines are broken at a fixed width: inner lines rarely end a sentence and none is long."""
    inner = [text[slice(*line)] for lines in groups for line in lines[:-1]]
    inner = [line for line in inner if not is_table_line(line)]
    if len(inner) < 5:
        return False
    longest = sorted(len(line) for line in inner)[int(len(inner) * 0.98)]
    unfinished = sum(not TERMINAL.search(line) for line in inner)
    return longest <= 130 and unfinished / len(inner) > 0.6


def _join_lines(text: str, lines: list[Span]) -> list[list[Span]]:
    """Wrapped lines as paragraphs; a list item, a table line or a numbered heading starts anew."""
    runs: list[list[Span]] = []
    for line in lines:
        if not runs or _starts_anew(text[slice(*line)], [text[slice(*other)] for other in runs[-1][-2:]]):
            runs.append([line])
        else:
            runs[-1].append(line)
    return runs


def _starts_anew(words: str, before: list[str]) -> bool:
    """Whether a line begins a paragraph, by itself or by the last lines of the one before it."""
    if (
        is_table_line(words)
        or is_table_line(before[-1])
        or ("|" in words and "|" in before[-1])
        or ITEM.match(words)
        or is_mark(words)
        or is_mark(before[-1])
    ):
        return True
    if NUMBERED.match(words) and TERMINAL.search(before[-1]):
        # "… took place in" and "12 Councils …" are one sentence.
        return True
    return len(before) == 1 and heading_of(before[0], alone=False) is not None


def heading_of(line: str, *, alone: bool) -> tuple[int, str] | None:
    """(level, title) if a line is a heading. A short line without end mark counts if it stands alone."""
    if "\n" in line or len(line.split()) > MAX_HEADING_WORDS or len(line) > 140:
        return None
    if hashed := HASHED.match(line):
        return len(hashed["marks"]), without_closing_marks(hashed["title"])
    bare = line.strip().rstrip(":").lower()
    if bare in KNOWN_HEADINGS:
        return 1, line.strip().rstrip(":")
    numbered = NUMBERED.match(line)
    if numbered and _can_be_heading(line):
        return numbered["number"].count(".") + 1, line.strip()
    if alone and line[:1].isupper() and _can_be_heading(line):
        return (BY_LOOKS, line.strip()) if len(line.split()) <= 12 else None
    return None


def _can_be_heading(line: str) -> bool:
    """Whether a short line has no sign of a sentence, a table or an address."""
    if TERMINAL.search(line) or TERMINAL.search(TRAILING_BRACKET.sub("", line).rstrip()):
        return False
    return "|" not in line and "://" not in line and not TRAILING_CODE.search(line) and _is_latin(line)


def without_closing_marks(title: str) -> str:
    """The title of a heading without hashes that close it; `C#` keeps its own."""
    bare = title.rstrip().rstrip("#")
    return bare.rstrip() if bare != bare.rstrip() or not bare else title.rstrip()


@dataclass
class _BlockReader:
    """Walks over paragraphs with the section path and the table that they stand in."""

    text: str
    end: int
    marked: bool
    blocks: list[Block] = field(default_factory=list)
    levels: list[tuple[int, str]] = field(default_factory=list)
    table: TableReader = field(default_factory=TableReader)

    def take(self, paragraph: Paragraph) -> None:
        if self._is_row(paragraph):
            self._take_row(paragraph)
            return
        self.table = TableReader()
        heading = self._heading(paragraph)
        if heading:
            self._open_section(*heading)
        else:
            self.blocks.append(self._block(paragraph))

    def _is_row(self, paragraph: Paragraph) -> bool:
        """Whether a line is part of a table; one pipe is enough within one, and above its separator."""
        if is_table_line(paragraph.text):
            return True
        is_in_table = bool(self.table.header) or is_separator(self._next_line(paragraph))
        return is_in_table and "|" in paragraph.text and "\n" not in paragraph.text

    def _heading(self, paragraph: Paragraph) -> tuple[int, str] | None:
        if self.marked and not HASHED.match(paragraph.text):
            return None
        heading = heading_of(paragraph.text, alone=paragraph.alone or self._stands_out(paragraph))
        references = next((level for level, title in self.levels if is_reference_heading(title)), None)
        if heading is None or references is None or HASHED.match(paragraph.text):
            return heading
        return _after_references(*heading, references)

    def _stands_out(self, paragraph: Paragraph) -> bool:
        """A short line above a long one, in a file with one paragraph a line."""
        return len(paragraph.text) < 80 and len(self._next_line(paragraph)) > 120

    def _next_line(self, paragraph: Paragraph) -> str:
        following = NEXT_LINE.match(self.text, paragraph.end, self.end)
        return following[1].rstrip() if following else ""

    def _take_row(self, paragraph: Paragraph) -> None:
        next_line = self._next_line(paragraph)
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
    if any(is_reference_heading(title) for title in section):
        return True
    return ADDRESS.match(words) is not None or not _is_latin(words)


def _is_latin(words: str) -> bool:
    letters = [character for character in words if character.isalpha()]
    latin = sum(character < "ɐ" for character in letters)
    return bool(letters) and latin / len(letters) >= LATIN_SHARE


def is_reference_heading(title: str) -> bool:
    """Whether a list of references stands under a heading."""
    return _bare(title) in REFERENCE_HEADINGS


def _after_references(level: int, title: str, references: int) -> tuple[int, str] | None:
    """A heading below a list of references of level `references`; None for what is a reference.

    "12 Smith J. Title (2020)" and a short line by itself are references; "8. Afterword" is a heading.
    """
    bare = _bare(title)
    if bare in KNOWN_HEADINGS or bare.startswith(("appendi", "annex")):
        return min(level, references), title
    is_short = len(bare.split()) <= 8 and not any(character.isdigit() for character in bare)
    return (level, title) if level < BY_LOOKS and is_short else None


def _bare(title: str) -> str:
    """A title without its number, in lower case."""
    return title.lower().lstrip("0123456789. ").rstrip(": ")
