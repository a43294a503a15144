"""Paragraphs of pages → those of the document: a sentence that a page's end cuts is one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reading.pdf.roles import Paragraph, Role

# How many figures, tables and captions may stand between the two halves of a paragraph.
MAX_BETWEEN = 8
RUNNING = {Role.BODY, Role.ITEM}
FLOATS = {Role.CAPTION, Role.TABLE, Role.NOTE}


def across_pages(pages: Sequence[list[Paragraph]]) -> list[Paragraph]:
    """All paragraphs in order, the halves of a paragraph joined over column and page ends.

    Footnotes, tables and captions between the halves come before the joined paragraph, so that pages
    stay in order.
    """
    ordered: list[Paragraph] = []
    for page in pages:
        notes = [paragraph for paragraph in page if paragraph.role is Role.NOTE]
        for paragraph in [*(other for other in page if other.role is not Role.NOTE), *notes]:
            _append(ordered, paragraph)
    return ordered


def _append(ordered: list[Paragraph], paragraph: Paragraph) -> None:
    at = _open_half(ordered, paragraph)
    if at is None:
        ordered.append(paragraph)
        return
    half = ordered.pop(at)
    half.lines.extend(paragraph.lines)
    ordered.append(half)


def _open_half(ordered: list[Paragraph], paragraph: Paragraph) -> int | None:
    """The place of the unfinished paragraph that this one goes on with, if there is one."""
    if paragraph.role is not Role.BODY:
        return None
    for at in range(len(ordered) - 1, max(len(ordered) - MAX_BETWEEN, 0) - 1, -1):
        candidate = ordered[at]
        if candidate.role in FLOATS:
            continue
        if candidate.role not in RUNNING or not candidate.is_unfinished:
            return None
        return at if _goes_on(candidate, paragraph, is_next=at == len(ordered) - 1) else None
    return None


def _goes_on(half: Paragraph, other: Paragraph, *, is_next: bool) -> bool:
    above, line = half.lines[-1][1], other.lines[0][1]
    if line.is_drawn and abs(above.size - line.size) > 0.12 * max(above.size, line.size):
        return False
    moved = other.first_page != half.last_page or line.middle > above.middle
    if not moved and is_next:
        return False
    first = line.text.lstrip("“‘\"'([")[:1]
    if first.islower() or above.text.endswith("-"):
        return True
    # A capital may be a name in mid-sentence: then the half must reach the end of its column.
    width = max(piece.right for _, piece in half.lines) - min(piece.left for _, piece in half.lines)
    edge = max(piece.right for _, piece in half.lines)
    return len(half.lines) > 1 and above.right > edge - 0.08 * width and len(above.text) > 25
