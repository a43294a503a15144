"""Recordings' captions, WebVTT and SRT → turns of speech with speaker and time.

A caption is cut for the screen and not for the sense, so what one speaker says on end is joined again.
Speakers are known by voice tags (`<v Name>`, as Teams writes them) or by a name with a colon at a
line's start (as Zoom does). A long turn becomes several paragraphs, each with its time.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.errors import DocumentRefused
from assistant.reading.building import TextBuilder, document_from
from assistant.reading.decode import BOMS, decode
from assistant.reading.header import fields_in
from assistant.reading.marking import is_mark
from assistant.reading.reader import Reader, ReadOptions
from assistant.reading.transcript import NOT_SPEAKERS, clock, voice_of_speaker
from assistant.records import Document, Origin

TIMES = r"\d{1,3}:\d{2}(?::\d{2})?[.,]\d{1,3}[ \t]+-->"
SRT_START = re.compile(rf"^\s*\d+[ \t]*\r?\n[ \t]*{TIMES}")
VOICE = re.compile(r"<v(?:\.[^\s>.]*)*[ \t]+(?P<name>[^>\n]{1,200})>|(?P<end></v>)")
TAG = re.compile(r"</?[\w.:][^<>\n]{0,200}>")
CHANGE = re.compile(r"^>>+\s*")
LABEL = re.compile(r"^(?P<label>[^\W_][^:<>\n]{0,60}?)\s?:\s+(?=\S)")
ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")
# Every word of a name begins with a capital or a figure, but for particles and what stands in brackets.
NAMED = re.compile(r"^[A-Z]\S*(?: (?:[A-Z\d&|–-]\S*|\([^()]*\)|d[aeu]|van|von|der|of|the)){0,5}$")
# A turn's paragraph ends with the first sentence after so many words, or with the caption where
# nothing is punctuated: else one time would stand for minutes.
ENOUGH_WORDS = 80
MOST_WORDS = 200
SCREEN_KINDS = {"captions", "subtitles"}


@dataclass(frozen=True, slots=True)
class Utterance:
    """A line of a caption: when, and who speaks if the line itself says so. `is_change` marks that
    another person begins."""

    time: str
    words: str
    speaker: str | None = None
    is_change: bool = False


def _recognises(path: Path, data: bytes) -> bool:
    encoding = next((name for bom, name in BOMS if data.startswith(bom)), "utf-8")
    start = data[:400].decode(encoding, "ignore")
    return start.startswith("WEBVTT") or bool(SRT_START.match(start))


def _read(path: Path, data: bytes, options: ReadOptions) -> tuple[Document, ...]:
    text, warnings = decode(path, data)
    captions, fields = _captions(path, text)
    lost = len(re.findall(r"^[^\n]*-->", text, re.MULTILINE)) - len(captions)
    if lost > 0:
        warnings += (f"{lost} captions with times that cannot be read were left out",)
    lines = list(_without_repeats(_lines(captions)))
    builder = TextBuilder()
    _Turns(builder).take_all(_with_labels(lines))
    document = document_from(
        path,
        hashlib.sha256(data).hexdigest(),
        builder,
        {"title": path.stem, "kind": "transcript", **fields},
        is_transcript=True,
        warnings=warnings,
        origin=Origin.HEADER,
    )
    return (document,)


def _captions(path: Path, text: str) -> tuple[Sequence[Any], dict[str, Any]]:
    """The captions, and what the file's head says of it."""
    import webvtt
    from webvtt import srt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    try:
        if not text.startswith("WEBVTT"):
            return srt.parse(text.strip().split("\n")), {}
        file = webvtt.from_string(text)
    except (MalformedFileError, MalformedCaptionError) as error:
        raise DocumentRefused(
            path, f"captions that cannot be read: {error}", "export the transcript anew"
        ) from error
    heads = [*file.metadata, *(line for note in file.header_comments for line in note.split("\n"))]
    fields = fields_in(heads)
    if str(fields.get("kind")).lower() in SCREEN_KINDS:
        del fields["kind"]
    title = file.header_text.strip(" -–—\t")
    return file.captions, ({"title": title} if title else {}) | fields


