"""What can be wrong with a claim, each fault by a rule that gives the reason or None.

A claim in other words is compared with the sentences that it cites: here its names and quotations, its
direction and its negations; in `amounts` its figures, in `turned` what it compares, in `reach` how far it goes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.labelling.stance import stance_of
from assistant.polarity import NEGATION
from assistant.records import Citation, Claim, Stance
from assistant.records.terms import OPPOSITES
from assistant.words import stems

# A word with a capital inside a sentence, one all in capitals, or an interviewee's code.
NAME = re.compile(r"(?<=[\w,;:)] )[^\W\d_]{2,}|\b[A-Z]{2,}\b|\b[A-Z]\d{1,3}\b")
# A word that opens a claim has a capital whatever it is: what ends like the people of a country is taken for a name.
OPENING_NAME = re.compile(r"^(?:The |In )?([A-Z][a-z]+(?:ish|ese|ian|ean|ican))\b")
QUOTED = re.compile(r"[“\"«]([^“”\"«»]+)(?:[”\"»]|$)")
# How many content words after a negation it is taken to deny.
NEGATED_WORDS = 2
ENDS_NEGATION = re.compile(r"[.;:,()]|\b(?:but|because|although|though|while)\b", re.IGNORECASE)
# "Not … unless" says that something helps: a negation that is taken back is not compared.
TAKEN_BACK = re.compile(r"\b(?:unless|until|without|except|other than)\b", re.IGNORECASE)


def word_share(text: str, quotes: str) -> float:
    """Share of a text's content words whose stems stand in the quotes; 0..1."""
    wanted = stems(text)
    present = set(stems(quotes))
    return sum(word in present for word in wanted) / len(wanted) if wanted else 0.0


def quotation_fault(text: str, quotes: str) -> str | None:
    """Words that the claim sets in quotation marks and that no cited sentence has: a made-up quotation."""
    said = _as_spoken(quotes)
    missing = [words for words in QUOTED.findall(text) if _as_spoken(words) not in said]
    return "the words that it sets in quotation marks are not the source's" if missing else None


def _as_spoken(words: str) -> str:
    """Words in one case, with one kind of apostrophe and space, without marks at their ends."""
    return " ".join(words.lower().replace("’", "'").replace("‘", "'").split()).strip(" .,;:!?…'")


def names_fault(text: str, citations: Sequence[Citation]) -> str | None:
    """A name that neither the cited sentences nor their sources have."""
    known = " ".join(f"{c.quote} {c.title} {c.speaker or ''}" for c in citations).lower()
    words = set(re.findall(r"[a-z]\d{1,3}\b|[^\W\d_]+", known))
    names = [name for name in (*OPENING_NAME.findall(text), *NAME.findall(text)) if name[0].isupper()]
    missing = [name for name in names if name.lower() not in words]
    return f"the name {missing[0]} is not in the cited sentences" if missing else None


def direction_fault(claim: Claim, quotes: str) -> str | None:
    """A claim that something helps, of a sentence that says it hinders, or the reverse."""
    said = _stance_said(claim.citations, quotes)
    for stance in (stance_of(claim.text).stance, claim.stance):
        if OPPOSITES.get(stance) is said and said is not Stance.NEITHER:
            return f"the cited sentences tell of a {said.value}, the claim of an opposite"
    return None


def _stance_said(citations: Sequence[Citation], quotes: str) -> Stance:
    """What the cited sentences were labelled with at ingest; else what their words tell."""
    labelled = {citation.stance for citation in citations} - {Stance.NEITHER}
    if len(labelled) > 1:
        return Stance.BOTH
    return labelled.pop() if labelled else stance_of(quotes).stance


def negation_fault(text: str, quotes: Sequence[str]) -> str | None:
    """A word that the claim denies and every quoted sentence that has it asserts, or the reverse; a denial
    without the condition that takes it back."""
    if TAKEN_BACK.search(text):
        return None
    denied, near = _negated(text, 1), _negated(text, NEGATED_WORDS)
    is_bare = len(NEGATION.findall(text)) == 1 and bool(quotes)
    if is_bare and all(TAKEN_BACK.search(quote) and denied & _negated(quote, 1) for quote in quotes):
        return "it leaves out on what condition the cited sentences say it"
    for word in stems(text):
        said = [
            (word in _negated(quote, 1), word in _negated(quote, NEGATED_WORDS))
            for quote in quotes
            if _count(word, quote) == 1 and not TAKEN_BACK.search(quote)
        ]
        is_added = word in denied and not any(loosely for _, loosely in said)
        is_left_out = word not in near and all(strictly for strictly, _ in said)
        if said and (is_added or is_left_out):
            return "it leaves out a “not” of the cited sentences, or adds one"
    return None


def _negated(text: str, reach: int) -> set[str]:
    """Stems of so many content words right after each negation."""
    found: set[str] = set()
    for match in NEGATION.finditer(text):
        after = ENDS_NEGATION.split(text[match.end() :], maxsplit=1)[0]
        found.update(stems(after)[:reach])
    return found


def _count(word: str, text: str) -> int:
    """How often a text has a word, by its stem."""
    return sum(word in stems(part) for part in text.split())
