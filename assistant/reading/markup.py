"""HTML elements → text with blocks: what the readers of web pages and e-books share.

Furniture of a page (navigation, menus, cookie bars, forms, scripts) is left out, and so is what a
browser would not show. The tree is walked without recursion, since pages can be nested at any depth.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4 import NavigableString, PageElement, Tag
from bs4.element import PreformattedString

from assistant.reading.building import TextBuilder
from assistant.reading.grids import Cell
from assistant.records import BlockKind

LEFT_OUT = {
    "script", "style", "noscript", "template", "nav", "aside", "footer", "button", "select",
    "input", "textarea", "iframe", "object", "embed", "svg", "canvas", "audio", "video", "dialog", "menu",
    "head", "rt", "rp", "map", "link", "meta",
}  # fmt: skip
FURNITURE_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"}
FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|gdpr)(?:[\s_-]|$)|cookie-?(?:bar|banner|notice|consent|law)"
    r"|consent-?(?:bar|banner|manager|popup|overlay)|breadcrumbs?\b",
    re.IGNORECASE,
)
# Programs mark these with what they know of the visitor; they hold the page itself.
FRAMES = {"html", "body", "main", "article"}
# No page that a person wrote is nested so deep; one that is can cost hours.
MAX_DEPTH = 1_000
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BLOCKS = {
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "section", "article", "main", "body",
    "header", "figure", "figcaption", "details", "summary", "address", "hr", "table", "caption", "tr", "td",
    "th", "thead", "tbody", "tfoot", "fieldset", "center", "hgroup", "html",
}  # fmt: skip
ITEMS = {"li", "dd"}
CONTENT = {"article", "main", "section"}
ZERO = r"0+(?:\.0+)?(?:px|pt|em|rem|%)?"
UNSEEN = re.compile(
    rf"display:none|visibility:hidden|(?:^|;)font-size:{ZERO}(?:;|!|$)|(?:^|;)opacity:0+(?:\.0+)?(?:;|!|$)"
)
WHITE = r"(?:white|#fff(?:fff)?|rgba?\(255,255,255(?:,1(?:\.0+)?)?\))"
WHITE_WORDS = re.compile(rf"(?:^|;)color:{WHITE}(?:;|!|$)")
GROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;]+)")
WHITE_GROUND = re.compile(rf"^(?:{WHITE}|transparent|none|initial|inherit)")
# Cells with more words than this are a page's layout, not a table's content.
MOST_CELL_WORDS = 120


def read_markup(root: Tag, builder: TextBuilder) -> None:
    """Everything below `root` that a person reads there, into the builder.

    Raises ValueError if elements are nested more than `MAX_DEPTH` deep.
    """
    _MarkupReader(builder).read(root)


@dataclass(frozen=True, slots=True)
class _End:
    """Marks where an element ends on the walk."""

    tag: Tag


@dataclass
class _MarkupReader:
    builder: TextBuilder
    words: list[str] = field(default_factory=list)
    open: Counter[str] = field(default_factory=Counter)
    depth: int = 0
    level: int | None = None
    term: str = ""
    is_term_used: bool = True

    def read(self, root: Tag) -> None:
        waiting: list[PageElement | _End] = [root]
        while waiting:
            node = waiting.pop()
            if isinstance(node, _End):
                self.depth -= 1
                self.open[node.tag.name] -= 1
                self._leave(node.tag)
            elif isinstance(node, NavigableString):
                self._take(node)
            elif isinstance(node, Tag) and self._enter(node, is_root=node is root):
                self.depth += 1
                self.open[node.name] += 1
                if self.depth > MAX_DEPTH:
                    raise ValueError(f"elements are nested more than {MAX_DEPTH:,} deep")
                waiting.append(_End(node))
                waiting += reversed(node.contents)
        self._flush()

    def _take(self, text: NavigableString) -> None:
        if isinstance(text, PreformattedString):  # comments, declarations and the like
            return
        self.words.append(str(text) if self.open["pre"] else re.sub(r"\s", " ", text))

    def _enter(self, tag: Tag, *, is_root: bool) -> bool:
        """Begin an element; False if what it holds is not to be read on."""
        if not is_root and not self._is_read(tag):
            return False
        if tag.name == "br":
            self.words.append("\n")
        elif tag.name == "table":
            self._flush()
            return not self._read_table(tag)
        elif tag.name == "sup" and _is_reference(tag):
            self.words.append(f" [{tag.get_text().strip(' []')}]")
            return False
        elif tag.name in HEADINGS:
            self._flush()
            self.level = HEADINGS[tag.name]
        elif tag.name in BLOCKS:
            self._flush()
        return True

    def _is_read(self, tag: Tag) -> bool:
        if is_unseen(tag):
            self.builder.hide(tag.get_text(" "))
            return False
        if tag.name == "header":
            # Within the article itself a header holds its headings.
            if any(self.open[name] for name in CONTENT):
                for heading in tag.find_all(list(HEADINGS)):
                    self._flush()
                    self.builder.heading(HEADINGS[heading.name], heading.get_text(" "))
            return False
        return not is_furniture(tag)

    def _leave(self, tag: Tag) -> None:
        if tag.name == "dt":
            self._end_term()
            self.term = self.builder.tidy("".join(self.words)).replace("\n", " ")
            self.is_term_used, self.words = not self.term, []
        elif tag.name in HEADINGS or tag.name in BLOCKS:
            self._flush(is_item=tag.name in ITEMS)
        if tag.name == "dl":
            self._end_term()

    def _end_term(self) -> None:
        """A term that nothing explains is a paragraph of its own."""
        term, self.term = self.term, ""
        if not self.is_term_used:
            self.builder.paragraph(term)
            self.is_term_used = True

    def _flush(self, *, is_item: bool = False) -> None:
        """End the paragraph or heading that was being read."""
        words, self.words = "".join(self.words), []
        level, self.level = self.level, None
        if level is not None:
            self.builder.heading(level, words)
            return
        is_item = is_item or any(self.open[name] for name in ITEMS)
        term = self.term if self.open["dd"] or is_item else ""
        if self.builder.paragraph(
            words, BlockKind.ITEM if is_item else BlockKind.PROSE, label=term, prefix=term
        ):
            self.is_term_used = self.is_term_used or bool(term)

    def _read_table(self, table: Tag) -> bool:
        """Read a table of data; False if it lays out the page and is read as text."""
        if table.find("table") is not None:
            return False
        rows = list(_rows(table))
        cells = [[child for child in _tags(row) if child.name in ("td", "th")] for row in rows]
        is_data = (
            table.get("role") not in ("presentation", "none")
            and len(rows) > 1
            and max(len(row) for row in cells) > 1
            and all(len(cell.get_text(" ").split()) <= MOST_CELL_WORDS for row in cells for cell in row)
        )
        if not is_data:
            return False
        caption = table.find("caption")
        if isinstance(caption, Tag):
            self.builder.paragraph(self._visible(caption))
        headers = 0
        while headers < len(rows) - 1 and _is_header(rows[headers], cells[headers]):
            headers += 1
        self.builder.table([[self._cell(cell) for cell in row] for row in cells], headers)
        return True

    def _cell(self, cell: Tag) -> Cell:
        return Cell(self._visible(cell), across=_span(cell, "colspan"), down=_span(cell, "rowspan"))

    def _visible(self, tag: Tag) -> str:
        """What a person reads in a cell, in one line."""
        parts = []
        for node, is_shown in _strings(tag):
            if is_shown:
                parts.append(str(node))
            else:
                self.builder.hide(str(node))
        return " ".join("".join(parts).split())


def is_furniture(tag: Tag) -> bool:
    """Whether an element belongs to the page and not to what it tells."""
    if tag.name in LEFT_OUT or _text(tag, "role") in FURNITURE_ROLES:
        return True
    if tag.name in FRAMES:
        return False
    return bool(FURNITURE_NAMES.search(f"{_text(tag, 'id')} {_text(tag, 'class')}"))


def is_unseen(tag: Tag) -> bool:
    """Whether an element's own attributes keep a browser from showing it."""
    if tag.has_attr("hidden"):
        return True
    style = re.sub(r"\s", "", _text(tag, "style")).lower()
    if not style and tag.name != "font":
        return False
    if UNSEEN.search(style):
        return True
    is_white = bool(WHITE_WORDS.search(style)) or _text(tag, "color").lower() in ("white", "#fff", "#ffffff")
    return is_white and not _has_dark_ground(tag)


