"""What of the pages cannot be read though it was decoded: whole pages, and runs of lines in one bad font."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.reading.pdf.lines import Line
from assistant.reading.pdf.pages import PageReading
from assistant.reading.pdf.quality import PUNCTUATION, WORD, assess
from assistant.reading.pdf.spelling import familiar_share, is_mixed, plausible_share

# A page of which this share of words is known, and hardly a symbol, has no line that is none.
SOUND, SOME_SYMBOLS = 0.9, 0.02
DOUBTFUL_FAMILIAR, DOUBTFUL_PLAUSIBLE = 0.2, 0.62
# Lines with fewer letters are judged by their neighbours.
FEW_LETTERS = 8
# A token of this many different symbols is none of prose, nor a row of ticks.
SHORTEST, MIN_SYMBOLS = 3, 2


def leave_out_garbled(pages: Sequence[PageReading]) -> tuple[list[int], list[int]]:
    """Empty the pages that nobody can read and take such lines out of the others; gives the places of both."""
    whole: list[int] = []
    part: list[int] = []
    for place, page in enumerate(pages):
        if not page.lines:
            continue
        quality = assess(page.text)
        if quality.is_garbage:
            page.lines = []
            whole.append(place)
        elif quality.latin > 0.5 and (
            quality.familiar < SOUND or max(quality.odd, quality.symbols) > SOME_SYMBOLS
        ):
            kept = _readable(page.lines)
            if len(kept) < len(page.lines):
                page.lines = kept
                part.append(place)
    return whole, part


def _readable(lines: Sequence[Line]) -> list[Line]:
    """The lines without those of symbols, and without the runs of doubtful ones that are garbage together."""
    kept: list[Line] = []
    run: list[Line] = []
    for line in [*(line for line in lines if not _is_noise(line.text)), None]:
        if line is not None and _is_doubtful(line.text, in_run=bool(run)):
            run.append(line)
            continue
        if run and not assess("\n".join(each.text for each in run)).is_garbage:
            kept += run
        run = []
        if line is not None:
            kept.append(line)
    return kept


def _is_noise(text: str) -> bool:
    """Whether most of what stands for words is symbols and undecoded marks among letters."""
    tokens = [token for token in text.split() if len(token) >= SHORTEST]
    noisy = sum(_is_noisy(token) for token in tokens)
    return noisy > 0.5 * len(tokens) and sum(map(len, tokens)) >= FEW_LETTERS


def _is_noisy(token: str) -> bool:
    symbols = [mark for mark in token if not mark.isalnum() and mark not in PUNCTUATION]
    return (len(set(symbols)) >= MIN_SYMBOLS and len(symbols) > 0.3 * len(token)) or token.count("\ufffd") > 1


def _is_doubtful(text: str, *, in_run: bool) -> bool:
    words = Counter(word.lower() for word in WORD.findall(text))
    if sum(map(len, words.elements())) < FEW_LETTERS:
        return in_run
    if any(map(is_mixed, words)):
        return True
    return familiar_share(words) < DOUBTFUL_FAMILIAR and plausible_share(words) < DOUBTFUL_PLAUSIBLE
