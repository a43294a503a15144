"""Records → what the page's components draw: plain data, no markup.

The components put text on the page as text, so neither a document nor a model can bring markup,
links or pictures in.
"""

from __future__ import annotations

import re
from typing import Any

from assistant.headings import AGAINST, groups_of, is_set_against
from assistant.records import Answer, Citation, Claim, DocumentHead
from assistant.rendering import gap_line, reference

AROUND = 900
# The labels of a note's findings, and its marks of headings, are for programs; a reader of its
# surroundings does without them.
NOTE_LABELS = re.compile(r"\s*\[\w+:[^\[\]]*\]|^#+ ", re.MULTILINE)


def claims_view(claims: tuple[Claim, ...], nearest: tuple[Claim, ...] = ()) -> list[dict[str, Any]]:
    """Headings with their claims, or with what is nearest; citations numbered through the answer from 1. `against` is
    what sets a claim off from the one above it, where it is the other account."""
    number = 0
    told: set[tuple[frozenset[str], str]] = set()
    view = []
    for heading, group in groups_of(claims, nearest):
        rows = []
        for claim in group:
            marks = []
            for citation in claim.citations:
                number += 1
                marks.append({"number": number, "label": reference(citation)})
            rows.append(
                {
                    "against": AGAINST if is_set_against(heading, claim) else "",
                    "text": " ".join(claim.text.split()),
                    "quoted": claim.text == claim.citations[0].quote,
                    "basis": claim.basis,
                    "gap": gap_line(claim, told),
                    "condition": claim.condition if claim.text != claim.condition else None,
                    "support": claim.support.value,
                    "reason": claim.reason,
                    "marks": marks,
                }
            )
        view.append({"heading": heading, "claims": rows})
    return view


def citations_in_order(answer: Answer) -> list[Citation]:
    """The citations of an answer as `claims_view` numbers them."""
    groups = groups_of(answer.claims, answer.nearest)
    return [citation for _, group in groups for claim in group for citation in claim.citations]


def source_view(citation: Citation, head: DocumentHead, text: str) -> dict[str, Any]:
    """A citation in its surroundings: the quotation is cut out of the document's text again."""
    source = head.source
    facts = [
        f"Section {citation.section}" if citation.section else None,
        f"page {citation.page}" if citation.page else None,
        f"speaker {citation.speaker}" if citation.speaker else None,
        f"voice: {citation.voice.value}",
    ]
    return {
        "title": source.title,
        "kind": "Our note on this source" if source.is_note else (source.kind or "Source"),
        "by": "; ".join(source.authors) or "Authors not given",
        "year": source.year,
        "facts": [fact for fact in facts if fact],
        "before": _before(text, citation.start, is_note=source.is_note),
        "quote": text[citation.start : citation.end],
        "after": _after(text, citation.end, is_note=source.is_note),
        "link": source.link,
        "gaps": list(source.gaps),
        "read": source.read.value,
        "file": head.name,
        "passage": citation.passage,
    }


def _before(text: str, start: int, *, is_note: bool) -> str:
    """What stands before a quotation, from a whole word on."""
    whole = NOTE_LABELS.sub("", text[:start]) if is_note else text[:start]
    around = whole[-AROUND:]
    return around if len(around) == len(whole) else "…" + around[around.find(" ") :]


def _after(text: str, end: int, *, is_note: bool) -> str:
    """What stands after a quotation, up to a whole word."""
    whole = NOTE_LABELS.sub("", text[end:]) if is_note else text[end:]
    around = whole[:AROUND]
    return around if len(around) == len(whole) else around[: around.rfind(" ")] + " …"
