"""Prose → sentence spans, by offset into the same text."""

from __future__ import annotations

import re

import sentencex

# A source's code or reference numbers: what stands after a full stop and belongs to what is before it.
CODE = r"(?:[A-Z]{1,3}\s?|[A-Z][a-z]{2,15} (?:[a-z]{2,15} )?[A-Z]?)\d{1,3}"
MARK = rf"(?:\(\s*{CODE}[^()]{{0,40}}\)|\[[\d,;\s–-]{{1,60}}\])"
TRAILER = re.compile(rf"(?:{MARK}|[\d,\s]{{1,6}}|[)\]’”'\".]++)[.\s]*")
# A sentence that opens so points at something before it that a reader would not see.
POINTS_BACK = re.compile(
    r"^\W*(?:this|that|these|those|it|its|they|their|them|he|she|his|her|such|here|there (?:they|he|she|it)|however|but"
    r"|and|so|also|moreover|furthermore|then|thus|therefore|hence|or|nor|similarly|likewise|instead|both|neither|the (?:latter|former))\b",
    re.IGNORECASE,
)
# Of those, what only goes on ("However, leaders …") is whole without what is before; so is an "it" that stands
# for nothing ("It takes time to …").
GOES_ON = re.compile(
    r"^\W*(?:however|but|and|so|also|moreover|furthermore|then|thus|therefore|hence|or|nor|similarly|likewise|instead|here)\b,?\s*",
    re.IGNORECASE,
)
STANDS_FOR_NOTHING = re.compile(
    r"^\W*(?:it (?:is|was|has been|can be|may be|takes|took|seems|seemed|appears|appeared|matters|helps|becomes)\b"
    r"(?=[^.;]{0,60}?\b(?:that|to|when|if|whether|how)\b)|both (?!of (?:them|these|those)\b)[^.;,]{1,40} and\b"
    r"|(?:that|those) (?:who|which)\b|(?:this|the present|these) (?:paper|article|study|review|report|chapter|thesis|evaluation)s?\b)",
    re.IGNORECASE,
)
LEADING_MARK = re.compile(rf"{MARK}[.,;]?(?=\s+[A-Z‘“\"'])")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of `text`, without surrounding white space, in order.

    A participant code or reference number after a full stop stays with the sentence before it, unless
    the text itself begins with one: then they stand before what they belong to.
    """
    spans: list[tuple[int, int]] = []
    marks_lead = LEADING_MARK.match(text) is not None
    for boundary in sentencex.get_sentence_boundaries("en", text):
        start, end = boundary["start_index"], boundary["end_index"]
        if spans and not marks_lead and (mark := LEADING_MARK.match(text, start, end)):
            start = mark.end()
            spans[-1] = (spans[-1][0], start)
        words = text[start:end]
        if not words.strip():
            continue
        begin = start + len(words) - len(words.lstrip())
        finish = begin + len(words.strip())
        if spans and TRAILER.fullmatch(text, begin, finish):
            spans[-1] = (spans[-1][0], finish)
        else:
            spans.append((begin, finish))
    return spans


def needs_what_is_before(words: str) -> bool:
    """Whether a sentence points at something before it without which it says nothing ("This helped")."""
    rest = GOES_ON.sub("", words, count=1)
    return points_back(rest) and not GOES_ON.match(rest) and not STANDS_FOR_NOTHING.match(rest)


def points_back(words: str) -> bool:
    """Whether a sentence points at a sentence before it, which a reader would not see."""
    return bool(POINTS_BACK.match(words))
