"""What a Word file's styles say of a paragraph or run: heading, list, contents, bold, hidden."""

from __future__ import annotations

import re
from typing import Any

from assistant.reading.xml import attribute, local_name

HEADING = re.compile(r"^heading (\d)$")
OFF = {"0", "false", "off", "none"}
# Half points: at one point and below nobody reads it.
UNREADABLE_SIZE = 2
DEEPEST = 20


def has(properties: Any, name: str) -> bool:
    """Whether properties switch something on."""
    if properties is None:
        return False
    for element in properties:
        if local_name(element) == name:
            return (attribute(element, "val") or "1").lower() not in OFF
    return False


def value(properties: Any, name: str) -> str | None:
    """The value of a property; None if it is not set."""
    if properties is None:
        return None
    return next((attribute(e, "val") for e in properties if local_name(e) == name), None)


def is_numbered(properties: Any) -> bool:
    """Whether a paragraph has a bullet or number; a list with the number 0 takes it away."""
    numbering = (
        next((e for e in properties if local_name(e) == "numPr"), None) if properties is not None else None
    )
    return numbering is not None and value(numbering, "numId") != "0"


class Styles:
    """The styles of a file. Unknown styles say nothing."""

    def __init__(self, root: Any) -> None:
        self._by_id: dict[str, Any] = {}
        for style in root if root is not None else ():
            identity = attribute(style, "styleId")
            if local_name(style) == "style" and identity:
                self._by_id[identity] = style

    def heading_level(self, style: str | None, properties: Any) -> int | None:
        """1..9 for a heading, 1 the highest; None for other paragraphs."""
        outline = value(properties, "outlineLvl")
        for ancestor in self._chain(style):
            if match := HEADING.match(self._name(ancestor)):
                return int(match[1])
            outline = outline or value(self._part(ancestor, "pPr"), "outlineLvl")
        if outline and outline.isdecimal() and int(outline) < 9:
            return int(outline) + 1
        return 1 if self.is_title(style) else None

    def is_title(self, style: str | None) -> bool:
        """Whether a paragraph of this style is the document's title."""
        return any(self._name(ancestor) == "title" for ancestor in self._chain(style))

    def is_contents(self, style: str | None) -> bool:
        """Whether a paragraph of this style belongs to a list of contents."""
        return any(self._name(ancestor).startswith(("toc ", "table of ")) for ancestor in self._chain(style))

    def is_list(self, style: str | None) -> bool:
        """Whether a paragraph of this style is a list's item."""
        return any(
            is_numbered(self._part(ancestor, "pPr")) or self._name(ancestor).startswith("list ")
            for ancestor in self._chain(style)
        )

    def hides(self, run: Any, paragraph_style: str | None) -> bool:
        """Whether nobody sees a run: it is hidden, or too small to be read."""
        size = self._first(run, paragraph_style, "sz")
        too_small = size is not None and size.isdecimal() and int(size) <= UNREADABLE_SIZE
        return too_small or self._is_on(run, paragraph_style, "vanish")

    def is_bold(self, run: Any, paragraph_style: str | None) -> bool:
        """Whether a run is set in bold."""
        return self._is_on(run, paragraph_style, "b")

    def _is_on(self, run: Any, paragraph_style: str | None, name: str) -> bool:
        setting = self._first(run, paragraph_style, name)
        return setting is not None and setting.lower() not in OFF

    def _first(self, run: Any, paragraph_style: str | None, name: str) -> str | None:
        """The nearest setting of a run's property: its own, its style's, its paragraph's style's."""
        own = next((element for element in run if local_name(element) == "rPr"), None)
        chains = [own]
        for style in (value(own, "rStyle"), paragraph_style):
            chains += [self._part(ancestor, "rPr") for ancestor in self._chain(style)]
        for properties in chains:
            for element in properties if properties is not None else ():
                if local_name(element) == name:
                    return attribute(element, "val") or "1"
        return None

    def _chain(self, style: str | None) -> list[Any]:
        """A style and those that it is based on, itself first."""
        chain: list[Any] = []
        while style in self._by_id and len(chain) < DEEPEST:
            chain.append(self._by_id[style])
            style = value(chain[-1], "basedOn")
        return chain

    @staticmethod
    def _name(style: Any) -> str:
        return (value(style, "name") or "").lower()

    @staticmethod
    def _part(style: Any, name: str) -> Any:
        return next((element for element in style if local_name(element) == name), None)
