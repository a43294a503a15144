"""Documents with labelled sentences → a REFI-QDA project (QDPX), for NVivo, ATLAS.ti, MAXQDA and others.

A source holds a document's text as it is, so that positions are the offsets of the index. Each sentence
that has a label is a selection; voices, stances, conditions and speakers are its codes, and so are the
codings that researchers brought along.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from assistant.framework import Framework
from assistant.records import Document, Sentence, Stance, each_speaker

NAMESPACE = "urn:QDA-XML:project:1.0"
# Ids are made from what they name: the same export twice is the same file.
OURS = uuid.UUID("5f0e4d2c-6a0b-5d7c-9f56-0d1c53a6a3f1")
# Archives need a date; it says nothing.
DATE = (1980, 1, 1, 0, 0, 0)
VOICE, STANCE, CONDITION, SPEAKER, CODED = "Voice", "Stance", "Condition", "Speaker", "Coded before"
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """A document with the sentences of its passages."""

    document: Document
    sentences: Sequence[Sentence]


def as_qdpx(contents: Iterable[Coded], framework: Framework) -> bytes:
    """The bytes of a project with these documents."""
    project = _Project(framework)
    for content in contents:
        project.add(content)
    return project.packed()


class _Project:
    """A project in the making."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._codes: dict[Path, Any] = {}
        self._texts: dict[str, str] = {}
        self._root = etree.Element(f"{{{NAMESPACE}}}Project", nsmap={None: NAMESPACE})
        self._root.set("name", "Evidence")
        self._root.set("origin", "Evidence assistant")
        self._book = _child(_child(self._root, "CodeBook"), "Codes")
        self._sources = _child(self._root, "Sources")

    def add(self, content: Coded) -> None:
        """Add a document as a source."""
        document = content.document
        guid = _guid("source", document.id)
        self._texts[f"sources/{guid}.txt"] = document.text
        source = _child(
            self._sources,
            "TextSource",
            guid=guid,
            name=_clean(document.source.title) or document.name,
            plainTextPath=f"internal://{guid}.txt",
        )
        spans: dict[tuple[int, int], list[Path]] = {}
        for sentence in content.sentences:
            spans.setdefault((sentence.start, sentence.end), []).extend(self._labels(sentence))
        for coding in document.codings:
            spans.setdefault((coding.start, coding.end), []).append((CODED, _clean(coding.code)))
        for (start, end), codes in sorted(spans.items()):
            self._select(source, document, start, end, codes)

    def packed(self) -> bytes:
        """The project as a zip archive."""
        parts = {"project.qde": etree.tostring(self._root, xml_declaration=True, encoding="UTF-8")}
        parts |= {name: text.encode() for name, text in self._texts.items()}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(zipfile.ZipInfo(name, DATE), data, zipfile.ZIP_DEFLATED)
        return buffer.getvalue()

    def _labels(self, sentence: Sentence) -> Iterator[Path]:
        """The codes of a sentence, each a path from the outermost."""
        yield VOICE, sentence.voice.value
        labels = sentence.labels
        if labels.stance is not Stance.NEITHER:
            yield STANCE, labels.stance.value
        if labels.cluster:
            names = [self._framework.cluster_name(labels.cluster) or labels.cluster]
            if labels.parameter:
                names.append(self._framework.parameter_name(labels.parameter) or labels.parameter)
            yield CONDITION, *names
        for speaker in each_speaker(sentence.speaker):
            if _clean(speaker):
                yield SPEAKER, _clean(speaker)

    def _select(self, source: Any, document: Document, start: int, end: int, codes: list[Path]) -> None:
        place = (document.id, str(start), str(end))
        selection = _child(
            source,
            "PlainTextSelection",
            guid=_guid("selection", *place),
            name=_clean(document.text[start:end])[:80],
            startPosition=str(start),
            endPosition=str(end),
        )
        for path in dict.fromkeys(codes):
            coding = _child(selection, "Coding", guid=_guid("coding", *place, *path))
            _child(coding, "CodeRef", targetGUID=self._code(path))

    def _code(self, path: Path) -> str:
        """The id of a code, which is put into the codebook with those above it."""
        if path not in self._codes:
            if len(path) > 1:
                self._code(path[:-1])
            parent = self._codes.get(path[:-1], self._book)
            self._codes[path] = _child(
                parent, "Code", guid=_guid("code", *path), name=path[-1], isCodable="true"
            )
        return str(self._codes[path].get("guid"))


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for name, value in attributes.items():
        child.set(name, value)
    return child


def _guid(*parts: str) -> str:
    return str(uuid.uuid5(OURS, "\0".join(parts)))


def _clean(words: str) -> str:
    """Words in one line, without characters that XML cannot hold."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in words).split())
