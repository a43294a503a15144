"""Document → Passages with their sentences.

A passage is a run of whole blocks of one section, one speaker and one tier of sensitivity, about `TARGET` words long and never
longer than the encoder can read. A table row stands alone with its group in the context. A block
that is too long is cut between sentences, a sentence that is too long between words: nothing is lost
and nothing is silently truncated by the encoder. An aside (`assistant.labelling.asides`) is a passage of its own;
the passage that it interrupts goes on behind it, without its sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.framework import Framework
from assistant.labelling import label_sentence
from assistant.labelling.asides import asides_of
from assistant.records import (
    Block,
    BlockKind,
    Document,
    Part,
    Passage,
    Sensitivity,
    Sentence,
    each_speaker,
    parts_of,
    passage_id,
    stricter,
)
from assistant.sentences import sentence_spans

# Changes whenever the same document would be cut or told otherwise, in whose voice too; part of the index's
# fingerprint.
SPLITTER = "blocks-6"
# Words of a passage: evals/decisions/passage_size.md.
TARGET = 220
MAX_CONTEXT_TOKENS = 56
# Characters of a sentence that are looked at at once, so that a very long one is not counted again and again.
WINDOW = 4000


class Tokeniser(Protocol):
    """Counts as the encoder counts."""

    @property
    def limit(self) -> int:
        """Most tokens that the encoder reads, special tokens included."""

    def spans(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of each token of `text`, without special tokens."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One sentence (or part of one too long) with its block."""

    block: Block
    sentence: Sentence
    tokens: int
    words: int
    tier: Sensitivity


def cut(document: Document, tokeniser: Tokeniser, framework: Framework) -> tuple[Passage, ...]:
    """All passages of a document by where they start. Their sentences cover every block that is not furniture."""
    seen: Counter[str] = Counter()
    groups = sorted(_groups(document, tokeniser, framework), key=lambda group: group[0].sentence.start)
    return tuple(_passage(document, group, tokeniser, seen) for group in groups)


def parts_without_words(document: Document, passages: Sequence[Passage]) -> tuple[str, ...]:
    """The parts that a document's source names and that none of its passages belongs to, in words."""
    return tuple(
        f"{part.kind} {part.name}"
        for part in parts_of(document.source)
        if not any(
            _belongs_to(part, document, passage.section, sentence)
            for passage in passages
            for sentence in passage.sentences
        )
    )


def _groups(document: Document, tokeniser: Tokeniser, framework: Framework) -> Iterator[list[_Piece]]:
    """Runs of pieces that make one passage each."""
    budget = tokeniser.limit - MAX_CONTEXT_TOKENS - 2
    parts = parts_of(document.source)
    asides = asides_of(document)
    open_run: list[_Piece] = []
    for block in document.blocks:
        if block.kind is BlockKind.FURNITURE:
            # Furniture between two paragraphs would stand inside the passage's text.
            yield from _runs(open_run, budget)
            open_run = []
            continue
        pieces = list(_pieces(document, block, tokeniser, framework, budget, parts))
        if block not in asides:
            open_run += pieces
            continue
        if open_run and not all(_is_beside(open_run[-1], piece) for piece in pieces):
            yield from _runs(open_run, budget)
            open_run = []
        yield from _runs(pieces, budget)
    yield from _runs(open_run, budget)


def _runs(pieces: Sequence[_Piece], budget: int) -> Iterator[list[_Piece]]:
    run: list[_Piece] = []
    for piece in pieces:
        if run and not _belongs(run, piece, budget):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _belongs(group: list[_Piece], piece: _Piece, budget: int) -> bool:
    """Whether a piece goes on with the passage: same place, no table row, room left."""
    last = group[-1].block
    if not _is_beside(group[-1], piece) or BlockKind.ROW in (last.kind, piece.block.kind):
        return False
    if sum(member.tokens for member in group) + piece.tokens > budget:
        return False
    words = sum(member.words for member in group)
    if piece.block is not last and words >= TARGET * 0.6:
        # A paragraph's end is a better border than the middle of the next one.
        return words + piece.words <= TARGET * 0.8
    return words + piece.words <= TARGET * 1.3


