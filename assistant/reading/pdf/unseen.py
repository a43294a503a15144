"""Characters of a page's text that show nothing themselves: counted as hidden text, and left out."""

from __future__ import annotations

import re
from collections import Counter

from assistant.reading.invisible import clean
from assistant.reading.pdf.hidden import Kind

NAMED = {
    "zero-width": Kind.ZERO_WIDTH,
    "variation selector": Kind.ZERO_WIDTH,
    "filler or annotation": Kind.ZERO_WIDTH,
    "bidirectional control": Kind.DIRECTION,
    "Unicode tag": Kind.TAGS,
}
SOFT_HYPHEN = "\u00ad"
# Scripts in which joiners and marks of direction have a use.
JOINED_SCRIPTS = re.compile("[\u0590-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc]")
# A stray mark is a word processor's; a message needs more.
STRAYS = 2


def count_unseen(text: str) -> Counter[Kind]:
    """How many characters that show nothing stand in a page's text, by kind; strays do not count."""
    found: Counter[Kind] = Counter()
    for name, count in clean(text).removed.items():
        if name in NAMED:
            found[NAMED[name]] += count
    if JOINED_SCRIPTS.search(text):
        del found[Kind.ZERO_WIDTH], found[Kind.DIRECTION]
    elif found[Kind.ZERO_WIDTH] <= STRAYS:
        del found[Kind.ZERO_WIDTH]
    return +found


def without_unseen(text: str) -> str:
    """Text without such characters; a soft hyphen at a line's end becomes a hyphen."""
    bare = text.rstrip()
    return clean(bare[:-1] + "-" if bare.endswith(SOFT_HYPHEN) else bare).text
