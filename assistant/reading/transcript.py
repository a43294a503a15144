"""Labelled talk → blocks with speakers.

Two conventions are known: `Name: words` (a name, a role or a code such as P4, INT, Q), and initials
that a list at the top explains (`KD - Katharine Example`, then `KD words`). A paragraph without a
label belongs to the speaker before it.
"""

from __future__ import annotations

import re
from collections import Counter

from assistant.reading.structure import Paragraph, heading_of, paragraphs_of
from assistant.records import Block, BlockKind

COLON_LABEL = re.compile(r"^(?P<label>[A-Z][\w.’'-]*(?: [A-Z(][\w.’')-]*){0,3})\s?:\s+(?=\S)")
LEGEND = re.compile(r"^(?P<label>[A-Z]{2,3})\s*[-–—:]\s*(?P<name>[A-Z][\w.’' -]{2,60})$")
INITIALS_LABEL = re.compile(r"^(?P<label>[A-Z]{2,3})[:\s]\s*(?=\S)")
NOT_SPEAKERS = {
    "note", "source", "author", "authors", "title", "figure", "table", "box", "email", "tel",
    "telephone", "doi", "keywords", "background", "methods", "results", "conclusions", "objective",
    "subject", "affiliation", "publisher", "aim", "url", "uri",
}  # fmt: skip
MIN_SHARE = 0.1


def speakers_in(text: str, start: int, *, told: bool) -> dict[str, str]:
    """Label → speaker for a transcript; empty if the text is none.

    `told` says that the file declares itself a transcript or talk: then one label is enough, else
    labels must recur and head at least a tenth of the paragraphs.
    """
    paragraphs = list(paragraphs_of(text, start))
    legend = {m["label"]: m["name"].strip() for p in paragraphs if (m := LEGEND.match(p.text))}
    initials = Counter(
        m["label"] for p in paragraphs if (m := INITIALS_LABEL.match(p.text)) and m["label"] in legend
    )
    if initials and (told or sum(initials.values()) >= 2):
        return {label: legend[label] for label in initials}
    labels = Counter(
        m["label"]
        for p in paragraphs
        if (m := COLON_LABEL.match(p.text)) and m["label"].lower() not in NOT_SPEAKERS
    )
    frequent = {label: count for label, count in labels.items() if count > 1 or told}
    share = sum(frequent.values()) / max(len(paragraphs), 1)
    if not frequent or (not told and (len(frequent) < 2 or share < MIN_SHARE)):
        return {}
    return {label: label for label in frequent}


def transcript_blocks(text: str, start: int, speakers: dict[str, str]) -> tuple[Block, ...]:
    """The talk as blocks, one a paragraph, each with its speaker and without its label."""
    blocks: list[Block] = []
    section: tuple[str, ...] = ()
    speaker: str | None = None
    for paragraph in paragraphs_of(text, start):
        legend = LEGEND.match(paragraph.text)
        if legend and legend["label"] in speakers:
            continue
        label = _label(paragraph, speakers)
        if label is not None:
            name, width = label
            speaker = speakers[name]
            blocks.append(_turn(paragraph, width, section, speaker))
        elif heading := _section_title(paragraph):
            section = (heading,)
        else:
            blocks.append(_turn(paragraph, 0, section, speaker))
    return tuple(blocks)


def _label(paragraph: Paragraph, speakers: dict[str, str]) -> tuple[str, int] | None:
    for pattern in (COLON_LABEL, INITIALS_LABEL):
        match = pattern.match(paragraph.text)
        if match and match["label"] in speakers:
            return match["label"], match.end()
    return None


def _section_title(paragraph: Paragraph) -> str | None:
    heading = heading_of(paragraph.text, alone=paragraph.alone)
    return heading[1] if heading and len(paragraph.text.split()) <= 8 else None


def _turn(paragraph: Paragraph, width: int, section: tuple[str, ...], speaker: str | None) -> Block:
    return Block(
        start=paragraph.start + width,
        end=paragraph.end,
        kind=BlockKind.PROSE,
        section=section,
        speaker=speaker,
    )
