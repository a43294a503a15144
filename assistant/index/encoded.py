"""Document → passages with their vectors and labels, ready to be stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.encoding import Encoder, PassageVectors
from assistant.errors import DocumentRefused
from assistant.framework import Framework
from assistant.index.rows import is_storable
from assistant.labelling.spoken import with_talk
from assistant.labelling.trained import relabel
from assistant.passages import cut, encoded_text
from assistant.records import Document, Passage


@dataclass(frozen=True, slots=True)
class Encoded:
    """A document with its passages and their vectors, ready to be stored."""

    document: Document
    passages: tuple[Passage, ...]
    vectors: Sequence[PassageVectors]


def refuse_unstorable(document: Document) -> None:
    """Raise DocumentRefused for text that cannot be stored."""
    if not is_storable(document):
        raise DocumentRefused(document.name, "its text holds NUL or other marks that are no characters")


def encode(document: Document, encoder: Encoder, framework: Framework) -> Encoded:
    """A document cut, encoded and labelled."""
    passages = cut(document, encoder, framework)
    vectors = encoder.encode_passages([encoded_text(passage) for passage in passages])
    return labelled(document, passages, vectors, encoder, framework)


def labelled(
    document: Document,
    passages: Sequence[Passage],
    vectors: Sequence[PassageVectors],
    encoder: Encoder,
    framework: Framework,
) -> Encoded:
    """Passages with their vectors, and with voices and labels by these where the encoder is the packaged one."""
    told = with_talk(document, passages, vectors, encoder.fingerprint)
    return Encoded(document, relabel(told, vectors, framework, encoder.fingerprint), vectors)
