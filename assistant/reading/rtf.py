"""Rich text (RTF): its words as plain text, through striprtf, then read as plain text is.

The file is thinned before: pictures, links' instructions, headers and other parts that are not the
text go, so that what is left is small. Hidden text and tracked deletions are left out; footnotes too,
which a warning tells.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.errors import DocumentRefused
from assistant.reading.archive import ADVICE
from assistant.reading.building import PARTING
from assistant.reading.invisible import clean
from assistant.reading.plain import read_plain
from assistant.reading.reader import Reader, ReadOptions
from assistant.records import Document

TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<code>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|[\r\n]+|(?P<words>[^\\{}\r\n]+)",
    re.DOTALL,
)
NOT_TEXT = {
    "pict", "object", "objdata", "stylesheet", "info", "colortbl", "header", "headerl", "headerr", "headerf",
    "footer", "footerl", "footerr", "footerf", "annotation", "atnauthor", "atnid", "fldinst", "listtable",
    "listoverridetable", "revtbl", "rsidtbl", "themedata", "datastore", "xe", "tc", "footnote", "shppict",
    "nonshppict", "bkmkstart", "bkmkend",
}  # fmt: skip
BINARY = re.compile(r"\\bin(\d{1,9}) ?")
TITLE = re.compile(r"\{\\title\s+([^{}\\]{3,300})\}")
MAX_CHARACTERS = 5_000_000
WORDS = re.compile(r"\w+")


def _recognises(path: Path, data: bytes) -> bool:
    return data.lstrip()[:5] == b"{\\rtf"


def _read(path: Path, data: bytes, options: ReadOptions) -> tuple[Document, ...]:
    raw = _without_binary(data.decode("cp1252", errors="replace"))
    thinned = _Thinned()
    thinned.read(raw)
    kept = "".join(thinned.kept)
    if len(kept) > MAX_CHARACTERS:
        raise DocumentRefused(
            path, f"more than {MAX_CHARACTERS:,} characters of rich text", "split it into parts"
        )
    cleaned = clean(_paragraphs(_plain_text(path, kept)))
    warnings = cleaned.warnings
    if thinned.hidden_words:
        warnings += (f"hidden text left out: {thinned.hidden_words} words",)
    if thinned.footnotes:
        warnings += (f"{thinned.footnotes} footnotes were left out",)
    document = read_plain(path, cleaned.text, hashlib.sha256(data).hexdigest(), warnings)
    title = TITLE.search(raw)
    if title and len(title[1].split()) > 1:
        document = replace(document, source=replace(document.source, title=" ".join(title[1].split())))
    return (document,)


def _without_binary(raw: str) -> str:
    """The file without runs of raw bytes, whose lengths it states."""
    parts = []
    position = 0
    while match := BINARY.search(raw, position):
        parts.append(raw[position : match.start()])
        position = match.end() + int(match[1])
    return "".join([*parts, raw[position:]])


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds within a pair of braces."""

    is_left_out: bool = False
    is_hidden: bool = False
    is_deleted: bool = False
    is_fonts: bool = False


@dataclass
class _Thinned:
    """Keeps of a file what makes its visible text."""

    kept: list[str] = field(default_factory=list)
    hidden_words: int = 0
    footnotes: int = 0
    group: _Group = field(default_factory=_Group)
    around: list[_Group] = field(default_factory=list)
    font: str = ""

    def read(self, raw: str) -> None:
        for token in TOKEN.finditer(raw):
            if token["brace"]:
                self._brace(token["brace"])
            elif token["word"]:
                self._word(token)
            elif token["sign"] == "*":
                self.group = replace(self.group, is_left_out=True)
            else:
                self._text(token)

    def _brace(self, brace: str) -> None:
        if brace == "{":
            self.around.append(self.group)
        elif self.around:
            self.group = self.around.pop()
        self.kept.append(brace)

    def _word(self, token: re.Match[str]) -> None:
        word, number = token["word"], token["number"]
        if word in NOT_TEXT:
            self.footnotes += word == "footnote" and not self.group.is_left_out
            self.group = replace(self.group, is_left_out=True)
        elif word == "fonttbl":
            self.group = replace(self.group, is_fonts=True)
        elif word == "v":
            self.group = replace(self.group, is_hidden=number != "0")
        elif word == "deleted":
            self.group = replace(self.group, is_deleted=number != "0")
        elif word == "plain":
            self.group = replace(self.group, is_hidden=False, is_deleted=False)
        if self.group.is_fonts and word != "fonttbl":
            self._font(word, number or "")
        elif word != "u" or not (self.group.is_hidden or self.group.is_deleted):
            self._keep(token.group())

    def _font(self, word: str, number: str) -> None:
        """A font's number and script are all that its entry is kept for: striprtf's search through a
        whole table takes the square of its length."""
        if word == "f":
            self.font = number
        elif word == "fcharset" and self.font.isdecimal() and number.isdecimal():
            self._keep(rf"{{\f{self.font}\fcharset{number} x;}}")

    def _text(self, token: re.Match[str]) -> None:
        group = self.group
        if group.is_left_out or group.is_fonts:
            return
        if group.is_hidden and not group.is_deleted:
            self.hidden_words += len(WORDS.findall(token["words"] or ""))
        if not (group.is_hidden or group.is_deleted):
            self._keep(token.group())

    def _keep(self, words: str) -> None:
        if not self.group.is_left_out:
            self.kept.append(words)


def _plain_text(path: Path, kept: str) -> str:
    from striprtf.striprtf import rtf_to_text

    try:
        text = str(rtf_to_text(kept, errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, OverflowError, TypeError) as error:
        raise DocumentRefused(path, f"rich text that cannot be read: {error}", ADVICE) from error
    # Characters beyond the first 65,536 are written as two halves each.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _paragraphs(text: str) -> str:
    """The text with a blank line between paragraphs, and tables as rows with pipes below a header."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    paragraphs: list[str] = []
    for place, line in enumerate(lines):
        if not line:
            continue
        if not _is_row(line):
            paragraphs.append(line)
            continue
        is_first = place == 0 or not _is_row(lines[place - 1])
        paragraphs.append("| " + " | ".join(cell.strip() for cell in line[:-1].split("|")) + " |")
        if is_first and place + 1 < len(lines) and _is_row(lines[place + 1]):
            paragraphs.append("|" + "---|" * line.count("|"))
    return PARTING.join(paragraphs)


def _is_row(line: str) -> bool:
    return line.endswith("|") and line.count("|") > 1


READER = Reader("rich text", (".rtf",), _recognises, _read, sets_sensitivity=True)
