"""A document without what one of its speakers says.

The words are replaced in the text by as many blanks, so that the offsets of everybody else's words
hold. So are the speaker's labels and the headings that name them. What others say about the speaker stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from assistant.labelling.voice import codes_in
from assistant.records import Block, BlockKind, Document, each_speaker
from assistant.sentences import sentence_spans

Span = tuple[int, int]
# What titles say in the place of a name.
WITHDRAWN = "[withdrawn]"
# Initials that a list at the top of a transcript explains: `KD - Katharine Example`.
LEGEND = r"^[ \t]*(?P<initials>[A-Z]{2,3})\s*[-–—:]\s*"


def speakers_of(document: Document) -> set[str]:
    """Everybody who speaks in a document: labelled turns, and codes of quoted interviewees."""
    found = set()
    for block in document.blocks:
        for _, _, speakers in _spoken(document, block):
            found |= speakers
    return found


def without_speakers(document: Document, gone: Set[str]) -> Document:
    """The document without the words of these speakers, with a blank for each of their characters.

    A sentence that quotes several people goes if one of them does.
    """
    blocks: list[Block] = []
    removed: list[Span] = []
    for block in document.blocks:
        spans = [(start, end) for start, end, speakers in _spoken(document, block) if speakers & gone]
        removed += spans
        blocks += _parted(document.text, block, spans)
    kept = [(block.start, block.end) for block in blocks if block.kind is not BlockKind.FURNITURE]
    names = _called(document.text, gone)
    text = blanked(document.text, [*removed, *_labels(document.text, kept, names)])
    return replace(
        document,
        text=text,
        source=replace(document.source, title=_without_names(document.source.title, names)),
        blocks=tuple(
            replace(block, section=tuple(_without_names(title, names) for title in block.section))
            for block in blocks
        ),
        codings=tuple(coding for coding in document.codings if text[coding.start : coding.end].strip()),
    )


def removed_words(before: Document, after: Document) -> list[str]:
    """The lines, or parts of lines, of `before` that are blank in `after`."""
    runs = []
    for block in before.blocks:
        start = None
        for at in range(block.start, block.end + 1):
            is_gone = at < block.end and before.text[at] != after.text[at]
            is_space = at < block.end and before.text[at].isspace()
            if is_gone and start is None:
                start = at
            elif start is not None and not is_gone and not is_space:
                runs.append(before.text[start:at].strip())
                start = None
    return runs


def mentions(document: Document, speaker: str) -> int:
    """How often a speaker is named in what is left of a document."""
    return len(_name(speaker).findall(document.text))


def _spoken(document: Document, block: Block) -> Iterator[tuple[int, int, set[str]]]:
    """The sentences of a block, or the block whole, with who speaks in them."""
    if block.kind is BlockKind.FURNITURE:
        return
    if block.speaker:
        yield block.start, block.end, {block.speaker}
        return
    words = document.text[block.start : block.end]
    spans = [(0, len(words))] if block.kind is BlockKind.ROW else sentence_spans(words)
    for start, end in spans:
        codes = codes_in(document, block, words[start:end])
        if codes:
            yield block.start + start, block.start + end, set(each_speaker(codes))


def _parted(text: str, block: Block, removed: list[Span]) -> list[Block]:
    """A block as what is left of it, with furniture where words are gone, so that no passage spans them."""
    parts = []
    at = block.start
    for start, end in removed:
        parts += [*_trimmed(text, block, at, start), replace(_furniture(block), start=start, end=end)]
        at = end
    return [*parts, *_trimmed(text, block, at, block.end)]


def _trimmed(text: str, block: Block, start: int, end: int) -> list[Block]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return [replace(block, start=start, end=end)] if start < end else []


def _furniture(block: Block) -> Block:
    return Block(block.start, block.end, BlockKind.FURNITURE, block.section)


def _called(text: str, gone: Set[str]) -> set[str]:
    """What the speakers are called: their names, and initials that the text explains with them."""
    explained = (re.finditer(LEGEND + re.escape(speaker), text, re.MULTILINE) for speaker in gone)
    return {*gone, *(match["initials"] for matches in explained for match in matches)}


def _labels(text: str, kept: list[Span], names: Set[str]) -> Iterator[Span]:
    """Where speakers are named outside of what anybody else says: labels of turns, lists of them."""
    for name in names:
        for match in _name(name).finditer(text):
            if not any(start <= match.start() < end for start, end in kept):
                yield match.span()


def _name(speaker: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(speaker)}(?!\w)")


def _without_names(title: str, names: Set[str]) -> str:
    for name in sorted(names):
        title = _name(name).sub(WITHDRAWN, title)
    return title


def blanked(text: str, spans: Iterable[Span]) -> str:
    """A text with a blank for each character of these spans but for line ends."""
    characters = list(text)
    for start, end in spans:
        for at in range(start, end):
            if characters[at] != "\n":
                characters[at] = " "
    return "".join(characters)
