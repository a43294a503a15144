"""Pages of lines → the text of the document, its blocks, its title and where its pages start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.pdf.assembly import assemble
from assistant.reading.pdf.columns import in_reading_order
from assistant.reading.pdf.flow import across_pages
from assistant.reading.pdf.furniture import without_furniture
from assistant.reading.pdf.grid import with_tables
from assistant.reading.pdf.headings import Styles, is_known, number_depth, styles_of
from assistant.reading.pdf.hyphens import Hyphens
from assistant.reading.pdf.lines import with_initials
from assistant.reading.pdf.pages import PageReading
from assistant.reading.pdf.paragraphs import paragraphs_of_page
from assistant.reading.pdf.roles import Paragraph, Role
from assistant.records import Block

TITLE_LARGER = 1.12
MAX_TITLE = 300
TITLE_ZONE = 12
BODY_WORDS = 25


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's text. `printed` holds the page numbers that stand on the pages ('' if none)."""

    text: str
    blocks: tuple[Block, ...]
    starts: list[int]
    printed: list[str]
    title: str | None


def lay_out(pages: Sequence[PageReading]) -> Layout:
    """The layout of a document from the lines of its pages."""
    margins = without_furniture([page.lines for page in pages], [page.height for page in pages])
    styles = styles_of(line for lines in margins.pages for line in lines)
    hyphens = Hyphens(line.text for lines in margins.pages for line in lines)
    by_page = []
    for place, (page, lines) in enumerate(zip(pages, margins.pages, strict=True)):
        ordered = in_reading_order(with_initials(lines), page.rules)
        parts = list(with_tables(ordered, page.rules, hyphens))
        by_page.append(paragraphs_of_page(place, parts, styles, page.height))
    title = _take_title(by_page, styles)
    body = assemble(across_pages(by_page), hyphens)
    return Layout(body.text, body.blocks, body.page_starts(len(pages)), margins.printed, title)


def _take_title(by_page: Sequence[list[Paragraph]], styles: Styles) -> str | None:
    """The words of the largest heading at the top of the first page, which becomes the title; what
    stands around it (kind of article, authors) heads no section."""
    first = next((page for page in by_page if page), [])
    candidates = [paragraph for paragraph in first[:TITLE_ZONE] if _could_be_title(paragraph, styles)]
    if not candidates and first and _is_plain_title(first[0]):
        candidates = first[:1]
    if not candidates:
        return None
    largest = max(candidates, key=lambda paragraph: paragraph.lines[0][1].size)
    words = " ".join(line.text for _, line in largest.lines)
    if len(words) > MAX_TITLE:
        return None
    place = next(at for at, paragraph in enumerate(first) if paragraph is largest)
    after = next((at for at in range(place + 1, len(first)) if _is_body(first[at])), len(first))
    for paragraph in first[:after]:
        if paragraph.role is Role.HEADING and not is_known(_opening(paragraph)):
            paragraph.role = Role.FRONT
    largest.role = Role.TITLE
    return words


def _opening(paragraph: Paragraph) -> str:
    return paragraph.lines[0][1].text


def _could_be_title(paragraph: Paragraph, styles: Styles) -> bool:
    return (
        paragraph.role is Role.HEADING
        and paragraph.lines[0][1].size > TITLE_LARGER * styles.body
        and not is_known(_opening(paragraph))
        and number_depth(_opening(paragraph)) is None
    )


def _is_plain_title(paragraph: Paragraph) -> bool:
    """Whether what the document opens with, in letters no larger than the rest, is its title."""
    words = _opening(paragraph)
    is_title = paragraph.role is Role.HEADING and not is_known(words) and number_depth(words) is None
    return is_title and len(words.split()) >= 3


def _is_body(paragraph: Paragraph) -> bool:
    words = sum(len(line.text.split()) for _, line in paragraph.lines)
    return (paragraph.role is not Role.HEADING and words > BODY_WORDS) or is_known(_opening(paragraph))