def _lines(captions: Sequence[Any]) -> Iterator[Utterance]:
    """Every line of every caption with the voice that its tags give."""
    for caption in captions:
        time = clock(caption.start)
        speaker: str | None = None
        for line in caption.raw_text.split("\n"):
            position = 0
            for tag in VOICE.finditer(line):
                yield from _utterance(time, line[position : tag.start()], speaker)
                speaker = html.unescape(tag["name"]).strip() if tag["name"] else None
                position = tag.end()
            yield from _utterance(time, line[position:], speaker)


def _utterance(time: str, marked: str, speaker: str | None) -> Iterator[Utterance]:
    words = html.unescape(TAG.sub("", marked)).strip()
    change = CHANGE.match(words)
    if change:
        words = words[change.end() :]
    if words:
        yield Utterance(time, words, speaker, bool(change))


def _without_repeats(lines: Iterator[Utterance]) -> Iterator[Utterance]:
    """Lines but for those that roll up: shown again as the first line of the next caption."""
    previous: Utterance | None = None
    waiting: list[Utterance] = []
    for line in lines:
        if waiting and line.time != waiting[0].time:
            yield from waiting
            previous, waiting = waiting[-1], []
        rolls_up = previous is not None and not waiting and line.words == previous.words
        if not (rolls_up and len(line.words.split()) > 3):
            waiting.append(line)
    yield from waiting


def _with_labels(lines: Sequence[Utterance]) -> Iterator[Utterance]:
    """Lines without voice tags with the names that stand before their words."""
    labels = _labels([line.words for line in lines if line.speaker is None])
    for line in lines:
        match = LABEL.match(line.words) if line.speaker is None else None
        if match and match["label"].strip() in labels:
            yield Utterance(line.time, line.words[match.end() :], match["label"].strip(), line.is_change)
        else:
            yield line


def _labels(lines: Sequence[str]) -> set[str]:
    """Names that head lines: those that recur, and if most lines have one, whatever looks like a name."""
    found = Counter(
        match["label"].strip()
        for words in lines
        if (match := LABEL.match(words)) and match["label"].strip().lower() not in NOT_SPEAKERS
    )
    names = {label for label in found if NAMED.match(label)}
    recurring = {
        label
        for label, count in found.items()
        if (label in names and count > 1) or (count > 2 and len(label.split()) < 5)
    }
    labelled = sum(found[label] for label in recurring)
    return recurring | names if labelled > len(lines) / 2 else recurring


@dataclass
class _Turns:
    """Joins lines into turns, and turns into paragraphs."""

    builder: TextBuilder
    speaker: str | None = None
    time: str = ""
    words: list[str] = field(default_factory=list)
    is_new: bool = True

    def take_all(self, lines: Iterator[Utterance]) -> None:
        for line in lines:
            # Between labelled lines an unlabelled one goes on; after a change nobody is known.
            speaker = line.speaker or (None if line.is_change else self.speaker)
            if is_mark(line.words):
                self.close()
                self.builder.paragraph(line.words)
                continue
            if speaker != self.speaker or line.is_change:
                self.close()
                self.speaker, self.is_new = speaker, True
            elif self._is_enough():
                self.close()
            if not self.words:
                self.time = line.time
            self.words.append(line.words)
        self.close()

    def close(self) -> None:
        """End the paragraph."""
        self.builder.paragraph(
            " ".join(self.words),
            label=(self.speaker or "") if self.is_new else "",
            speaker=self.speaker,
            time=self.time,
            voice=voice_of_speaker(self.speaker),
        )
        self.words = []
        self.is_new = False

    def _is_enough(self) -> bool:
        count = sum(len(words.split()) for words in self.words)
        ended = bool(self.words) and bool(ENDS_SENTENCE.search(self.words[-1]))
        return count >= MOST_WORDS or (ended and count >= ENOUGH_WORDS)


READER = Reader("captions", (".vtt", ".srt"), _recognises, _read, sets_sensitivity=True)
