"""Common ways to cite: every piece that a search brought, or after the answer is written, over what plain
vector search retrieved.

The ways that cite afterwards are given better words than they would have: a person's statements, or the gold's own words with slips.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence

from assistant.records import Answer, Citation, Claim, Stance, Status, Support, Voice
from evals.arms import Hit

# How alike each text is to a statement.
Likeness = Callable[[str, Sequence[str]], Sequence[float]]
# A model that copies a quotation is taken to change one word in so many.
SLIP_EVERY = 8
SLIP = "somewhat"


def by_resemblance(
    question: str, statements: Sequence[str], hits: Sequence[Hit], texts: dict[str, str], likeness: Likeness
) -> Answer:
    """Each statement cites the retrieved piece that it resembles most, however little that is.

    A threshold that is lowered until something is cited comes to the same.
    """
    pieces = [texts[hit.source][hit.start : hit.end] for hit in hits]
    claims = []
    for statement in statements if hits else ():
        scores = list(likeness(statement, pieces))
        best = hits[scores.index(max(scores))]
        claims.append(
            _claim(statement, best.source, best.start, best.end, texts[best.source][best.start : best.end])
        )
    return _answer(question, claims)


def by_copying(question: str, quotes: Sequence[str], hits: Sequence[Hit], texts: dict[str, str]) -> Answer:
    """Quotations as a model copies them, each placed where the retrieved pieces match it best.

    What is shown is what the model wrote.
    """
    claims = []
    for quote in quotes if hits else ():
        copied = with_slips(quote)
        place = max((_match(copied, hit, texts[hit.source]) for hit in hits), key=lambda found: found[0])
        claims.append(_claim(copied, *place[1:], copied))
    return _answer(question, claims)


def by_search(question: str, hits: Sequence[Hit], texts: dict[str, str]) -> Answer:
    """Every piece that was retrieved is shown as a source, whole, as plain pipelines do."""
    claims = []
    for hit in hits:
        words = texts[hit.source][hit.start : hit.end]
        claims.append(_claim(words, hit.source, hit.start, hit.end, words))
    return _answer(question, claims)


def with_slips(quote: str) -> str:
    """The words with every eighth changed; short quotations are copied right."""
    words = quote.split()
    return " ".join(SLIP if number % SLIP_EVERY == 0 else word for number, word in enumerate(words, 1))


def _match(copied: str, hit: Hit, text: str) -> tuple[float, str, int, int]:
    """(likeness, document, start, end) of the stretch of a piece from the first to the last words in common."""
    piece = text[hit.start : hit.end]
    matcher = difflib.SequenceMatcher(None, piece, copied, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size > 3]
    if not blocks:
        return 0.0, hit.source, hit.start, hit.end
    start, end = blocks[0].a, blocks[-1].a + blocks[-1].size
    share = sum(block.size for block in blocks) / max(len(copied), end - start)
    return share, hit.source, hit.start + start, hit.start + end


def _claim(text: str, document: str, start: int, end: int, quote: str) -> Claim:
    citation = Citation(document, "", f"{document}:{start}", start, end, quote, None, None, None, Voice.OTHER)
    return Claim(text, Stance.NEITHER, (citation,), Support.SUPPORTED, "")


def _answer(question: str, claims: Sequence[Claim]) -> Answer:
    status = Status.ANSWERED if claims else Status.NOT_IN_EVIDENCE
    return Answer(question, question, status, "", tuple(claims))
