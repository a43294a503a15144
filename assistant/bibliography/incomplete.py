"""Which fields of a source are not given that answers need, and what to write for them. Nothing is guessed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from assistant.bibliography.entries import tidy
from assistant.bibliography.files import TABLES
from assistant.records import DocumentHead

# Field → how it stands in a table before it is filled in, and what to write.
TEMPLATES = {
    "authors": ("[]", 'who wrote it: ["Family name, Given name"]'),
    "year": ('""', "when it came out or was recorded"),
    "kind": ('""', "interview study, review, trial, report, opinion, news, programme account, talk …"),
    "country": ("[]", "where the study was done"),
    "sector": ("[]", 'such as ["children\'s social care"]'),
    "method": ('""', "how its findings came about"),
    "n": ('""', "how many people, cases or studies they rest on"),
    "read": ('""', "how much of the original the file holds: full, part or abstract"),
    "study_group": ('""', "the same short name for all files of one study: they count once"),
    "interest": ('""', "who paid for it, what its authors have at stake; or: none stated"),
}
# What somebody said to researchers has no authors and no sample.
NOT_OF_TALK = ("authors", "n", "read", "interest")
WIDTH = 20


def missing_fields(head: DocumentHead) -> tuple[str, ...]:
    """Fields that answers need and the source does not give, in the order in which they are asked for."""
    return tuple(
        name
        for name in TEMPLATES
        if not head.source.gives(name) and not (head.is_transcript and name in NOT_OF_TALK)
    )


def templates_for(heads: Iterable[DocumentHead]) -> dict[str, str]:
    """Path of a `sources.toml` → what to write into it for documents that lack fields.

    Documents that were read from no file of the person's are left out.
    """
    parts: dict[str, list[str]] = {}
    for head in heads:
        file = Path(head.path)
        if file.is_absolute() and (missing := missing_fields(head)):
            parts.setdefault(str(file.parent / TABLES), []).append(_table(head, missing))
    return {path: "\n\n".join(tables) + "\n" for path, tables in sorted(parts.items())}


def _table(head: DocumentHead, missing: Iterable[str]) -> str:
    name = json.dumps(head.name, ensure_ascii=False).replace("\x7f", "\\u007f")
    lines = [f"# {tidy(head.source.title)[:100]}", f"[{name}]"]
    for field in missing:
        value, what = TEMPLATES[field]
        lines.append(f"{f'{field} = {value}':<{WIDTH}} # {what}")
    return "\n".join(lines)
