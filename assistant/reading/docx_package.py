"""The parts of a Word file's package: its text, styles, notes and properties, by content type."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.errors import DocumentRefused
from assistant.reading.archive import Archive
from assistant.reading.xml import attribute, local_name, parse_xml

CONTENT_TYPES = "[Content_Types].xml"
OF_A_PROGRAM = re.compile(r"^(?:microsoft word|untitled|document ?\d*$)", re.IGNORECASE)


@dataclass
class Package:
    """The parts of a package by their content type."""

    path: Path
    archive: Archive
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        types = parse_xml(self.path, self.archive.read(CONTENT_TYPES), CONTENT_TYPES)
        for entry in types:
            name, kind = attribute(entry, "PartName"), attribute(entry, "ContentType")
            if name and kind:
                kind, name = kind.rpartition(".")[2], name.lstrip("/")
                # A glossary has parts of the same kinds, in a folder below the document's own.
                self.names[kind] = min(self.names.get(kind, name), name, key=len)

    def main(self) -> Any:
        """The document itself. Raises DocumentRefused if there is none."""
        root = self.root("main+xml")
        if root is None:
            raise DocumentRefused(self.path, "an Office file that is no text document", "save it as .docx")
        return root

    def root(self, kind: str) -> Any:
        """The root element of the first part of a kind; None if there is none."""
        name = self.names.get(kind)
        if name is None or name not in self.archive:
            return None
        return parse_xml(self.path, self.archive.read(name), name)

    def title(self) -> str | None:
        """The title in the file's properties, unless a program put its own words there."""
        root = self.root("core-properties+xml")
        found = [] if root is None else [e.text or "" for e in root if local_name(e) == "title"]
        words = " ".join("".join(found).split())
        return words if len(words.split()) > 1 and not OF_A_PROGRAM.match(words) else None
