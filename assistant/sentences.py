"""Prose → sentence spans, by offset into the same text."""

from __future__ import annotations

import re

import sentencex

# What belongs to the sentence before it: a source's code, reference numbers, closing marks.
TRAILER = re.compile(
    r"^\s*(?:\(\s*[A-Z]{1,3}\s?\d{1,3}[^()]{0,40}\)|\[[\d,;\s–-]+\]|[\d,\s]{1,6}|[)\]’”'\".]+)[.\s]*$"
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of `text`, without surrounding white space, in order.

    A trailing participant code or reference number stays with its sentence.
    """
    spans: list[tuple[int, int]] = []
    for boundary in sentencex.get_sentence_boundaries("en", text):
        start, end = boundary["start_index"], boundary["end_index"]
        words = text[start:end]
        if not words.strip():
            continue
        begin = start + len(words) - len(words.lstrip())
        finish = end - (len(words) - len(words.rstrip()))
        if spans and TRAILER.match(words):
            spans[-1] = (spans[-1][0], finish)
        else:
            spans.append((begin, finish))
    return spans
