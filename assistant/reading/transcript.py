"""Labelled talk → blocks with speakers.

Conventions that are known: `Name: words` (a name, a role or a code such as P4, INT, Q), with the time
before or after the name where there is one (`[00:01:20] Name: words`); the label on a line of its own,
with a colon (`P4:`) or the time (`Name 1:20`), above the words; and initials that a list at the top
explains (`KD - Katharine Example`, then `KD words`). A paragraph without a label belongs to the
speaker before it. What an interviewer says is kept, but is no finding: its voice is `other`; so is what
the audience asks (`Q words`), and the paragraph after it belongs to the speaker before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.reading.speakers import POSTS, is_code
from assistant.reading.structure import BY_LOOKS, Paragraph, heading_of, paragraphs_of
from assistant.records import Block, BlockKind, Voice

STAMP = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?"
ROLE = (
    r"(?i:speaker|participant|interviewee|interviewer|respondent|informant|facilitator|moderator|person|panel|member"
    r"|councillor|witness|carer|parent|manager|worker|nurse|practitioner)"
)
POST = rf"(?:[A-Z][\w’'-]*(?: [\w’'-]+){{0,2}}? (?:{POSTS})(?: \d{{1,3}})?|(?:Head|Director) of service)"
NAME = rf"(?:{ROLE} [A-Z]?\d{{1,3}}|{POST}|[A-Z][\w.’'-]*(?: (?:[A-Z]|\([A-Za-z])[\w.’')-]*){{0,3}})"
BOLD = r"(?:\*\*|__)?"
COLON_LABEL = re.compile(
    rf"^(?:(?P<before>{STAMP})\s*[-–—]?\s*)?{BOLD}(?P<label>{NAME}){BOLD}(?:\s*(?P<after>{STAMP}))?\s?:{BOLD}"
    rf"\s+(?:(?P<inside>{STAMP})\s+)?(?=\S)"
)
# On a line of its own only codes and roles in capitals are labels: other lines with a colon are leads.
ALONE_LABEL = re.compile(
    rf"^(?:(?P<before>{STAMP})\s*)?(?P<label>[A-Z][A-Z0-9]*(?: [A-Z0-9]+)?)(?:\s*(?P<after>{STAMP}))?\s?:$"
)
TIMED_LABEL = re.compile(
    rf"^(?P<label>[A-Z][\w.,’'()-]*(?: [\w(][\w.,’'()-]*){{0,5}}?)\s+(?P<after>{STAMP})[ \t]*(?:\n\s*(?=\S)|$)"
)
STAMP_ALONE = re.compile(rf"^{STAMP}$")
LEGEND = re.compile(r"^(?P<label>[A-Z]{2,3})\s*(?P<mark>[-–—:])\s*(?P<name>[A-Z][\w.’' -]{2,60})$")
# After a colon, as in a turn, only what can be no utterance is taken for a name.
FULL_NAME = re.compile(r"^[A-Z][\w.’'-]+(?: (?:[a-z]{2,3} )?[A-Z][\w.’'-]+){1,4}$")
INITIALS_LABEL = re.compile(r"^(?P<label>[A-Z]{2,3})[:\s]\s*(?=\S)")
NOT_SPEAKERS = {
    "note", "source", "author", "authors", "title", "figure", "table", "box", "email", "tel",
    "telephone", "doi", "keywords", "background", "methods", "results", "conclusions", "objective",
    "subject", "affiliation", "publisher", "aim", "url", "uri", "barrier", "barriers", "enabler", "enablers",
    "facilitators", "theme", "finding", "findings", "recommendation", "action", "example", "definition", "evidence",
    "summary", "conclusion", "challenge", "context", "mechanism", "outcome", "outcomes", "impact", "cost", "date",
    "strengths", "weaknesses", "opportunities", "threats",
}  # fmt: skip
INTERVIEWER = re.compile(
    r"^(?:(?:interviewer|moderator|facilitator|researcher)(?: ?\d{1,2})?|int ?\d{0,2}|iv|i|q)$", re.IGNORECASE
)
# Somebody of the audience who asks: one paragraph. Without a mark behind it "Q" alone is such a label for certain.
ASKER = r"(?=[QAD])(?i:(?:question(?:er)?|audience(?: member)?)(?: \d{1,2})?|delegate)"
ASKER_NAME = re.compile(rf"{ASKER}$")
ASKER_LABEL = re.compile(
    rf"^{BOLD}(?:Q\d{{0,2}}\s?[:.–—-]{BOLD}\s+|Q{BOLD}\s+(?=[A-Z“‘\"'])|{ASKER}\s?[:.–—-]{BOLD}\s+|{ASKER}{BOLD}\s+(?=[A-Z“‘\"'][^\n]*\?))"
    r"(?=\S)"
)
NUMBER = re.compile(r"\d{1,3}$")
MIN_SHARE = 0.1
# One speaker alone makes a talk where a role heads as many paragraphs.
ALONE_SHARE = 0.5
MAX_TITLE_WORDS = 8


def speakers_in(text: str, start: int, *, told: bool) -> dict[str, str]:
    """Label → speaker for a transcript; empty if the text is none. `told` is as in `speakers_of`."""
    return speakers_of([paragraph.text for paragraph in paragraphs_of(text, start)], told=told)


def speakers_of(paragraphs: Sequence[str], *, told: bool) -> dict[str, str]:
    """Label → speaker for paragraphs of a transcript; empty if they are none.

    `told` says that the file declares itself a transcript or talk: then one label is enough, else
    labels must recur and head at least a tenth of the paragraphs.
    """
    legend = {m["label"]: m["name"].strip() for words in paragraphs if (m := _legend(words))}
    initials = Counter(
        m["label"] for words in paragraphs if (m := INITIALS_LABEL.match(words)) and m["label"] in legend
    )
    if initials and (told or sum(initials.values()) >= 2):
        return {label: legend[label] for label in initials}
    labels = Counter(m["label"] for words in paragraphs if (m := _label(words)))
    frequent = {label: count for label, count in labels.items() if count > 1 or told}
    share = sum(frequent.values()) / max(len(paragraphs), 1)
    if not frequent or (not told and not _is_talk(list(frequent), share)):
        return {}
    # Where P4 speaks, P5 does too, though only once.
    series = {NUMBER.sub("", label) for label in frequent if NUMBER.search(label)}
    alike = (label for label in labels if NUMBER.search(label) and NUMBER.sub("", label) in series)
    return {label: label for label in (*frequent, *alike) if not ASKER_NAME.match(label)}


def _is_talk(labels: Sequence[str], share: float) -> bool:
    """Whether paragraphs of which labels head a share are talk, though nothing says so."""
    if len(labels) > 1:
        return share >= MIN_SHARE
    # Where only the interviewer is named, whose words follow is not known.
    [label] = labels
    is_role = bool(re.search("[a-z]", label)) and is_code(label) and not INTERVIEWER.match(label)
    return is_role and share >= ALONE_SHARE


def transcript_blocks(text: str, start: int, speakers: dict[str, str]) -> tuple[Block, ...]:
    """The talk as blocks, one a paragraph, each with its speaker and without its label."""
    turns = _Turns(text, speakers)
    section: tuple[str, ...] = ()
    for paragraph in paragraphs_of(text, start):
        heading = None if turns.is_label(paragraph.text) else turns.section_title(paragraph)
        if heading:
            section = (heading,)
        else:
            turns.take(Block(start=paragraph.start, end=paragraph.end, section=section))
    return tuple(turns.blocks)


def with_speakers(text: str, blocks: Iterable[Block], speakers: dict[str, str]) -> tuple[Block, ...]:
    """Blocks that were read otherwise, each turn with its speaker and without its label.

    A paragraph is cut where a line in it begins with a label.
    """
    turns = _Turns(text, speakers)
    for block in blocks:
        if block.kind in (BlockKind.ROW, BlockKind.FURNITURE):
            turns.blocks.append(block)
            continue
        starts = [block.start]
        for line in re.finditer(r"(?<=\n)[^\n]+", text[block.start : block.end]):
            if turns.is_label(line.group()):
                starts.append(block.start + line.start())
        for start, end in zip(starts, [*(start - 1 for start in starts[1:]), block.end], strict=True):
            turns.take(replace(block, start=start, end=end))
    return tuple(turns.blocks)


def voice_of_speaker(speaker: str | None) -> Voice | None:
    """`other` for an interviewer by role; None where the rules decide."""
    return Voice.OTHER if speaker and INTERVIEWER.match(speaker) else None


def clock(stamp: str) -> str:
    """A time of a recording as hh:mm:ss: `1:20`, `[00:01:20]` and `00:01:20.500` are 00:01:20."""
    parts = [int(part) for part in re.split(r"[.,]", stamp.strip("[]() "))[0].split(":")]
    seconds = sum(part * 60**power for power, part in enumerate(reversed(parts)))
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@dataclass
class _Turns:
    """Walks over paragraphs with the speaker whose turn it is."""

    text: str
    speakers: dict[str, str]
    blocks: list[Block] = field(default_factory=list)
    speaker: str | None = None
    time: str | None = None

    def is_label(self, words: str) -> bool:
        """Whether a paragraph names a speaker or a time, or explains a label."""
        is_turn = self._known(words) or ASKER_LABEL.match(words)
        return bool(self._explained(words) or STAMP_ALONE.match(words) or is_turn)

    def section_title(self, paragraph: Paragraph) -> str | None:
        """The title that a paragraph is. Within a conversation, a short line is somebody's answer."""
        heading = heading_of(paragraph.text, alone=paragraph.alone)
        if heading is None or len(paragraph.text.split()) > MAX_TITLE_WORDS:
            return None
        is_conversation = self.speaker is not None and len(set(self.speakers.values())) > 1
        return None if heading[0] == BY_LOOKS and is_conversation else heading[1]

    def take(self, block: Block) -> None:
        words = self.text[block.start : block.end]
        if self._explained(words):
            return
        if STAMP_ALONE.match(words):
            self.time = clock(words)
            return
        label = self._known(words)
        if label is not None:
            self.speaker = self.speakers[label["label"]]
            self.time = _time(label) or self.time
            block = replace(block, start=block.start + label.end())
        asked = None if label else ASKER_LABEL.match(words)
        if asked is not None:
            block = replace(block, start=block.start + asked.end())
        if block.start == block.end:
            return
        speaker = None if asked else self.speaker
        voice = Voice.OTHER if asked else block.voice or voice_of_speaker(speaker)
        self.blocks.append(replace(block, speaker=speaker, time=self.time, voice=voice))
        self.time = None

    def _explained(self, words: str) -> bool:
        legend = _legend(words)
        return legend is not None and self.speakers.get(legend["label"]) == legend["name"].strip()

    def _known(self, words: str) -> re.Match[str] | None:
        for pattern in (COLON_LABEL, ALONE_LABEL, TIMED_LABEL, INITIALS_LABEL):
            match = pattern.match(words)
            if match and match["label"] in self.speakers:
                return match
        return None


def _legend(words: str) -> re.Match[str] | None:
    match = LEGEND.match(words)
    if match and match["mark"] == ":" and not FULL_NAME.match(match["name"].strip()):
        return None
    return match


def _label(words: str) -> re.Match[str] | None:
    """The label that a paragraph begins with, if it can be a speaker's."""
    for pattern in (COLON_LABEL, ALONE_LABEL, TIMED_LABEL):
        match = pattern.match(words)
        if match and match["label"].lower() not in NOT_SPEAKERS:
            return match
    return None


def _time(label: re.Match[str]) -> str | None:
    found = label.groupdict()
    stamp = found.get("before") or found.get("after") or found.get("inside")
    return clock(stamp) if stamp else None
