"""Documents by what a person calls them: file name, path, title or id, or a part of one."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.records import DocumentHead

# What is shorter is not taken for the beginning of an id.
MIN_DIGITS = 4


def documents_called(
    name: str, heads: Collection[DocumentHead], digits: int = MIN_DIGITS
) -> list[DocumentHead]:
    """Those with this file name, path, id or title, in capitals or not; else those whose id begins so, with at
    least so many hexadecimal digits, or whose title or file name has it as a part."""
    given = name.strip().casefold()
    if not given:
        return []
    whole = [head for head in heads if given in (head.id, *_names(head), head.path.casefold())]
    is_beginning = re.fullmatch(rf"[0-9a-f]{{{digits},}}", given)
    return whole or [
        head
        for head in heads
        if (is_beginning and head.id.startswith(given)) or any(given in called for called in _names(head))
    ]


def _names(head: DocumentHead) -> tuple[str, str]:
    return head.name.casefold(), head.source.title.casefold()
