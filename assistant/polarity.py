"""Words that turn round what a sentence says: denials, and words for more and for less."""

from __future__ import annotations

import re

NEGATION = re.compile(
    r"(?:\b(?:not|never|nor|neither|cannot|no longer|no more|no|none|nobody|nothing)\b|n[’']t\b)"
    r"(?! (?:only|just|merely|simply|necessarily)\b)",
    re.IGNORECASE,
)
UP = re.compile(
    r"more|most|higher|highest|greater|greatest|larger|bigger|stronger|longer|better|best|faster|quicker|quickly|sooner|earlier"
    r"|increas\w+|rise[sn]?|rising|rose|rais(?:e|es|ed|ing)|gr(?:ow|ows|ew|own|owing)|improv(?:e|es|ed|ing)"
    r"|expand\w*|gain(?:s|ed|ing)?|accelerat\w+|sped|speed(?:s|ed|ing)?|widen\w*|lengthen\w*"
)
DOWN = re.compile(
    r"less|least|fewer|fewest|lower|lowest|smaller|smallest|weaker|shorter|worse|worst|slower|slowly|slow(?:s|ed|ing)?|later"
    r"|decreas\w+|reduc(?:e|es|ed|ing|tion|tions)|f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|cut(?:s|ting)?|declin\w+"
    r"|shr[aiu]nk\w*|worsen\w*|los(?:t|e|es|ing)|narrow(?:s|ed|ing)|shorten\w*|lower(?:s|ed|ing)|halv(?:e|es|ed)"
)
WORD = re.compile(r"[^\W\d_]+")


def polarity(text: str) -> tuple[bool, bool, bool]:
    """Whether a text denies something, tells of more, and tells of less."""
    words = WORD.findall(text.lower())
    return (
        bool(NEGATION.search(text)),
        any(UP.fullmatch(word) for word in words),
        any(DOWN.fullmatch(word) for word in words),
    )
