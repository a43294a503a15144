"""XML from outside → elements. Nothing is fetched, and no entity is put in.

A document's XML needs no entities of its own; a file that declares some is refused, since they serve
to blow a few lines up to gigabytes or to read files of this machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

from assistant.errors import DocumentRefused

ENTITY = "<!ENTITY"
ENTITY_FORMS = tuple(ENTITY.encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def parse_xml(path: Path, data: bytes, part: str) -> Any:
    """The root element of a part. Raises DocumentRefused if it is not well-formed or declares entities.

    Comments and processing instructions are left out.
    """
    if any(form in data for form in ENTITY_FORMS):
        raise _entities(path, part)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentRefused(
            path,
            f"its part {part!r} is not XML that can be read: {str(error).splitlines()[0]}",
            "open it in the program that made it and save it anew",
        ) from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise _entities(path, part)
    return root


def local_name(element: Any) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its name without namespace; None if it is missing."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def _entities(path: Path, part: str) -> DocumentRefused:
    return DocumentRefused(
        path,
        f"its part {part!r} declares XML entities",
        "open it in the program that made it and save it anew",
    )
