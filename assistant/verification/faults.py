"""What can be wrong with a claim, each fault by a rule that gives the reason or None.

A claim in other words is compared with the sentences that it cites: its numbers and names, its
direction, and how far it reaches (one interviewee is not "studies show").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.labelling.stance import stance_of
from assistant.records import Citation, Claim, Stance, Voice
from assistant.words import stems

# A figure, with its percent sign, and not the digits of a code such as P13.
NUMBER = re.compile(r"(?<!\w)\d+(?:[.,]\d+)*%?")
NUMBER_WORDS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14",
    "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
    "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70",
    "eighty": "80", "ninety": "90", "hundred": "100", "thousand": "1000", "half": "0.5",
}  # fmt: skip
# A word with a capital inside a sentence, or an interviewee's code.
NAME = re.compile(r"(?<=[\w,;:)] )[^\W\d_]{2,}|\b[A-Z]\d{1,3}\b")
QUOTED = re.compile(r"[“\"«]([^“”\"«»]+)(?:[”\"»]|$)")
FINDING = re.compile(
    r"\b(?:studies|research|evidence|literature) (?:\w+ ){0,2}?(?:shows?|shown|finds?|found|suggests?|indicates?"
    r"|demonstrates?|demonstrated|confirms?|confirmed|proves?)\b|\bproven?\b",
    re.IGNORECASE,
)
QUANTIFIER = re.compile(r"\b(?:most|all|always|generally|widely|everyone|everybody)\b", re.IGNORECASE)
SPEAKER = re.compile(r"\b(?:interviewee|informant|participant|respondent|speaker)s?\b", re.IGNORECASE)
CAUSAL = re.compile(
    r"\b(?:causes?|caused|leads? to|led to|results? in|resulted in|will (?:reduce|increase|improve|ensure))\b",
    re.I,
)
NEGATION = re.compile(
    r"(?:\b(?:not|never|nor|neither|cannot|no|none|nobody|nothing)\b|n[’']t\b)"
    r"(?! (?:only|just|merely|simply|necessarily)\b)",
    re.IGNORECASE,
)
# How many content words after a negation it is taken to deny.
NEGATED_WORDS = 2
ENDS_NEGATION = re.compile(r"[.;:,()]|\b(?:but|because|although|though|while)\b", re.IGNORECASE)
# "Not … unless" says that something helps: a negation that is taken back is not compared.
TAKEN_BACK = re.compile(r"\b(?:unless|until|without|except|other than)\b", re.IGNORECASE)
OPPOSITES = {Stance.ENABLER: Stance.BARRIER, Stance.BARRIER: Stance.ENABLER}


def word_share(text: str, quotes: str) -> float:
    """Share of a text's content words whose stems stand in the quotes; 0..1."""
    wanted = stems(text)
    present = set(stems(quotes))
    return sum(word in present for word in wanted) / len(wanted) if wanted else 0.0


def numbers_fault(text: str, quotes: str) -> str | None:
    """A figure that the cited sentences do not have."""
    known = set(numbers_in(quotes))
    missing = [number for number in numbers_in(text) if number not in known]
    return f"the number {missing[0]} is not in the cited sentences" if missing else None


def numbers_in(text: str) -> list[str]:
    """Figures and number words of a text, written alike; "one" is left out, it seldom counts."""
    plain = re.sub(r"(?<=\d) ?(?:per cent|percent)\b", "%", text.lower())
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", plain)
    return NUMBER.findall(plain) + [
        NUMBER_WORDS[word] for word in re.findall(r"[a-z]+", plain) if word in NUMBER_WORDS
    ]


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
    names = [name for name in NAME.findall(text) if name[0].isupper()]
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
    """A word that the claim denies and every quoted sentence that has it asserts, or the reverse."""
    if TAKEN_BACK.search(text):
        return None
    told = _negated(text)
    for word in stems(text):
        said = [
            word in _negated(quote)
            for quote in quotes
            if _count(word, quote) == 1 and not TAKEN_BACK.search(quote)
        ]
        if said and all(denied is not (word in told) for denied in said):
            return "it leaves out a “not” of the cited sentences, or adds one"
    return None


def _negated(text: str) -> set[str]:
    """Stems of the content words that stand right after a negation."""
    found: set[str] = set()
    for match in NEGATION.finditer(text):
        after = ENDS_NEGATION.split(text[match.end() :], maxsplit=1)[0]
        found.update(stems(after)[:NEGATED_WORDS])
    return found


def _count(word: str, text: str) -> int:
    """How often a text has a word, by its stem."""
    return sum(word in stems(part) for part in text.split())


def scope_fault(text: str, quotes: str, citations: Sequence[Citation]) -> str | None:
    """One voice told as a general finding; an association told as a cause."""
    # What a person says that "research shows" is still that person's word.
    written = " ".join(c.quote for c in citations if c.voice is not Voice.PARTICIPANT)
    general = FINDING.search(text) if not FINDING.search(written) else None
    general = general or (QUANTIFIER.search(text) if not QUANTIFIER.search(quotes) else None)
    if general:
        if not written:
            return "one person's words are told as a general finding"
        return f"“{general.group()}” says more than the cited sentences"
    if CAUSAL.search(text) and not CAUSAL.search(quotes):
        return "it tells a cause where the cited sentences tell none"
    return None


def voice_fault(text: str, quotes: str, citations: Sequence[Citation]) -> str | None:
    """What authors write told as an interviewee's words."""
    spoken = any(citation.voice is Voice.PARTICIPANT for citation in citations)
    if SPEAKER.search(text) and not spoken and not SPEAKER.search(quotes):
        return "it tells as an interviewee's view what no interviewee says"
    return None
