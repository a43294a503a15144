"""How far a claim reaches: of how many it is said, by whom, how sure, and whether it tells a cause.

A claim may say less than the sentences that it cites, never more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.labelling.stance import stance_of
from assistant.records import Citation, Stance, Voice
from assistant.words import content_words, stem, stems

FINDING = re.compile(
    r"\b(?:studies|research|evidence|literature) (?:\w+ ){0,2}?(?:shows?|shown|finds?|found|suggests?|indicates?"
    r"|demonstrates?|demonstrated|confirms?|confirmed|proves?)\b|\bproven?\b",
    re.IGNORECASE,
)
# Words for how many or how often, from few to all. Who says one of a level may not be told with a higher one.
LEVELS = (
    re.compile(r"\b(?:few|little|rarely|seldom|hardly)\b", re.IGNORECASE),
    re.compile(r"\b(?:some|several|sometimes|certain|partly)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:many|much|often|frequent(?:ly)?|common(?:ly)?|regular(?:ly)?|repeated(?:ly)?)\b", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:most|mostly|majority|usually|typically|generally|largely|widely|mainly)\b", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:(?<!above )(?<!after )(?<!at )all(?! the while)|every|always|everyone|everybody|everything|everywhere|universally|invariably|entirely)\b",
        re.IGNORECASE,
    ),
)
HIGH = 3
ONLY_ONE = re.compile(r"\b(?:one|a single)\s+(?P<thing>\w+(?:\s+\w+){0,2})", re.IGNORECASE)
SAYS = (
    r"(?:says?|said|finds?|found|thinks?|thought|believes?|believed|feels?|felt|reports?|reported|argues?|argued|sees?|saw|tells?|told"
    r"|describes?|described|agrees?|agreed|notes?|noted|stress(?:es|ed)?|concludes?|concluded|suggests?|suggested|shows?|showed)"
)
SPEAKER = re.compile(r"\b(?:interviewee|informant|participant|respondent|speaker)s?\b", re.IGNORECASE)
# Several people who say something: "interviewees said", "managers often find".
SPEAKERS = re.compile(
    rf"\b(?P<who>(?!this|us|was|has|is|does|says)\w+s|staff|people)\s+(?:\w+ly |also |often )?{SAYS}\b",
    re.IGNORECASE,
)
AUTHORS = re.compile(
    rf"\b(?:authors?|researchers?|evaluators?|(?:the|this|one|a) (?:study|paper|evaluation|review|report))\s+(?:\w+ly |also )?{SAYS}\b",
    re.IGNORECASE,
)
CAUSAL = re.compile(
    r"\b(?:causes?|caused|leads? to|led to|results? in|resulted in|brings? about|brought about"
    r"|will (?:reduce|increase|improve|ensure))\b",
    re.IGNORECASE,
)
BECAUSE = re.compile(r"\b(?:because|due to|owing to|thanks to|as a result)\b", re.IGNORECASE)
# A change that something makes in something: "reduces complaints", not "costs increased by a third".
CHANGES = re.compile(
    r"\b(?:reduc(?:es?|ed)|lower(?:s|ed)|rais(?:es?|ed)|increas(?:es?|ed)|decreas(?:es?|ed)|improv(?:es?|ed)|cuts?|boost(?:s|ed)?"
    r"|worsen(?:s|ed)?|prevent(?:s|ed)?|shorten(?:s|ed)?|eliminat(?:es?|ed)|ensur(?:es?|ed))\s+(?!(?:by|in|to|from|after|when|where|if|and|or|over"
    r"|during|since|as|more|less|most|with|at|on|among|for|through|between|across|because|only|until|than|than)\b)\w",
    re.IGNORECASE,
)
ASSOCIATED = re.compile(
    r"\b(?:associat\w+|correlat\w+|link(?:s|ed)? (?:to|with)|relat(?:ed|es) to|predict\w*)\b", re.IGNORECASE
)
# What is held possible or meant, and not told as a fact. What "we could" do, we were able to.
HEDGE = re.compile(
    r"\b(?:may|might|(?<!\bi )(?<!\bwe )(?<!\bhe )(?<!\byou )(?<!\bthey )could|possibly|perhaps|potentially|(?:plan|hope|intend|aim|expect|propose|seem|appear|want|wish)(?:s|ed|ing)? to"
    r"|(?:is|are|was|were) (?:likely|expected|planned|meant|supposed) to)\b",
    re.IGNORECASE,
)
HEDGED = re.compile(
    r"\b(?:may|might|could|can|would|should|possibl[ey]|perhaps|potential(?:ly)?|likely|plan\w*|hop(?:e|es|ed|ing)|intend\w*|intention"
    r"|aim\w*|expect\w*|propos\w*|seem\w*|appear\w*|suggest\w*|want\w*|wish\w*|if|unless|think\w*|believ\w*)\b",
    re.IGNORECASE,
)


def scope_fault(text: str, quotes: str, citations: Sequence[Citation]) -> str | None:
    """One voice told as a general finding, few told as many, an association told as a cause."""
    # What a person says that "research shows" is still that person's word.
    written = " ".join(c.quote for c in citations if c.voice is not Voice.PARTICIPANT)
    general = FINDING.search(text) if not FINDING.search(written) else None
    general = general or _wider(text, quotes)
    if general:
        if not written:
            return "one person's words are told as a general finding"
        return f"“{general.group()}” says more than the cited sentences"
    if _tells_one_as_many(text, quotes):
        return "what is said of one is told of many"
    if _tells_cause(text, quotes, citations):
        return "it tells a cause where the cited sentences tell none"
    return None


def voice_fault(text: str, quotes: str, citations: Sequence[Citation]) -> str | None:
    """What authors write told as an interviewee's words, one person's as those of several or of authors."""
    spoken = any(citation.voice is Voice.PARTICIPANT for citation in citations)
    if SPEAKER.search(text) and not spoken and not SPEAKER.search(quotes):
        return "it tells as an interviewee's view what no interviewee says"
    if any(citation.voice is not Voice.PARTICIPANT for citation in citations):
        return None
    if AUTHORS.search(text) and not AUTHORS.search(quotes):
        return "it tells as the authors' finding what an interviewee says"
    several = SPEAKERS.search(text)
    is_one = len({citation.speaker for citation in citations}) == 1
    if several and is_one and not re.search(rf"\b{several['who']}\b", quotes, re.IGNORECASE):
        return "one person's words are told as those of several"
    return None


def certainty_fault(text: str, quotes: Sequence[str]) -> str | None:
    """A claim that tells as a fact what every quoted sentence that has it holds possible or plans."""
    if HEDGED.search(text):
        return None
    for word in stems(text):
        said = [word in _held_possible(quote) for quote in quotes if word in stems(quote)]
        if said and all(said):
            return "it tells as a fact what the cited sentences hold possible"
    return None


def _held_possible(quote: str) -> set[str]:
    """The stem of the first content word after each hedge of a sentence: mostly its verb."""
    after = (content_words(quote[match.end() :])[:1] for match in HEDGE.finditer(quote))
    return {stem(word) for words in after for word in words}


def _wider(text: str, quotes: str) -> re.Match[str] | None:
    """A word of the claim for many or all, where the quotes have none as wide."""
    widest = max((level for level, words in enumerate(LEVELS, 1) if words.search(quotes)), default=0)
    for level, words in reversed(list(enumerate(LEVELS, 1))):
        match = words.search(text)
        if match:
            return match if level >= HIGH and level > widest else None
    return None


def _tells_one_as_many(text: str, quotes: str) -> bool:
    """Whether the quotes say "one hospice" and the claim "hospices"."""
    told, said = set(re.findall(r"\w+", text.lower())), set(re.findall(r"\w+", quotes.lower()))
    singles = {word for match in ONLY_ONE.finditer(quotes.lower()) for word in match["thing"].split()}
    return any(
        plural in told and plural not in said and word not in told
        for word in singles
        for plural in (f"{word}s", f"{word}es", re.sub(r"y$", "ies", word))
        if plural != word
    )


def _tells_cause(text: str, quotes: str, citations: Sequence[Citation]) -> bool:
    """Whether a claim tells a cause of what the quotes tell side by side. What helps or hinders is a cause."""
    if CAUSAL.search(quotes) or BECAUSE.search(quotes):
        return False
    if CAUSAL.search(text):
        return True
    if not BECAUSE.search(text) and (not CHANGES.search(text) or CHANGES.search(quotes)):
        return False
    if ASSOCIATED.search(quotes):
        return True
    tells_side = stance_of(quotes).stance is not Stance.NEITHER
    return not tells_side and all(citation.stance is Stance.NEITHER for citation in citations)
