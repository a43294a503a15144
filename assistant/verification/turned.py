"""Claims that turn round what is compared: more for less, faster for slower, who did it for whom it was done to.

A claim is compared with each sentence by the words that stand next to a word of direction, or next to a verb
that both have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.polarity import DOWN, UP
from assistant.words import STOP_WORDS, stem

# What only strengthens the word of direction after it: "more slowly".
STRENGTHENS = frozenset({"more", "most", "much", "far", "even"})
# Where something is denied, its direction is the other: `faults.negation_fault` looks at that.
DENIED = re.compile(r"\b(?:not|never|no|without|neither|nor|cannot)\b|n[’']t\b", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
# "Looked after children" and "after-school clubs" tell of no order.
ORDER = re.compile(r"(?<!look )(?<!looks )(?<!looked )(?<!looking )(?<!-)\b(?:before|after)\b(?!-)")
# How many content words after "before" or "after" are what it orders.
ORDERED = 4
SPANS = frozenset(map(stem, ("year", "month", "week", "day", "hour", "decade", "time")))
PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\b")


def turned_fault(text: str, quotes: Sequence[str]) -> str | None:
    """A claim that tells the opposite direction or order of what every quoted sentence that tells one does."""
    if not DENIED.search(text):
        told = _directions(text)
        near = [_directions(quote) for quote in quotes if not DENIED.search(quote)]
        for word, directions in told.items():
            said = set().union(*(one.get(word, set()) for one in near)) if near else set()
            if said and not said & directions:
                return "it turns round what the cited sentences compare"
    if quotes and all(_is_swapped(text, quote) for quote in quotes):
        return "it turns round who does what in the cited sentences"
    return None


def order_fault(text: str, quotes: Sequence[str]) -> str | None:
    """A claim that says what came before or after what, where no quoted sentence has both in that order."""
    for told in _ordered(text):
        if not any(_tells_order(told, said) for quote in quotes for said in _ordered(quote)):
            return "it tells an order in time that the cited sentences do not tell"
    return None


def _ordered(text: str) -> Iterator[tuple[set[str], set[str]]]:
    """What came first and what came then, as stems; not what only tells how long something took."""
    for match in ORDER.finditer(text.lower()):
        left = set(_stems(text[: match.start()]))
        right = {word for word in _stems(text[match.end() :])[:ORDERED] if not word.isdigit()}
        if left and not right <= SPANS:
            yield (left, right) if match.group() == "before" else (right, left)


def _tells_order(told: tuple[set[str], set[str]], said: tuple[set[str], set[str]]) -> bool:
    return not told[0].isdisjoint(said[0]) and not told[1].isdisjoint(said[1])


def _directions(text: str) -> dict[str, set[bool]]:
    """Stem of each word that stands next to one of direction → the directions (up is true)."""
    words = [word.lower() for word in WORD.findall(text)]
    found: dict[str, set[bool]] = {}
    for place, word in enumerate(words):
        is_up = UP.fullmatch(word) is not None
        if not is_up and not DOWN.fullmatch(word):
            continue
        after = words[place + 1] if place + 1 < len(words) else ""
        if word in STRENGTHENS and _is_direction(after):
            continue
        for neighbour in (_nearest(reversed(words[:place])), _nearest(iter(words[place + 1 :]))):
            if neighbour:
                found.setdefault(neighbour, set()).add(is_up)
    return found


def _nearest(words: Iterator[str]) -> str | None:
    """Stem of the first word with content; none beyond what it is compared with."""
    for word in words:
        if word == "than":
            return None
        if word not in STOP_WORDS and not _is_direction(word):
            return stem(word)
    return None


def _is_direction(word: str) -> bool:
    return bool(UP.fullmatch(word) or DOWN.fullmatch(word))


def _is_swapped(text: str, quote: str) -> bool:
    """Whether a verb, or a comparison, has its two sides the other way round."""
    return _is_swapped_at_than(text, quote) or _is_swapped_at_verb(text, quote)


def _is_swapped_at_than(text: str, quote: str) -> bool:
    """Faster than: what stood after it stands before it, and the reverse; the direction is the same."""
    told, said = _sides_of_than(text), _sides_of_than(quote)
    if told is None or said is None or told[2] is not said[2]:
        return False
    new_left, new_right = told[0] - said[0], told[1] - said[1]
    return bool(new_left & said[1] and new_right & said[0])


def _sides_of_than(text: str) -> tuple[set[str], set[str], bool] | None:
    left, than, right = text.lower().partition(" than ")
    if not than:
        return None
    direction = [UP.fullmatch(word) is not None for word in WORD.findall(left) if _is_direction(word)]
    return (set(_stems(left)), set(_stems(right)[:3]), direction[-1]) if direction else None


def _is_swapped_at_verb(text: str, quote: str) -> bool:
    """A trained B: the words right before and after a word that both have are exchanged, or one is told in the
    passive and they are not."""
    told, said = _around(text), _around(quote)
    for word in told.keys() & said.keys():
        before, after, is_passive = told[word]
        other_before, other_after, other_passive = said[word]
        if not before or not after or before == after:
            continue
        is_exchanged = (before, after) == (other_after, other_before)
        is_same = (before, after) == (other_before, other_after)
        if (is_exchanged and is_passive is other_passive) or (is_same and is_passive is not other_passive):
            return True
    return False


def _around(text: str) -> dict[str, tuple[str, str, bool]]:
    """Stem → the stems before and after it, and whether "by" and a form of "be" make it a passive. Of words that
    stand twice, none."""
    spans = [
        (stem(m.group().lower()), m.span())
        for m in WORD.finditer(text)
        if m.group().lower() not in STOP_WORDS
    ]
    once = [word for word, _ in spans]
    found = {}
    for (before, (_, start)), (word, (first, last)), (after, (end, _)) in zip(
        spans, spans[1:], spans[2:], strict=False
    ):
        between = text[last:end].lower()
        if once.count(word) == 1 and not re.search(r"[.;:,]|\b(?:and|or)\b", text[start:first] + between):
            is_passive = bool(PASSIVE.search(text[start:first].lower()) and re.search(r"\bby\b", between))
            found[word] = (before, after, is_passive)
    return found


def _stems(text: str) -> list[str]:
    return [stem(word) for word in WORD.findall(text.lower()) if word not in STOP_WORDS]