def _has_dark_ground(tag: Tag) -> bool:
    """Whether an element or one around it sets a background that is not white."""
    for around in (tag, *tag.parents):
        ground = GROUND.search(re.sub(r"\s", "", _text(around, "style")).lower())
        if ground:
            return not WHITE_GROUND.match(ground[1])
        colour = _text(around, "bgcolor").lower()
        if colour:
            return colour not in ("white", "#fff", "#ffffff")
    return False


def _strings(root: Tag) -> Iterator[tuple[NavigableString, bool]]:
    """The strings in an element, with whether a person sees them."""
    waiting: list[tuple[Any, bool]] = [(root, True)]
    while waiting:
        node, is_shown = waiting.pop()
        if isinstance(node, Tag):
            if node.name in LEFT_OUT:
                continue
            is_shown = is_shown and not is_unseen(node)
            space = [NavigableString(" ")] if node.name in BLOCKS or node.name == "br" else []
            waiting += [(child, is_shown) for child in reversed([*space, *node.contents, *space])]
        elif not isinstance(node, PreformattedString):
            yield node, is_shown


def _is_reference(tag: Tag) -> bool:
    """A raised number that leads to a note or reference, rather than an exponent."""
    words = tag.get_text().strip(" []")
    is_link = tag.find("a") is not None or tag.find_parent("a") is not None
    return is_link and bool(re.fullmatch(r"\d{1,3}(?:\s*[,–-]\s*\d{1,3})*", words))


def _tags(parent: Tag) -> Iterator[Tag]:
    """The elements directly below another."""
    return (child for child in parent.contents if isinstance(child, Tag))


def _rows(table: Tag) -> Iterator[Tag]:
    for child in _tags(table):
        if child.name == "tr":
            yield child
        elif child.name in ("thead", "tbody", "tfoot"):
            yield from (row for row in _tags(child) if row.name == "tr")


def _is_header(row: Tag, cells: list[Tag]) -> bool:
    in_head = row.parent is not None and row.parent.name == "thead"
    return bool(cells) and (in_head or all(cell.name == "th" for cell in cells))


def _span(cell: Tag, name: str) -> int:
    found = _text(cell, name)
    return int(found) if found.isdecimal() and 0 < len(found) < 6 else 1


def _text(tag: Tag, name: str) -> str:
    """An attribute as one string; empty if it is not set."""
    found = tag.get(name)
    return " ".join(found) if isinstance(found, list) else str(found or "")