def _is_beside(one: _Piece, other: _Piece) -> bool:
    """Whether two pieces have one section, one speaker, one group of a table, and one tier."""
    return one.tier is other.tier and (one.block.section, one.block.speaker, one.block.prefix) == (
        other.block.section,
        other.block.speaker,
        other.block.prefix,
    )


def _pieces(
    document: Document,
    block: Block,
    tokeniser: Tokeniser,
    framework: Framework,
    budget: int,
    parts: Sequence[Part],
) -> Iterator[_Piece]:
    words = document.text[block.start : block.end]
    spans = [(0, len(words))] if block.kind is BlockKind.ROW else sentence_spans(words)
    for start, end in spans:
        for first, last, tokens in _within(words, start, end, tokeniser, budget):
            sentence = label_sentence(document, block, block.start + first, block.start + last, framework)
            tier = _tier(document, block, sentence, parts)
            yield _Piece(block, sentence, tokens, len(sentence.text.split()), tier)


def _tier(document: Document, block: Block, sentence: Sentence, parts: Sequence[Part]) -> Sensitivity:
    """The strictest of what holds of a sentence: its document's tier, its block's, those of parts."""
    held = (part.tier for part in parts if _belongs_to(part, document, block.section, sentence))
    return stricter(document.sensitivity, block.sensitivity or document.sensitivity, *held)


def _belongs_to(part: Part, document: Document, section: Sequence[str], sentence: Sentence) -> bool:
    pages = {page.label for at in (sentence.start, sentence.end - 1) if (page := document.page_at(at))}
    return part.holds(each_speaker(sentence.speaker), section, pages)


def _within(
    words: str, start: int, end: int, tokeniser: Tokeniser, budget: int
) -> Iterator[tuple[int, int, int]]:
    """A span as it is, or in parts that fit the budget, cut at white space where there is any; each with how
    many tokens it has."""
    reach = WINDOW
    while True:
        seen = min(end, start + reach)
        tokens = tokeniser.spans(words[start:seen])
        if len(tokens) <= budget:
            if seen == end:
                yield start, end, len(tokens)
                return
            reach *= 2
            continue
        stop = start + tokens[budget - 1][1]
        space = max(words.rfind(" ", start, stop), words.rfind("\n", start, stop))
        border = space if space > start else stop
        yield start, border, len(tokeniser.spans(words[start:border]))
        start = end - len(words[border:end].lstrip())


def _passage(document: Document, group: list[_Piece], tokeniser: Tokeniser, seen: Counter[str]) -> Passage:
    start, end = group[0].sentence.start, group[-1].sentence.end
    text = document.text[start:end]
    block = group[0].block
    page = document.page_at(start)
    seen[text] += 1
    return Passage(
        id=passage_id(document.id, text, seen[text]),
        document=document.id,
        start=start,
        end=end,
        text=text,
        section=block.section,
        sentences=tuple(piece.sentence for piece in group),
        context=_context(document, block, tokeniser),
        page=page.label if page else None,
        page_number=page.number if page else None,
        speaker=block.speaker,
        time=block.time,
        sensitivity=group[0].tier,
    )


def _context(document: Document, block: Block, tokeniser: Tokeniser) -> str:
    """A row's group, the innermost headings and the title, cut to what the encoder has room for."""
    parts = [block.prefix, *block.section[-2:], document.source.title]
    context = ". ".join(part for part in parts if part)
    tokens = tokeniser.spans(context)
    # The encoder reads a full stop after it.
    room = kept = MAX_CONTEXT_TOKENS - 1
    while len(tokens) > room:
        # What is left of a word can be more tokens than the same part of the whole word was.
        context = context[: tokens[kept - 1][1]]
        tokens = tokeniser.spans(context)
        kept -= 1
    return context


def encoded_text(passage: Passage) -> tuple[str, list[tuple[int, int]]]:
    """What the encoder reads of a passage (context, then its sentences without markup), and where
    each sentence stands in that."""
    text = f"{passage.context}. " if passage.context else ""
    spans = []
    for sentence in passage.sentences:
        start = len(text)
        text += sentence.text
        spans.append((start, len(text)))
        text += " "
    return text.rstrip(), spans
