"""What has to be said about a PDF that was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.reading.pdf.hidden import Kind
from assistant.reading.pdf.pages import PageReading
from assistant.reading.pdf.quality import Quality

MAX_NAMED = 20
FEW_LETTERS = 200
LATIN_SHARE, ENGLISH_SHARE, FOREIGN_SHARE = 0.5, 0.15, 0.12


@dataclass
class Notes:
    """Pages (from 0) about which something is to be said, and other remarks."""

    garbled: list[int] = field(default_factory=list)
    partly_garbled: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    _hidden: list[str] = field(default_factory=list)
    _layers: list[int] = field(default_factory=list)
    _uncompared: list[int] = field(default_factory=list)

    def describe(self, pages: Sequence[PageReading]) -> None:
        """Take note of what was found on the pages."""
        hidden: list[tuple[int, Counter[Kind]]] = []
        for place, page in enumerate(pages):
            if page.hidden:
                hidden.append((place, page.hidden))
            if page.layer:
                self._layers.append(place)
            if page.is_unread:
                self.unread.append(place)
            elif page.has_picture and not page.lines and place not in self.garbled:
                self.pictures.append(place)
            if not page.was_compared and page.lines:
                self._uncompared.append(place)
        self._hidden = _hidden_lines(hidden)

    def gaps(self, count: int) -> list[str]:
        """What of the document was not read."""
        found = []
        if self.unread:
            found.append(f"{_named(self.unread)} could not be read")
        if self.garbled:
            found.append(f"the text of {_named(self.garbled)} cannot be decoded")
        if self.partly_garbled:
            found.append(f"lines of {_named(self.partly_garbled)} cannot be decoded")
        if self.pictures:
            found.append(
                f"{_named(self.pictures)} hold only pictures"
                if len(self.pictures) > 1
                else f"{_named(self.pictures)} holds only pictures"
            )
        return found

    def warnings(self) -> tuple[str, ...]:
        """One sentence a matter."""
        lines = list(self._hidden)
        if self._layers:
            lines.append(
                f"{_named(self._layers)}: the text is an invisible layer over a picture of the page (OCR); "
                "it was not compared with the picture letter by letter"
            )
        if self.recognised:
            lines.append(
                f"{_named(self.recognised)}: read from the picture by OCR; check quotations against it"
            )
        if self.pictures:
            lines.append(f"{_named(self.pictures)}: only pictures, not read (`--ocr` reads them)")
        if self.garbled:
            lines.append(f"{_named(self.garbled)}: the text cannot be decoded and was left out")
        if self.partly_garbled:
            lines.append(f"{_named(self.partly_garbled)}: lines that cannot be decoded were left out")
        if self.unread:
            lines.append(f"{_named(self.unread)}: could not be read")
        if self._uncompared:
            lines.append(f"{_named(self._uncompared)}: not searched for every kind of hidden text")
        return (*lines, *self.others)


def language_note(quality: Quality) -> str | None:
    """A remark about text that is not in English; None if it is, or is too short to tell."""
    if quality.letters < FEW_LETTERS:
        return None
    if quality.latin < LATIN_SHARE:
        return "the text is not in Latin letters; searching works for English"
    if quality.foreign >= FOREIGN_SHARE and quality.foreign > quality.known:
        return f"the text seems to be {quality.language}; searching works for English"
    if quality.known < ENGLISH_SHARE:
        return "the text does not seem to be English; searching works for English"
    return None


def _hidden_lines(pages: Iterable[tuple[int, Counter[Kind]]]) -> list[str]:
    lines = [
        f"page {place + 1}: {count} hidden character{'s' if count > 1 else ''} left out ({kind})"
        for place, counts in pages
        for kind, count in sorted(counts.items())
    ]
    more = len(lines) - MAX_NAMED
    return (
        lines
        if more <= 0
        else [*lines[:MAX_NAMED], f"hidden characters on more pages ({more} such findings)"]
    )


def _named(pages: Sequence[int]) -> str:
    """`page 3`, `pages 3–5, 9`."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    words = [f"{first + 1}" if first == last else f"{first + 1}–{last + 1}" for first, last in runs]
    shown = ", ".join(words[:MAX_NAMED]) + (" and others" if len(words) > MAX_NAMED else "")
    return f"{'page' if len(pages) == 1 else 'pages'} {shown}"
